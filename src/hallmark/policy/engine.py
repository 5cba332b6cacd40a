"""Puts sets of things to the rules of one family, in one run of the real OPA, and fills the ledger.

Whatever keeps a rule from an answer is an outcome of its own (`unknown`) with its place and reason: OPA missing,
killed or too slow, an undefined or conflicting result, an answer outside the contract. What is judged (Kubernetes
objects, the resources of a plan, ...) is read by the modules that call this one.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from hallmark.outcome import CannotJudge
from hallmark.policy import rules
from hallmark.policy.inquiry import Asked, Entry, Inquiry, Part
from hallmark.policy.ledger import NAMED, NOT_APPLICABLE, NOT_ASKED, PASS, Column, Ledger
from hallmark.policy.report import Judgement, NotEvaluated, ObjectReference, Report, Result, Rule

TIMEOUT_S = 60.0
PARTIAL = "nothing is wrong in the part that could be read, but the object could not be read whole"
Steps = tuple[str | int, ...]


class Subject(Protocol):
    """One thing that is judged, and where its parts are written."""

    @property
    def reference(self) -> ObjectReference: ...

    def line_of(self, path: Steps) -> int:
        """The line of the value at `path`, counted from 1."""
        ...

    def named(self, path: Steps) -> Steps:
        """The path with the name of the item in place of every list index, where the item has one."""
        ...


@dataclass(frozen=True)
class Fault:
    """Something about a subject that no rule can judge: it makes the subject unknown, by a result of its own."""

    rule: str
    subject: int
    message: str
    path: Steps = ()


@dataclass
class Set:
    """Things that are judged together: a rule about several of them sees these and no others.

    `entries` are what OPA is asked about, each with the `id` by which rules name it: its subject's index. Of the
    subjects in `partial` the entry shows only a part, so no rule can pass them; each comes with what makes a path in
    its entry the path in the whole.
    """

    subjects: Sequence[Subject]
    entries: Sequence[Mapping[str, Any]]
    not_evaluated: Sequence[NotEvaluated] = ()
    faults: Sequence[Fault] = ()
    partial: Mapping[int, Callable[[Steps], Steps]] = field(default_factory=dict)


def judge(
    loaded: rules.RuleSet,
    chosen: tuple[Rule, ...],
    profile: str,
    sets: Sequence[Set],
    timeout_s: float = TIMEOUT_S,
) -> list[Report]:
    """One report for each set, in order. Nothing is raised: a run that failed leaves every subject not judged."""
    with Inquiry(loaded, chosen, timeout_s) as inquiry:
        asked = [inquiry.about(_encoded(one.entries)) for one in sets]
    return [_report(profile, chosen, *one) for one in zip(sets, asked, strict=True)]


def _encoded(entries: Iterable[Mapping[str, Any]]) -> Iterator[Entry]:
    for one in entries:
        yield Entry(one["id"], json.dumps(one))


def _report(profile: str, chosen: tuple[Rule, ...], one: Set, asked: Asked) -> Report:
    if asked.error is not None:
        return unjudged(profile, chosen, one, asked.error)
    ledger = _ledger(one, chosen, asked)
    gaps = tuple(one.not_evaluated)
    if ledger.objects and not ledger.by_rule():
        first = ledger.objects[0]
        gaps += (NotEvaluated(first.file, first.line, "no rule is about any object of this set"),)
    return Report(profile=profile, rules=chosen, objects=ledger.objects, results=ledger, not_evaluated=gaps)


def unjudged(profile: str, chosen: tuple[Rule, ...], one: Set, error: CannotJudge) -> Report:
    """The report of a set that no rule judged, because the rules or OPA failed."""
    waiting = tuple(
        NotEvaluated(subject.reference.file, subject.reference.line, f"{subject.reference} was not judged")
        for subject in one.subjects
    )
    said = (*one.not_evaluated, NotEvaluated(error.where or "policies", 0, error.what))
    return Report(profile=profile, rules=chosen, not_evaluated=said + waiting)


def _ledger(one: Set, chosen: tuple[Rule, ...], asked: Asked) -> Ledger:
    """What no rule can judge, then for every rule a mark for each subject, or what it finds there."""
    faults = (
        _result(one.subjects, fault.rule, fault.subject, Judgement.UNKNOWN, fault.message, fault.path)
        for fault in one.faults
    )
    marks = bytearray(len(one.subjects))
    for number in asked.subjects:
        marks[number] = NOT_APPLICABLE
    parts: dict[str, list[Part]] = {rule.package: [] for rule in chosen}
    for part in asked.parts:
        for package in part.packages:
            parts[package].append(part)
    return Ledger(
        tuple(subject.reference for subject in one.subjects),
        tuple(_column(one, rule, parts[rule.package], bytes(marks)) for rule in chosen),
        tuple(faults),
    )


def _column(judged: Set, rule: Rule, parts: Sequence[Part], asked: bytes) -> Column:
    marks = bytearray(asked)
    named: dict[int, tuple[Result, ...]] = {}

    def name(number: int, outcome: Judgement, message: str, path: Sequence[str | int] = ()) -> None:
        marks[number] = NAMED
        whole = judged.partial.get(number, tuple)(tuple(path))
        found = _result(judged.subjects, rule.id, number, outcome, message, whole)
        named[number] = (*named.get(number, ()), found)

    answers: list[Any] = [(part.answer or {}).get(rule.package) for part in parts]
    wrong = (_outside_contract(said, asked, part) for said, part in zip(answers, parts, strict=True))
    reason = next((one for one in wrong if one), "")
    if reason:
        for number in (number for number, mark in enumerate(asked) if mark != NOT_ASKED):
            name(number, Judgement.UNKNOWN, f"{rule.file}: {reason}")
        return Column(rule.id, bytes(marks), named)
    for said in answers:
        for number in said["applies"]:
            marks[number] = PASS
        for one in said["violations"]:
            name(one["object"], Judgement.FAIL, one["message"], one["path"])
    # A part that already breaks the rule decides, whatever else is open.
    violated = set(named)
    for said in answers:
        for one in said.get("unknowns", []):
            if one["object"] not in violated:
                name(one["object"], Judgement.UNKNOWN, one["message"], one["path"])
    for number in judged.partial:
        if marks[number] == PASS:
            name(number, Judgement.UNKNOWN, PARTIAL)
    return Column(rule.id, bytes(marks), named)


def _result(
    subjects: Sequence[Subject],
    rule: str,
    number: int,
    outcome: Judgement,
    message: str = "",
    path: Steps = (),
) -> Result:
    subject = subjects[number]
    line = subject.line_of(path) if path else subject.reference.line
    words = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path).removeprefix(".")
    return Result(rule, subject.reference, outcome, message, words, line, subject.named(path))


def _outside_contract(said: Any, asked: bytes, part: Part) -> str:
    """Why an answer cannot be believed, or nothing when it can."""
    if not isinstance(said, dict):
        return "the rule's result is undefined"
    applies = said.get("applies")
    named = [said.get("violations"), said.get("unknowns", [])]
    if not isinstance(applies, list) or not all(isinstance(one, list) for one in named):
        return "applies, violations and unknowns must be sets"
    if not all(type(one) is int and part.first <= one <= part.last and asked[one] for one in applies):
        return "it applies to an object that isn't there"
    applied = set(applies)
    for one in (one for answers in named for one in answers):
        if not isinstance(one, dict) or set(one) != {"object", "message", "path"}:
            return "a violation must have object, message and path"
        if type(one["object"]) is not int or one["object"] not in applied:
            return "it finds a violation in an object to which it doesn't apply"
        if not isinstance(one["message"], str) or not one["message"] or not isinstance(one["path"], list):
            return "a violation must have a message and a path"
    return ""
