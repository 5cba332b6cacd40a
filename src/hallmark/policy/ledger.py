"""The ledger of one set: what every rule says of every object, without a record in memory for each.

Most lines only say that a rule passes or does not apply: these are one byte each. What says more is a Result.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import overload

from hallmark.policy.result import Judgement, ObjectReference, Result
from hallmark.values import dataclass, replace

NOT_ASKED, NOT_APPLICABLE, PASS, NAMED = range(4)
# Of no more objects than this the text is kept, for it is mostly written twice.
_REMEMBERED = 2000
_SAYS = {NOT_APPLICABLE: Judgement.NOT_APPLICABLE, PASS: Judgement.PASS}


@dataclass(frozen=True)
class Column:
    """What one rule says: a mark for every object, and the results of each object that is marked NAMED."""

    rule: str
    marks: bytes
    named: Mapping[int, tuple[Result, ...]]

    def in_order(self) -> Iterator[Result]:
        """The results that are more than a mark."""
        for number in sorted(self.named):
            yield from self.named[number]


@dataclass(frozen=True, eq=False)
class Ledger(Sequence[Result]):
    """Every result of a set, in order: what was found before any rule was asked, rule for rule, and what came after."""

    objects: tuple[ObjectReference, ...] = ()
    columns: tuple[Column, ...] = ()
    before: tuple[Result, ...] = ()
    after: tuple[Result, ...] = ()

    def __iter__(self) -> Iterator[Result]:
        yield from self.before
        for column in self.columns:
            for number, mark in enumerate(column.marks):
                if mark == NAMED:
                    yield from column.named[number]
                elif mark != NOT_ASKED:
                    reference = self.objects[number]
                    yield Result(column.rule, reference, _SAYS[mark], line=reference.line)
        yield from self.after

    def __len__(self) -> int:
        return sum(self.counts.values())

    @overload
    def __getitem__(self, index: int) -> Result: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Result]: ...
    def __getitem__(self, index: int | slice) -> Result | Sequence[Result]:
        return tuple(self)[index]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    __hash__ = None  # type: ignore[assignment]

    @property
    def counts(self) -> Counter[Judgement]:
        """How many results there are of each judgement."""
        found = Counter(one.outcome for one in self.named())
        for column in self.columns:
            for mark, judgement in _SAYS.items():
                found[judgement] += column.marks.count(mark)
        return found

    def named(self) -> Iterator[Result]:
        """The results that are more than a mark, in order: everything but plain passes, and some of those."""
        yield from self.before
        for column in self.columns:
            yield from column.in_order()
        yield from self.after

    def by_rule(self) -> dict[str, list[Result]]:
        """For every rule that applied to any object, its results that are more than a mark: none when it passes."""
        found: dict[str, list[Result]] = {}

        def add(results: Iterable[Result]) -> None:
            for one in results:
                if one.outcome is not Judgement.NOT_APPLICABLE:
                    found.setdefault(one.rule, []).append(one)

        add(self.before)
        for column in self.columns:
            if PASS in column.marks:
                found.setdefault(column.rule, [])
            add(column.in_order())
        add(self.after)
        return found

    def changed(self, change: Callable[[Result], Result]) -> Ledger:
        """The same with every result that is more than a mark put through `change`."""

        def all_of(results: Iterable[Result]) -> tuple[Result, ...]:
            return tuple(map(change, results))

        columns = (
            replace(one, named={number: all_of(results) for number, results in one.named.items()})
            for one in self.columns
        )
        return replace(self, columns=tuple(columns), before=all_of(self.before), after=all_of(self.after))

    def with_more(self, results: Iterable[Result]) -> Ledger:
        return replace(self, after=(*self.after, *results))

    def as_json_lines(self, between: str) -> Iterator[str]:
        """The JSON of every result, in order, many at a time; `between` stands between them, not at the end."""
        yield from map(_json, self.before)
        pieces = self._pieces if len(self.objects) <= _REMEMBERED else self._written()
        for head, tails in pieces:
            yield head + (between + head).join(tails)
        yield from map(_json, self.after)

    @cached_property
    def _pieces(self) -> tuple[tuple[str, list[str]], ...]:
        return tuple(self._written())

    def _written(self) -> Iterator[tuple[str, list[str]]]:
        """How every line of a rule begins, and how each of them goes on."""
        tails = _tails(self.objects)
        # Most rules say the same of most objects: what differs is the rule.
        known: dict[bytes, list[str]] = {}
        for column in self.columns:
            head = f'{{"rule": {json.dumps(column.rule)}, "object": '
            found = known.get(column.marks)
            if found is None:
                found = []
                for number, mark in enumerate(column.marks):
                    if mark == NAMED:
                        found += [_json(one).removeprefix(head) for one in column.named[number]]
                    elif mark != NOT_ASKED:
                        found.append(tails[mark][number])
                if not column.named and len(self.objects) <= _REMEMBERED:
                    known[column.marks] = found
            if found:
                yield head, found


def _json(result: Result) -> str:
    return json.dumps(result.as_json())


def _tails(objects: Sequence[ObjectReference]) -> dict[int, list[str]]:
    """By mark, for every object the JSON of a result that is only this mark, from its object on."""
    written = [(json.dumps(one.as_json()), one.line) for one in objects]
    return {
        mark: [
            f'{text}, "outcome": "{said}", "message": "", "path": "", "line": {line}}}'
            for text, line in written
        ]
        for mark, said in _SAYS.items()
    }
