"""Layer `policy`: the rules over the manifests rendered for every stage, and the rules' own tests."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from hallmark import policy
from hallmark.config import Project
from hallmark.manifests import Rendered
from hallmark.outcome import Check


def run(project: Project, rendered: Mapping[str, Rendered]) -> list[Check]:
    """One check for each rule and stage, then the tests of the policies."""
    policies = project.root / "policies"
    checks = []
    for stage, manifests in rendered.items():
        report = policy.check_manifests([manifests], policies=policies)
        checks += [replace(check, name=f"{stage}: {check.name}") for check in report.checks()]
    return [*checks, *policy.test(policies).checks]
