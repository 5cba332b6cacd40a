"""Layer `policy`: the rules over the manifests rendered for every stage, and the rules' own tests."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from hallmark import policy
from hallmark.config import Project
from hallmark.manifests import Rendered
from hallmark.outcome import Check, Outcome


def run(project: Project, rendered: Mapping[str, Rendered]) -> list[Check]:
    """One check for each rule and stage, then the tests of the policies."""
    checks: list[Check] = []
    for stage, manifests in rendered.items():
        checks.extend(_judge(project, stage, manifests))
    return [*checks, *policy.test(project.root / "policies")]


def _judge(project: Project, stage: str, manifests: Rendered) -> list[Check]:
    report = policy.check_manifests([manifests], policies=project.root / "policies")
    by_rule = defaultdict(list)
    for result in report.results:
        by_rule[result.rule].append(result)
    checks = []
    for rule, results in sorted(by_rule.items()):
        broken = [result for result in results if result.outcome in ("fail", "unknown")]
        outcome = Outcome.of(Outcome(result.outcome) for result in broken) if broken else Outcome.PASS
        message = "\n".join(f"{result.object}: {result.message}" for result in broken[:3])
        where = f"{broken[0].file}:{broken[0].line}" if broken else ""
        checks.append(Check(f"{stage}: {rule}", outcome, message, where))
    for left in report.not_evaluated:
        checks.append(Check(f"{stage}: not evaluated", Outcome.UNKNOWN, str(left)))
    return checks
