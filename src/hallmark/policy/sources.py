"""Finds the Rego files of a family of rules, and refuses those that nobody would read.

Nothing slow is imported here: OPA is started with these files before anything else is known.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from hallmark.outcome import CannotJudge
from hallmark.values import dataclass

# What is judged, and what every rule about it must answer. A plan leaves things open; manifests are known whole.
FAMILIES = {
    "manifests": frozenset({"applies", "violations"}),
    "plan": frozenset({"applies", "violations", "unknowns"}),
    "dockerfile": frozenset({"applies", "violations"}),
    "workflows": frozenset({"applies", "violations"}),
}
REPORT = "report.rego"
_LIBRARY = re.compile(rb"data\.hallmark\.lib\.(\w+)")


@dataclass(frozen=True)
class Sources:
    """What an evaluation of a family needs, tests left out: the files of its rules, and of the library for them."""

    family: str
    home: Path
    library: tuple[Path, ...]
    rules: tuple[Path, ...]

    @property
    def files(self) -> tuple[Path, ...]:
        """All Rego files."""
        return (*self.library, self.home / REPORT, *self.rules)

    @property
    def parameters(self) -> Path:
        return self.home / "parameters.yaml"


_found: dict[tuple[Path | None, str], Sources] = {}


def home() -> Path:
    """The policies that come with the kit."""
    return Path(__file__).resolve().parents[3] / "policies"


def find(folder: Path | None, family: str) -> Sources:
    """The files of a family under `folder` (the kit's own policies).

    Raises CannotJudge when there is no rule, and for a file that stands where none is looked for.
    """
    if (folder, family) in _found:
        return _found.pop((folder, family))
    base = (folder or home()).resolve()
    _refuse_strays(base)
    places = sorted(Path(one.path) for one in _entries(base / family) if one.is_dir())
    if not places:
        raise CannotJudge("no rule is there", where=str(base / family))
    rules = tuple(_rule_file(one) for one in places)
    return Sources(family, base, _library(base / "lib", rules), rules)


def _library(folder: Path, rules: Iterable[Path]) -> tuple[Path, ...]:
    """The files of the library that rules name, or that others of them name: OPA reads no more than it needs."""
    there = {one.stem: one for one in folder.rglob("*.rego") if not is_test(one)}
    named: set[str] = set()
    waiting = list(rules)
    while waiting:
        try:
            text = waiting.pop().read_bytes()
        except OSError:
            continue  # it is read again, and refused then
        new = {one.decode() for one in _LIBRARY.findall(text)} & there.keys() - named
        named |= new
        waiting += [there[name] for name in new]
    return tuple(there[name] for name in sorted(named))


def find_ahead(folder: Path | None, family: str) -> Sources:
    """The same as `find`, which the next time need not look again."""
    found = _found[folder, family] = find(folder, family)
    return found


def is_test(file: Path) -> bool:
    return file.name.endswith("_test.rego")


def _refuse_strays(base: Path) -> None:
    """Refuse Rego that nobody would read: beside the families and the library, or outside a rule's own folder."""
    read = {"lib", "testing", REPORT, *FAMILIES}
    unread = [one.path for one in _entries(base) if one.name not in read]
    for family in FAMILIES:
        unread += [one.path for one in _entries(base / family) if one.name[0] in "._" or one.is_file()]
    for place in map(Path, sorted(unread)):
        for file in [place] if place.is_file() else sorted(place.rglob("*.rego")):
            if file.suffix == ".rego":
                raise CannotJudge("a rule stands outside a folder of its own in a family", where=str(file))


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    return list(os.scandir(folder)) if folder.is_dir() else []


def _rule_file(folder: Path) -> Path:
    """The one Rego file of a rule's folder, beside its test."""
    expected = folder / f"{folder.name.replace('-', '_')}.rego"
    found = [
        one for one in _inside(folder) if one.name.endswith(".rego") and not one.name.endswith("_test.rego")
    ]
    if [one.path for one in found] != [str(expected)]:
        there = ", ".join(sorted(one.name for one in found)) or "none"
        raise CannotJudge(
            f"the rule's folder must hold {expected.name} and its test; rules found: {there}",
            where=str(folder),
        )
    return expected


def _inside(folder: Path | str) -> Iterator[os.DirEntry[str]]:
    """Everything below a folder that is none; what cannot be listed is empty, and lacks its rule."""
    try:
        there = list(os.scandir(folder))
    except OSError:
        return
    for one in there:
        if one.is_dir(follow_symlinks=False):
            yield from _inside(one.path)
        elif not one.is_dir():
            yield one
