"""Judges Kubernetes objects: sets of manifests, by the rules in policies/manifests/."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hallmark.outcome import CannotJudge
from hallmark.policy import engine, plain, rules
from hallmark.policy.inputs import Input, Subject, read, subject
from hallmark.policy.inquiry import Entry
from hallmark.policy.report import Report, Rule
from hallmark.values import dataclass

if TYPE_CHECKING:
    # What reads and checks whatever is written is slow to import, and most manifests are plain.
    from hallmark import documents
    from hallmark.policy import schema

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
    try:
        loaded, chosen = _load(policies, profile, rules)
    except CannotJudge as error:
        return [engine.unjudged(profile, (), _set(inputs, (), keep_going), error) for inputs in sets]
    allowed = {(one.apiVersion, one.kind) for one in loaded.parameters.allowed_kinds}
    judged = [_set(inputs, allowed, keep_going) for inputs in sets]
    return engine.judge(loaded, chosen, profile, judged, timeout_s)


def _load(
    policies: Path | None, profile: str, only: Iterable[str] | None
) -> tuple[rules.RuleSet, tuple[Rule, ...]]:
    loaded = rules.load(policies)
    chosen = loaded.chosen(profile, only)
    if not chosen:
        raise CannotJudge(f"no rule belongs to the profile {profile}", where=str(loaded.home))
    return loaded, chosen


def _set(inputs: Sequence[Input], allowed: Collection[tuple[str, str]], keep_going: bool) -> engine.Set:
    """The objects of the inputs, read while they are judged: nothing of them stays in memory but their texts."""
    one = engine.Set()
    one.entries = _entries(one, inputs, allowed, keep_going)
    return one


@dataclass(frozen=True)
class _Read:
    """An object with what the schema says of it and what the rules see of it: nothing where its kind is unknown."""

    subject: Subject
    problems: Sequence[schema.Problem]
    entry: Entry | None = None
    left: schema.Readable | None = None

    is_partial: bool = False


def _entries(
    one: engine.Set, inputs: Sequence[Input], allowed: Collection[tuple[str, str]], keep_going: bool
) -> Iterator[Entry]:
    """What the rules see, stream by stream. Of a stream that isn't well to its end nothing is judged."""
    for name, stream in read(inputs, one.refuse):
        begin = len(one.subjects)
        if isinstance(stream, plain.Objects):
            found = [_of_plain(number, name, each) for number, each in enumerate(stream, begin)]
        else:
            found = _read_whole(begin, name, stream, allowed, one)
        for number, each in enumerate(found, begin):
            one.subjects.append(each.subject)
            one.faults += [
                engine.Fault(SCHEMA_RULE, number, wrong.message, wrong.path) for wrong in each.problems
            ]
            if each.left is not None and each.is_partial:
                one.partial[number] = each.left.written
        if keep_going or not one.not_evaluated:
            yield from (each.entry for each in found if each.entry is not None)
    if one.not_evaluated and not keep_going:
        one.withhold()


def _of_plain(number: int, name: str, found: plain.Object) -> _Read:
    namespace = found.namespace if found.is_namespaced else None
    entry = f'{{"id":{number},{found.entry}}}'
    # One text for both: of a hundred thousand objects a second would take 100 MB.
    return _Read(subject(name, found._replace(entry=entry)), (), Entry(number, entry, namespace))


def _read_whole(
    begin: int,
    name: str,
    stream: Iterable[documents.Located],
    allowed: Collection[tuple[str, str]],
    into: engine.Set,
) -> list[_Read]:
    """All objects of a stream, or none of one that isn't well, which is refused."""
    from hallmark import documents

    try:
        return [_read(number, name, located, allowed) for number, located in enumerate(stream, begin)]
    except documents.Malformed as error:
        into.refuse(name, error.what, error.line)
        return []


def _read(number: int, name: str, located: documents.Located, allowed: Collection[tuple[str, str]]) -> _Read:
    """Of an object with a value of a wrong type the rules see the rest; an object of an unknown kind they don't see."""
    from hallmark.policy import kinds, schema

    value = located.value
    said = value["apiVersion"], value["kind"]
    is_known = kinds.is_known(*said)
    is_allowed = said in allowed and not is_known
    problems = schema.problems_of_metadata(value) if is_allowed else schema.problems(value)
    if not (is_known or is_allowed):
        return _Read(subject(name, located), problems)
    left = schema.readable(value, problems)
    seen = _seen(number, left.value)
    text = json.dumps(seen)
    if "null" in text:
        seen["object"] = _without_nulls(left.value)
        text = json.dumps(seen)
    meta = left.value.get("metadata")
    namespace = meta.get("namespace") or "" if isinstance(meta, dict) else ""
    return _Read(
        subject(name, located),
        problems,
        Entry(number, text, namespace if seen["namespaced"] else None),
        left if problems else None,
        is_partial=any(one.flaw is not schema.Flaw.EXTRA for one in problems),
    )


def entry(number: int, value: dict[str, Any]) -> dict[str, Any]:
    """What the rules see of an object (policies/lib/objects.rego documents it)."""
    return _seen(number, _without_nulls(value))


def _seen(number: int, value: dict[str, Any]) -> dict[str, Any]:
    from hallmark.policy import kinds

    group, version = kinds.split(value["apiVersion"])
    return {
        "id": number,
        "type": f"{group}/{value['kind']}",
        "version": version,
        "namespaced": kinds.is_namespaced(value["apiVersion"], value["kind"]),
        "object": value,
    }


def _without_nulls(value: Any) -> Any:
    """To Kubernetes a field that is null is a field that is not there."""
    if isinstance(value, dict):
        return {key: _without_nulls(inner) for key, inner in value.items() if inner is not None}
    return [_without_nulls(inner) for inner in value] if isinstance(value, list) else value
