"""What is remembered of a tool holds until anything that decides its key changes."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from hallmark import tools
from hallmark.tools import known, pins, store


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the list and of what it names, with a memory of its own."""
    monkeypatch.setenv("HALLMARK_CACHE", str(tmp_path / "cache"))
    place = tmp_path / "tools"
    shutil.copytree(pins.HERE, place, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(known, "HERE", place)
    return place


def listed(place: Path) -> pins.Pin:
    text = (place / "pins.toml").read_text(encoding="utf-8")
    return pins.parse(text, pins.current_platform(), place).pin("opa")


def test_recall_nothing_noted_or_unreadable_is_nothing(here: Path) -> None:
    """An empty memory, another tool's and one that is no JSON say nothing."""
    assert known.recall("opa") is None
    known.note(listed(here))
    assert known.recall("kubectl") is None
    (memory,) = (here.parent / "cache").rglob("opa.json")
    memory.write_text("{")
    assert known.recall("opa") is None


def test_recall_noted_pin_has_its_key(here: Path) -> None:
    """Name, version and key are those of the list."""
    pin = listed(here)
    known.note(pin)
    assert known.recall("opa") == (pin.name, pin.version, pin.key)


@pytest.mark.parametrize("file", ["pins.toml", "pins.py", "gomod/opa/go.sum", "gomod/opa/own.go"])
def test_recall_after_a_change_of_what_decides_the_key_is_nothing(here: Path, file: str) -> None:
    """The list, its reader, the sums and a new source: each makes the memory worthless."""
    known.note(listed(here))
    with (here / file).open("a", encoding="utf-8") as stream:
        stream.write("\n")
    assert known.recall("opa") is None


def test_recall_on_another_machine_is_nothing(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A memory that came from a machine of another kind doesn't hold."""
    known.note(listed(here))
    monkeypatch.setattr(os, "uname", lambda: os.uname_result(("Linux", "a", "6", "1", "s390x")))
    assert known.recall("opa") is None


def test_path_by_memory_is_the_path_by_the_list(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same file, whether the list was read for it or not; one that was changed is refused as always."""
    pin = pins.load().pin("opa")
    with store.locked(pin.name, stop=lambda: False), store.staging(pin) as place:
        (place / "opa").write_bytes(b"program")
        installed = store.publish(pin, place, entry="opa", source="build", origin="test")
    assert tools.path("opa") == installed.path
    monkeypatch.setattr(pins, "load", lambda: pytest.fail("the list was read"))
    assert tools.path("opa") == installed.path
    installed.path.write_bytes(b"another")
    with pytest.raises(store.Changed):
        tools.path("opa")
