"""Layer `policy`: the rules over the manifests rendered for every stage, their waivers, and the rules' own tests."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from hallmark import policy
from hallmark.config import Project
from hallmark.manifests import Rendered
from hallmark.outcome import CannotJudge, Check, Outcome
from hallmark.policy import waivers


def run(project: Project, rendered: Mapping[str, Rendered]) -> list[Check]:
    """The checks of all stages, then the tests of the policies."""
    policies = project.root / "policies"
    return [*judge(rendered, policies), *policy.test(policies).checks]


def judge(rendered: Mapping[str, Rendered], policies: Path, today: date | None = None) -> list[Check]:
    """One check for each rule and stage, and one for the waivers as they stand today (in UTC).

    The stages together are all that the waivers are for: one that no stage needs fails.
    """
    judged = policy.check_each([[one] for one in rendered.values()], policies=policies)
    reports, waived = _waive(judged, policies, today)
    checks = [
        replace(check, name=f"{stage}: {check.name}")
        for stage, report in zip(rendered, reports, strict=True)
        for check in report.checks()
    ]
    return [*checks, *waived]


def _waive(
    reports: Sequence[policy.Report], policies: Path, today: date | None
) -> tuple[Sequence[policy.Report], list[Check]]:
    try:
        found = waivers.load(policies, today=today)
    except CannotJudge as error:
        return reports, [Check("waivers", Outcome.UNKNOWN, error.what, error.where)]
    applied = [found.apply(report) for report in reports]
    unused = found.unused(applied, anywhere=True)
    said = "; ".join(f"line {one.line}: {one.object}: {one.message}" for one in unused)
    return applied, [Check("waivers", Outcome.FAIL if unused else Outcome.PASS, said, str(found.file))]
