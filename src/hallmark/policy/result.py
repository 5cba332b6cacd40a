"""One line of the ledger: what one rule says of one object."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from itertools import pairwise
from typing import Any

from hallmark.values import dataclass

CONTAINERS = ("containers", "initContainers", "ephemeralContainers")


class Judgement(StrEnum):
    """What one rule says of one object. Not applicable is no pass: the rule has nothing to say about the object."""

    PASS = "pass"  # noqa: S105 - a judgement, not a password
    FAIL = "fail"
    NOT_APPLICABLE = "not-applicable"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class ObjectReference:
    """An object and where it stands. `line` counts from 1; `namespace` is empty for what lives in none.

    A resource of Terraform has its `address`, which is its name as well; its kind is its type.
    """

    file: str
    line: int
    kind: str
    namespace: str
    name: str
    address: str = ""

    def __str__(self) -> str:
        if self.address:
            return self.address
        return f"{self.kind} {self.namespace}/{self.name}" if self.namespace else f"{self.kind} {self.name}"

    def as_json(self) -> dict[str, Any]:
        return {key: value for key, value in vars(self).items() if key != "address" or value}


@dataclass(frozen=True)
class Waiver:
    """Who lets a failure pass, why, and until the end of which day (UTC)."""

    owner: str
    reason: str
    expires: date

    def as_json(self) -> dict[str, Any]:
        return {"owner": self.owner, "reason": self.reason, "expires": self.expires.isoformat()}


@dataclass(frozen=True)
class Result:
    """One line of the ledger. `path` names the field inside the object, `line` the line on which it stands.

    `part` is the same path by names: it stays the same when the items of a list are moved. What has a `waiver` failed
    all the same, and does not count.
    """

    rule: str
    object: ObjectReference
    outcome: Judgement
    message: str = ""
    path: str = ""
    line: int = 0
    part: tuple[str | int, ...] = ()
    waiver: Waiver | None = None

    @property
    def file(self) -> str:
        return self.object.file

    @property
    def container(self) -> str:
        """The name of the container in which the field stands, or nothing."""
        inside = (str(name) for kind, name in pairwise(self.part) if kind in CONTAINERS)
        return next(inside, "")

    @property
    def is_finding(self) -> bool:
        """Whether it keeps a report from passing."""
        return self.outcome in (Judgement.FAIL, Judgement.UNKNOWN) and self.waiver is None

    def as_json(self) -> dict[str, Any]:
        return {
            "rule": self.rule,
            "object": self.object.as_json(),
            "outcome": str(self.outcome),
            "message": self.message,
            "path": self.path,
            "line": self.line or self.object.line,
            **({"container": self.container} if self.container else {}),
            **({"waiver": self.waiver.as_json()} if self.waiver else {}),
        }
