"""A suite counts what it ran: nothing collected, skipped or broken is never a pass."""

from __future__ import annotations

from pathlib import Path

import pytest

from hallmark.layers import judge, suite
from hallmark.outcome import CannotJudge, Check, Outcome, Refused


def outcomes(tmp_path: Path, source: str) -> list[tuple[str, Outcome]]:
    (tmp_path / "test_it.py").write_text(source)
    checks = suite.run(tmp_path, ["test_it.py"], tmp_path / "out", timeout_s=60)
    return [(check.name, check.outcome) for check in checks]


def test_run_reads_each_test_as_a_check(tmp_path: Path) -> None:
    """Passed, failed and skipped tests keep their names; a skipped one is unknown."""
    source = (
        "import pytest\n"
        "def test_good(): assert 1 == 1\n"
        "def test_bad(): assert 1 == 2\n"
        "@pytest.mark.skip(reason='no time')\n"
        "def test_left_out(): pass\n"
    )
    expected = [("test_good", Outcome.PASS), ("test_bad", Outcome.FAIL), ("test_left_out", Outcome.UNKNOWN)]
    assert outcomes(tmp_path, source) == expected


@pytest.mark.parametrize(("source", "name"), [("", "collection"), ("import nowhere_at_all\n", "pytest")])
def test_run_without_a_judgement_is_unknown(tmp_path: Path, source: str, name: str) -> None:
    """No test, and a file that cannot be imported, are unknown."""
    found = outcomes(tmp_path, source)
    assert found[-1] == (name, Outcome.UNKNOWN)
    assert Outcome.of(outcome for _, outcome in found) is not Outcome.PASS


def test_run_an_error_in_a_fixture_fails(tmp_path: Path) -> None:
    """A test whose setup breaks did not pass."""
    source = "import pytest\n@pytest.fixture\ndef x(): raise OSError('gone')\ndef test_it(x): pass\n"
    assert outcomes(tmp_path, source) == [("test_it", Outcome.FAIL)]


def test_run_a_test_that_ends_pytest_is_unknown(tmp_path: Path) -> None:
    """A suite that exits in the middle has no report to believe."""
    found = outcomes(tmp_path, "import os\ndef test_it(): os._exit(0)\n")
    assert Outcome.of(outcome for _, outcome in found) is Outcome.UNKNOWN


def test_run_names_the_cause_in_the_message(tmp_path: Path) -> None:
    """The message of a failed check is the assertion, not a traceback."""
    (tmp_path / "test_it.py").write_text("def test_bad():\n    assert 1 == 2, 'one is not two'\n")
    (check,) = suite.run(tmp_path, ["test_it.py"], tmp_path / "out", timeout_s=60)
    assert "one is not two" in check.message
    assert len(check.message.splitlines()) <= 3


@pytest.mark.parametrize(
    ("error", "outcome"), [(Refused("no"), Outcome.FAIL), (CannotJudge("dead"), Outcome.UNKNOWN)]
)
def test_judge_a_layer_that_raises_has_a_verdict(tmp_path: Path, error: Exception, outcome: Outcome) -> None:
    """A layer that breaks is judged and leaves its files."""

    def broken() -> list[Check]:
        raise error

    verdict = judge("policy", tmp_path, broken)
    assert verdict.outcome is outcome
    assert (tmp_path / "policy" / "verdict.json").is_file()
    assert (tmp_path / "policy" / "junit.xml").is_file()


def test_judge_nothing_evaluated_is_unknown(tmp_path: Path) -> None:
    """An empty layer is not green."""
    assert judge("lint", tmp_path, list).outcome is Outcome.UNKNOWN
