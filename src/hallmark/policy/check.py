"""One check, from its words to its exit code.

Plain words are read here: the library that reads every other command line takes longer to import than it takes to
judge hundreds of files.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any, Protocol

from hallmark import policy
from hallmark.outcome import CannotJudge, ExitCode, Outcome
from hallmark.policy import outputs
from hallmark.policy import waivers as waiving
from hallmark.policy.outputs import github
from hallmark.policy.report import NotEvaluated, Report


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


class Judge(Protocol):
    """Judges several sets of inputs, each for itself; one report for each, in order (`policy.check_each`)."""

    def __call__(
        self,
        sets: Sequence[Sequence[str]],
        /,
        *,
        profile: str,
        rules: Sequence[str] | None,
        keep_going: bool,
        policies: Path | None,
    ) -> Sequence[Report]: ...


_PLAIN: dict[str, Judge] = {"manifests": policy.check_each}
_OPTIONS = {f"--{one.name.replace('_', '-')}": one for one in fields(Request)[2:]}


def plain(words: Sequence[str]) -> tuple[Request, Judge] | None:
    """The check in the words after `check`, or None when they are not plain: a mistake, help, another spelling."""
    if not words or words[0] not in _PLAIN:
        return None
    paths: list[str] = []
    given: dict[str, Any] = {}
    rest = iter(words[1:])
    for word in rest:
        if word == "-" or not word.startswith("-"):
            paths.append(word)
            continue
        name, equals, value = word.partition("=")
        option = _OPTIONS.get(name)
        if option is None or option.name in given:
            return None
        if option.type == "bool":
            if equals:
                return None
            given[option.name] = True
            continue
        value = value if equals else next(rest, "")
        if not value or value.startswith("-"):
            return None
        given[option.name] = Path(value) if "Path" in str(option.type) else value
    if not paths:
        return None
    return Request(words[0], tuple(paths), **given), _PLAIN[words[0]]


def answer(asked: Request, judge: Judge) -> ExitCode:
    """Judge, write everything that was asked for, and return the exit code."""
    reports = judge(
        [[one] for one in asked.paths] if asked.each else [asked.paths],
        profile=asked.profile,
        rules=split(asked.rules),
        keep_going=asked.keep_going,
        policies=asked.policies,
    )
    return deliver(
        asked.family,
        waive(reports, asked.policies, asked.waivers),
        each=asked.paths if asked.each else None,
        as_json=asked.json,
        ledger=asked.ledger,
        junit=asked.junit,
        sarif=asked.sarif,
    )


def split(ids: str | None) -> list[str] | None:
    """The ids in `a,b`; None stands for all of a profile."""
    return None if ids is None else [one.strip() for one in ids.split(",") if one.strip()]


def waive(
    reports: Sequence[Report], policies: Path | None, file: Path | None, today: date | None = None
) -> list[Report]:
    """The reports with what is waived marked, and a failure for every waiver that a set with its object doesn't need.

    With a file of waivers that cannot be used nothing counts as judged.
    """
    try:
        found = waiving.load(policies, file, today)
    except waiving.Unusable as error:
        return [report.unjudged(error.reasons) for report in reports]
    except CannotJudge as error:
        return [report.unjudged([NotEvaluated(error.where, 0, error.what)]) for report in reports]
    applied = (found.apply(report) for report in reports)
    return [report.with_more(found.unused([report])) for report in applied]


def deliver(
    family: str,
    reports: Sequence[Report],
    *,
    each: Sequence[str] | None = None,
    as_json: bool = False,
    ledger: Path | None = None,
    junit: Path | None = None,
    sarif: Path | None = None,
) -> ExitCode:
    """Write everything that was asked for about the check of a family, and return the exit code over all reports.

    `each` are the PATHs of the reports when every PATH is a set of its own. In a workflow of GitHub the findings are
    annotations too, on standard error. What is shown comes before what is written, so that nothing found is lost when
    a file cannot be written; that raises UsageError.
    """
    if each is not None:
        outputs.print_json_lines(each, reports)
    elif as_json:
        outputs.print_json(reports)
    else:
        outputs.print_table(reports)
    if github.is_wanted():
        outputs.print_annotations(reports)
    if ledger is not None:
        outputs.write_ledger(ledger, reports)
    if junit is not None:
        outputs.write_junit(junit, reports, each or [f"check {family}"])
    if sarif is not None:
        outputs.write_sarif(sarif, reports, family)
    return ExitCode.of(Outcome.of(report.outcome for report in reports))
