"""Writes reports in every form: for people, for programs, for the places where CI shows findings."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from hallmark.outcome import UsageError
from hallmark.policy.outputs import github
from hallmark.policy.report import Report


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
    for results in report.ledger.as_json_lines(f",{space}"):
        yield comma + space + results
        comma = ","
    yield f"{space}]}}\n"


def print_table(reports: Iterable[Report]) -> None:
    """Every finding by its rule, and at the end what was judged."""
    from hallmark.policy.outputs import table

    paint = table.Paint.of(sys.stdout)
    for report in reports:
        for line in table.lines(report, paint):
            print(line)


def print_annotations(reports: Iterable[Report]) -> None:
    """For a workflow, which reads them on standard error as well: standard output may be a document."""
    for report in reports:
        for line in github.lines(report):
            print(line, file=sys.stderr)


def write_ledger(file: Path, reports: Iterable[Report]) -> None:
    """Every rule on every object, one JSON object a line."""
    with _writing(file) as stream:
        for report in reports:
            stream.writelines(lines + "\n" for lines in report.ledger.as_json_lines("\n"))


def write_junit(file: Path, reports: Sequence[Report], names: Sequence[str]) -> None:
    """One suite for each report, under its name."""
    from hallmark.policy.outputs import junit

    text = junit.render(reports, names)
    with _writing(file) as stream:
        stream.write(text)


def write_sarif(file: Path, reports: Sequence[Report], family: str) -> None:
    """One log with one run over all reports."""
    from hallmark.policy.outputs import sarif

    with _writing(file) as stream:
        json.dump(sarif.log(reports, family), stream, indent=1)
        stream.write("\n")


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
