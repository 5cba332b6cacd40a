"""Three outcomes, and nothing evaluated is never a pass."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from hallmark.outcome import Check, ExitCode, Outcome, Verdict


@given(st.lists(st.sampled_from(Outcome)))
def test_of_is_a_pass_only_when_everything_passed(outcomes: list[Outcome]) -> None:
    """One fail fails, one unknown keeps from passing, an empty list is unknown."""
    whole = Outcome.of(outcomes)
    assert (whole is Outcome.PASS) == (bool(outcomes) and all(one is Outcome.PASS for one in outcomes))
    assert (whole is Outcome.FAIL) == (Outcome.FAIL in outcomes)


def test_exit_code_has_one_meaning_each() -> None:
    """0 pass, 1 refused, 2 unknown."""
    assert [ExitCode.of(outcome) for outcome in Outcome] == [0, 1, 2]


def test_broken_names_failures_first() -> None:
    """What failed is told before what could not be judged."""
    checks = (Check("a", Outcome.UNKNOWN), Check("b", Outcome.PASS), Check("c", Outcome.FAIL))
    verdict = Verdict("unit", checks, "2030-01-31T12:00:00Z", 0.0)
    assert [check.name for check in verdict.broken] == ["c", "a"]
