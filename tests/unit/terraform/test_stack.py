"""A stack's whole life in its working copy, what terraform says on the way, and what is refused."""

from __future__ import annotations

import json
import stat
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from hallmark import process
from hallmark.outcome import CannotJudge, UsageError
from hallmark.terraform import Stack, binary
from hallmark.terraform import stack as stack_module
from hallmark.terraform.diagnostics import Locked

if TYPE_CHECKING:
    from tests.unit.terraform.conftest import StackOf  # type: ignore[import-not-found, unused-ignore]

THINGS = ["module.things.terraform_data.this[0]", "module.things.terraform_data.this[1]"]


def test_stack_from_init_to_destroy(stack_of: StackOf, tmp_path: Path) -> None:
    """Planned, applied, planned again with nothing to do, shown, destroyed; the sources stay as they were."""
    before = {file: file.read_bytes() for file in (tmp_path / "terraform").rglob("*") if file.is_file()}
    stack = stack_of()
    said: list[str] = []
    stack.init()
    assert stack.validate() == []
    assert (stack.state_exists(), stack.addresses()) == (False, [])

    plan = stack.plan(tmp_path / "plan")
    assert plan.has_changes
    changes = json.loads(stack.show(plan.file))["resource_changes"]
    assert [change["address"] for change in changes] == THINGS
    stack.apply(plan.file, said.append)
    assert "Apply complete! Resources: 2 added, 0 changed, 0 destroyed." in said
    assert stack.addresses() == THINGS
    assert stack.outputs() == {"size": 2}
    assert not stack.plan(tmp_path / "plan").has_changes
    assert json.loads(stack.show())["values"]["outputs"]["size"]["value"] == 2
    assert stack.plan(tmp_path / "plan", destroy=True).has_changes

    stack.destroy()
    assert (stack.state_exists(), stack.addresses(), stack.outputs()) == (True, [], {})
    after = {file: file.read_bytes() for file in (tmp_path / "terraform").rglob("*") if file.is_file()}
    assert after == before


def test_plan_of_another_process_in_the_same_folder_goes_on_from_the_state(
    stack_of: StackOf, tmp_path: Path
) -> None:
    """A working copy made again, with another variable, knows what was applied."""
    first = stack_of(1)
    first.init()
    first.apply(first.plan(tmp_path / "plan").file)
    second = stack_of(2)
    second.init()
    assert second.addresses() == THINGS[:1]
    second.apply(second.plan(tmp_path / "plan").file)
    assert second.addresses() == THINGS


def test_init_leaves_what_other_runs_left_beside_the_sources(stack_of: StackOf) -> None:
    """Values and overrides that lie about in the checkout change nothing, and variables are for the owner alone."""
    stack = stack_of(1)
    (stack.source / "terraform.tfvars").write_text("size = 3")
    (stack.source / "x.auto.tfvars.json").write_text('{"size": 4}')
    (stack.source / "x_override.tf").write_text('output "size" {\n  value = 5\n}\n')
    stack.init()
    plan = stack.plan(stack.work / "plan")
    assert json.loads(stack.show(plan.file))["planned_values"]["outputs"]["size"]["value"] == 1
    (file,) = stack.work.glob("variables-*.tfvars.json")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_init_with_an_override_takes_it(stack_of: StackOf) -> None:
    """An override of the caller's is part of the copy; one that terraform would not treat as such is refused."""
    stack = stack_of(1, overrides={"x_override.tf": 'output "size" {\n  value = 5\n}\n'})
    stack.init()
    plan = stack.plan(stack.work / "plan")
    assert json.loads(stack.show(plan.file))["planned_values"]["outputs"]["size"]["value"] == 5
    with pytest.raises(CannotJudge, match=r"must end in _override\.tf"):
        stack_of(1, overrides={"x.tf": ""}).init()


@pytest.mark.parametrize(
    ("variables", "words"),
    [({"size": 10}, r"size must be below 10\."), ({}, '"size" is not set'), ({"size": "x"}, "number")],
    ids=["refused by its rule", "missing", "wrong type"],
)
def test_plan_with_a_wrong_variable_is_the_callers_mistake(
    stack_of: StackOf, variables: dict[str, object], words: str
) -> None:
    """The error has terraform's own words and place, and is one of usage."""
    stack = stack_of(variables=variables)
    stack.init()
    with pytest.raises(UsageError, match=words) as refused:
        stack.plan(stack.work / "plan")
    assert ":" in refused.value.where
    assert not (stack.work / "plan").exists()


def test_init_of_a_broken_configuration_names_the_line(stack_of: StackOf) -> None:
    """A syntax error is told with file and line."""
    stack = stack_of()
    (stack.source / "main.tf").write_text('output "x" {\n  value = \n}\n')
    with pytest.raises(CannotJudge, match="terraform init failed: Invalid expression") as refused:
        stack.init()
    assert "main.tf:2" in refused.value.where


def test_validate_an_unknown_reference_is_found(stack_of: StackOf) -> None:
    """What terraform validate says comes as a list."""
    stack = stack_of()
    (stack.source / "more.tf").write_text('output "x" {\n  value = var.nothing\n}\n')
    stack.init()
    (found,) = stack.validate()
    assert (found.summary, found.where) == ("Reference to undeclared input variable", "more.tf:2")


def test_init_without_a_configuration_cannot_judge(stack_of: StackOf) -> None:
    """An empty folder is no stack."""
    stack = stack_of()
    (stack.source / "main.tf").unlink()
    with pytest.raises(CannotJudge, match="no Terraform configuration"):
        stack.init()


def test_show_something_that_is_no_plan_says_so(stack_of: StackOf) -> None:
    """Terraform's words, without colours."""
    stack = stack_of()
    stack.init()
    wrong = stack.work / "wrong"
    wrong.write_text("x")
    with pytest.raises(process.CommandFailed, match="exited with 1") as refused:
        stack.show(wrong)
    assert "Failed to read" in refused.value.what
    assert "\x1b" not in refused.value.what


def _say(monkeypatch: pytest.MonkeyPatch, folder: Path, events: list[dict[str, object]], code: int) -> None:
    """A program in terraform's place."""
    said = folder / "events"
    said.write_text("".join(f"{json.dumps(event)}\n" for event in events))
    program = folder / "terraform-of-the-test"
    program.write_text(f"#!/bin/sh\ncat {said}\nexit {code}\n")
    program.chmod(0o755)
    monkeypatch.setattr(binary, "find", lambda: program)


def _ended(run: str, status: str) -> dict[str, object]:
    return {"type": "test_run", "test_run": {"path": "a.tftest.hcl", "run": run, "status": status}}


ABSTRACT: dict[str, object] = {"type": "test_abstract", "test_abstract": {"a.tftest.hcl": ["one", "two"]}}


@pytest.mark.parametrize(
    ("events", "code", "statuses"),
    [
        ([ABSTRACT, _ended("one", "pass"), _ended("two", "pass")], 0, ["pass", "pass"]),
        ([ABSTRACT, _ended("one", "pass"), _ended("two", "fail")], 1, ["pass", "fail"]),
        ([ABSTRACT, _ended("one", "pass")], 1, ["pass", "pending"]),
        ([], 0, []),
        ([ABSTRACT, _ended("one", "pass"), _ended("two", "pass")], 1, None),
        ([ABSTRACT, _ended("one", "pass")], 0, None),
        ([], 1, None),
    ],
    ids=[
        "all pass",
        "one fails",
        "one never ran",
        "none",
        "code alone",
        "none ran, code alone",
        "nothing said",
    ],
)
def test_test_believes_runs_and_exit_code_only_together(
    stack_of: StackOf,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    events: list[dict[str, object]],
    code: int,
    statuses: list[str] | None,
) -> None:
    """A run that never ended is no pass, and neither is a failure that no run tells of."""
    stack = stack_of()
    stack.init()
    _say(monkeypatch, tmp_path, events, code)
    if statuses is None:
        with pytest.raises(process.CommandFailed, match="not what its runs say"):
            stack.test()
    else:
        assert [run.status for run in stack.test()] == statuses


@pytest.fixture
def held(stack_of: StackOf, monkeypatch: pytest.MonkeyPatch) -> Stack:
    """A planned stack whose apply does not end by itself."""
    monkeypatch.setattr(stack_module, "LOCK_WAIT_S", 0)
    stack = stack_of(1)
    (stack.source / "slow.tf").write_text(
        'resource "terraform_data" "slow" {\n  provisioner "local-exec" {\n    command = "sleep 300"\n  }\n}\n'
    )
    stack.init()
    stack.plan(stack.work / "plan")
    return stack


def test_apply_past_its_deadline_is_asked_to_end_and_keeps_its_state(
    held: Stack, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Terraform writes down what it made so far before it goes."""
    monkeypatch.setattr(stack_module, "STOP_S", 60.0)
    with pytest.raises(process.CommandFailed, match="did not end within 3 s"):
        held.apply(held.work / "plan", timeout_s=3)
    assert THINGS[0] in held.addresses()


class _SeenEnough(Exception):
    pass


def test_plan_while_another_run_holds_the_lock_names_the_lock(held: Stack) -> None:
    """The error has the lock's id, by which a dead run's lock can be taken away."""
    refused: list[Locked] = []

    def plan_meanwhile(line: str) -> None:
        if "slow: Creating" in line:
            with pytest.raises(Locked) as caught:
                held.plan(held.work / "other")
            refused.append(caught.value)
            raise _SeenEnough

    with pytest.raises(_SeenEnough):
        held.apply(held.work / "plan", plan_meanwhile, timeout_s=120)
    assert refused[0].lock_id
