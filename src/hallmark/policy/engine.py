"""Puts sets of things to the rules of one family, in one run of the real OPA, and fills the ledger.

Whatever keeps a rule from an answer is an outcome of its own (`unknown`) with its place and reason: OPA missing,
killed or too slow, an undefined or conflicting result, an answer outside the contract. What is judged (Kubernetes
objects, the resources of a plan, ...) is read by the modules that call this one.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Protocol

from hallmark.outcome import CannotJudge
from hallmark.policy import opa, rules
from hallmark.policy.inquiry import Asked, Entry, Inquiry, Part
from hallmark.policy.ledger import NAMED, NOT_APPLICABLE, PASS, Column, Ledger
from hallmark.policy.report import Judgement, NotEvaluated, ObjectReference, Report, Result, Rule
from hallmark.values import dataclass, field

TIMEOUT_S = opa.TIMEOUT_S
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

    `entries` are what OPA is asked about. They are read once and may be made meanwhile: only then are the other fields
    whole. Of the subjects in `partial` the entry shows only a part, so no rule can pass them; each comes with what
    makes a path in its entry the path in the whole.
    """

    subjects: list[Subject] = field(default_factory=list)
    entries: Iterable[Entry] = ()
    not_evaluated: list[NotEvaluated] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    partial: dict[int, Callable[[Steps], Steps]] = field(default_factory=dict)

    def refuse(self, file: str, reason: str, line: int = 0) -> None:
        """Name something that was to be judged and cannot be."""
        self.not_evaluated.append(NotEvaluated(file, line, reason))

    def withhold(self) -> None:
        """Judge no subject, for something else could not be read: half a set is not judged by itself."""
        for one in self.subjects:
            self.refuse(one.reference.file, f"{one.reference} was not judged", one.reference.line)
        self.subjects.clear()


def encoded(number: int, value: Mapping[str, Any]) -> Entry:
    """What OPA is asked about the subject of this number, which belongs to no namespace."""
    return Entry(number, json.dumps({"id": number, **value}))


def judge(
    loaded: rules.RuleSet,
    chosen: tuple[Rule, ...],
    profile: str,
    sets: Sequence[Set],
    timeout_s: float = TIMEOUT_S,
) -> list[Report]:
    """One report for each set, in order. Nothing is raised: a run that failed leaves every subject not judged."""
    with Inquiry(loaded, chosen, timeout_s) as inquiry:
        asked = [inquiry.about(one.entries) for one in sets]
        return [_report(profile, chosen, *one) for one in zip(sets, asked, strict=True)]


def _report(profile: str, chosen: tuple[Rule, ...], one: Set, asked: Asked) -> Report:
    """The report of a set, made while its answers come in."""
    if not one.subjects:
        return Report(profile=profile, rules=chosen, not_evaluated=tuple(one.not_evaluated))
    said = _Said(one, chosen, asked.subjects)
    for part in asked.parts:
        part.done.wait()
        if part.error is not None:
            return unjudged(profile, chosen, one, part.error)
        said.add(part)
    ledger = said.ledger()
    if not ledger.by_rule():
        first = ledger.objects[0]
        one.refuse(first.file, "no rule is about any object of this set", first.line)
    gaps = tuple(one.not_evaluated)
    return Report(profile=profile, rules=chosen, objects=ledger.objects, results=ledger, not_evaluated=gaps)


def unjudged(profile: str, chosen: tuple[Rule, ...], one: Set, error: CannotJudge) -> Report:
    """The report of a set that no rule judged, because the rules or OPA failed."""
    for _ in one.entries:
        pass  # its subjects are known when they are read
    waiting = tuple(
        NotEvaluated(subject.reference.file, subject.reference.line, f"{subject.reference} was not judged")
        for subject in one.subjects
    )
    said = (*one.not_evaluated, NotEvaluated(error.where or "policies", 0, error.what))
    return Report(profile=profile, rules=chosen, not_evaluated=said + waiting)


class _Said:
    """What the rules said of one set, put together from the parts in which they were asked."""

    def __init__(self, judged: Set, chosen: Sequence[Rule], asked: Sequence[int]) -> None:
        self._judged = judged
        self._asked = asked
        marks = bytearray(len(judged.subjects))
        for number in asked:
            marks[number] = NOT_APPLICABLE
        self._columns = {rule.package: _Column(judged, rule, bytearray(marks)) for rule in chosen}

    def add(self, part: Part) -> None:
        """Take in one answer. What is found is put in object for object, for its line is looked up in the text."""
        found = []
        for package in part.packages:
            column = self._columns[package]
            found += [(column, one) for one in column.read((part.answer or {}).get(package), part)]
        for column, one in sorted(found, key=lambda pair: pair[1].subject):
            column.name(one)

    def ledger(self) -> Ledger:
        """What no rule can judge, then for every rule a mark for each subject, or what it finds there."""
        faults = (
            _result(self._judged.subjects, one.rule, one.subject, Judgement.UNKNOWN, one.message, one.path)
            for one in self._judged.faults
        )
        return Ledger(
            tuple(subject.reference for subject in self._judged.subjects),
            tuple(column.whole(self._asked) for column in self._columns.values()),
            tuple(faults),
        )


class _Column:
    """What one rule said, as far as it was asked."""

    def __init__(self, judged: Set, rule: Rule, marks: bytearray) -> None:
        self._judged = judged
        self._rule = rule
        self._marks = marks
        self._named: dict[int, tuple[Result, ...]] = {}
        self._wrong = ""

    def read(self, said: Any, part: Part) -> Iterator[_Found]:
        """Mark what passes, and say what is found."""
        self._wrong = self._wrong or _outside_contract(said, part.subjects)
        if self._wrong:
            return
        for number in said["applies"]:
            if number not in part.passed_over:
                self._marks[number] = PASS
        violated = {one["object"] for one in said["violations"]}
        named = [(Judgement.FAIL, one) for one in said["violations"]]
        # A part of an object that already breaks the rule decides, whatever else is open.
        named += [
            (Judgement.UNKNOWN, one) for one in said.get("unknowns", []) if one["object"] not in violated
        ]
        for outcome, one in named:
            if one["object"] not in part.passed_over:
                yield _Found(one["object"], outcome, one["message"], tuple(one["path"]))

    def name(self, found: _Found) -> None:
        number = found.subject
        path = self._judged.partial.get(number, tuple)(found.path)
        result = _result(self._judged.subjects, self._rule.id, number, found.outcome, found.message, path)
        self._marks[number] = NAMED
        self._named[number] = (*self._named.get(number, ()), result)

    def whole(self, asked: Sequence[int]) -> Column:
        """All of it, when everything was asked. One answer that cannot be believed makes all of them unknown."""
        if self._wrong:
            self._named.clear()
            for number in asked:
                self.name(_Found(number, Judgement.UNKNOWN, f"{self._rule.file}: {self._wrong}"))
        for number in self._judged.partial:
            if self._marks[number] == PASS:
                self.name(_Found(number, Judgement.UNKNOWN, PARTIAL))
        return Column(self._rule.id, bytes(self._marks), self._named)


@dataclass(frozen=True)
class _Found:
    """What a rule says is wrong with a subject, or open, at a path in its entry."""

    subject: int
    outcome: Judgement
    message: str
    path: Steps = ()


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


def _outside_contract(said: Any, asked: frozenset[int]) -> str:
    """Why an answer cannot be believed, or nothing when it can."""
    if not isinstance(said, dict):
        return "the rule's result is undefined"
    applies = said.get("applies")
    named = [said.get("violations"), said.get("unknowns", [])]
    if not isinstance(applies, list) or not all(isinstance(one, list) for one in named):
        return "applies, violations and unknowns must be sets"
    # One is as good as true in a set, but not of the same type.
    if not {*map(type, applies)} <= {int} or not (applied := {*applies}) <= asked:
        return "it applies to an object that isn't there"
    for one in (one for answers in named for one in answers):
        if not isinstance(one, dict) or set(one) != {"object", "message", "path"}:
            return "a violation must have object, message and path"
        if type(one["object"]) is not int or one["object"] not in applied:
            return "it finds a violation in an object to which it doesn't apply"
        is_path = isinstance(one["path"], list) and all(type(step) in (str, int) for step in one["path"])
        if not isinstance(one["message"], str) or not one["message"] or not is_path:
            return "a violation must have a message, and a path of names and numbers"
    return ""
