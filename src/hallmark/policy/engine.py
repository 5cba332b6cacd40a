"""Judges sets of objects by the rules, in one run of the real OPA, and fills the ledger.

Whatever keeps a rule from an answer is an outcome of its own (`unknown`) with its place and reason: OPA missing,
killed or too slow, an undefined or conflicting result, an answer outside the contract.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hallmark import process, tools
from hallmark.outcome import CannotJudge
from hallmark.policy import kinds, rules, shape
from hallmark.policy.inputs import Gathered, Input, Subject, gather
from hallmark.policy.report import Judgement, NotEvaluated, Report, Result, Rule

SHAPE_RULE = "schema"
TIMEOUT_S = 60.0
# One answer for each set; the sets are evaluated apart, so that no rule sees an object of another set.
_QUERY = "[answer | some one in input.sets; answer := data.hallmark.report.of with input as one]"


def check_manifests(
    inputs: Sequence[Input],
    *,
    profile: str = "production",
    rules: Iterable[str] | None = None,
    keep_going: bool = False,
    policies: Path | None = None,
    timeout_s: float = TIMEOUT_S,
) -> Report:
    """Judge all inputs together, as one set, by the rules of a profile (or exactly by `rules`).

    An input is a file, a folder, a kustomize folder, `-` for standard input, or what `manifests.render` returned.
    Nothing that goes wrong is raised but UsageError (unknown profile or rule): the report's outcome is unknown and
    `not_evaluated` says why. When any input cannot be read nothing is judged, unless `keep_going`.
    """
    return check_each(
        [inputs], profile=profile, rules=rules, keep_going=keep_going, policies=policies, timeout_s=timeout_s
    )[0]


def check_each(
    sets: Sequence[Sequence[Input]],
    *,
    profile: str = "production",
    rules: Iterable[str] | None = None,
    keep_going: bool = False,
    policies: Path | None = None,
    timeout_s: float = TIMEOUT_S,
) -> list[Report]:
    """Judge several sets, each for itself, in one run of OPA; one report for each, in order."""
    gathered = [gather(inputs) for inputs in sets]
    try:
        loaded, chosen = _load(policies, profile, rules)
    except CannotJudge as error:
        return [_unjudged(profile, (), one, error) for one in gathered]
    judged = [_Set(one, loaded.parameters, keep_going) for one in gathered]
    try:
        answers = _evaluate(loaded, chosen, [one.entries for one in judged], timeout_s)
    except CannotJudge as error:
        return [_unjudged(profile, chosen, one, error) for one in gathered]
    return [
        Report(
            profile=profile,
            rules=chosen,
            objects=tuple(subject.reference for subject in one.subjects),
            results=tuple(one.results(chosen, answer)),
            not_evaluated=tuple(one.gathered.not_evaluated),
        )
        for one, answer in zip(judged, answers, strict=True)
    ]


def _load(
    policies: Path | None, profile: str, only: Iterable[str] | None
) -> tuple[rules.RuleSet, tuple[Rule, ...]]:
    loaded = rules.load(policies)
    chosen = loaded.chosen(profile, only)
    if not chosen:
        raise CannotJudge(f"no rule belongs to the profile {profile}", where=str(loaded.home))
    return loaded, chosen


def _unjudged(profile: str, chosen: tuple[Rule, ...], gathered: Gathered, error: CannotJudge) -> Report:
    """The report of inputs that no rule judged, because the rules or OPA failed."""
    said = (*gathered.not_evaluated, NotEvaluated(error.where or "policies", 0, error.what))
    waiting = tuple(
        NotEvaluated(one.reference.file, one.reference.line, f"{one.reference} was not judged")
        for one in gathered.subjects
    )
    return Report(profile=profile, rules=chosen, not_evaluated=said + waiting)


@dataclass
class _Set:
    """The objects of one set: those that OPA is asked about, and those whose shape keeps the rules from them."""

    gathered: Gathered
    subjects: list[Subject]
    entries: list[dict[str, Any]]
    malformed: dict[int, list[tuple[shape.Path, str]]]

    def __init__(self, gathered: Gathered, parameters: rules.Parameters, keep_going: bool) -> None:
        stopped = bool(gathered.not_evaluated) and not keep_going
        if stopped:
            for one in gathered.subjects:
                gathered.refuse(one.reference.file, f"{one.reference} was not judged", one.reference.line)
        self.gathered = gathered
        self.subjects = [] if stopped else gathered.subjects
        allowed = {(one.apiVersion, one.kind) for one in parameters.allowed_kinds}
        self.entries, self.malformed = [], {}
        for number, subject in enumerate(self.subjects):
            value = subject.value
            known = (value["apiVersion"], value["kind"]) not in allowed
            faults = list(shape.faults(value)) if known else []
            if faults:
                self.malformed[number] = faults
            else:
                self.entries.append(entry(number, value))

    def results(self, chosen: tuple[Rule, ...], answer: Mapping[str, Any]) -> list[Result]:
        """The ledger: for every object what its shape allows, and one line for each rule (or each violation)."""
        found: list[Result] = []
        for number, faults in self.malformed.items():
            found += [
                self._result(SHAPE_RULE, number, Judgement.UNKNOWN, text, path) for path, text in faults
            ]
            # What cannot be read by the rules was not judged by them, whatever they would have said.
            found += [
                self._result(rule.id, number, Judgement.UNKNOWN, f"not judged: {faults[0][1]}")
                for rule in chosen
            ]
        asked = {entry["id"] for entry in self.entries}
        for rule in chosen:
            found += self._of_rule(rule, answer.get(rule.package), asked)
        return found

    def _of_rule(self, rule: Rule, said: Any, asked: set[int]) -> list[Result]:
        reason = _outside_contract(said, asked)
        if reason:
            return [
                self._result(rule.id, number, Judgement.UNKNOWN, f"{rule.file}: {reason}")
                for number in sorted(asked)
            ]
        violated = {one["object"] for one in said["violations"]}
        applies = set(said["applies"])
        found = [
            self._result(rule.id, number, Judgement.PASS if number in applies else Judgement.NOT_APPLICABLE)
            for number in sorted(asked - violated)
        ]
        return found + [
            self._result(rule.id, one["object"], Judgement.FAIL, one["message"], tuple(one["path"]))
            for one in said["violations"]
        ]

    def _result(
        self, rule: str, number: int, outcome: Judgement, message: str = "", path: shape.Path = ()
    ) -> Result:
        subject = self.subjects[number]
        line = subject.located.line_of(path) if path else subject.reference.line
        words = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path).removeprefix(
            "."
        )
        return Result(rule, subject.reference, outcome, message, words, line)


def entry(number: int, value: dict[str, Any]) -> dict[str, Any]:
    """What the rules see of an object (policies/lib/objects.rego documents it)."""
    group, version = kinds.split(value["apiVersion"])
    return {
        "id": number,
        "type": f"{group}/{value['kind']}",
        "version": version,
        "namespaced": kinds.is_namespaced(value["apiVersion"], value["kind"]),
        "object": _without_nulls(value),
    }


def _without_nulls(value: Any) -> Any:
    """To Kubernetes a field that is null is a field that is not there."""
    if isinstance(value, dict):
        return {key: _without_nulls(inner) for key, inner in value.items() if inner is not None}
    if isinstance(value, list):
        return [_without_nulls(inner) for inner in value]
    return value


def _outside_contract(said: Any, asked: set[int]) -> str:
    """Why an answer cannot be believed, or nothing when it can."""
    if not isinstance(said, dict):
        return "the rule's result is undefined"
    applies, violations = said.get("applies"), said.get("violations")
    if not isinstance(applies, list) or not isinstance(violations, list):
        return "applies and violations must be sets"
    if not all(isinstance(one, int) and one in asked for one in applies):
        return "it applies to an object that isn't there"
    for one in violations:
        if not isinstance(one, dict) or set(one) != {"object", "message", "path"}:
            return "a violation must have object, message and path"
        if one["object"] not in applies:
            return "it finds a violation in an object to which it doesn't apply"
        if not isinstance(one["message"], str) or not one["message"] or not isinstance(one["path"], list):
            return "a violation must have a message and a path"
    return ""


def _evaluate(
    loaded: rules.RuleSet, chosen: tuple[Rule, ...], sets: list[list[dict[str, Any]]], timeout_s: float
) -> list[dict[str, Any]]:
    """One answer for each set, from one run of OPA; sets without objects are not asked about."""
    document = {
        "sets": [{"rules": [rule.package for rule in chosen], "objects": entries} for entries in sets]
    }
    if not any(sets):
        return [{} for _ in sets]
    argv: list[str | Path] = [
        tools.path("opa"),
        "eval",
        "--stdin-input",
        "--strict-builtin-errors",
        "--format=json",
    ]
    for source in loaded.sources:
        argv += ["--data", source]
    argv += ["--data", f"parameters:{loaded.parameters_file}", _QUERY]
    done = process.run(argv, timeout_s=timeout_s, stdin=json.dumps(document), check=False)
    if done.returncode < 0:
        raise CannotJudge(f"opa was killed by signal {-done.returncode}", where="opa eval")
    try:
        answers = json.loads(done.stdout)["result"][0]["expressions"][0]["value"]
    except (ValueError, LookupError, TypeError) as error:
        raise CannotJudge(
            f"the rules could not be evaluated: {rules.first_error(done)}", where=str(loaded.home)
        ) from error
    if not done.ok or not isinstance(answers, list) or len(answers) != len(sets):
        raise CannotJudge(
            f"opa exited with {done.returncode} and an answer that isn't whole", where="opa eval"
        )
    return answers
