"""Policies: rules in Rego over Kubernetes objects and the files that make them, run by the real OPA, that cannot pass
by accident.

What is offered here is imported when it is asked for: OPA starts while most of it still is.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from hallmark.policy.dockerfiles import check_dockerfiles
    from hallmark.policy.objects import check_each, check_manifests
    from hallmark.policy.plans import check_plans
    from hallmark.policy.quality import lint, test
    from hallmark.policy.report import Judgement, NotEvaluated, ObjectReference, Report, Result, Rule
    from hallmark.policy.rules import PROFILES, RuleSet, load
    from hallmark.policy.workflows import check_workflows

_MODULES = {
    "dockerfiles": ("check_dockerfiles",),
    "objects": ("check_each", "check_manifests"),
    "plans": ("check_plans",),
    "quality": ("lint", "test"),
    "report": ("Judgement", "NotEvaluated", "ObjectReference", "Report", "Result", "Rule"),
    "rules": ("PROFILES", "RuleSet", "load"),
    "workflows": ("check_workflows",),
}
__all__ = [
    "PROFILES",
    "Judgement",
    "NotEvaluated",
    "ObjectReference",
    "Report",
    "Result",
    "Rule",
    "RuleSet",
    "check_dockerfiles",
    "check_each",
    "check_manifests",
    "check_plans",
    "check_workflows",
    "lint",
    "load",
    "test",
]


def __getattr__(name: str) -> Any:
    for module, names in _MODULES.items():
        if name in names:
            return getattr(import_module(f"{__name__}.{module}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
