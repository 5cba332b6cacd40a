"""What a check of manifests found: the ledger of every rule on every object, and what could not be judged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from itertools import pairwise
from typing import Any

from hallmark.outcome import Check, Outcome

CONTAINERS = ("containers", "initContainers", "ephemeralContainers")


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
class Waiver:
    """Who lets a failure pass, why, and until the end of which day (UTC)."""

    owner: str
    reason: str
    expires: date

    def as_json(self) -> dict[str, Any]:
        return {"owner": self.owner, "reason": self.reason, "expires": self.expires.isoformat()}


@dataclass(frozen=True)
class Result:
    """One line of the ledger. `path` names the field inside the object, `line` the line on which it stands.

    `part` is the same path by names: it stays the same when the items of a list are moved. What has a `waiver` failed
    all the same, and does not count.
    """

    rule: str
    object: ObjectReference
    outcome: Judgement
    message: str = ""
    path: str = ""
    line: int = 0
    part: tuple[str | int, ...] = ()
    waiver: Waiver | None = None

    @property
    def file(self) -> str:
        return self.object.file

    @property
    def container(self) -> str:
        """The name of the container in which the field stands, or nothing."""
        inside = (str(name) for kind, name in pairwise(self.part) if kind in CONTAINERS)
        return next(inside, "")

    @property
    def is_finding(self) -> bool:
        """Whether it keeps a report from passing."""
        return self.outcome in (Judgement.FAIL, Judgement.UNKNOWN) and self.waiver is None

    def as_json(self) -> dict[str, Any]:
        return {
            "rule": self.rule,
            "object": self.object.as_json(),
            "outcome": str(self.outcome),
            "message": self.message,
            "path": self.path,
            "line": self.line or self.object.line,
            **({"container": self.container} if self.container else {}),
            **({"waiver": self.waiver.as_json()} if self.waiver else {}),
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


def _outcome(result: Result) -> Outcome:
    return Outcome.PASS if result.waiver else Outcome(result.outcome)


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
    "waiver": Rule(
        id="waiver",
        package="",
        file="",
        title="Every waiver is needed",
        description="A waiver fails whose rule passes on its object, or does not apply to it.",
        why="A waiver that nothing needs any more would hide the next failure of the same kind.",
        fix="Remove it from waivers.yaml.",
        severity="medium",
        profile="baseline",
        scope="set",
        reference="",
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
        judged = [_outcome(one) for one in self.results if one.outcome is not Judgement.NOT_APPLICABLE]
        return Outcome.of([*judged, *(Outcome.UNKNOWN for _ in self.not_evaluated)])

    @property
    def findings(self) -> tuple[Result, ...]:
        """Every result that keeps the report from passing, failures first."""
        bad = [one for one in self.results if one.is_finding]
        return tuple(sorted(bad, key=lambda one: one.outcome is not Judgement.FAIL))

    @property
    def waived(self) -> tuple[Result, ...]:
        """Every failure that a waiver lets pass."""
        return tuple(one for one in self.results if one.waiver is not None)

    def changed(self, change: Callable[[Result], Result]) -> Report:
        """The same report with every finding put through `change`."""
        return replace(self, results=tuple(change(one) if one.is_finding else one for one in self.results))

    def with_more(self, results: Iterable[Result]) -> Report:
        return replace(self, results=(*self.results, *results))

    def unjudged(self, reasons: Iterable[NotEvaluated]) -> Report:
        """The same objects with nothing said about any, for these reasons."""
        waiting = (NotEvaluated(one.file, one.line, f"{one} was not judged") for one in self.objects)
        return replace(self, objects=(), results=(), not_evaluated=(*self.not_evaluated, *reasons, *waiting))

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
            bad = [one for one in results if one.is_finding]
            said = [f"{one.object}: {one.message}" for one in bad]
            said += [f"{one.object}: waived until {one.waiver.expires}" for one in results if one.waiver]
            where = f"{bad[0].file}:{bad[0].line or bad[0].object.line}" if bad else ""
            yield Check(rule, Outcome.of(map(_outcome, results)), "; ".join(said), where)

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
