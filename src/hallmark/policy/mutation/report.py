"""What the mutants of the policies told about their tests."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from hallmark.outcome import Check, Outcome
from hallmark.policy.mutation.equivalents import Equivalent
from hallmark.policy.mutation.trial import Fate, Tried

_KILLED = (Fate.KILLED, Fate.TIMEOUT)


@dataclass(frozen=True)
class FileReport:
    """One file of rules, named as in `hallmark policy mutate NAME`; with `reason` when it could not be judged.

    `listed` are the entries about it in the list of equivalent mutants.
    """

    name: str
    file: str
    tried: tuple[Tried, ...] = ()
    listed: tuple[Equivalent, ...] = ()
    reason: str = ""

    @property
    def judged(self) -> tuple[Tried, ...]:
        """Those that are valid Rego."""
        return tuple(one for one in self.tried if one.fate is not Fate.STILLBORN)

    @property
    def killed(self) -> int:
        return sum(one.fate in _KILLED for one in self.judged)

    @property
    def survivors(self) -> tuple[Tried, ...]:
        """Those that no test killed and that are not listed as equivalent."""
        excused = {one.identity for one in self.listed}
        return tuple(
            one for one in self.judged if one.fate is Fate.SURVIVED and one.mutant.identity not in excused
        )

    @property
    def wrongly_listed(self) -> tuple[str, ...]:
        """What is wrong with the entries: each must be of a mutant that is there and survived."""
        fates = {one.mutant.identity: one.fate for one in self.tried}
        return tuple(
            f"{one}: listed as equivalent, but {fates.get(one.identity, 'there is no such mutant')}"
            for one in self.listed
            if fates.get(one.identity) is not Fate.SURVIVED
        )

    def check(self) -> Check:
        """Fail for a survivor or a wrong entry; unknown when nothing was judged."""
        name = f"mutants of {self.name}"
        if self.reason:
            return Check(name, Outcome.UNKNOWN, self.reason, self.file)
        if not self.judged:
            return Check(name, Outcome.UNKNOWN, "there is no mutant", self.file)
        summary = f"{self.killed} of {len(self.judged)} killed"
        wrong = [_said(one) for one in self.survivors] + list(self.wrongly_listed)
        line = f":{self.survivors[0].mutant.line}" if self.survivors else ""
        return Check(
            name, Outcome.FAIL if wrong else Outcome.PASS, "; ".join([summary, *wrong]), f"{self.file}{line}"
        )

    def as_json(self) -> dict[str, Any]:
        counted = Counter(str(one.fate) for one in self.tried)
        return {
            "rule": self.name,
            "file": self.file,
            "outcome": str(self.check().outcome),
            "reason": self.reason,
            **{str(fate): counted[fate] for fate in Fate},
            "equivalent": len(self.listed),
            "wrongly_listed": list(self.wrongly_listed),
            "mutants": [
                {
                    **{"line": one.mutant.line, "kind": one.mutant.kind, "original": one.mutant.original},
                    **{"replacement": one.mutant.replacement, "occurrence": one.mutant.occurrence},
                    **{"fate": str(one.fate), "by": one.by},
                }
                for one in self.tried
            ],
        }


def _said(one: Tried) -> str:
    mutant = one.mutant
    return f"line {mutant.line} survived: {mutant.kind} {mutant.original!r} to {mutant.replacement!r}"


@dataclass(frozen=True)
class MutationReport:
    """All files that were judged. `unknown` are what concerns none of them alone, such as a missing OPA."""

    tested: tuple[FileReport, ...] = ()
    unknown: tuple[Check, ...] = ()

    @property
    def outcome(self) -> Outcome:
        return Outcome.of(one.outcome for one in self._parts())

    @property
    def killed(self) -> int:
        return sum(one.killed for one in self.tested)

    @property
    def judged(self) -> int:
        return sum(len(one.judged) for one in self.tested)

    def checks(self) -> tuple[Check, ...]:
        """One for the sum of it and one for each file, for a layer."""
        return (Check("mutants", self.outcome, self.sum), *self._parts())

    @property
    def sum(self) -> str:
        listed = sum(len(one.listed) for one in self.tested)
        return f"{self.killed} of {self.judged} mutants killed, {listed} listed as equivalent"

    def _parts(self) -> tuple[Check, ...]:
        return (*self.unknown, *(one.check() for one in self.tested))

    def as_json(self) -> dict[str, Any]:
        return {
            "outcome": str(self.outcome),
            "killed": self.killed,
            "judged": self.judged,
            "rules": [one.as_json() for one in self.tested],
            "unknown": [{"message": one.message, "where": one.where} for one in self.unknown],
        }
