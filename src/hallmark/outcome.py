"""The words of every judgement: three outcomes, the verdict of a layer, the exit codes, the one error class.

Nothing here reads files or starts programs. Everything above imports it; of the kit it imports only values.py.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum, StrEnum
from typing import Any

from hallmark.values import dataclass, field


class Outcome(StrEnum):
    """What a check found. `UNKNOWN` means it could not be judged, and never counts as a pass."""

    PASS = "pass"  # noqa: S105 - an outcome, not a password
    FAIL = "fail"
    UNKNOWN = "unknown"

    @classmethod
    def of(cls, outcomes: Iterable[Outcome]) -> Outcome:
        """The outcome of a whole: any fail fails it, else any unknown makes it unknown; nothing at all is unknown."""
        seen = set(outcomes)
        if cls.FAIL in seen:
            return cls.FAIL
        return cls.PASS if seen == {cls.PASS} else cls.UNKNOWN


class ExitCode(IntEnum):
    """The process exit codes of every command; one meaning each (docs/exit-codes.md)."""

    PASS = 0
    REFUSED = 1
    UNKNOWN = 2
    USAGE = 3
    INTERRUPTED = 130

    @classmethod
    def of(cls, outcome: Outcome) -> ExitCode:
        return {Outcome.PASS: cls.PASS, Outcome.FAIL: cls.REFUSED, Outcome.UNKNOWN: cls.UNKNOWN}[outcome]


@dataclass(frozen=True)
class Check:
    """One thing judged inside a layer. `where` is a file:line, an object or a command; `message` says why."""

    name: str
    outcome: Outcome
    message: str = ""
    where: str = ""
    duration_s: float = 0.0


@dataclass(frozen=True)
class Verdict:
    """What one layer found: its checks, when it began (RFC 3339, UTC) and how long it took."""

    layer: str
    checks: tuple[Check, ...]
    started: str
    duration_s: float
    details: dict[str, Any] = field(default_factory=dict)

    @property
    def outcome(self) -> Outcome:
        return Outcome.of(check.outcome for check in self.checks)

    @property
    def broken(self) -> tuple[Check, ...]:
        """Every check that keeps the verdict from being a pass, failures first."""
        rest = [check for check in self.checks if check.outcome is not Outcome.PASS]
        return tuple(sorted(rest, key=lambda check: check.outcome is not Outcome.FAIL))


class HallmarkError(Exception):
    """Something went wrong that the user must read: what failed, where, what to do next, and the exit code.

    `code` is 2 (could not be judged) unless said otherwise; use the subclasses.
    """

    code = ExitCode.UNKNOWN

    def __init__(self, what: str, *, where: str = "", next_step: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.where = where
        self.next_step = next_step

    def __str__(self) -> str:
        lines = [self.what]
        if self.where:
            lines.append(f"  where: {self.where}")
        if self.next_step:
            lines.append(f"  next:  {self.next_step}")
        return "\n".join(lines)


class Refused(HallmarkError):
    """Something was judged and failed."""

    code = ExitCode.REFUSED


class CannotJudge(HallmarkError):
    """Something could not be judged or done: a missing tool, a dead process, a time limit."""

    code = ExitCode.UNKNOWN


class Interrupted(HallmarkError):
    """Somebody stopped the command amid what cannot be taken back at once; `next_step` says how to go on."""

    code = ExitCode.INTERRUPTED


class UsageError(HallmarkError):
    """A wrong argument or a wrong setting."""

    code = ExitCode.USAGE
