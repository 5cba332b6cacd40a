"""Every way to call a command wrongly ends with exit code 3 and a word on what to do; help is always there."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from hallmark.cli import main, verbs

ROOT = Path(__file__).resolve().parents[2]


def call(monkeypatch: pytest.MonkeyPatch, *words: str) -> int:
    monkeypatch.setattr(sys, "argv", ["hallmark", *words])
    monkeypatch.chdir(ROOT)
    with pytest.raises(SystemExit) as ended:
        main()
    code = ended.value.code
    assert isinstance(code, int)
    return code


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ("nonsense", "nonsense"),
        ("promote --to nowhere", "'nowhere' is no stage"),
        ("promote --nonsense", "--nonsense"),
        ("promote --digest latest", "latest"),
        ("rollback", "stage"),
        ("rollback nowhere", "'nowhere' is no stage"),
        ("test luck", "luck: no such layer"),
        ("test unit --only ruff", "--only"),
        ("up UPPER", "UPPER"),
        ("up x --ttl soon", "soon"),
        ("up x --nodes 99", "--nodes"),
        ("up x --provider magic", "'magic' is no provider"),
        ("down ../x", "../x"),
        ("verify sha256:abc", "sha256:abc"),
        ("verify", "digest"),
    ],
)
def test_call_with_wrong_words_is_wrong_usage(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], words: str, named: str
) -> None:
    """Exit code 3, an error that names the wrong word on standard error, nothing on standard output."""
    assert call(monkeypatch, *words.split()) == 3
    said = capsys.readouterr()
    assert said.err.startswith("error: ")
    assert named in said.err
    assert said.out == ""


def test_call_that_fails_by_a_defect_of_the_kit_is_unknown(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """An error that nobody foresaw is no refusal: exit code 2, and where it came from is shown."""

    def fail(_: object) -> int:
        raise ZeroDivisionError("by nothing")

    monkeypatch.setattr(verbs, "call", fail)
    assert call(monkeypatch, "status") == 2
    said = capsys.readouterr().err
    assert "ZeroDivisionError: by nothing" in said
    assert "error: the kit itself failed" in said


@pytest.mark.parametrize("verb", verbs.VERBS)
def test_help_teaches_every_verb(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], verb: str
) -> None:
    """Every verb explains itself in more than its usage line."""
    assert call(monkeypatch, verb, "--help") == 0
    assert len(capsys.readouterr().out.splitlines()) > 5


def test_call_outside_of_a_checkout_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """There is nothing to promote in a folder without settings."""
    monkeypatch.setattr(sys, "argv", ["hallmark", "status"])
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 3
    assert "no hallmark.toml" in capsys.readouterr().err


def test_command_interrupted_says_so_and_ends_with_130(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whoever stops a command hears that what it had started is gone."""

    def stopped(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("hallmark.policy.mutation.command.mutate", stopped)
    assert call(monkeypatch, "policy", "mutate", "--all") == 130
    assert "interrupted; what this run had started is cleaned up" in capsys.readouterr().err
