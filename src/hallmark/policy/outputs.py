"""Writes reports in every form: for people, as JSON, as the ledger."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from hallmark.outcome import UsageError
from hallmark.policy.report import Judgement, Report


def print_json(reports: Iterable[Report]) -> None:
    """One document a report, with one result a line."""
    for report in reports:
        sys.stdout.writelines(_document(report, {}, "\n"))


def print_json_lines(paths: Sequence[str], reports: Iterable[Report]) -> None:
    """One document a line, with the PATH that it is about on top."""
    for path, report in zip(paths, reports, strict=True):
        sys.stdout.writelines(_document(report, {"path": path}, ""))


def _document(report: Report, on_top: dict[str, str], space: str) -> Iterator[str]:
    """The JSON of a report in pieces, for its results may be too many for one text."""
    yield json.dumps({**on_top, **report.without_results()}).removesuffix("}") + ', "results": ['
    comma = ""
    for one in report.ledger.as_json_lines():
        yield comma + space + one
        comma = ","
    yield f"{space}]}}\n"


def print_table(reports: Iterable[Report]) -> None:
    """Findings with place and fix; what was judged, in one line, at the end."""
    for report in reports:
        _print(report)


def write_ledger(file: Path, reports: Iterable[Report]) -> None:
    """Every rule on every object, one JSON object a line."""
    with _writing(file) as stream:
        for report in reports:
            stream.writelines(one + "\n" for one in report.ledger.as_json_lines())


@contextmanager
def _writing(file: Path) -> Iterator[TextIO]:
    """An open file; one that cannot be written is a wrong argument."""
    try:
        with file.open("w", encoding="utf-8") as stream:
            yield stream
    except OSError as error:
        raise UsageError(
            f"the report cannot be written: {error.strerror}",
            where=str(file),
            next_step="name a file in a folder that is there and that you may write to",
        ) from error


def _print(report: Report) -> None:
    fixes = {rule.id: rule.fix for rule in report.rules}
    for one in report.findings:
        print(f"{one.outcome}: {one.rule}: {one.object}: {one.message}")
        print(f"  where: {one.file}:{one.line or one.object.line}" + (f" {one.path}" if one.path else ""))
        if one.rule in fixes:
            print(f"  fix:   {fixes[one.rule]}")
    for gap in report.not_evaluated:
        print(f"unknown: {gap}")
    if report.never_applied:
        print(f"never applied: {', '.join(report.never_applied)}")
    judged = report.counts[Judgement.PASS] + report.counts[Judgement.FAIL]
    print(
        f"{report.outcome}: {len(report.objects)} objects, {len(report.rules)} rules of {report.profile}, "
        f"{judged} judgements, {len(report.findings)} findings, {len(report.not_evaluated)} not evaluated"
    )
