"""A defect seeded into each module of the stacks is refused, by the rule that is for it and where it is."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

from hallmark import config, policy
from hallmark.terraform import offline

ROOT = Path(__file__).parents[3]
TERRAFORM = ROOT / "terraform"
DEFECTS: dict[str, list[dict[str, Any]]] = yaml.safe_load(
    Path(__file__).with_name("defects.yaml").read_bytes()
)
VARIABLES = {"bootstrap": "three-stages", "environment": "ephemeral-1-zone"}
EACH = [
    pytest.param(stack, one, id=f"{one['file']}-{one['rule']}") for stack in DEFECTS for one in DEFECTS[stack]
]

Refused = dict[str, set[tuple[str, str]]]


@pytest.fixture(scope="module")
def refused(tmp_path_factory: pytest.TempPathFactory) -> Refused:
    """For each stack with all its defects in it, what the rules refuse of its plan: rule and address."""
    return {stack: findings(stack, tmp_path_factory.mktemp(stack)) for stack in DEFECTS}


def findings(stack: str, folder: Path) -> set[tuple[str, str]]:
    """What the rules refuse of a stack that has its defects."""
    shutil.copytree(
        TERRAFORM, folder / "seeded", ignore=shutil.ignore_patterns(".terraform", "*_override.tf")
    )
    for one in DEFECTS[stack]:
        seed(folder / "seeded" / one["file"], one["before"], one["after"])
    variables = TERRAFORM / stack / "tests" / f"{VARIABLES[stack]}.tfvars.json"
    settings = config.load(ROOT).settings.terraform
    values = json.loads(variables.read_bytes())
    work = offline.stack(folder / "seeded" / stack, folder / "work", values, mirror=settings.provider_mirror)
    work.init()
    plan = folder / "plan.json"
    plan.write_bytes(work.show(work.plan(folder / "plan").file))
    (report,) = policy.check_plans([[plan]])
    assert report.not_evaluated == ()
    return {(one.rule, one.object.name) for one in report.results if one.outcome is policy.Judgement.FAIL}


def seed(file: Path, before: str, after: str) -> None:
    """Change a text that stands in a file once."""
    text = file.read_text(encoding="utf-8")
    assert text.count(before) == 1, f"{file}: {before}"
    file.write_text(text.replace(before, after), encoding="utf-8")


@pytest.mark.parametrize(("stack", "defect"), EACH)
def test_seeded_defect_is_refused_where_it_is(stack: str, defect: dict[str, Any], refused: Refused) -> None:
    """By the rule that is for it, at every resource that has it."""
    assert {(defect["rule"], address) for address in defect["addresses"]} <= refused[stack]


def test_every_module_has_a_defect() -> None:
    """Two roots and six modules; no rule is tried twice on the same file."""
    seeded = [(one["file"], one["rule"]) for defects in DEFECTS.values() for one in defects]
    assert len(seeded) == len(set(seeded))
    modules = {str(file.parent.relative_to(TERRAFORM)) for file in TERRAFORM.rglob("versions.tf")}
    assert {file.rpartition("/")[0] for file, _ in seeded} == modules
