"""What was asked and not judged keeps a whole from passing, and a layer of two halves needs both."""

from __future__ import annotations

import io
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, cast

import pytest
from rich.console import Console

from hallmark import config
from hallmark.layers import infra, stacks
from hallmark.outcome import CannotJudge, Check, HallmarkError, Outcome, Verdict
from hallmark.promotion.board import Board
from hallmark.promotion.prove import Proof, Prover, lost

if TYPE_CHECKING:
    from hallmark.cluster import Provider
    from hallmark.layers import Target
    from hallmark.tools.fetching import Fetching

ROOT = Path(__file__).resolve().parents[3]


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


def _prover(tmp_path: Path, *layers: str) -> Prover:
    project = config.Project(tmp_path, config.load(ROOT).settings)
    board = Board(console=Console(file=io.StringIO()))
    return Prover(project, layers, board, cast("Provider", None), None)


def _about_stacks(
    prover: Prover, monkeypatch: pytest.MonkeyPatch, found: list[Check] | HallmarkError
) -> Future[list[Check] | None]:
    """What becomes of these checks of the stacks, or of this error."""

    def run(*_: object) -> list[Check]:
        if isinstance(found, HallmarkError):
            raise found
        return found

    monkeypatch.setattr(stacks, "run", run)
    monkeypatch.setattr(stacks, "needed_tools", lambda _: [])
    with ThreadPoolExecutor(1) as pool:
        return prover._start_on_stacks(pool, cast("Fetching", None))


SOUND = Check("fmt", Outcome.PASS)


def test_stacks_that_are_sound_are_judged_with_the_container(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The layer has one verdict, of both halves, and none before both are there."""
    prover = _prover(tmp_path, "infra")
    about_stacks = _about_stacks(prover, monkeypatch, [SOUND])
    assert prover.proof.verdicts == {}
    monkeypatch.setattr(infra, "run", lambda *_: [Check("user", Outcome.PASS)])
    prover._judge_target(cast("Target", None), [], about_stacks)
    judged = prover.proof.verdicts["infra"]
    assert [check.name for check in judged.checks] == ["fmt", "user"]
    assert prover.proof.outcome is Outcome.PASS


@pytest.mark.parametrize(
    ("found", "outcome"),
    [
        ([SOUND, Check("tflint", Outcome.FAIL)], Outcome.FAIL),
        ([SOUND, Check("tflint", Outcome.UNKNOWN)], Outcome.UNKNOWN),
        ([], Outcome.UNKNOWN),
        (CannotJudge("no terraform"), Outcome.UNKNOWN),
    ],
    ids=["fault", "unknown", "nothing", "error"],
)
def test_stacks_that_are_not_sound_decide_the_layer_before_anything_is_deployed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, found: list[Check] | HallmarkError, outcome: Outcome
) -> None:
    """The container is not looked at, and what it would have said cannot hide the fault."""
    prover = _prover(tmp_path, "infra")
    about_stacks = _about_stacks(prover, monkeypatch, found)
    assert prover.proof.verdicts["infra"].outcome is outcome
    assert not prover._may_deploy()
    monkeypatch.setattr(infra, "run", lambda *_: [Check("user", Outcome.PASS)])
    prover._judge_target(cast("Target", None), [], about_stacks)
    assert prover.proof.verdicts["infra"].outcome is outcome


def test_stacks_are_left_alone_where_the_layer_is_not_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A run of other layers neither plans nor fetches anything for it."""
    prover = _prover(tmp_path, "lint")
    assert not _about_stacks(prover, monkeypatch, [Check("tflint", Outcome.FAIL)]).done()
    assert prover.proof.verdicts == {}
    assert "terraform" not in prover._tools()
    assert "tflint" not in prover._tools()
