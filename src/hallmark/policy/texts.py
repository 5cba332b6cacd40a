"""Reads the text files that a user points at (files, folders, standard input) and puts them to the rules of a family.

For families in which every file is one object, such as Dockerfiles and workflows.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import Any

from hallmark.outcome import CannotJudge
from hallmark.policy import engine, rules
from hallmark.policy.files import STANDARD_INPUT, Reader, Text
from hallmark.policy.report import NotEvaluated, ObjectReference, Report

# Other people's files, by the thousand, and none that a repository is built from.
_FOREIGN = frozenset({".git", ".venv", "venv", "node_modules"})


@dataclass
class Texts:
    """What was read of a set, in order, and what could not be."""

    found: list[Text] = field(default_factory=list)
    not_evaluated: list[NotEvaluated] = field(default_factory=list)

    def refuse(self, file: str, reason: str, line: int = 0) -> None:
        self.not_evaluated.append(NotEvaluated(file, line, reason))


class Hides(Enum):
    """What rules do not see of a file because of a fault: nothing, so that they judge it whole; a part; all of it."""

    NOTHING = "nothing"
    PART = "part"
    ALL = "all"


@dataclass(frozen=True)
class Fault:
    """Something in a file that cannot be read, or that whoever reads the file would refuse."""

    path: engine.Steps
    message: str
    hides: Hides = Hides.PART


@dataclass(frozen=True)
class Parsed:
    """A file that was read. `value` is what the rules see of it."""

    reference: ObjectReference
    value: Mapping[str, Any]
    faults: Sequence[Fault] = ()

    @property
    def hidden(self) -> set[Hides]:
        return {one.hides for one in self.faults}

    def line_of(self, path: engine.Steps) -> int:
        """The line of the innermost part on the way that knows its own: those are mappings with a `line`."""
        part: Any = self.value
        line = self.reference.line
        for step in path:
            try:
                part = part[step]
            except (LookupError, TypeError):
                break
            line = part.get("line", line) if isinstance(part, dict) else line
        return line

    def named(self, path: engine.Steps) -> engine.Steps:
        """The path with what an item is called by, its name or its text, in place of its index."""
        part: Any = self.value
        named: list[str | int] = []
        for step in path:
            try:
                part = part[step]
            except (LookupError, TypeError):
                return (*named, *path[len(named) :])
            called = (
                isinstance(step, int) and isinstance(part, dict) and (part.get("text") or part.get("name"))
            )
            named.append(called or step)
        return tuple(named)


@dataclass(frozen=True)
class Family:
    """How the files of a family are found and read.

    `within` says of a folder that is named which files in it are of the family, `what` what those are; a file that is
    named itself is read whatever it is called. `parse` reads the texts of every set and refuses those that it cannot
    read. `fault_rule` is the id of what no rule can see.
    """

    name: str
    what: str
    fault_rule: str
    within: Callable[[Path], Callable[[Path], bool]]
    parse: Callable[[Sequence[Texts]], Sequence[Sequence[Parsed]]]


def check(
    family: Family,
    sets: Sequence[Sequence[Path | str]],
    *,
    profile: str,
    only: Iterable[str] | None,
    keep_going: bool,
    policies: Path | None,
    root: Path | None,
    timeout_s: float,
) -> list[Report]:
    """Judge several sets, each for itself, in one run of OPA; one report for each, in order.

    Paths are relative to `root` where that is given, and objects are named by them. Nothing that goes wrong is raised
    but UsageError (unknown profile or rule): the report's outcome is unknown and `not_evaluated` says why. When a
    file of a set cannot be read nothing of it is judged, unless `keep_going`.
    """
    gathered = [gather(paths, family, root) for paths in sets]
    parsed = family.parse(gathered)
    judged = [_set(family, *one, keep_going) for one in zip(gathered, parsed, strict=True)]
    try:
        loaded = rules.load(policies, family.name)
        chosen = loaded.chosen(profile, only)
        if not chosen:
            raise CannotJudge(f"no rule belongs to the profile {profile}", where=str(loaded.home))
    except CannotJudge as error:
        return [engine.unjudged(profile, (), one, error) for one in judged]
    return engine.judge(loaded, chosen, profile, judged, timeout_s)


def _set(family: Family, texts: Texts, parsed: Sequence[Parsed], keep_going: bool) -> engine.Set:
    one = engine.Set(list(parsed), not_evaluated=texts.not_evaluated)
    if texts.not_evaluated and not keep_going:
        one.withhold()
        return one
    for number, each in enumerate(parsed):
        one.faults += [
            engine.Fault(family.fault_rule, number, said.message, said.path) for said in each.faults
        ]
        if Hides.PART in each.hidden:
            one.partial[number] = tuple[str | int, ...]  # paths in a part are the same as in the whole
    one.entries = [
        engine.encoded(number, {"kind": each.reference.kind, "object": each.value})
        for number, each in enumerate(parsed)
        if Hides.ALL not in each.hidden
    ]
    return one


def gather(paths: Sequence[Path | str], family: Family, root: Path | None = None) -> Texts:
    """Read every path; nothing is raised, what cannot be read is named in `not_evaluated`."""
    texts = Texts()

    def short(name: str) -> str:
        return name.removeprefix(f"{root}{os.sep}")

    if not paths:
        texts.refuse("", "no input was given")
    seen: set[str] = set()
    for path in paths:
        given = str(path) if root is None else str(root / path)
        reader = Reader(
            family.within(Path(given)),
            family.what,
            lambda folder: folder.name not in _FOREIGN,
            lambda file, reason: texts.refuse(short(file), reason),
            seen,
        )
        texts.found += [Text(short(one.name), one.text) for one in reader.read(given)]
    return texts


def reference(kind: str, text: Text) -> ObjectReference:
    """A file as an object: it is named by its path, without a needless ./ in it."""
    name = text.name if text.name == STANDARD_INPUT else os.path.normpath(text.name)
    return ObjectReference(text.name, 1, kind, "", name)
