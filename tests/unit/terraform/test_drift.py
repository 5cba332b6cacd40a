"""What a refresh-only plan says was changed by others: address, attribute, from and to, nothing that is sensitive."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hallmark.outcome import CannotJudge
from hallmark.terraform import drift
from hallmark.terraform.drift import SENSITIVE


def plan(*changes: tuple[str, dict[str, Any]], **words: Any) -> bytes:
    drifted = [{"address": address, "change": change} for address, change in changes]
    whole = {"format_version": "1.2", "complete": True, "errored": False}
    return json.dumps({**whole, "resource_drift": drifted, **words}).encode()


def change(before: Any, after: Any, **marks: Any) -> dict[str, Any]:
    return {"actions": ["update"], "before": before, "after": after, **marks}


def read(before: Any, after: Any, **marks: Any) -> list[str]:
    return [str(one) for one in drift.read(plan(("a.b", change(before, after, **marks))))]


def test_drift_of_nothing_is_none() -> None:
    """A plan without changes, and one that only lists what stayed."""
    assert drift.read(plan()) == []
    assert drift.read(plan(("a.b", {**change({"x": 1}, {"x": 1}), "actions": ["no-op"]}))) == []


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ({"size": 1, "name": "x"}, {"size": 2, "name": "x"}, ["a.b: size: 1 -> 2"]),
        (
            {"tags": {"A": "1"}},
            {"tags": {"B": "2"}},
            ['a.b: tags.A: "1" -> null', 'a.b: tags.B: null -> "2"'],
        ),
        ({"cidrs": ["10.0.0.0/8"]}, {"cidrs": ["10.0.0.0/8", "::/0"]}, ['a.b: cidrs[1]: null -> "::/0"']),
        ({"rule": [{"port": 80}]}, {"rule": [{"port": 22}]}, ["a.b: rule[0].port: 80 -> 22"]),
        ({"size": 1}, None, ["a.b is gone"]),
    ],
)
def test_drift_names_the_smallest_part_that_differs(before: Any, after: Any, expected: list[str]) -> None:
    """Not the whole resource."""
    assert read(before, after) == expected


@pytest.mark.parametrize(
    ("before", "after", "marks"),
    [
        ({"key": "old"}, {"key": "new"}, {"before_sensitive": {"key": True}}),
        ({"key": "old"}, {"key": "new"}, {"after_sensitive": {"key": True}}),
        ({"key": ["old"]}, {"key": ["new"]}, {"after_sensitive": {"key": [True]}}),
        ({"key": {"inner": "old"}}, {"key": None}, {"before_sensitive": {"key": {"inner": True}}}),
        ({"key": "old"}, {"key": "new"}, {"before_sensitive": True}),
    ],
)
def test_drift_of_what_is_sensitive_is_said_without_its_value(before: Any, after: Any, marks: Any) -> None:
    """Marked before or after, at its place or above it."""
    (line,) = read(before, after, **marks)
    assert SENSITIVE in line
    assert "old" not in line
    assert "new" not in line


def test_drift_of_an_output_counts() -> None:
    """A refresh changes it when the resource behind it was changed."""
    outputs = {"size": {"actions": ["update"], "before": 1, "after": 2}}
    assert [str(one) for one in drift.read(plan(output_changes=outputs))] == ["output.size: value: 1 -> 2"]


@pytest.mark.parametrize(
    "text", [b"", b"[]", b"{}", b'{"resource_drift": [{}]}', b'{"resource_drift": [{"address": 1}]}']
)
def test_drift_in_a_broken_plan_is_unknown(text: bytes) -> None:
    """It is never none."""
    with pytest.raises(CannotJudge, match="cannot be read"):
        drift.read(text)


def test_drift_that_only_terraform_notes_is_none() -> None:
    """It calls a plan changed in which nothing differs but the results of its own checks."""
    assert drift.read(plan(checks=[{"status": "pass"}])) == []


@pytest.mark.parametrize("more", [{"errored": True}, {"complete": False}])
def test_drift_in_a_plan_that_is_not_whole_is_unknown(more: dict[str, bool]) -> None:
    """Part of it was not looked at."""
    with pytest.raises(CannotJudge, match="not whole"):
        drift.read(plan(**more))


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=8,
)


@given(before=st.dictionaries(st.text(min_size=1, max_size=3), VALUES, max_size=4), after=VALUES)
def test_drift_is_there_when_and_only_when_something_differs(before: dict[str, Any], after: Any) -> None:
    """Whatever the values are; Python takes 1 for True, and so does nobody who reads JSON."""
    document = plan(("a.b", change(before, {**before, "zzzz": after})))
    found = drift.read(document)
    assert bool(found) == (after is not None)
    assert all(one.attribute.startswith("zzzz") for one in found)
