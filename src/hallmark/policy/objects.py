"""Judges Kubernetes objects: sets of manifests, by the rules in policies/manifests/."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from hallmark.outcome import CannotJudge
from hallmark.policy import engine, kinds, rules, schema
from hallmark.policy.inputs import Gathered, Input, gather
from hallmark.policy.parameters import Parameters
from hallmark.policy.report import Report, Rule

SCHEMA_RULE = "schema"


def check_manifests(
    inputs: Sequence[Input],
    *,
    profile: str = "production",
    rules: Iterable[str] | None = None,
    keep_going: bool = False,
    policies: Path | None = None,
    timeout_s: float = engine.TIMEOUT_S,
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
    timeout_s: float = engine.TIMEOUT_S,
) -> list[Report]:
    """Judge several sets, each for itself, in one run of OPA; one report for each, in order."""
    gathered = [gather(inputs) for inputs in sets]
    try:
        loaded, chosen = _load(policies, profile, rules)
    except CannotJudge as error:
        return [
            engine.unjudged(profile, (), engine.Set(one.subjects, (), one.not_evaluated), error)
            for one in gathered
        ]
    judged = [_set(one, loaded.parameters, keep_going) for one in gathered]
    return engine.judge(loaded, chosen, profile, judged, timeout_s)


def _load(
    policies: Path | None, profile: str, only: Iterable[str] | None
) -> tuple[rules.RuleSet, tuple[Rule, ...]]:
    loaded = rules.load(policies)
    chosen = loaded.chosen(profile, only)
    if not chosen:
        raise CannotJudge(f"no rule belongs to the profile {profile}", where=str(loaded.home))
    return loaded, chosen


def _set(gathered: Gathered, parameters: Parameters, keep_going: bool) -> engine.Set:
    """The objects as the rules see them, with what the schema says of them.

    Of an object with a value of a wrong type they see the rest; an object of an unknown kind they don't see.
    """
    if gathered.not_evaluated and not keep_going:
        for one in gathered.subjects:
            gathered.refuse(one.reference.file, f"{one.reference} was not judged", one.reference.line)
        return engine.Set((), (), gathered.not_evaluated)
    allowed = {(one.apiVersion, one.kind) for one in parameters.allowed_kinds}
    entries: list[dict[str, Any]] = []
    faults: list[engine.Fault] = []
    partial: dict[int, Callable[[engine.Steps], engine.Steps]] = {}
    for number, subject in enumerate(gathered.subjects):
        value = subject.value
        said = value["apiVersion"], value["kind"]
        is_known = kinds.is_known(*said)
        is_allowed = said in allowed and not is_known
        found = schema.problems_of_metadata(value) if is_allowed else schema.problems(value)
        faults += [engine.Fault(SCHEMA_RULE, number, one.message, one.path) for one in found]
        if not (is_known or is_allowed):
            continue
        left = schema.readable(value, found)
        if any(one.flaw is not schema.Flaw.EXTRA for one in found):
            partial[number] = left.written
        entries.append(entry(number, left.value))
    return engine.Set(gathered.subjects, entries, gathered.not_evaluated, faults, partial)


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
    """To Kubernetes a field that is null is a field that is not there. What has none is returned as it is."""
    if not _has_null(value):
        return value
    if isinstance(value, dict):
        return {key: _without_nulls(inner) for key, inner in value.items() if inner is not None}
    return [_without_nulls(inner) for inner in value]


def _has_null(value: Any) -> bool:
    """Whether a mapping or list holds a null anywhere in it."""
    if isinstance(value, dict):
        value = value.values()
    elif not isinstance(value, list):
        return False
    return any(inner is None or (isinstance(inner, dict | list) and _has_null(inner)) for inner in value)
