"""What was asked and not judged keeps a whole from passing."""

from __future__ import annotations

from concurrent.futures import Future

import pytest

from hallmark.outcome import CannotJudge, Check, Outcome, Verdict
from hallmark.promotion.prove import Proof, lost


def verdict(layer: str, outcome: Outcome) -> Verdict:
    return Verdict(layer, (Check("one", outcome),), "2030-01-31T12:00:00Z", 0.0)


def test_outcome_of_every_asked_layer_passed_is_a_pass() -> None:
    """Nothing is missing, nothing is broken."""
    layers = ("unit", "e2e")
    proof = Proof(asked=layers, verdicts={layer: verdict(layer, Outcome.PASS) for layer in layers})
    assert proof.outcome is Outcome.PASS


def test_outcome_of_a_layer_that_never_ran_is_unknown() -> None:
    """A pass of one layer says nothing about the other."""
    proof = Proof(asked=("unit", "e2e"), verdicts={"unit": verdict("unit", Outcome.PASS)})
    assert proof.outcome is Outcome.UNKNOWN


def test_outcome_of_a_failure_is_a_failure_whatever_is_missing() -> None:
    """A layer that was not run because another failed does not hide the failure."""
    proof = Proof(asked=("unit", "e2e"), verdicts={"unit": verdict("unit", Outcome.FAIL)})
    assert proof.outcome is Outcome.FAIL


def test_outcome_of_nothing_is_unknown() -> None:
    """A run that judged nothing is not green."""
    assert Proof().outcome is Outcome.UNKNOWN


@pytest.mark.parametrize(
    ("ended", "reason"),
    [
        (verdict("unit", Outcome.PASS), ""),
        (verdict("unit", Outcome.FAIL), "layer unit did not pass"),
        (verdict("lint", Outcome.UNKNOWN), "layer lint did not pass"),
        (CannotJudge("no tool"), "another layer could not be judged"),
    ],
)
def test_lost_names_what_ended_badly(ended: Verdict | CannotJudge, reason: str) -> None:
    """A layer that still runs loses nothing; one that ended without a pass ends what still measures."""
    running: Future[Verdict] = Future()
    over: Future[Verdict] = Future()
    if isinstance(ended, CannotJudge):
        over.set_exception(ended)
    else:
        over.set_result(ended)
    assert lost([running]) == ""
    assert lost([running, over]) == reason
