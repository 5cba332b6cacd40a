"""Work that keeps replicas busy, and the number of replicas that follows it: what the experiment saw."""

from __future__ import annotations

import pytest
from pytest_bdd import given, parsers, then, when
from tests.e2e.work import Experiment


@pytest.fixture
def running(experiment: Experiment | None) -> Experiment:
    assert experiment is not None, "the experiment on the autoscaler was not begun"
    return experiment


@given("the service runs with as few replicas as it may")
def at_its_least(running: Experiment) -> None:
    running.wait_for("at its least")


@when("its replicas are kept busy", target_fixture="busy_since")
def keep_busy(running: Experiment) -> float:
    return running.wait_for("busy")


@then(parsers.parse("another replica is ready within {seconds:d} seconds"))
def another_ready(running: Experiment, busy_since: float, seconds: int) -> None:
    took_s = running.wait_for("more ready") - busy_since
    print(f"another replica was ready after {took_s:.1f} s")
    assert took_s <= seconds


@then(
    parsers.parse(
        "the service asks for as few replicas as it may within {seconds:d} seconds after the work has ended"
    )
)
def back_to_least(running: Experiment, seconds: int) -> None:
    ended = running.wait_for("work ended")
    took_s = running.wait_for("back at its least") - ended
    print(f"as few replicas as it may after {took_s:.1f} s")
    assert took_s <= seconds
