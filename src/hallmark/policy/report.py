"""What a check of manifests found: the ledger of every rule on every object, and what could not be judged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import Any

from hallmark.outcome import Check, Outcome
from hallmark.policy.ledger import Ledger
from hallmark.policy.result import Judgement, ObjectReference, Result, Waiver
from hallmark.values import dataclass, replace

__all__ = ["BUILT_IN", "Judgement", "NotEvaluated", "ObjectReference", "Report", "Result", "Rule", "Waiver"]
GRAVEST_FIRST = ("critical", "high", "medium", "low")


@dataclass(frozen=True)
class NotEvaluated:
    """Something that was to be judged and could not be: a file, an input, a policy."""

    file: str
    line: int
    reason: str

    @property
    def is_waiting(self) -> bool:
        """Whether nothing is wrong with it: it was not judged for the sake of the others."""
        return self.reason.endswith("was not judged")

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
            "What the API server would refuse to read is unknown: an apiVersion and kind or a field that Kubernetes "
            "doesn't have, a value of another type than its field, a required field that is missing."
        ),
        why="A misspelt field does nothing, neither in the cluster nor in a rule, and looks like a pass.",
        fix="Correct the field or the kind; a kind of one's own goes to allowed_kinds in parameters.yaml.",
        severity="high",
        profile="baseline",
        scope="object",
        reference="https://kubernetes.io/docs/reference/kubernetes-api/",
    ),
    "df-readable": Rule(
        id="df-readable",
        package="",
        file="",
        title="Every instruction of a Dockerfile can be read",
        description=(
            "What no rule can read is unknown: a script that no shell parser understands or that a shell of another "
            "language runs (SHELL powershell), a # syntax= of another frontend than docker/dockerfile."
        ),
        why="A command that nobody could read looks like one that nobody objects to.",
        fix="Write the script for sh or bash, or copy it into the image as a file of its own language.",
        severity="high",
        profile="baseline",
        scope="object",
        reference="https://docs.docker.com/reference/dockerfile/",
    ),
    "wf-readable": Rule(
        id="wf-readable",
        package="",
        file="",
        title="Every key of a workflow is one that GitHub knows",
        description=(
            "What GitHub would refuse is unknown: a key that it doesn't have, a value of another type, a job without "
            "steps, a step that neither runs nor uses anything. With a value of another type no rule judges the file."
        ),
        why="A misspelt key looks like a rule that is followed, and GitHub doesn't run the workflow at all.",
        fix="Correct the key or the value.",
        severity="high",
        profile="baseline",
        scope="object",
        reference="https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax",
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
    results: Sequence[Result] = ()
    not_evaluated: tuple[NotEvaluated, ...] = ()

    @cached_property
    def ledger(self) -> Ledger:
        """The results as the engine keeps them."""
        return self.results if isinstance(self.results, Ledger) else Ledger(before=tuple(self.results))

    @property
    def outcome(self) -> Outcome:
        """Fail when a rule failed; else unknown when anything could not be judged, or when no rule applied at all."""
        found = {_outcome(one) for results in self.ledger.by_rule().values() for one in results}
        passed = [Outcome.PASS] if self.counts[Judgement.PASS] else []
        return Outcome.of([*found, *passed, *(Outcome.UNKNOWN for _ in self.not_evaluated)])

    @property
    def findings(self) -> tuple[Result, ...]:
        """Every result that keeps the report from passing, failures first."""
        bad = [one for one in self.ledger.named() if one.is_finding]
        return tuple(sorted(bad, key=lambda one: one.outcome is not Judgement.FAIL))

    @property
    def gravest_first(self) -> tuple[Result, ...]:
        """The findings by the severity of their rule, those of one rule together, in the order of their places."""
        severe = {rule.id: rule.severity for rule in (*self.rules, *BUILT_IN.values())}

        def rank(one: Result) -> tuple[int, str, str, int]:
            severity = severe.get(one.rule, GRAVEST_FIRST[0])
            return GRAVEST_FIRST.index(severity), one.rule, one.file, one.line or one.object.line

        return tuple(sorted(self.findings, key=rank))

    @property
    def waived(self) -> tuple[Result, ...]:
        """Every failure that a waiver lets pass."""
        return tuple(one for one in self.ledger.named() if one.waiver is not None)

    def changed(self, change: Callable[[Result], Result]) -> Report:
        """The same report with every finding put through `change`."""
        return replace(self, results=self.ledger.changed(lambda one: change(one) if one.is_finding else one))

    def with_more(self, results: Iterable[Result]) -> Report:
        return replace(self, results=self.ledger.with_more(results))

    def unjudged(self, reasons: Iterable[NotEvaluated]) -> Report:
        """The same objects with nothing said about any, for these reasons."""
        waiting = (NotEvaluated(one.file, one.line, f"{one} was not judged") for one in self.objects)
        return replace(self, objects=(), results=(), not_evaluated=(*self.not_evaluated, *reasons, *waiting))

    @property
    def counts(self) -> Counter[Judgement]:
        """How many results there are of each judgement."""
        return self.ledger.counts

    @property
    def never_applied(self) -> tuple[str, ...]:
        """The ids of the rules that were asked and had nothing to say about any object."""
        spoke = self.ledger.by_rule()
        return tuple(rule.id for rule in self.rules if rule.id not in spoke)

    def checks(self) -> tuple[Check, ...]:
        """One check for each rule that applied, and one for each thing that could not be judged, for a layer."""
        return (
            *self._of_rules(),
            *(Check(one.file, Outcome.UNKNOWN, one.reason, str(one)) for one in self.not_evaluated),
        )

    def _of_rules(self) -> Iterable[Check]:
        for rule, results in self.ledger.by_rule().items():
            bad = [one for one in results if one.is_finding]
            said = [f"{one.object}: {one.message}" for one in bad]
            said += [f"{one.object}: waived until {one.waiver.expires}" for one in results if one.waiver]
            where = f"{bad[0].file}:{bad[0].line or bad[0].object.line}" if bad else ""
            # What is not named passes.
            outcome = Outcome.of(map(_outcome, results)) if results else Outcome.PASS
            yield Check(rule, outcome, "; ".join(said), where)

    def as_json(self) -> dict[str, Any]:
        return {**self.without_results(), "results": [one.as_json() for one in self.results]}

    def without_results(self) -> dict[str, Any]:
        """The JSON of everything but the results, which are many."""
        return {
            "outcome": str(self.outcome),
            "profile": self.profile,
            "objects": [one.as_json() for one in self.objects],
            "rules": [dict(vars(rule)) for rule in self.rules],
            "never_applied": list(self.never_applied),
            "not_evaluated": [dict(vars(one)) for one in self.not_evaluated],
        }
