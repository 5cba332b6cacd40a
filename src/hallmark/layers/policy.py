"""Layer `policy`: the rules over stages, Dockerfile and workflows, their waivers, and the rules' own tests."""

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
from hallmark.policy.mutation import mutate

WORKFLOWS = ".github/workflows"


def run(project: Project, rendered: Mapping[str, Rendered]) -> list[Check]:
    """The checks of stages, Dockerfile and workflows: what a release needs before it is deployed anywhere."""
    policies = project.root / "policies"
    reports = {**stages(rendered, policies), **files(project, policies)}
    return judge(reports, policies)


def run_on_rules(project: Project) -> list[Check]:
    """The policies' own tests, and what these don't notice: no release is needed for it, and the first time takes
    minutes.
    """
    policies = project.root / "policies"
    return [*policy.test(policies).checks, *mutate(policies).checks()]


def stages(rendered: Mapping[str, Rendered], policies: Path) -> dict[str, policy.Report]:
    """The report of every stage, by its name."""
    reports = policy.check_each([[one] for one in rendered.values()], policies=policies)
    return dict(zip(rendered, reports, strict=True))


def files(project: Project, policies: Path) -> dict[str, policy.Report]:
    """The reports of the files that make what is deployed, by what they are."""
    dockerfile = Path(project.settings.service.source, "Dockerfile")
    (image,) = policy.check_dockerfiles([[dockerfile]], policies=policies, root=project.root)
    (runs,) = policy.check_workflows([[WORKFLOWS]], policies=policies, root=project.root)
    return {"dockerfile": image, "workflows": runs}


def judge(reports: Mapping[str, policy.Report], policies: Path, today: date | None = None) -> list[Check]:
    """One check for each rule and report, and one for the waivers as they stand today (in UTC).

    The reports together are all that the waivers are for: one that none of them needs fails.
    """
    applied, waived = _waive(list(reports.values()), policies, today)
    checks = [
        replace(check, name=f"{name}: {check.name}")
        for name, report in zip(reports, applied, strict=True)
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
