"""Reports as one SARIF 2.1.0 log, for code scanning: https://docs.oasis-open.org/sarif/sarif/v2.1.0/

A failure is a result of the kind `fail`, what a rule could not judge one of the kind `open`, what was not evaluated at
all a notification of the run. A waived failure has a suppression; all others have an empty list of them, as the
standard wants it of a run that knows suppressions.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from hallmark import __version__
from hallmark.outcome import ExitCode, Outcome
from hallmark.policy.outputs.places import relative
from hallmark.policy.report import BUILT_IN, Judgement, NotEvaluated, Report, Result, Rule

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
FINGERPRINT = "hallmarkFinding/v1"
_LEVELS = {"critical": "error", "high": "error", "medium": "warning", "low": "note"}
# Code scanning makes of this number its own severity: above 9 critical, from 7 high, from 4 medium, else low.
_SECURITY_SEVERITY = {"critical": "9.5", "high": "8.0", "medium": "5.5", "low": "3.0"}
_NOT_EVALUATED = "not-evaluated"
_EXITS = {
    ExitCode.PASS: "every rule that applied passed",
    ExitCode.REFUSED: "a rule failed",
    ExitCode.UNKNOWN: "something could not be judged",
}


def log(reports: Sequence[Report], family: str) -> dict[str, Any]:
    """The whole log. `family` keeps the findings of one check apart from those of another."""
    rules = list({rule.id: rule for report in reports for rule in report.rules}.values())
    rules += [rule for rule in BUILT_IN.values() if rule not in rules]
    driver = {
        "name": "hallmark",
        "semanticVersion": __version__,
        "rules": [_rule(one) for one in rules],
        "notifications": [
            {"id": _NOT_EVALUATED, "shortDescription": {"text": "Something that was to be judged was not."}}
        ],
    }
    run = {
        "tool": {"driver": driver},
        "automationDetails": {"id": f"hallmark/{family}/"},
        "invocations": [_invocation(reports)],
        "results": list(_results(reports, rules)),
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule(rule: Rule) -> dict[str, Any]:
    link = {"helpUri": rule.reference} if "://" in rule.reference else {}
    return {
        "id": rule.id,
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": rule.description},
        "help": {
            "text": f"Why: {rule.why}\nFix: {rule.fix}",
            "markdown": f"**Why:** {rule.why}\n\n**Fix:** {rule.fix}",
        },
        **link,
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {
            "security-severity": _SECURITY_SEVERITY[rule.severity],
            "precision": "very-high",
            "tags": ["security", f"profile-{rule.profile}", f"scope-{rule.scope}"],
        },
    }


def _invocation(reports: Sequence[Report]) -> dict[str, Any]:
    gaps = [gap for report in reports for gap in report.not_evaluated]
    code = ExitCode.of(Outcome.of(report.outcome for report in reports))
    return {
        "executionSuccessful": not gaps,
        "exitCode": int(code),
        "exitCodeDescription": _EXITS[code],
        "toolExecutionNotifications": [_notification(one) for one in gaps],
    }


def _notification(gap: NotEvaluated) -> dict[str, Any]:
    where = {"locations": [{"physicalLocation": _physical(gap.file, gap.line)}]} if gap.file else {}
    return {
        "descriptor": {"id": _NOT_EVALUATED},
        "level": "error",
        "message": {"text": gap.reason},
        **where,
    }


def _results(reports: Sequence[Report], rules: Sequence[Rule]) -> Iterator[dict[str, Any]]:
    index = {rule.id: number for number, rule in enumerate(rules)}
    seen: Counter[tuple[str, str]] = Counter()
    for one in (one for report in reports for one in (*report.findings, *report.waived)):
        # Two findings at the same field of the same object, such as one name twice, are told apart by their order.
        print_ = _fingerprint(one)
        seen[one.file, print_] += 1
        nth = seen[one.file, print_]
        yield {
            "ruleId": one.rule,
            "ruleIndex": index[one.rule],
            "kind": "fail" if one.outcome is Judgement.FAIL else "open",
            "level": _LEVELS[rules[index[one.rule]].severity] if one.outcome is Judgement.FAIL else "none",
            "message": {"text": f"{one.object}: {one.message}"},
            "locations": [_location(one)],
            "partialFingerprints": {FINGERPRINT: f"{print_}:{nth}"},
            "suppressions": _suppressions(one),
        }


def _fingerprint(result: Result) -> str:
    """Of the rule, the object and the field by names: no line, no file, no place in a list."""
    thing = result.object
    parts = (result.rule, thing.kind, thing.namespace, thing.name, *map(str, result.part))
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


def _location(result: Result) -> dict[str, Any]:
    thing = result.object
    owner = f"{thing.namespace}/{thing.kind}/{thing.name}".removeprefix("/")
    return {
        "physicalLocation": _physical(result.file, result.line or thing.line),
        "logicalLocations": [
            {
                "name": thing.name,
                "kind": "resource",
                "fullyQualifiedName": f"{owner}#{result.path}" if result.path else owner,
            }
        ],
    }


def _physical(file: str, line: int) -> dict[str, Any]:
    place = relative(file)
    uri = Path(place).as_uri() if Path(place).is_absolute() else quote(place)
    region = {"region": {"startLine": line}} if line else {}
    return {"artifactLocation": {"uri": uri}, **region}


def _suppressions(result: Result) -> list[dict[str, Any]]:
    if result.waiver is None:
        return []
    waiver = result.waiver
    return [
        {
            "kind": "external",
            "status": "accepted",
            "justification": f"{waiver.owner}, until {waiver.expires}: {waiver.reason}",
            "properties": waiver.as_json(),
        }
    ]
