"""Customers who go on calling, whatever happens to the service, and what they saw."""

from __future__ import annotations

import json
from collections.abc import Iterator

from pytest_bdd import given, parsers, then, when
from tests.e2e.place import Place
from tests.e2e.releases import Releases
from tests.e2e.steps.answers import LINE

from hallmark.load import Load, Request, Response, Result
from hallmark.outcome import Outcome
from hallmark.pytest_plugin import Surroundings

QUOTE = Request("/v1/quotes", "POST", json.dumps({"country": "DE", "lines": [LINE]}).encode())
VERSION = Request("/version")
# Long: what is asked here is whether an answer comes, and a busy machine is slow. How fast it comes is in the summary.
PATIENCE_S = 10.0
# How long customers go on after what a scenario is about, so that late failures are seen too.
AFTERMATH_ANSWERS = 50


def who_answered(response: Response) -> str | None:
    """The commit in an answer of /version; prices do not say who made them."""
    return response.json_field("commit")


@given(parsers.parse("customers send {rate:d} requests a second"), target_fixture="traffic")
def steady_traffic(environment: Surroundings, releases: Releases, rate: int) -> Iterator[Load]:
    del releases  # asked for because it holds the number of replicas still
    requests = (VERSION, QUOTE)
    with Load(
        environment.service_url,
        rate_per_s=rate,
        requests=requests,
        extract=who_answered,
        timeout_s=PATIENCE_S,
    ) as load:
        before = load.wait_for_answers(rate)
        assert before.outcome is Outcome.PASS, f"failing before anything happened: {before.summary()}"
        yield load


@when(parsers.parse("customers send {count:d} requests"), target_fixture="seen")
def burst(environment: Surroundings, count: int) -> Result:
    with Load(environment.service_url, rate_per_s=50, requests=(VERSION,), extract=who_answered) as load:
        return load.wait_for_answers(count)


def lossless(load: Load) -> Result:
    """End the traffic after a while more, and demand that no request of all of it failed."""
    goal = len(load.result().samples) + AFTERMATH_ANSWERS
    load.wait_until(lambda seen: len(seen.samples) >= goal, timeout_s=30, what="answers after the event")
    result = load.stop()
    print(result.summary())
    assert result.outcome is Outcome.PASS, result.summary()
    return result


@then("no request failed")
def nothing_failed(traffic: Load) -> None:
    lossless(traffic)


@then("only the release under test answered and no request failed")
def only_tested_answered(traffic: Load, environment: Surroundings) -> None:
    assert set(lossless(traffic).by_answer) == {environment.commit}


@then("the new release answers and no request failed")
def new_release_answers(traffic: Load, environment: Surroundings, new_commit: str) -> None:
    newest = [sample.answer for sample in traffic.result().samples if sample.answer][-1:]
    assert newest == [new_commit]
    assert set(lossless(traffic).by_answer) == {environment.commit, new_commit}


@then(parsers.parse("no request failed later than {seconds:d} seconds after it"))
def nothing_failed_later(traffic: Load, killed_at: float, seconds: int) -> None:
    limit_s = killed_at + seconds
    traffic.wait_until(
        lambda seen: seen.duration_s > limit_s + 2, timeout_s=60, what="traffic after the recovery"
    )
    result = traffic.stop()
    print(result.summary())
    assert result.sent > 0
    assert result.outcome is not Outcome.UNKNOWN, result.summary()
    assert result.failed_after(limit_s) == (), result.summary()


@then("none of them is answered by that replica")
def not_by_that_replica(seen: Result, unready_commit: str, place: Place) -> None:
    assert seen.failed == (), seen.summary()
    assert unready_commit not in seen.by_answer
    assert set(seen.by_answer) == {
        pod["metadata"]["annotations"]["hallmark.dev/commit"] for pod in place.ready_pods()
    }
