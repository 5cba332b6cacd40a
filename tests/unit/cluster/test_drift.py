"""`env drift` asks the real terraform about an environment, and its exit code says what was found."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from hallmark import config
from hallmark.cli import verbs
from hallmark.cluster import eks_record
from hallmark.cluster.eks import Eks
from hallmark.outcome import CannotJudge, ExitCode, UsageError
from hallmark.terraform import Stack
from hallmark.terraform.drift import Difference

CHANGED = {
    "complete": True,
    "errored": False,
    "resource_drift": [
        {"address": "a.b", "change": {"actions": ["update"], "before": {"size": 1}, "after": {"size": 2}}}
    ],
}


def test_drift_of_an_environment_is_none_until_something_was_changed(
    checkout: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit code 0, then 1 with the attribute named; the state is as it was."""
    monkeypatch.chdir(checkout)
    Eks(config.load(checkout)).up("pr-7", nodes=1, owner="me", ttl_s=3600)
    state = eks_record.Place("pr-7").state
    before = state.read_bytes()
    assert verbs.call(["env", "drift", "pr-7", "--json"]) == ExitCode.PASS
    assert json.loads(capsys.readouterr().out) == {"environment": "pr-7", "differences": []}
    monkeypatch.setattr(Stack, "show", lambda *_: json.dumps(CHANGED).encode())
    assert verbs.call(["env", "drift", "pr-7"]) == ExitCode.REFUSED
    assert "a.b: size: 1 -> 2" in capsys.readouterr().err
    assert Eks(config.load(checkout)).drift("pr-7") == [Difference("a.b", "size", 1, 2)]
    assert state.read_bytes() == before


def test_drift_of_half_an_environment_is_unknown_and_of_none_is_wrong_usage(checkout: Path) -> None:
    """Nothing can be told of what was never made whole."""
    eks = Eks(config.load(checkout))
    with pytest.raises(UsageError, match="no environment pr-7 is known"):
        eks.drift("pr-7")
    eks.up("pr-7", nodes=1, owner="me", ttl_s=3600)
    record = eks_record.require_here("pr-7")
    eks_record.keep_here(replace(record, stage="making"))
    with pytest.raises(CannotJudge, match="environment pr-7 is making"):
        eks.drift("pr-7")
