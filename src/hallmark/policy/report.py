"""What a check of manifests found: the ledger of every rule on every object, and what could not be judged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from hallmark.outcome import Check, Outcome


class Judgement(StrEnum):
    """What one rule says of one object. Not applicable is no pass: the rule has nothing to say about the object."""

    PASS = "pass"  # noqa: S105 - a judgement, not a password
    FAIL = "fail"
    NOT_APPLICABLE = "not-applicable"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class ObjectReference:
    """An object and where it stands. `line` counts from 1; `namespace` is empty for what lives in none."""

    file: str
    line: int
    kind: str
    namespace: str
    name: str

    def __str__(self) -> str:
        return f"{self.kind} {self.namespace}/{self.name}" if self.namespace else f"{self.kind} {self.name}"

    def as_json(self) -> dict[str, Any]:
        return dict(vars(self))


@dataclass(frozen=True)
class Result:
    """One line of the ledger. `path` names the field inside the object, `line` the line on which it stands."""

    rule: str
    object: ObjectReference
    outcome: Judgement
    message: str = ""
    path: str = ""
    line: int = 0

    @property
    def file(self) -> str:
        return self.object.file

    def as_json(self) -> dict[str, Any]:
        return {
            "rule": self.rule,
            "object": self.object.as_json(),
            "outcome": str(self.outcome),
            "message": self.message,
            "path": self.path,
            "line": self.line or self.object.line,
        }


@dataclass(frozen=True)
class NotEvaluated:
    """Something that was to be judged and could not be: a file, an input, a policy."""

    file: str
    line: int
    reason: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.reason}" if self.line else f"{self.file}: {self.reason}"


@dataclass(frozen=True)
class Rule:
    """A rule's metadata, as its own file gives it. `file` is relative to the policies."""

    id: str
    package: str
    file: str
    title: str
    description: str
    why: str
    fix: str
    severity: str
    profile: str
    scope: str
    reference: str


# What the kit itself says of an object, beside the rules; no profile and no list of rules leaves it out.
BUILT_IN = {
    "schema": Rule(
        id="schema",
        package="",
        file="",
        title="Every object has the kind and the fields that Kubernetes knows",
        description=(
            "What no rule can read is unknown: an unknown apiVersion or kind, a field of another type than the "
            "rules rely on, a missing one without which nothing can be said."
        ),
        why="A misspelt field is ignored by the cluster and by every rule, and looks like a pass.",
        fix="Correct the field or the kind; a kind of one's own goes to allowed_kinds in parameters.yaml.",
        severity="high",
        profile="baseline",
        scope="object",
        reference="https://kubernetes.io/docs/reference/kubernetes-api/",
    ),
}


@dataclass(frozen=True)
class Report:
    """The whole of one set of objects. `rules` are those that were asked, whether or not they applied."""

    profile: str
    rules: tuple[Rule, ...] = ()
    objects: tuple[ObjectReference, ...] = ()
    results: tuple[Result, ...] = ()
    not_evaluated: tuple[NotEvaluated, ...] = field(default=())

    @property
    def outcome(self) -> Outcome:
        """Fail when a rule failed; else unknown when anything could not be judged, or when no rule applied at all."""
        judged = [Outcome(one.outcome) for one in self.results if one.outcome is not Judgement.NOT_APPLICABLE]
        return Outcome.of([*judged, *(Outcome.UNKNOWN for _ in self.not_evaluated)])

    @property
    def findings(self) -> tuple[Result, ...]:
        """Every result that keeps the report from passing, failures first."""
        bad = [one for one in self.results if one.outcome in (Judgement.FAIL, Judgement.UNKNOWN)]
        return tuple(sorted(bad, key=lambda one: one.outcome is not Judgement.FAIL))

    @property
    def counts(self) -> Counter[Judgement]:
        """How many results there are of each judgement."""
        return Counter(one.outcome for one in self.results)

    @property
    def never_applied(self) -> tuple[str, ...]:
        """The ids of the rules that were asked and had nothing to say about any object."""
        spoke = {one.rule for one in self.results if one.outcome is not Judgement.NOT_APPLICABLE}
        return tuple(rule.id for rule in self.rules if rule.id not in spoke)

    def checks(self) -> tuple[Check, ...]:
        """One check for each rule that applied, and one for each thing that could not be judged, for a layer."""
        return (
            *self._of_rules(),
            *(Check(one.file, Outcome.UNKNOWN, one.reason, str(one)) for one in self.not_evaluated),
        )

    def _of_rules(self) -> Iterable[Check]:
        by_rule: dict[str, list[Result]] = {}
        for one in self.results:
            if one.outcome is not Judgement.NOT_APPLICABLE:
                by_rule.setdefault(one.rule, []).append(one)
        for rule, results in by_rule.items():
            bad = [one for one in results if one.outcome is not Judgement.PASS]
            message = "; ".join(f"{one.object}: {one.message}" for one in bad)
            where = f"{bad[0].file}:{bad[0].line or bad[0].object.line}" if bad else ""
            yield Check(rule, Outcome.of(Outcome(one.outcome) for one in results), message, where)

    def as_json(self) -> dict[str, Any]:
        return {
            "outcome": str(self.outcome),
            "profile": self.profile,
            "objects": [one.as_json() for one in self.objects],
            "results": [one.as_json() for one in self.results],
            "rules": [dict(vars(rule)) for rule in self.rules],
            "never_applied": list(self.never_applied),
            "not_evaluated": [dict(vars(one)) for one in self.not_evaluated],
        }
