"""Finds references in policies that lead nowhere: to OPA those are undefined, and the rule says nothing for ever."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from typing import Any

from hallmark.policy.parameters import Parameters

# What the engine gives to OPA beside the policies themselves.
INPUT = ("objects", "rules")
PARAMETERS = tuple(one.name for one in fields(Parameters))
Tree = Mapping[str, Any]
Name = tuple[str, ...]


def dangling(trees: Sequence[Tree], file: Tree) -> Iterator[str]:
    """Every name that the syntax tree of `file` refers to and none of `trees` has, as it stands in the text.

    Only names that are written out are looked at, and only as far as a package's rules: `x.y[z]` may be anything.
    """
    known: set[Name] = {("input", name) for name in INPUT}
    known |= {("data", "parameters", name) for name in PARAMETERS}
    for tree in trees:
        package = _name(tree["package"]["path"])
        known |= {(*package, str(rule["head"]["ref"][0]["value"])) for rule in tree.get("rules") or []}
    parts = {name[:length] for name in known for length in range(1, len(name))}
    imported: dict[str, Name] = {}
    for one in file.get("imports") or []:
        name = _name(one["path"]["value"])
        if name in known | parts:
            imported[one.get("alias") or name[-1]] = name
        elif name[0] in ("data", "input"):
            yield ".".join(name)
    for ref in _refs(file.get("rules")):
        first, *rest = _name(ref)
        name = (*imported.get(first, (first,)), *rest)
        if name[0] not in ("data", "input") or name in parts:
            continue
        if not any(name[:length] in known for length in range(1, len(name) + 1)):
            yield ".".join((first, *rest))


def line_of(name: str, text: str) -> int:
    """The line on which a name stands first, from 1; 0 when it is written in another way."""
    found = re.search(rf"(?<![\w.]){re.escape(name)}\b", text)
    return text.count("\n", 0, found.start()) + 1 if found else 0


def _refs(part: Any) -> Iterator[list[Tree]]:
    """Every reference in a part of a syntax tree."""
    if isinstance(part, list):
        for one in part:
            yield from _refs(one)
    elif isinstance(part, dict):
        if part.get("type") == "ref":
            yield part["value"]
        for one in part.values():
            yield from _refs(one)


def _name(ref: Sequence[Tree]) -> Name:
    """The words of a reference, as far as they are written out."""
    words = [str(ref[0]["value"])]
    for one in ref[1:]:
        if one["type"] != "string":
            break
        words.append(one["value"])
    return tuple(words)
