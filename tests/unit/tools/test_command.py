"""`hallmark tools`: the three verbs on a cache of their own."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import pytest
from typer.testing import CliRunner

from hallmark.tools import pins, store
from hallmark.tools.command import app


@pytest.fixture
def actionlint() -> store.Installed:
    """One tool installed, by hand."""
    pin = pins.load().pin("actionlint")
    with store.staging(pin) as place:
        (place / pin.name).write_bytes(b"program")
        return store.publish(pin, place, entry=pin.name, source="release", origin="test")


def run(*words: str) -> tuple[int, Any]:
    result = CliRunner().invoke(app, [*words, "--json"])
    return result.exit_code, json.loads(result.stdout)


@pytest.mark.usefixtures("actionlint")
def test_list_shows_state_of_every_tool() -> None:
    """Installed, missing: one row each."""
    code, document = run("list")
    assert code == 0
    states = {row["name"]: row["state"] for row in document["tools"]}
    assert states.pop("actionlint") == "release"
    assert set(states.values()) == {"missing"}
    assert set(states) == {*pins.load().tools, "go"} - {"actionlint"}


def test_verify_passes_what_is_unchanged(actionlint: store.Installed) -> None:
    """Exit code 0 and the sum."""
    code, document = run("verify")
    assert (code, document["outcome"]) == (0, "pass")
    assert [row["sha256"] for row in document["tools"]] == [hashlib.sha256(b"program").hexdigest()]
    assert document["tools"][0]["path"] == str(actionlint.path)


def test_verify_fails_what_was_changed(actionlint: store.Installed) -> None:
    """Exit code 1, naming the tool."""
    actionlint.path.write_bytes(b"evil")
    code, document = run("verify")
    assert (code, document["outcome"]) == (1, "fail")
    assert "actionlint was changed" in document["tools"][0]["reason"]


@pytest.mark.usefixtures("actionlint")
def test_verify_of_a_missing_tool_is_unknown() -> None:
    """Exit code 2: it could not be judged."""
    code, document = run("verify", "opa")
    assert (code, document["outcome"]) == (2, "unknown")


def test_verify_of_nothing_is_unknown() -> None:
    """An empty cache proves nothing."""
    code, document = run("verify")
    assert (code, document["outcome"], document["tools"]) == (2, "unknown", [])


@pytest.mark.usefixtures("actionlint")
def test_fetch_of_what_is_there_answers_at_once() -> None:
    """No network, no build, the path."""
    code, document = run("fetch", "actionlint")
    assert code == 0
    assert document["tools"][0]["state"] == "release"


@pytest.mark.parametrize("words", [["--help"], ["list", "--help"], ["fetch", "--help"], ["verify", "--help"]])
def test_help_teaches(words: list[str]) -> None:
    """Every verb says what it does and shows an example."""
    result = CliRunner().invoke(app, words)
    assert result.exit_code == 0
    assert "Example" in result.stdout or words == ["--help"]
