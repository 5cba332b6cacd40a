"""Classes of values behave as those of the standard library do."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from typing import Any

import pytest

from hallmark import values


@values.dataclass(frozen=True)
class Ours:
    name: str
    size: int = 2
    parts: list[str] = values.field(default_factory=list)


@dataclasses.dataclass(frozen=True)
class Theirs:
    name: str
    size: int = 2
    parts: list[str] = dataclasses.field(default_factory=list)


@values.dataclass
class Open:
    parts: list[str] = values.field(default_factory=list)


@pytest.mark.parametrize("given", [("a",), ("a", 3), ("a", 3, ["x"])])
def test_value_says_what_the_standard_librarys_says(given: tuple[Any, ...]) -> None:
    """The same arguments make the same fields, text, and description."""
    ours, theirs = Ours(*given), Theirs(*given)
    assert vars(ours) == vars(theirs)
    assert repr(ours) == repr(theirs).replace("Theirs", "Ours")
    assert dataclasses.asdict(ours) == dataclasses.asdict(theirs)  # type: ignore[call-overload,unused-ignore]
    assert [one.name for one in dataclasses.fields(Ours)] == [one.name for one in dataclasses.fields(Theirs)]


@pytest.mark.parametrize(
    "wrong", [{}, {"name": "a", "other": 1}, {"size": 1}], ids=["none", "unknown", "lacking"]
)
def test_value_with_wrong_arguments_is_refused(wrong: dict[str, Any]) -> None:
    """A field that isn't there and one that is missing are errors."""
    with pytest.raises(TypeError):
        Ours(**wrong)


def test_values_are_equal_by_their_fields_and_their_class() -> None:
    """Equal are those of one class with equal fields; what is frozen can be a key."""
    assert Ours("a") == Ours("a") != Ours("b")
    other: object = Theirs("a")
    assert Ours("a") != other
    assert Open(["a"]) == Open(["a"]) != Open([])
    assert hash(Ours("a", 1, ())) == hash(Ours("a", 1, ()))  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        hash(Open())


def test_value_that_is_frozen_cannot_be_changed() -> None:
    """Neither is a field set nor removed; a copy with another value leaves it as it was."""
    one: Any = Ours("a", 5)
    with pytest.raises(dataclasses.FrozenInstanceError):
        one.name = "b"
    with pytest.raises(dataclasses.FrozenInstanceError):
        del one.size
    assert values.replace(one, name="b") == dataclasses.replace(one, name="b") == Ours("b", 5)
    assert one == Ours("a", 5)


def test_default_that_is_made_is_made_for_each() -> None:
    """Two values do not share the list that neither was given."""
    first, second = Open(), Open()
    first.parts.append("a")
    assert second.parts == []
    assert Ours("a").parts is not Ours("a").parts


def test_value_survives_copying_and_pickling() -> None:
    """Other processes are handed them."""
    one = Ours("a", 1, ["x"])
    assert copy.deepcopy(one) == pickle.loads(pickle.dumps(one)) == one  # noqa: S301


def test_method_of_the_class_itself_is_kept() -> None:
    """What a class says by itself is not replaced."""

    @values.dataclass(frozen=True, eq=False)
    class Own:
        name: str

        def __repr__(self) -> str:
            return "own"

    assert repr(Own("a")) == "own"
    assert Own("a") != Own("a")
