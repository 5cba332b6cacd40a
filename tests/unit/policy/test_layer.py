"""The layer `policy`: every stage and file is judged, and a waiver must be needed by one of them."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
from fixture import IMAGE, ROOT  # type: ignore[import-not-found]

from hallmark import config, manifests
from hallmark.layers import policy
from hallmark.manifests import Rendered
from hallmark.outcome import Check, Outcome
from hallmark.policy.mutation import MutationReport

TODAY = date(2026, 1, 1)
WAIVER = """\
- rule: privileged
  object: {kind: Deployment, namespace: staging, name: quotes}
  owner: team-quotes
  reason: Until the driver is replaced.
  created: 2026-01-01
  expires: 2026-02-01
"""


def render(folder: Path, privileged: str) -> dict[str, Rendered]:
    """The kit's stages, with this value of the container's field `privileged`."""
    shutil.copy(ROOT / "hallmark.toml", folder)
    shutil.copytree(ROOT / "manifests", folder / "manifests")
    file = folder / "manifests/base/deployment.yaml"
    text = file.read_text(encoding="utf-8")
    assert "privileged: false" in text
    file.write_text(text.replace("privileged: false", f"privileged: {privileged}"), encoding="utf-8")
    project = config.load(folder)
    names = project.settings.stage_names()
    return {name: manifests.render(project, name, image=IMAGE, commit="0" * 40) for name in names}


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Rendered]:
    return render(tmp_path_factory.mktemp("good"), "false")


@pytest.fixture(scope="module")
def bad(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Rendered]:
    return render(tmp_path_factory.mktemp("bad"), "true")


@pytest.fixture
def policies(tmp_path: Path) -> Path:
    """One rule, and no waiver."""
    home = tmp_path / "policies"
    for folder in ("lib", "manifests/privileged"):
        shutil.copytree(ROOT / "policies" / folder, home / folder)
    for name in ("report.rego", "parameters.yaml", "waivers.yaml"):
        shutil.copy(ROOT / "policies" / name, home)
    return home


def judge(stages: dict[str, Rendered], policies: Path, today: date = TODAY) -> dict[str, tuple[Outcome, str]]:
    reports = policy.stages(stages, policies)
    return {one.name: (one.outcome, one.message) for one in policy.judge(reports, policies, today)}


def test_layer_judges_every_stage(good: dict[str, Rendered], policies: Path) -> None:
    """One check for the rule in each stage, and one for the waivers."""
    passed = (Outcome.PASS, "")
    assert judge(good, policies) == {
        "staging: privileged": passed,
        "production: privileged": passed,
        "waivers": passed,
    }


def test_layer_waives_exactly_the_object_that_is_named(bad: dict[str, Rendered], policies: Path) -> None:
    """The stage that is waived passes and says so; the other one fails; the day after the last, both do."""
    (policies / "waivers.yaml").write_text(WAIVER, encoding="utf-8")
    found = judge(bad, policies)
    assert found["staging: privileged"] == (
        Outcome.PASS,
        "Deployment staging/quotes: waived until 2026-02-01",
    )
    assert found["production: privileged"][0] is Outcome.FAIL
    assert found["waivers"] == (Outcome.PASS, "")
    outcome, message = judge(bad, policies, date(2026, 2, 2))["staging: privileged"]
    assert outcome is Outcome.FAIL
    assert message.endswith("the waiver of team-quotes ended on 2026-02-01")


@pytest.mark.parametrize("namespace", ["staging", "elsewhere"])
def test_layer_fails_for_a_waiver_that_no_stage_needs(
    good: dict[str, Rendered], policies: Path, namespace: str
) -> None:
    """Also when its object is in no stage."""
    text = WAIVER.replace("namespace: staging", f"namespace: {namespace}")
    (policies / "waivers.yaml").write_text(text, encoding="utf-8")
    outcome, message = judge(good, policies)["waivers"]
    assert outcome is Outcome.FAIL
    assert message.startswith(f"line 1: Deployment {namespace}/quotes: nothing of it fails privileged")


def test_layer_with_unusable_waivers_waives_nothing(bad: dict[str, Rendered], policies: Path) -> None:
    """The check of the waivers is unknown and names the line; what fails, fails."""
    text = WAIVER.replace("owner: team-quotes", "owner: ''")
    (policies / "waivers.yaml").write_text(text, encoding="utf-8")
    found = judge(bad, policies)
    assert found["staging: privileged"][0] is Outcome.FAIL
    outcome, message = found["waivers"]
    assert outcome is Outcome.UNKNOWN
    assert "waivers.yaml:3: owner: is empty" in message


def test_layer_survivor_among_the_mutants_fails_it(monkeypatch: pytest.MonkeyPatch, policies: Path) -> None:
    """The layer asks about the mutants of its own policies, and what it hears counts."""
    asked = []

    def mutate(home: Path) -> MutationReport:
        asked.append(home)
        return MutationReport(unknown=(Check("mutants of privileged", Outcome.FAIL, "13 of 14 killed"),))

    monkeypatch.setattr(policy, "mutate", mutate)
    shutil.copytree(ROOT / "policies/testing", policies / "testing")
    settings = config.load(ROOT).settings
    checks = policy.run_on_rules(config.Project(policies.parent, settings))
    assert asked == [policies]
    assert [one.name for one in checks if one.outcome is not Outcome.PASS] == [
        "mutants",
        "mutants of privileged",
    ]


def test_layer_judges_the_dockerfile_and_the_workflows() -> None:
    """The kit's own pass, and are named by their paths in the checkout, so that a waiver can name them too."""
    reports = policy.files(config.load(ROOT), ROOT / "policies")
    assert {name: report.outcome for name, report in reports.items()} == {
        "dockerfile": Outcome.PASS,
        "workflows": Outcome.PASS,
    }
    assert [str(one) for report in reports.values() for one in report.objects] == [
        "Dockerfile app/Dockerfile",
        "Workflow .github/workflows/nightly.yml",
        "Workflow .github/workflows/pull-request.yml",
    ]
