"""Reports as JUnit, which every CI shows: a suite for each report, a case for each rule and each gap."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from junitparser import Error, Failure, JUnitXml, Skipped, TestCase, TestSuite

from hallmark.policy.outputs.places import printable
from hallmark.policy.report import Judgement, Report, Result


def render(reports: Sequence[Report], names: Sequence[str]) -> str:
    """The document, as text. A rule that never applied is skipped, which is no pass."""
    document = JUnitXml("hallmark check")
    for report, name in zip(reports, names, strict=True):
        suite = TestSuite(printable(name))
        for case in _cases(report, printable(name)):
            suite.add_testcase(case)
        suite.update_statistics()
        document.add_testsuite(suite)
    document.update_statistics()
    text: str = document.tostring().decode("utf-8")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{text}\n'


def _cases(report: Report, suite: str) -> Iterator[TestCase]:
    found: dict[str, list[Result]] = {rule.id: [] for rule in report.rules}
    for one in (*report.findings, *report.waived):
        found.setdefault(one.rule, []).append(one)
    never = set(report.never_applied)
    for rule, results in found.items():
        case = TestCase(rule, classname=suite)
        if rule in never:
            case.result = [Skipped("it applied to no object")]
        else:
            case.result = [_said(one) for one in results if one.is_finding]
            waived = [f"waived: {_line(one)}" for one in results if one.waiver]
            if waived:
                case.system_out = "\n".join(waived)
        yield case
    for gap in report.not_evaluated:
        case = TestCase(printable(f"{gap.file}:{gap.line}"), classname=suite)
        case.result = [Error(printable(gap.reason))]
        yield case


def _said(result: Result) -> Failure | Error:
    kind = Failure if result.outcome is Judgement.FAIL else Error
    return kind(_line(result))


def _line(result: Result) -> str:
    place = f"{result.file}:{result.line or result.object.line}"
    return printable(f"{place}: {result.object}: {result.message}")
