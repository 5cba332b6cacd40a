"""OPA is started before anything else is imported, and only taken for what the check itself would have started."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from hallmark import folders, ignition
from hallmark.outcome import CannotJudge
from hallmark.policy import opa, sources
from hallmark.policy.opa import Opa

SOURCES = sources.find(None, "manifests")
FAMILY = "manifests"
RULE = SOURCES.rules[0].stem


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A cache of its own, and nothing left running."""
    monkeypatch.setattr(ignition, "cache_home", lambda: str(tmp_path))
    yield tmp_path
    ignition.put_out()


def lit() -> ignition.Lit:
    """The one OPA that was started."""
    (one,) = ignition._lit
    return one


def is_running(pid: int) -> bool:
    try:
        return os.waitpid(pid, os.WNOHANG) == (0, 0)
    except ChildProcessError:
        return False


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"XDG_CACHE_HOME": "/x"},
        {"HALLMARK_CACHE": "/h"},
        {"XDG_CACHE_HOME": "/x", "HALLMARK_CACHE": "/h"},
    ],
    ids=lambda given: "+".join(given) or "none",
)
def test_cache_is_that_of_everything_else(given: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    """It is found without pathlib, and in the same place."""
    monkeypatch.undo()
    for name in ("XDG_CACHE_HOME", "HALLMARK_CACHE"):
        monkeypatch.delenv(name, raising=False)
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    assert ignition.cache_home() == str(folders.cache_home())


def test_remembered_opa_is_started_and_taken_by_the_check() -> None:
    """Word for word what the check would start: it answers, and leaves nothing."""
    ignition.note(FAMILY, opa.how(SOURCES))
    ignition.light([FAMILY, "there"])
    started = lit()
    with Opa(SOURCES, 60) as one:
        assert one.was_lit
        assert one._child.pid == started.pid
        assert one.ask([RULE], "[]").keys() == {RULE}
    assert not is_running(started.pid)
    assert not Path(started.folder).exists()


@pytest.mark.parametrize(
    "words",
    [[], ["plan", "there"], [FAMILY, "there", "--policies", "mine"], [FAMILY, "there", "--policies=mine"]],
    ids=["nothing", "another-family", "policies", "policies-equals"],
)
def test_what_is_not_remembered_is_not_started(words: Sequence[str]) -> None:
    """Only the kit's own rules of a family that was judged before are."""
    ignition.note(FAMILY, opa.how(SOURCES))
    ignition.light(words)
    assert ignition._lit == []


def test_changed_program_is_not_started(tmp_path: Path) -> None:
    """A program that the file system shows to be another one must be checked before it runs."""
    program = tmp_path / "opa"
    program.touch(mode=0o755)
    ignition.note(FAMILY, [str(program), "run"])
    program.write_text("#!/bin/sh\n", encoding="utf-8")
    ignition.light([FAMILY])
    program.unlink()
    ignition.light([FAMILY])
    assert ignition._lit == []


@pytest.mark.parametrize("content", [b"", b"\0", b"1\0", b"\xff\0\xff", b"words"], ids=repr)
def test_broken_memory_starts_nothing(content: bytes) -> None:
    """What nobody can read is as good as nothing."""
    ignition.note(FAMILY, opa.how(SOURCES))
    Path(ignition._memory(FAMILY)).write_bytes(content)
    ignition.light([FAMILY])
    assert ignition._lit == []


def test_opa_with_other_rules_is_ended_and_another_started() -> None:
    """Rules that came or went since the last check make other words."""
    ignition.note(FAMILY, opa.how(replace(SOURCES, rules=SOURCES.rules[1:])))
    ignition.light([FAMILY])
    started = lit()
    with Opa(SOURCES, 60) as one:
        assert not one.was_lit
        assert not is_running(started.pid)
        assert not Path(started.folder).exists()
        assert one.ask([RULE], "[]").keys() == {RULE}


def test_check_remembers_how_its_opa_was_started() -> None:
    """The next one finds it."""
    with opa.early(None, FAMILY):
        pass
    ignition.light([FAMILY])
    assert list(lit().argv) == opa.how(SOURCES)


def test_lit_opa_that_was_killed_is_no_answer() -> None:
    """It is missed as any other is."""
    ignition.note(FAMILY, opa.how(SOURCES))
    ignition.light([FAMILY])
    os.kill(lit().pid, signal.SIGKILL)
    with Opa(SOURCES, 60) as one, pytest.raises(CannotJudge, match="SIGKILL"):
        one.ask([RULE], "[]")


def test_untaken_opa_is_ended_at_once() -> None:
    """Even before it came to be a program: nothing of it is left."""
    ignition.note(FAMILY, opa.how(SOURCES))
    ignition.light([FAMILY])
    started = lit()
    began = time.monotonic()
    ignition.put_out()
    assert time.monotonic() - began < 30
    assert not is_running(started.pid)
    assert not Path(started.folder).exists()
    assert ignition._lit == []


def test_bytecode_is_kept_in_the_cache_where_it_may_not_lie_beside_the_source(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """PYTHONDONTWRITEBYTECODE is about the folders of others; a place that was chosen is left alone."""
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    monkeypatch.setattr(sys, "pycache_prefix", "/chosen")
    ignition.keep_bytecode()
    assert (sys.dont_write_bytecode, sys.pycache_prefix) == (True, "/chosen")
    monkeypatch.setattr(sys, "pycache_prefix", None)
    ignition.keep_bytecode()
    assert (sys.dont_write_bytecode, sys.pycache_prefix) == (False, f"{home}/bytecode")
