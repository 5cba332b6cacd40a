"""What a refresh-only plan says: attributes that are not what Terraform left, because somebody else changed them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from hallmark.outcome import CannotJudge

SENSITIVE = "(sensitive)"


@dataclass(frozen=True)
class Difference:
    """One attribute of one resource, by its path such as `tags.Owner` or `ingress[0].cidr_blocks[1]`; values are JSON.

    The path is empty when the whole resource is gone. A sensitive value is replaced by a word.
    """

    address: str
    attribute: str
    before: Any
    after: Any

    def __str__(self) -> str:
        if not self.attribute:
            return f"{self.address} is gone"
        return f"{self.address}: {self.attribute}: {_text(self.before)} -> {_text(self.after)}"


def read(plan: bytes) -> list[Difference]:
    """The differences in a refresh-only plan, as `terraform show -json` writes it, in the order of their addresses.

    That terraform calls it a change is not asked: it does so too when nothing but its own notes differ. Raises
    CannotJudge for a plan that is none, or not whole.
    """
    try:
        document = json.loads(plan)
        if document["errored"] or not document["complete"]:
            raise ValueError("it is not whole")
        drifted = document.get("resource_drift", [])
        changed = sorted((one["address"], one["change"]) for one in drifted)
        found = [
            difference
            for address, change in changed
            if change["actions"] != ["no-op"]
            for difference in _differences(address, change)
        ]
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise CannotJudge(f"the refresh-only plan cannot be read: {error}") from error
    return found + _outputs(document)


def _differences(address: str, change: dict[str, Any]) -> Iterator[Difference]:
    if change["after"] is None:
        yield Difference(address, "", None, None)
        return
    pairs = (
        (change["before"], change.get("before_sensitive")),
        (change["after"], change.get("after_sensitive")),
    )
    for path, before, after in _walk("", *pairs[0], *pairs[1]):
        yield Difference(address, path, before, after)


def _walk(
    path: str, before: Any, hidden_before: Any, after: Any, hidden_after: Any
) -> Iterator[tuple[str, Any, Any]]:
    """The smallest parts that differ. What hides a value is True at its place, or at one above it."""
    if json.dumps(before, sort_keys=True) == json.dumps(after, sort_keys=True):
        return
    if hidden_before is True or hidden_after is True:
        yield path or "*", SENSITIVE, SENSITIVE
    elif isinstance(before, dict) and isinstance(after, dict):
        for key in sorted(before.keys() | after.keys()):
            inner = f"{path}.{key}" if path else key
            yield from _walk(
                inner, before.get(key), _part(hidden_before, key), after.get(key), _part(hidden_after, key)
            )
    elif isinstance(before, list) and isinstance(after, list):
        for at in range(max(len(before), len(after))):
            yield from _walk(
                f"{path}[{at}]",
                _part(before, at),
                _part(hidden_before, at),
                _part(after, at),
                _part(hidden_after, at),
            )
    elif _hides(hidden_before) or _hides(hidden_after):
        yield path, SENSITIVE, SENSITIVE
    else:
        yield path, before, after


def _part(whole: Any, key: str | int) -> Any:
    if isinstance(whole, dict):
        return whole.get(key)
    return whole[key] if isinstance(whole, list) and isinstance(key, int) and key < len(whole) else None


def _hides(marks: Any) -> bool:
    """Whether anything in it is marked: a part that came or went is shown as a whole or not at all."""
    if isinstance(marks, dict):
        return any(map(_hides, marks.values()))
    return any(map(_hides, marks)) if isinstance(marks, list) else marks is True


def _outputs(document: dict[str, Any]) -> list[Difference]:
    found = []
    for name, change in sorted((document.get("output_changes") or {}).items()):
        if change["actions"] != ["no-op"]:
            hidden = _hides(change.get("before_sensitive")) or _hides(change.get("after_sensitive"))
            values = (SENSITIVE, SENSITIVE) if hidden else (change.get("before"), change.get("after"))
            found.append(Difference(f"output.{name}", "value", *values))
    return found


def _text(value: Any) -> str:
    return value if value == SENSITIVE else json.dumps(value, ensure_ascii=False)
