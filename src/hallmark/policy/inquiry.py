"""Puts what is to be judged to the rules in parts, two at a time, while the rest is still being read.

How much a rule must see at once is its METADATA's `scope`. About single objects (`object`) it gives the same answer
whichever others it sees, and is asked about a hundred at a time. About what belongs together in a namespace
(`namespace`) it sees whole namespaces, with everything that is in none; else (`set`) it sees the whole set.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Collection, Iterable, Sequence
from contextlib import ExitStack
from types import TracebackType
from typing import Any

from hallmark.outcome import CannotJudge
from hallmark.policy import opa, rules
from hallmark.policy.opa import LINES, Opa
from hallmark.policy.report import Rule
from hallmark.values import dataclass, field

# Enough that what OPA does once for each question doesn't count, and few enough to keep both cores busy.
AT_ONCE = 100
# Namespaces are put together up to this many objects, which bounds what OPA holds in memory.
TOGETHER = 4000
# How many parts may wait for an answer: more would only take memory.
_WAITING = 4 * LINES


@dataclass(frozen=True)
class Entry:
    """What the rules see of a subject, as the JSON of an object whose `id` is the subject's number.

    `namespace` is None for what is in none by its nature, and empty where it is left out.
    """

    subject: int
    json: str
    namespace: str | None = None


@dataclass
class Part:
    """Some rules asked about some subjects. `answer` or `error` is there when `done` is set.

    What is in no namespace is seen by several parts; the answer counts where it is not in `passed_over`.
    """

    packages: tuple[str, ...]
    subjects: frozenset[int]
    passed_over: Collection[int] = ()
    answer: dict[str, Any] | None = None
    error: CannotJudge | None = None
    done: threading.Event = field(default_factory=threading.Event)


@dataclass
class Asked:
    """What was asked about one set: the numbers of the subjects, in order, and the questions."""

    subjects: list[int] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)


class Inquiry:
    """An OPA and the threads that ask it, until the block ends. Nothing is raised: a part has an error instead."""

    def __init__(self, loaded: rules.RuleSet, chosen: Sequence[Rule], timeout_s: float) -> None:
        """Start OPA in the background."""
        self._packages = {
            scope: tuple(rule.package for rule in chosen if rule.scope == scope) for scope in rules.SCOPES
        }
        self._parts: queue.SimpleQueue[tuple[Part, list[str]] | None] = queue.SimpleQueue()
        self._room = threading.BoundedSemaphore(_WAITING)
        self._stack = ExitStack()
        self._opa: Opa | CannotJudge
        try:
            self._opa = self._stack.enter_context(opa.of(loaded.sources, timeout_s))
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
        with self._stack:
            if error is None:
                for thread in self._threads:
                    thread.join()

    def about(self, entries: Iterable[Entry]) -> Asked:
        """Ask all rules about one set; those about single objects are asked while the entries are read."""
        asked = Asked()
        every: list[Entry] = []
        waiting: list[Entry] = []
        alone = self._packages["object"]
        for entry in entries:
            if len(waiting) == AT_ONCE and alone:
                self._ask(asked, alone, waiting)
                waiting = []
            asked.subjects.append(entry.subject)
            every.append(entry)
            waiting.append(entry)
        if len(waiting) == len(every):
            self._ask(asked, sum(self._packages.values(), ()), every)
            return asked
        # What takes longest comes first, so that no line is left with it alone at the end.
        self._ask(asked, self._packages["set"], every)
        if self._packages["namespace"]:
            self._ask_by_namespace(asked, every)
        self._ask(asked, alone, waiting)
        return asked

    def _ask_by_namespace(self, asked: Asked, entries: Sequence[Entry]) -> None:
        nowhere = [one for one in entries if one.namespace is None]
        seen_before: Collection[int] = ()
        for group in _grouped(entries):
            self._ask(asked, self._packages["namespace"], [*nowhere, *group], seen_before)
            seen_before = frozenset(one.subject for one in nowhere)

    def _ask(
        self,
        asked: Asked,
        packages: tuple[str, ...],
        seen: Sequence[Entry],
        passed_over: Collection[int] = (),
    ) -> None:
        if packages and seen:
            part = Part(packages, frozenset(one.subject for one in seen), passed_over)
            asked.parts.append(part)
            self._room.acquire()
            self._parts.put((part, [one.json for one in seen]))

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
                part.done.set()
                self._room.release()


def _grouped(entries: Sequence[Entry]) -> list[list[Entry]]:
    """Whole namespaces in groups of much the same size: few enough for OPA's memory, one for every line at least."""
    namespaces: dict[str, list[Entry]] = {}
    for one in entries:
        if one.namespace is not None:
            namespaces.setdefault(one.namespace, []).append(one)
    total = sum(map(len, namespaces.values()))
    groups: list[list[Entry]] = [[] for _ in range(max(LINES, -(-total // TOGETHER)))]
    for members in sorted(namespaces.values(), key=len, reverse=True):
        min(groups, key=len).extend(members)
    return sorted((group for group in groups if group), key=len, reverse=True) or [[]]
