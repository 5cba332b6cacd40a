"""The Terraform half of `infra`: each part finds its fault, none hides another's, and what is missing is unknown."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from hallmark import config, tools
from hallmark.layers import stacks
from hallmark.outcome import Check, Outcome

ROOT = Path(__file__).resolve().parents[3]
TINY = """variable "size" {
  type = number

  validation {
    condition     = var.size < 10
    error_message = "size must be below 10."
  }
}

module "things" {
  source = "../modules/things"
  size   = var.size
}

output "size" {
  value = var.size
}
"""
THINGS = """variable "size" {
  type = number
}

resource "terraform_data" "this" {
  count = var.size
}

output "count" {
  value = length(terraform_data.this)
}
"""
TEST = """variables {
  size = 3
}

run "three" {
  command = plan

  assert {
    condition     = output.%s == 3
    error_message = "There are not three."
  }
}
"""
ASSERTION = """import json, os, pathlib

def test_size():
    plan = json.loads(pathlib.Path(os.environ["HALLMARK_PLANS"], "tiny-small.json").read_text())
    assert plan["planned_values"]["outputs"]["size"]["value"] == 2
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> config.Project:
    """A checkout with one stack that needs no provider, one module, and nothing wrong."""
    root = tmp_path / "checkout"
    files = {
        "terraform/tiny/main.tf": TINY,
        "terraform/tiny/tests/tiny.tftest.hcl": TEST % "size",
        "terraform/tiny/tests/small.tfvars.json": '{"size": 2}',
        "terraform/modules/things/main.tf": THINGS,
        "terraform/modules/things/tests/things.tftest.hcl": TEST % "count",
        "tests/infra/terraform/test_tiny.py": ASSERTION,
    }
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    (root / "policies").symlink_to(ROOT / "policies")
    settings = config.load(ROOT).settings
    ours = config.Terraform(stacks=["terraform/tiny"])
    # The rules judge resources of AWS, whose provider takes seconds to start: tests/kit/terraform has them.
    monkeypatch.setattr(stacks.Run, "_ruled", lambda _: [Check("rules", Outcome.PASS)])
    _say_of_tflint(monkeypatch, tmp_path, '{"issues": [], "errors": []}', 0)
    return config.Project(root, settings.model_copy(update={"terraform": ours}))


def _say_of_tflint(monkeypatch: pytest.MonkeyPatch, folder: Path, said: str, code: int) -> None:
    """A program in tflint's place."""
    program = folder / "tflint"
    program.write_text(f"#!/bin/sh\necho '{said}'\nexit {code}\n")
    program.chmod(0o755)
    others = tools.path
    monkeypatch.setattr(tools, "path", lambda name: program if name == "tflint" else others(name))


def _outcomes(checks: list[Check]) -> dict[str, Outcome]:
    return {check.name: check.outcome for check in checks}


def test_run_a_sound_stack_passes_in_every_part(project: config.Project, tmp_path: Path) -> None:
    """Each part is a check of its own, and the checkout stays as it was."""
    before = {file: file.read_bytes() for file in project.root.rglob("*") if file.is_file()}
    checks = stacks.run(project, tmp_path / "out")
    assert {check.name: check for check in checks if check.outcome is not Outcome.PASS} == {}
    assert [check.name for check in checks] == [
        "plan tiny-small",
        "rules",
        "test_size",
        "tiny: three",
        "things: three",
        "validate tiny",
        "fmt terraform",
        "tflint terraform",
        "lock files",
    ]
    after = {file: file.read_bytes() for file in project.root.rglob("*") if file.is_file()}
    assert {file for file in after if ".pyc" not in file.name} == set(before)
    assert all(after[file] == text for file, text in before.items())


def test_run_finds_the_fault_of_each_part(
    project: config.Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Faults everywhere: every part tells its own, and where."""
    stack, module = project.root / "terraform/tiny", project.root / "terraform/modules/things"
    (stack / "ugly.tf").write_text('output "b" {\n    value = 1\n}\n')
    (stack / "tests/tiny.tftest.hcl").write_text((TEST % "size").replace("== 3", "== 4"))
    (stack / "tests/small.tfvars.json").write_text('{"size": 1}')
    (module / "tests/things.tftest.hcl").unlink()
    place = {"filename": "terraform/tiny/main.tf", "start": {"line": 1}}
    issue = {"rule": {"name": "some_rule"}, "message": "is old", "range": place}
    _say_of_tflint(monkeypatch, tmp_path, json.dumps({"issues": [issue], "errors": []}), 2)
    found = {one.name: one for one in stacks.run(project, tmp_path / "out")}
    assert {name: one.outcome for name, one in found.items() if one.outcome is not Outcome.PASS} == {
        "test_size": Outcome.FAIL,
        "tiny: three": Outcome.FAIL,
        "test things": Outcome.UNKNOWN,
        "fmt terraform": Outcome.FAIL,
        "tflint terraform": Outcome.FAIL,
    }
    assert "There are not three." in found["tiny: three"].message
    assert "tiny.tftest.hcl:9" in found["tiny: three"].where
    assert found["fmt terraform"].where == "terraform/tiny/ugly.tf"
    assert found["tflint terraform"].message == "terraform/tiny/main.tf:1: some_rule: is old"


def test_run_on_a_plan_of_which_no_rule_knows_anything_is_unknown(
    project: config.Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """That no rule objects is no pass when none has judged."""
    monkeypatch.undo()
    made = stacks.plan(project, tmp_path / "out")
    assert [file.name for file in made.iterdir()] == ["tiny-small.json"]
    outcomes = _outcomes(_run(project, tmp_path)._ruled())
    assert outcomes.pop("waivers") is Outcome.PASS
    assert set(outcomes.values()) == {Outcome.UNKNOWN}


@pytest.mark.parametrize(
    ("variables", "outcome", "words"),
    [
        ('{"size": 10}', Outcome.FAIL, "size must be below 10"),
        ("[]", Outcome.UNKNOWN, "one JSON object"),
        ('{"size": ', Outcome.UNKNOWN, "Expecting value"),
        (None, Outcome.UNKNOWN, "no set of variables"),
    ],
    ids=["refused by a validation", "no object", "cut off", "absent"],
)
def test_run_without_every_plan_asks_nothing_of_any(
    project: config.Project, tmp_path: Path, variables: str | None, outcome: Outcome, words: str
) -> None:
    """A plan that could not be made is no pass, and neither is what would have been asked of it."""
    file = project.root / "terraform/tiny/tests/small.tfvars.json"
    if variables is None:
        file.unlink()
    else:
        file.write_text(variables)
    broken = [one for one in stacks.run(project, tmp_path / "out") if one.outcome is not Outcome.PASS]
    name = "plan tiny-*" if variables is None else "plan tiny-small"
    assert [(one.name, one.outcome) for one in broken] == [(name, outcome), ("plans", Outcome.UNKNOWN)]
    assert words in broken[0].message


def test_run_a_stack_that_cannot_be_read_breaks_all_that_needs_it(
    project: config.Project, tmp_path: Path
) -> None:
    """A syntax error is told by every part that meets it, and no part passes by it."""
    (project.root / "terraform/tiny/main.tf").write_text("module {\n")
    outcomes = _outcomes(stacks.run(project, tmp_path / "out"))
    assert {name for name, one in outcomes.items() if one is not Outcome.PASS} >= {
        "plan tiny-small",
        "plans",
        "test tiny",
        "validate tiny",
        "fmt terraform",
    }


def test_run_that_touches_a_lock_file_fails(project: config.Project, tmp_path: Path) -> None:
    """An assertion that writes into the checkout is found out."""
    lock = project.root / "terraform/tiny/.terraform.lock.hcl"
    lock.write_text("# none\n")
    writing = f"def test_size():\n    open({str(lock)!r}, 'a').write('x')\n"
    (project.root / "tests/infra/terraform/test_tiny.py").write_text(writing)
    broken = [one for one in stacks.run(project, tmp_path / "out") if one.outcome is not Outcome.PASS]
    assert [(one.name, one.outcome, one.where) for one in broken] == [("lock files", Outcome.FAIL, str(lock))]


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("no JSON", 0),
        ('{"issues": [], "errors": [{"message": "x"}]}', 0),
        ('{"issues": [], "errors": []}', 1),
        ('{"issues": [], "errors": []}', 2),
    ],
    ids=["words", "an error", "a failure", "issues that are not named"],
)
def test_run_with_a_tflint_that_did_not_judge_is_unknown(
    project: config.Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: str, code: int
) -> None:
    """Only a clean answer is a pass."""
    _say_of_tflint(monkeypatch, tmp_path, said, code)
    checks = stacks._judged("tflint", lambda: _run(project, tmp_path)._linted(project.root / "terraform"))
    assert [check.outcome for check in checks] == [Outcome.UNKNOWN]


def _run(project: config.Project, folder: Path) -> stacks.Run:
    return stacks.Run(project, [project.root / "terraform/tiny"], folder / "out")


def test_run_in_a_checkout_that_names_no_stack(project: config.Project, tmp_path: Path) -> None:
    """Terraform that nobody named is unknown; where there is none, that is said."""
    unnamed = config.Project(
        project.root, project.settings.model_copy(update={"terraform": config.Terraform()})
    )
    subprocess.run(["git", "init", "-q", str(project.root)], check=True)
    (check,) = stacks.run(unnamed, tmp_path / "out")
    assert (check.outcome, "names no stack" in check.message) == (Outcome.UNKNOWN, True)
    assert stacks.needed_tools(unnamed) == []
    for file in project.root.rglob("*.tf"):
        file.unlink()
    example = project.root / "tests" / "example" / "fail.tf"
    example.parent.mkdir(parents=True)
    example.touch()
    (check,) = stacks.run(unnamed, tmp_path / "out")
    assert (check.outcome, check.message) == (Outcome.PASS, "there is no Terraform in the checkout")
