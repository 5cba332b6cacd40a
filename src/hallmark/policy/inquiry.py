"""Puts what is to be judged to the rules in parts, two at a time, while the rest is still being read.

A rule about single objects gives the same answer whichever others it sees, so it is asked about a few hundred at a
time; a rule about a set is asked about the whole set at once. METADATA `scope` says which a rule is.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any

from hallmark.outcome import CannotJudge
from hallmark.policy import rules
from hallmark.policy.opa import LINES, Opa
from hallmark.policy.report import Rule

# Enough that what OPA does once for each question doesn't count, and few enough to keep both cores busy.
AT_ONCE = 100
# How many parts may wait for an answer: more would only take memory.
_WAITING = 4 * LINES


@dataclass(frozen=True)
class Entry:
    """What the rules see of a subject, as the JSON of an object whose `id` is the subject's number."""

    subject: int
    json: str


@dataclass
class Part:
    """Some rules asked about some subjects: those of `asked` from `first` to `last`.

    `answer` or `error` is there when the inquiry has ended.
    """

    packages: tuple[str, ...]
    first: int
    last: int
    answer: dict[str, Any] | None = None
    error: CannotJudge | None = None


@dataclass
class Asked:
    """What was asked about one set: the numbers of the subjects, in order, and the questions."""

    subjects: list[int] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)

    @property
    def error(self) -> CannotJudge | None:
        """Why a part has no answer."""
        return next((one.error for one in self.parts if one.error is not None), None)


class Inquiry:
    """An OPA and the threads that ask it. Everything is answered when the block ends; nothing is raised."""

    def __init__(self, loaded: rules.RuleSet, chosen: Sequence[Rule], timeout_s: float) -> None:
        """Start OPA in the background."""
        self._about_one = tuple(rule.package for rule in chosen if rule.scope == "object")
        self._about_all = tuple(rule.package for rule in chosen if rule.scope != "object")
        self._parts: queue.SimpleQueue[tuple[Part, list[str]] | None] = queue.SimpleQueue()
        self._room = threading.BoundedSemaphore(_WAITING)
        self._opa: Opa | CannotJudge
        try:
            self._opa = Opa(loaded, timeout_s)
        except CannotJudge as error:
            self._opa = error
        self._threads = [threading.Thread(target=self._work, daemon=True) for _ in range(LINES)]
        for thread in self._threads:
            thread.start()

    def __enter__(self) -> Inquiry:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for _ in self._threads:
            self._parts.put(None)
        with self._opa if isinstance(self._opa, Opa) else nullcontext():
            if error is None:
                for thread in self._threads:
                    thread.join()

    def about(self, entries: Iterable[Entry]) -> Asked:
        """Ask all rules about one set; those about single objects are asked while the entries are read."""
        asked = Asked()
        texts: list[str] = []
        begin = 0
        for entry in entries:
            if len(texts) - begin == AT_ONCE and self._about_one:
                self._ask(asked, self._about_one, begin, texts[begin:])
                begin = len(texts)
            asked.subjects.append(entry.subject)
            texts.append(entry.json)
        if begin:
            self._ask(asked, self._about_one, begin, texts[begin:])
            self._ask(asked, self._about_all, 0, texts)
        else:
            self._ask(asked, (*self._about_one, *self._about_all), 0, texts)
        return asked

    def _ask(self, asked: Asked, packages: tuple[str, ...], begin: int, texts: list[str]) -> None:
        if packages and texts:
            part = Part(packages, asked.subjects[begin], asked.subjects[begin + len(texts) - 1])
            asked.parts.append(part)
            self._room.acquire()
            self._parts.put((part, texts))

    def _work(self) -> None:
        while (waiting := self._parts.get()) is not None:
            part, texts = waiting
            try:
                if isinstance(self._opa, CannotJudge):
                    raise self._opa
                part.answer = self._opa.ask(part.packages, f"[{','.join(texts)}]")
            except CannotJudge as error:
                part.error = error
            finally:
                self._room.release()
