"""Policies: rules in Rego over Kubernetes objects and the files that make them, run by the real OPA, that cannot pass
by accident.
"""

from hallmark.policy.dockerfiles import check_dockerfiles
from hallmark.policy.objects import check_each, check_manifests
from hallmark.policy.plans import check_plans
from hallmark.policy.quality import lint, test
from hallmark.policy.report import Judgement, NotEvaluated, ObjectReference, Report, Result, Rule
from hallmark.policy.rules import PROFILES, RuleSet, load
from hallmark.policy.workflows import check_workflows

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
