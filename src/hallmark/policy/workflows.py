"""Judges GitHub workflows and composite actions, by the rules in policies/workflows/.

They are read as GitHub reads YAML: 1.2, so that `on` is a word, without merges, strict about keys that stand twice.
A key that GitHub doesn't have, or a value of another type than its own, makes the file unknown by a result of its own,
while the rules judge the rest.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hallmark import documents
from hallmark.policy import engine, texts, workflow_shape
from hallmark.policy.report import Report

SHAPE_RULE = "wf-readable"
_ACTIONS = ("action.yml", "action.yaml")
_SUFFIXES = (".yml", ".yaml")


@dataclass(frozen=True)
class Parsed(texts.Parsed):
    """A workflow or an action that was read, with the lines of everything in it."""

    located: documents.Located | None = None

    def line_of(self, path: engine.Steps) -> int:
        return self.located.line_of(path) if self.located is not None else self.reference.line


def check_workflows(
    sets: Sequence[Sequence[Path | str]],
    *,
    profile: str = "production",
    rules: Iterable[str] | None = None,
    keep_going: bool = False,
    policies: Path | None = None,
    root: Path | None = None,
    timeout_s: float = engine.TIMEOUT_S,
) -> list[Report]:
    """Judge several sets of workflows, each for itself; a path is a file, a folder or `-` (see `texts.check`)."""
    return texts.check(
        FAMILY,
        sets,
        profile=profile,
        only=rules,
        keep_going=keep_going,
        policies=policies,
        root=root,
        timeout_s=timeout_s,
    )


def within(given: Path) -> Callable[[Path], bool]:
    """What is taken of a folder: of one with .github in it the workflows there, else every YAML file; and actions."""
    is_checkout = (given / ".github").is_dir()

    def is_one(file: Path) -> bool:
        if file.name in _ACTIONS:
            return True
        if file.suffix.lower() not in _SUFFIXES:
            return False
        return not is_checkout or Path(os.path.realpath(file)).parts[-3:-1] == (".github", "workflows")

    return is_one


def parse(sets: Sequence[texts.Texts]) -> list[list[Parsed]]:
    """The workflows of every set; what is no workflow is named in `not_evaluated`, with its line."""
    return [list(_parsed(read)) for read in sets]


FAMILY = texts.Family(
    "workflows", "a workflow: .github/workflows/*.yml, or action.yml", SHAPE_RULE, within, parse
)


def _parsed(read: texts.Texts) -> Iterator[Parsed]:
    for text in read.found:
        try:
            located = documents.document(text.text, documents.CORE)
        except documents.Malformed as error:
            read.refuse(text.name, error.what, error.line)
            continue
        if located is None or located.value is None:
            read.refuse(text.name, "no workflow: nothing but comments and empty documents")
            continue
        kind = _kind(located.value)
        if not kind:
            read.refuse(
                text.name,
                "no workflow, which has `on` and `jobs`, and no action, which has `runs`",
                located.line,
            )
            continue
        faults = tuple(workflow_shape.faults(kind, located.value))
        yield Parsed(texts.reference(kind, text), located.value, faults, located)


def _kind(value: Any) -> str:
    """What a document is by its keys, or nothing. A misspelt `on` or `jobs` still leaves the other."""
    if not isinstance(value, Mapping):
        return ""
    if "jobs" in value or "on" in value:
        return "Workflow"
    return "Action" if "runs" in value else ""
