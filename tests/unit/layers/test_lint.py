"""How a lint command becomes a check; that each real one catches its fault is shown in tests/kit/test_lint.py."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from hallmark.layers import lint
from hallmark.layers.finding import Finding
from hallmark.outcome import CannotJudge, Outcome, UsageError


@dataclass(frozen=True)
class Scripted:
    """A lint command about text files that finds what the test says."""

    finds: Callable[[], list[Finding]]
    name: str = "scripted"
    tool: str = ""

    def selects(self, root: Path, file: str) -> bool:  # noqa: ARG002
        return file.endswith(".txt")

    def find(self, root: Path, files: Sequence[str]) -> list[Finding]:  # noqa: ARG002
        return self.finds()


def raises(error: Exception) -> Callable[[], list[Finding]]:
    def find() -> list[Finding]:
        raise error

    return find


def test_judge_without_findings_passes_and_counts_the_files(tmp_path: Path) -> None:
    """A pass says how much was looked at."""
    check = lint.judge(Scripted(list), tmp_path, ["a.txt", "b.txt", "c.md"])
    assert (check.name, check.outcome, check.message) == ("scripted", Outcome.PASS, "2 files")


def test_judge_with_findings_fails_and_names_the_first(tmp_path: Path) -> None:
    """The first findings are shown with file and line, the rest is counted."""
    findings = [Finding("a.txt", line, "is wrong") for line in range(1, 6)]
    check = lint.judge(Scripted(lambda: findings), tmp_path, ["a.txt"])
    assert check.outcome is Outcome.FAIL
    assert check.where == "a.txt:1"
    assert check.message == "a.txt:1: is wrong\na.txt:2: is wrong\na.txt:3: is wrong\nand 2 more"


def test_judge_without_a_file_to_look_at_is_unknown(tmp_path: Path) -> None:
    """Nothing looked at is never a pass."""
    check = lint.judge(Scripted(list), tmp_path, ["c.md"])
    assert (check.outcome, check.message) == (Outcome.UNKNOWN, "there is no file for it to look at")


@pytest.mark.parametrize(
    "error",
    [
        CannotJudge("opa is not installed", where="here", next_step="./hallmark tools fetch"),
        FileNotFoundError("gone"),
        UnicodeDecodeError("utf-8", b"\xff", 0, 1, "no text"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_judge_of_a_command_that_broke_is_unknown(tmp_path: Path, error: Exception) -> None:
    """A missing tool, a vanished file and a file that is no text are not judged, and not passed."""
    check = lint.judge(Scripted(raises(error)), tmp_path, ["a.txt"])
    assert check.outcome is Outcome.UNKNOWN
    assert check.message


def test_judge_of_a_missing_tool_says_what_to_do(tmp_path: Path) -> None:
    """The next step of the error reaches the reader of the check."""
    error = CannotJudge("opa is not installed", next_step="./hallmark tools fetch")
    check = lint.judge(Scripted(raises(error)), tmp_path, ["a.txt"])
    assert check.message == "opa is not installed\n  next:  ./hallmark tools fetch"


def test_names_are_unique() -> None:
    """`--only NAME` means one command."""
    assert len(set(lint.names())) == len(lint.COMMANDS)


def test_needed_tools_are_those_of_the_chosen_commands() -> None:
    """Only what will run has to be fetched first."""
    assert lint.needed_tools() == ["actionlint", "opa"]
    assert lint.needed_tools(["ruff", "actionlint"]) == ["actionlint"]
    assert lint.needed_tools(["ruff"]) == []


def test_needed_tools_of_an_unknown_command_is_wrong_usage() -> None:
    """The names that would have been right are listed."""
    with pytest.raises(UsageError, match="no lint command is named flake") as caught:
        lint.needed_tools(["flake", "ruff"])
    assert "ruff-format" in caught.value.next_step


@pytest.mark.parametrize(
    ("first_line", "is_shell"),
    [
        ("#!/bin/sh\n", True),
        ("#!/usr/bin/env bash\n", True),
        ("#!/usr/bin/env python3\n", False),
        ("", False),
    ],
)
def test_shellcheck_selects_by_first_line_where_there_is_no_ending(
    tmp_path: Path, first_line: str, is_shell: bool
) -> None:
    """The launcher has no file ending, and is still a shell script."""
    (tmp_path / "launcher").write_text(first_line)
    shellcheck = next(command for command in lint.COMMANDS if command.name == "shellcheck")
    assert shellcheck.selects(tmp_path, "launcher") is is_shell


@pytest.mark.parametrize("mark", ["<<<<<<< HEAD", "||||||| 1a2b3c", "=======", "=======\r", ">>>>>>> branch"])
def test_conflicts_finds_every_mark_of_a_merge(tmp_path: Path, mark: str) -> None:
    """One mark that was left in any text is a fault at its line, whatever the file's ending."""
    (tmp_path / "page").write_bytes(f"first\n{mark}\nlast\n".encode())
    (finding,) = lint.Conflicts().find(tmp_path, ["page"])
    assert finding.where == "page:2"


@pytest.mark.parametrize(
    "text", ["a <<<<<<< b", "<<<<<<<", "========", "======= x", " >>>>>>> b", "\0\n=======\n"]
)
def test_conflicts_leaves_what_is_no_mark(tmp_path: Path, text: str) -> None:
    """A heading's line, something quoted or what is no text has not been merged."""
    (tmp_path / "page").write_text(text)
    assert lint.Conflicts().find(tmp_path, ["page"]) == []
