"""Findings as workflow commands, which GitHub shows beside the lines of a change."""

from __future__ import annotations

import os
from collections.abc import Iterator

from hallmark.policy.outputs.places import relative
from hallmark.policy.report import Report

# https://docs.github.com/actions/reference/workflow-commands-for-github-actions
_IN_TEXT = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_IN_PROPERTY = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"})


def is_wanted() -> bool:
    return os.environ.get("GITHUB_ACTIONS") == "true"


def lines(report: Report) -> Iterator[str]:
    """One command for everything that keeps the report from passing, the gravest first: few of many are shown."""
    fixes = {rule.id: f"\nfix: {rule.fix}" for rule in report.rules}
    for one in report.gravest_first:
        message = f"{one.object}: {one.message}{fixes.get(one.rule, '')}"
        yield _command(one.file, one.line or one.object.line, f"{one.rule}: {one.outcome}", message)
    for gap in report.not_evaluated:
        yield _command(gap.file, gap.line, "unknown", gap.reason)


def _command(file: str, line: int, title: str, message: str) -> str:
    place = f"file={relative(file).translate(_IN_PROPERTY)}," if file else ""
    row = f"line={line}," if line else ""
    return f"::error {place}{row}title={title.translate(_IN_PROPERTY)}::{message.translate(_IN_TEXT)}"
