"""The gate is green for nothing but success, everywhere."""

from __future__ import annotations

import json

import pytest

from hallmark.layers import gate
from hallmark.outcome import ExitCode, Outcome


def needs(**results: str) -> str:
    return json.dumps({name: {"result": result, "outputs": {}} for name, result in results.items()})


def test_judge_tells_the_outcome_of_every_job() -> None:
    """Success passes, failure fails, and every other word is unknown."""
    assert gate.judge(
        needs(lint="success", unit="failure", image="cancelled", e2e="skipped", odd="SUCCESS")
    ) == {
        "lint": Outcome.PASS,
        "unit": Outcome.FAIL,
        "image": Outcome.UNKNOWN,
        "e2e": Outcome.UNKNOWN,
        "odd": Outcome.UNKNOWN,
    }


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (needs(lint="success", unit="success"), ExitCode.PASS),
        (needs(lint="success", unit="failure"), ExitCode.REFUSED),
        (needs(lint="failure", unit="cancelled"), ExitCode.REFUSED),
        (needs(lint="success", unit="cancelled"), ExitCode.UNKNOWN),
        (needs(lint="success", unit="skipped"), ExitCode.UNKNOWN),
        (needs(lint="success", unit=""), ExitCode.UNKNOWN),
        ("{}", ExitCode.UNKNOWN),
        ("[]", ExitCode.UNKNOWN),
        ("null", ExitCode.UNKNOWN),
        ("", ExitCode.UNKNOWN),
        ("no json", ExitCode.UNKNOWN),
        ('{"lint": "success"}', ExitCode.UNKNOWN),
        ('{"lint": {"outcome": "success"}}', ExitCode.UNKNOWN),
        ('{"lint": {"result": true}}', ExitCode.UNKNOWN),
    ],
)
def test_main_is_zero_only_when_every_job_succeeded(
    monkeypatch: pytest.MonkeyPatch, text: str, code: ExitCode
) -> None:
    """Cancelled, skipped, absent and malformed results are red like failed ones."""
    monkeypatch.setenv("NEEDS", text)
    assert gate.main() is code


def test_main_without_the_variable_is_unknown(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A workflow that forgot to hand over its needs is red, and the log says why."""
    monkeypatch.delenv("NEEDS", raising=False)
    assert gate.main() is ExitCode.UNKNOWN
    assert "NEEDS" in capsys.readouterr().err
