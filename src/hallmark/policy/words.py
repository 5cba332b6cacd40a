"""The plain words of a check.

The library that reads every other command line takes longer to import than it takes to judge hundreds of files.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from hallmark.policy.sources import FAMILIES
from hallmark.values import dataclass


@dataclass(frozen=True)
class Request:
    """What `hallmark check FAMILY PATH…` is asked. Every other field is an option of that name."""

    family: str
    paths: tuple[str, ...]
    profile: str = "production"
    rules: str | None = None
    policies: Path | None = None
    waivers: Path | None = None
    keep_going: bool = False
    each: bool = False
    json: bool = False
    ledger: Path | None = None
    junit: Path | None = None
    sarif: Path | None = None


_OPTIONS = {
    f"--{name.replace('_', '-')}": (name, kind) for name, kind in [*Request.__annotations__.items()][2:]
}


def plain(words: Sequence[str]) -> Request | None:
    """The check in the words after `check`, or None when they are not plain: a mistake, help, another spelling."""
    if not words or words[0] not in FAMILIES:
        return None
    paths: list[str] = []
    given: dict[str, Any] = {}
    rest = iter(words[1:])
    for word in rest:
        if word == "-" or not word.startswith("-"):
            paths.append(word)
            continue
        name, equals, value = word.partition("=")
        option, kind = _OPTIONS.get(name, ("", ""))
        if not option or option in given:
            return None
        if kind == "bool":
            if equals:
                return None
            given[option] = True
            continue
        value = value if equals else next(rest, "")
        if not value or value.startswith("-"):
            return None
        given[option] = Path(value) if "Path" in kind else value
    if not paths:
        return None
    return Request(words[0], tuple(paths), **given)
