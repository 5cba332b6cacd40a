"""Waivers: who lets which rule fail on which object, why, and for how long. The file is `policies/waivers.yaml`.

A waiver covers failures of exactly one rule on exactly one object. It never covers what is unknown, is over after at
most 90 days, and fails when nothing needs it. A file with anything wrong in it waives nothing and is unknown.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hallmark import documents
from hallmark.outcome import CannotJudge, Outcome
from hallmark.policy import rules, sources
from hallmark.policy.report import BUILT_IN, Judgement, NotEvaluated, ObjectReference, Report, Result, Waiver

if TYPE_CHECKING:
    from hallmark.policy.waiver_entry import Entry

NAME = "waivers.yaml"
LONGEST = timedelta(days=90)
UNUSED = BUILT_IN["waiver"].id


Key = tuple[str, str, str, str, str]


@dataclass(frozen=True)
class Placed:
    """A waiver and the line on which it begins."""

    entry: Entry
    line: int

    @property
    def key(self) -> Key:
        """What it covers: rule, kind, namespace, name, and the container or nothing."""
        one = self.entry.object
        return self.entry.rule, one.kind, one.namespace, one.name, one.container or ""


class Unusable(CannotJudge):
    """A file of waivers with something wrong in it; `reasons` are all of it, each at its line."""

    def __init__(self, reasons: Sequence[NotEvaluated]) -> None:
        super().__init__(
            "the waivers cannot be used:\n  " + "\n  ".join(map(str, reasons)),
            where=reasons[0].file,
            next_step="docs/policies.md shows the form; an empty list, [], stands for no waiver",
        )
        self.reasons = tuple(reasons)


@dataclass(frozen=True)
class Waivers:
    """The waivers of one file, as they stand on one day."""

    file: Path
    today: date
    placed: tuple[Placed, ...] = ()

    def apply(self, report: Report) -> Report:
        """The report with every failure that is waived marked so, and one whose waiver is over saying it."""
        return report.changed(self._waive) if self.placed else report

    def unused(self, reports: Sequence[Report], *, anywhere: bool = False) -> tuple[Result, ...]:
        """A failure for every waiver that none of the reports needs, at its place in the file.

        Only when its rule was asked, and only when its object is there and nothing about it is unknown. A rule over
        a set may say something else of the same object among other files, so its waivers are left alone. With
        `anywhere` the reports are all there is: neither a rule over a set nor an absent object is an excuse.
        """
        if not self.placed:
            return ()
        findings = [one for report in reports for one in (*report.findings, *report.waived)]
        needed = {found.key for found in map(self._of, findings) if found is not None}
        unknown = {(one.rule, _identity(one.object)) for one in findings if one.outcome is Judgement.UNKNOWN}
        asked = {rule.id for report in reports for rule in report.rules if anywhere or rule.scope == "object"}
        there = {_identity(one) for report in reports for one in report.objects}
        whole = anywhere and not any(report.not_evaluated for report in reports)
        return tuple(
            self._unneeded(one)
            for one in self.placed
            if one.key not in needed
            and one.entry.rule in asked
            and (whole or one.key[1:4] in there)
            and not {(rule, one.key[1:4]) for rule in (one.entry.rule, *BUILT_IN)} & unknown
        )

    @property
    def outcome(self) -> Outcome:
        """Fail when one is expired."""
        return Outcome.FAIL if any(map(self._is_expired, self.placed)) else Outcome.PASS

    def __str__(self) -> str:
        """One waiver after the other, oldest first."""
        expired = sum(map(self._is_expired, self.placed))
        return "\n".join(
            [*map(self._said, self._oldest_first()), f"{len(self.placed)} waivers, {expired} expired"]
        )

    def as_json(self) -> dict[str, Any]:
        return {
            "outcome": str(self.outcome),
            "file": str(self.file),
            "today": self.today.isoformat(),
            "waivers": [
                {
                    **one.entry.model_dump(mode="json", exclude_none=True),
                    "line": one.line,
                    "days_left": one.entry.days_left(self.today),
                    "expired": self._is_expired(one),
                }
                for one in self._oldest_first()
            ],
        }

    def _oldest_first(self) -> list[Placed]:
        return sorted(self.placed, key=lambda one: (one.entry.created, one.line))

    def _is_expired(self, one: Placed) -> bool:
        return one.entry.days_left(self.today) < 0

    def _said(self, one: Placed) -> str:
        entry, left = one.entry, one.entry.days_left(self.today)
        days = f"EXPIRED {-left} days ago" if left < 0 else f"{left} days left"
        return (
            f"{days}: {entry.rule} on {entry.object}\n  {entry.owner}: {entry.reason}\n"
            f"  {entry.created} to {entry.expires}, {self.file}:{one.line}"
        )

    def _waive(self, result: Result) -> Result:
        found = self._of(result)
        if found is None:
            return result
        entry = found.entry
        if self._is_expired(found):
            over = f"{result.message}; the waiver of {entry.owner} ended on {entry.expires}"
            return replace(result, message=over)
        return replace(result, waiver=Waiver(entry.owner, entry.reason, entry.expires))

    def _of(self, result: Result) -> Placed | None:
        """The waiver that covers a failure: one for its container before one for the whole object."""
        if result.outcome is not Judgement.FAIL:
            return None
        by_key = self._by_key
        about = (result.rule, *_identity(result.object))
        return by_key.get((*about, result.container)) or by_key.get((*about, ""))

    @cached_property
    def _by_key(self) -> dict[Key, Placed]:
        return {one.key: one for one in self.placed}

    def _unneeded(self, one: Placed) -> Result:
        rule, kind, namespace, name, _ = one.key
        reference = ObjectReference(str(self.file), one.line, kind, namespace, name)
        message = f"nothing of it fails {rule}: the waiver of {one.entry.owner} is not needed"
        return Result(UNUSED, reference, Judgement.FAIL, message, line=one.line)


def load(policies: Path | None = None, file: Path | None = None, today: date | None = None) -> Waivers:
    """The waivers of a file, by default the one beside the policies (which may be absent); today is the day in UTC.

    Raises Unusable when anything is wrong with the file or with any waiver in it.
    """
    today = today or datetime.now(tz=UTC).date()
    beside = (policies or sources.home()) / NAME
    if file is None and not beside.exists():
        return Waivers(beside, today)
    file = file or beside
    reasons: list[NotEvaluated] = []
    placed = [Placed(entry, line) for line, entry in _entries(file, reasons)]
    # Without a waiver no rule has to be read.
    ids = {rule.id for family in rules.load_all(policies) for rule in family.rules} if placed else set()
    seen: dict[Key, int] = {}
    for one in placed:
        reasons += [NotEvaluated(str(file), one.line, wrong) for wrong in _wrong(one, today, seen, ids)]
        seen.setdefault(one.key, one.line)
    if reasons:
        raise Unusable(sorted(reasons, key=lambda one: one.line))
    return Waivers(file, today, tuple(placed))


def _entries(file: Path, reasons: list[NotEvaluated]) -> Iterator[tuple[int, Entry]]:
    """What has the right form, with its line; everything else goes to the reasons."""
    try:
        located = documents.document(file.read_text(encoding="utf-8-sig"))
    except OSError as error:
        reasons.append(NotEvaluated(str(file), 0, f"cannot be read: {error.strerror}"))
        return
    except UnicodeDecodeError:
        reasons.append(NotEvaluated(str(file), 0, "not UTF-8 text"))
        return
    except documents.Malformed as error:
        reasons.append(NotEvaluated(str(file), error.line, error.what))
        return
    if located is None or not isinstance(located.value, list):
        reasons.append(NotEvaluated(str(file), located.line if located else 1, "must be a list of waivers"))
        return
    if located.value:
        yield from _validated(file, located, reasons)


def _validated(
    file: Path, located: documents.Located, reasons: list[NotEvaluated]
) -> Iterator[tuple[int, Entry]]:
    # Only for a file with waivers in it: the import takes longer than judging a hundred objects.
    from pydantic import ValidationError

    from hallmark.policy.waiver_entry import Entry

    for number, value in enumerate(located.value):
        try:
            yield located.line_of((number,)), Entry.model_validate(value)
        except ValidationError as error:
            for one in error.errors():
                line = located.line_of((number, *one["loc"]))
                field = ".".join(str(step) for step in one["loc"])
                said = one["msg"].removeprefix("Value error, ")
                reasons.append(NotEvaluated(str(file), line, f"{field}: {said}" if field else said))


def _wrong(placed: Placed, today: date, before: Mapping[Key, int], ids: Set[str]) -> Iterator[str]:
    """What a waiver of the right form must not say."""
    entry = placed.entry
    if entry.rule in BUILT_IN:
        yield f"the rule {entry.rule} cannot be waived"
    elif entry.rule not in ids:
        near = difflib.get_close_matches(entry.rule, ids, n=3)
        yield f"there is no rule {entry.rule}" + (f"; is it {' or '.join(near)}?" if near else "")
    if entry.created > today:
        yield f"it is not yet valid: it was created on {entry.created}, today is {today} (UTC)"
    if entry.expires < entry.created:
        yield f"it ends on {entry.expires}, before it begins on {entry.created}"
    if entry.expires > entry.created + LONGEST:
        yield f"it holds longer than {LONGEST.days} days: at most until {entry.created + LONGEST}"
    if placed.key in before:
        yield f"the same waiver stands on line {before[placed.key]}"


def _identity(reference: ObjectReference) -> tuple[str, str, str]:
    return reference.kind, reference.namespace, reference.name
