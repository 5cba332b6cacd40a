"""The rules through the engine: each fires on its own example, and the kit's own stages pass every one."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from fixture import FIXTURE, IMAGE, ROOT, build  # type: ignore[import-not-found]

from hallmark import config, manifests, policy
from hallmark.cluster.addresses import REGISTRY
from hallmark.outcome import Outcome

RULES = {rule.id: rule for rule in policy.load().rules}
EXAMPLES = sorted((ROOT / "policies/manifests").glob("*/examples/*.yaml"))


@pytest.fixture(scope="module")
def judged() -> dict[Path, policy.Report]:
    """Every example as a set of its own, judged by every rule in one run."""
    reports = policy.check_each([[file] for file in EXAMPLES], profile="all")
    return dict(zip(EXAMPLES, reports, strict=True))


def test_rules_are_there() -> None:
    """The demanded rules exist, each with a failing and a passing example."""
    assert len(RULES) >= 114
    named = {(file.parent.parent.name, file.stem) for file in EXAMPLES}
    assert {(rule, stem) for rule in RULES for stem in ("fail", "pass")} <= named


@pytest.mark.parametrize("file", EXAMPLES, ids=[f"{one.parent.parent.name}-{one.stem}" for one in EXAMPLES])
def test_rule_judges_its_own_example(file: Path, judged: dict[Path, policy.Report]) -> None:
    """The example that breaks a rule fails by that rule, the other passes it."""
    report = judged[file]
    assert report.not_evaluated == ()
    said = {one.outcome for one in report.results if one.rule == file.parent.parent.name}
    assert (policy.Judgement.FAIL in said) is file.stem.startswith("fail")
    assert policy.Judgement.PASS in said or policy.Judgement.FAIL in said
    assert policy.Judgement.UNKNOWN not in said


@pytest.mark.parametrize("stage", ["staging", "production"])
def test_stage_has_no_finding(stage: str, tmp_path: Path) -> None:
    """The kit's own stages pass the profile production, and the objects stand at their lines."""
    shutil.copy(ROOT / "hallmark.toml", tmp_path)
    shutil.copytree(ROOT / "manifests", tmp_path / "manifests")
    rendered = manifests.render(config.load(tmp_path), stage, image=IMAGE, commit="0" * 40)
    report = policy.check_manifests([rendered])
    assert [str(one) for one in report.findings] == []
    assert report.outcome is Outcome.PASS
    assert [one.line for one in report.objects] == [one.line for one in rendered.located]


@pytest.mark.parametrize("stage", ["staging", "production"])
def test_stage_as_a_folder_has_no_finding(stage: str) -> None:
    """An overlay that nobody has built an image for is judged as promote renders it, and the folder is its place."""
    folder = ROOT / "manifests" / "overlays" / stage
    report = policy.check_manifests([folder])
    assert [str(one) for one in report.findings] == []
    assert report.outcome is Outcome.PASS
    assert {one.file for one in report.objects} == {str(folder)}


def test_stand_in_names_the_registry_of_the_embedded_environment() -> None:
    """What the folder is judged with is what promote names the image there."""
    assert manifests.STAND_IN.startswith(f"{REGISTRY}/")


def test_fixture_of_the_rego_tests_is_what_is_rendered(tmp_path: Path) -> None:
    """If this fails: .venv/bin/python tests/unit/policy/fixture.py"""
    assert FIXTURE.read_text(encoding="utf-8") == build(tmp_path)
