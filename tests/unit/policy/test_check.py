"""Plain words are read as the command line reads them, and all others are left to it."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from hallmark.outcome import ExitCode
from hallmark.policy import command
from hallmark.policy.words import Request, plain

PLAIN = (
    "manifests a.yaml",
    "manifests a.yaml - b --json",
    "manifests --each a b --ledger out.jsonl --keep-going",
    "manifests a --profile=all --rules image-digest,privileged --policies p --waivers w.yaml",
    "manifests --junit=j.xml --sarif s.sarif a",
    "dockerfile app/Dockerfile --json",
    "plan --each a.json b.json",
)
OTHER = (
    "",
    "explain privileged",
    "manifests",
    "manifests --json",
    "manifests a --help",
    "manifests a -h",
    "manifests a --jsn",
    "manifests a --json=yes",
    "manifests a --json --json",
    "manifests a --profile",
    "manifests a --profile --json",
    "manifests a --profile=",
    "manifests -- a",
    "manifests a --no-each",
    "dockerfiles a",
)


@pytest.mark.parametrize("words", PLAIN)
def test_plain_words_ask_what_the_command_line_makes_of_them(
    words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same request."""
    seen: list[Request] = []

    def note(request: Request) -> ExitCode:
        seen.append(request)
        return ExitCode.PASS

    monkeypatch.setattr(command, "answer", note)
    assert CliRunner().invoke(command.app, words.split()).exit_code == 0
    assert seen == [plain(words.split())]


@pytest.mark.parametrize("words", OTHER, ids=lambda words: words or "nothing")
def test_plain_other_words_are_left_to_the_command_line(words: str) -> None:
    """Help, mistakes and spellings that are only nearly plain."""
    assert plain(words.split()) is None


def test_plain_knows_every_option_of_the_command() -> None:
    """An option that is added to the command is a field of the request, and the other way round."""
    group: Any = typer.main.get_command(command.app)
    options = {
        name for one in group.commands["manifests"].params for name in one.opts if name.startswith("--")
    }
    known = {f"--{one.name.replace('_', '-')}" for one in fields(Request)} - {"--family", "--paths"}
    assert known == options - {"--help"}


def test_plain_takes_files_as_paths() -> None:
    """What is written to is a path, not a text."""
    found = plain(["manifests", "a", "--ledger", "out.jsonl"])
    assert found is not None
    assert found.ledger == Path("out.jsonl")
