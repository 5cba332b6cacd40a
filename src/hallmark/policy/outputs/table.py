"""The report that people read: findings under their rule, the gravest rules first."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import TextIO

from hallmark.policy.outputs.places import printable
from hallmark.policy.report import BUILT_IN, Judgement, Report, Result

_COLOURS = {"fail": "31", "unknown": "33", "pass": "32", "faint": "2", "bold": "1"}


@dataclass(frozen=True)
class Paint:
    """Colours text, or not."""

    is_on: bool = False

    @classmethod
    def of(cls, stream: TextIO) -> Paint:
        """Only for a terminal, and not when the user has said NO_COLOR (https://no-color.org)."""
        return cls(stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb")

    def __call__(self, text: str, colour: str) -> str:
        return f"\x1b[{_COLOURS[colour]}m{text}\x1b[0m" if self.is_on else text


def lines(report: Report, paint: Paint) -> Iterator[str]:
    """The findings of each rule with its fix, what could not be judged, what is waived, and the counts."""
    known = {**BUILT_IN, **{rule.id: rule for rule in report.rules}}
    for rule, group in groupby(report.gravest_first, key=lambda one: one.rule):
        found = list(group)
        head = f"{known[rule].severity}: {known[rule].title}" if rule in known else "unknown"
        yield f"{paint(rule, 'bold')} ({head})"
        if rule in known:
            yield f"  fix: {known[rule].fix}"
        yield from _places(found, paint)
        yield ""
    yield from _gaps(report, paint)
    for one in report.waived:
        if one.waiver:
            said = f"{one.rule}: {one.object}: {one.message}; {one.waiver.owner} until {one.waiver.expires}"
            yield paint("waived", "faint") + f" {printable(said)}: {printable(one.waiver.reason)}"
    if report.never_applied:
        yield f"never applied: {', '.join(report.never_applied)}"
    yield _counts(report, paint)


def _places(found: list[Result], paint: Paint) -> Iterator[str]:
    """One line for each finding of a rule: where, on what, what is wrong."""
    rows = [
        (
            one.outcome,
            printable(f"{one.file}:{one.line or one.object.line}"),
            printable(str(one.object)),
            printable(one.message),
        )
        for one in found
    ]
    place, thing = (min(60, max(len(row[column]) for row in rows)) for column in (1, 2))
    for outcome, where, what, why in rows:
        yield f"  {paint(f'{outcome:7}', str(outcome))} {where:{place}}  {what:{thing}}  {why}"


def _gaps(report: Report, paint: Paint) -> Iterator[str]:
    """What was not evaluated; what only waits for the rest is counted."""
    waiting = sum(gap.is_waiting for gap in report.not_evaluated)
    for gap in report.not_evaluated:
        if not gap.is_waiting:
            yield f"{paint('unknown', 'unknown')} {printable(str(gap))}"
    if waiting:
        those = _number(waiting, "object was", "objects were")
        yield f"{paint('unknown', 'unknown')} {those} not judged for that"


def _counts(report: Report, paint: Paint) -> str:
    counts, waived = report.counts, len(report.waived)
    said = [
        _number(len(report.objects), "object", "objects"),
        _number(len(report.rules), "rule", "rules"),
        _number(counts[Judgement.PASS], "pass", "passes"),
        _number(counts[Judgement.FAIL] - waived, "failure", "failures"),
        f"{counts[Judgement.UNKNOWN]} unknown",
        f"{waived} waived",
        f"{len(report.not_evaluated)} not evaluated",
    ]
    return f"{paint(str(report.outcome), str(report.outcome))}: {', '.join(said)}"


def _number(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}"
