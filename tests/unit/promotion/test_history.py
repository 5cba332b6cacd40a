"""A history is read whole or not at all, and a move that was cut off is seen."""

from __future__ import annotations

import json
from dataclasses import asdict

import pytest

from hallmark.outcome import CannotJudge
from hallmark.promotion.history import FAILED, SERVING, STARTED, Entry, _parse, current, is_cut_off
from hallmark.promotion.stages import _before


def entry(number: int, event: str, release: str = "r-a", action: str = "promote") -> Entry:
    return Entry(
        number, action, event, release, "sha256:" + "a" * 64, "c" * 40, "2030-01-31T12:00:00Z", "x@y"
    )


def data(*entries: Entry) -> dict[str, str]:
    return {f"{item.number:06d}": json.dumps(asdict(item)) for item in entries}


def test_parse_keeps_the_order() -> None:
    """Entries come back oldest first, whatever order the API server sends."""
    entries = [entry(number, SERVING) for number in range(1, 12)]
    assert _parse(dict(reversed(data(*entries).items())), "staging") == entries


@pytest.mark.parametrize(
    "broken",
    [
        {"000001": "{"},
        {"000001": "{}"},
        data(entry(2, SERVING)),
        {**data(entry(1, SERVING)), "000002": '"x"'},
    ],
    ids=["no JSON", "no entry", "a gap", "a text"],
)
def test_parse_a_broken_history_is_unknown(broken: dict[str, str]) -> None:
    """An entry that was removed or edited makes the whole history unreadable."""
    with pytest.raises(CannotJudge):
        _parse(broken, "staging")


def test_current_looks_past_failed_moves() -> None:
    """A move that failed changed nothing that serves."""
    entries = [entry(1, STARTED), entry(2, SERVING), entry(3, STARTED, "r-b"), entry(4, FAILED, "r-b")]
    assert current(entries) == entries[1]


def test_current_of_an_empty_history_is_none() -> None:
    """A stage without a history serves nothing that anybody promoted."""
    assert current([]) is None


def test_is_cut_off_only_when_the_last_entry_started() -> None:
    """A process killed between its two entries leaves a started move."""
    assert is_cut_off([entry(1, STARTED)])
    assert not is_cut_off([entry(1, STARTED), entry(2, SERVING)])
    assert not is_cut_off([])


def test_before_is_the_last_other_release_that_served() -> None:
    """Going back looks past a repeated promotion of the same release and past failed ones."""
    entries = [
        entry(1, SERVING, "r-a"),
        entry(2, SERVING, "r-b"),
        entry(3, FAILED, "r-c"),
        entry(4, SERVING, "r-b"),
    ]
    assert _before(entries, entries[3]) == "r-a"
    assert _before(entries, entries[0]) is None
    assert _before(entries, None) is None
