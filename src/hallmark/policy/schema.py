"""Checks an object against the schema of the pinned Kubernetes, as strictly as its API server decodes one.

What the API server would refuse when asked with fieldValidation=Strict is a problem here: a field that the kind
doesn't have, a value of another type, a required field that is missing. Whether a value makes sense (a port's
range, a name's form) is not looked at. What the API server takes is no problem: null for what is absent, whole
numbers written as 2.0, quantities as numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from hallmark.policy import kinds
from hallmark.policy.checkers import Flaw, Mode, Steps, checker_of
from hallmark.values import dataclass, field

__all__ = ["Flaw", "Problem", "Readable", "Steps", "dotted", "problems", "problems_of_metadata", "readable"]
# Requests for an answer, which are never stored and have no name.
_NAMELESS = ("authentication.k8s.io/", "authorization.k8s.io/")


@dataclass(frozen=True)
class Problem:
    """Something that the schema doesn't allow, at the path of the field itself (that of a missing one too)."""

    path: Steps
    flaw: Flaw
    message: str


@dataclass(frozen=True)
class Readable:
    """What is left of an object without the values of a wrong type, which nobody could read.

    `lists` says which items are left of a list from which some were taken: their numbers before, by its path now.
    """

    value: dict[str, Any]
    lists: Mapping[Steps, Sequence[int]] = field(default_factory=dict)

    def written(self, path: Steps) -> Steps:
        """The path in the whole object of what is at `path` here."""
        found: list[str | int] = []
        for number, step in enumerate(path):
            left = self.lists.get(path[:number])
            found.append(left[step] if left and isinstance(step, int) and step < len(left) else step)
        return tuple(found)


def problems(value: Mapping[str, Any]) -> list[Problem]:
    """Every problem of an object that has apiVersion and kind (its `kind`, if that is unknown), in its order."""
    api_version, kind = value["apiVersion"], value["kind"]
    if not kinds.is_known(api_version, kind):
        return [Problem(("kind",), Flaw.WRONG, _unknown_kind(api_version, kind))]
    definition = kinds.definition(api_version, kind)
    if definition:
        mode = Mode.STRICT if kinds.is_served(api_version, kind) else Mode.REMOVED
        found = [_problem(kind, *one) for one in checker_of(definition, mode)(value) or ()]
    else:
        found = problems_of_metadata(value)
    if not (_is_named(value) or api_version.startswith(_NAMELESS)):
        found.append(Problem(("metadata", "name"), Flaw.MISSING, "metadata.name is missing"))
    return found


def problems_of_metadata(value: Mapping[str, Any]) -> list[Problem]:
    """The problems of the one part that objects of every kind share: all that can be said of a kind unknown here."""
    meta = value.get("metadata")
    found = checker_of("meta.v1.ObjectMeta", Mode.STRICT)(meta) if meta is not None else None
    return [_problem(value["kind"], ("metadata", *path), flaw, text) for path, flaw, text in found or ()]


def readable(value: dict[str, Any], found: Iterable[Problem]) -> Readable:
    """An object without the values that are of a wrong type."""
    cuts = {problem.path for problem in found if problem.flaw is Flaw.WRONG}
    lists: dict[Steps, list[int]] = {}
    return Readable(_without(value, cuts, (), (), lists), lists) if cuts else Readable(value)


def _without(value: Any, cuts: set[Steps], path: Steps, now: Steps, lists: dict[Steps, list[int]]) -> Any:
    if isinstance(value, dict):
        return {
            key: _without(inner, cuts, (*path, key), (*now, key), lists)
            for key, inner in value.items()
            if (*path, key) not in cuts
        }
    if isinstance(value, list):
        left = [number for number in range(len(value)) if (*path, number) not in cuts]
        if len(left) < len(value):
            lists[now] = left
        return [
            _without(value[number], cuts, (*path, number), (*now, place), lists)
            for place, number in enumerate(left)
        ]
    return value


def dotted(path: Steps) -> str:
    """A path as people write it: spec.containers[0].image."""
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path).removeprefix(".")


def _unknown_kind(api_version: str, kind: str) -> str:
    near = kinds.nearest(api_version, kind)
    hint = f"did you mean {near}?" if near else "policies/parameters.yaml may allow it, with a reason"
    return f"{api_version} {kind} is no kind of Kubernetes {kinds.version()}; {hint}"


def _is_named(value: Mapping[str, Any]) -> bool:
    meta = value.get("metadata")
    if meta is None:
        return False
    # What is of another type than it should be is another problem.
    return not isinstance(meta, dict) or any(
        meta.get(one) not in (None, "") for one in ("name", "generateName")
    )


def _problem(kind: str, path: Steps, flaw: Flaw, text: str) -> Problem:
    where = dotted(path) or "the object"
    if flaw is not Flaw.EXTRA:
        return Problem(path, flaw, f"{where} {text}")
    owner = f"{'an' if kind[0] in 'AEIOU' else 'a'} {kind}" + (f"'s {dotted(path[:-1])}" if path[1:] else "")
    hint = f"; did you mean {text}?" if text else ""
    return Problem(path, flaw, f"{where}: no such field of {owner}{hint}")
