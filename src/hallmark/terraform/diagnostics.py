"""What terraform says is wrong, as errors of the kit: the first one's words, its place, and what it is about."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from hallmark import process
from hallmark.outcome import CannotJudge, HallmarkError, UsageError

# What terraform calls faults in what it was given, as opposed to what it met (internal/terraform, internal/command).
_OF_THE_USER = (
    "Invalid value for variable",
    "Invalid value for input variable",
    "No value for required variable",
    "Value for undeclared variable",
)
_LOCK_ID = re.compile(r"^\s*ID:\s+(\S+)", re.MULTILINE)


class Locked(CannotJudge):
    """Another run holds the state's lock, or died with it; `lock_id` names the lock."""

    def __init__(self, what: str, *, where: str, lock_id: str) -> None:
        super().__init__(what, where=where)
        self.lock_id = lock_id


@dataclass(frozen=True)
class Diagnostic:
    """One fault or warning of terraform's. `where` is an address, a file:line or both."""

    severity: str
    summary: str
    detail: str
    where: str

    @classmethod
    def read(cls, said: Any) -> Diagnostic:
        place = said.get("range") or {}
        line = f"{place['filename']}:{place['start']['line']}" if place else ""
        where = ", ".join(filter(None, (said.get("address", ""), line)))
        return cls(said["severity"], said["summary"], said.get("detail", ""), where)

    def __str__(self) -> str:
        detail = " ".join(self.detail.split())
        return f"{self.summary}: {detail}" if detail else self.summary


def parse(text: str, done: process.Completed) -> list[Diagnostic]:
    """The diagnostics in the one JSON document of `terraform validate`; raises CommandFailed when it is none."""
    try:
        return [Diagnostic.read(one) for one in json.loads(text)["diagnostics"]]
    except (ValueError, LookupError, TypeError) as error:
        raise process.CommandFailed(
            done.argv, f"exited with {done.returncode}", done.stderr or text
        ) from error


def error_of(found: Sequence[Diagnostic], done: process.Completed) -> HallmarkError:
    """The error that a failed command stands for: its first diagnostic's, or its last words where it gave none."""
    errors = [one for one in found if one.severity == "error"]
    if not errors:
        return process.CommandFailed(done.argv, f"exited with {done.returncode}", done.stderr or done.stdout)
    first = errors[0]
    more = f" (and {len(errors) - 1} more)" if len(errors) > 1 else ""
    what = f"terraform {done.argv[1]} failed: {first}{more}"
    if "state lock" in first.summary and (lock := _LOCK_ID.search(first.detail)):
        return Locked(what, where=first.where, lock_id=lock[1])
    kind = UsageError if first.summary in _OF_THE_USER else CannotJudge
    return kind(what, where=first.where)
