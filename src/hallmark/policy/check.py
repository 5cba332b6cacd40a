"""One check, from what is asked to its exit code."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Protocol

from hallmark import policy
from hallmark.outcome import CannotJudge, ExitCode, Outcome
from hallmark.policy import outputs, sources
from hallmark.policy.outputs import github
from hallmark.policy.report import NotEvaluated, Report
from hallmark.policy.words import Request


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


# By family, what `hallmark.policy` offers: only the one that is asked for is imported.
JUDGES = {
    "manifests": "check_each",
    "plan": "check_plans",
    "dockerfile": "check_dockerfiles",
    "workflows": "check_workflows",
}


def answer(asked: Request) -> ExitCode:
    """Judge, write everything that was asked for, and return the exit code."""
    judge: Judge = getattr(policy, JUDGES[asked.family])
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
    if _is_plainly_empty(file or (policies or sources.home()) / "waivers.yaml"):
        return list(reports)
    from hallmark.policy import waivers as waiving

    try:
        found = waiving.load(policies, file, today)
    except waiving.Unusable as error:
        return [report.unjudged(error.reasons) for report in reports]
    except CannotJudge as error:
        return [report.unjudged([NotEvaluated(error.where, 0, error.what)]) for report in reports]
    applied = (found.apply(report) for report in reports)
    return [report.with_more(found.unused([report])) for report in applied]


def _is_plainly_empty(file: Path) -> bool:
    """Whether a file of waivers is an empty list under comments: what reads others is slow to import."""
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return False
    return [line for line in lines if line and not line.startswith("#")] == ["[]"]


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
