"""Releases that come, fail and are taken back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import httpx
import pytest
from pytest_bdd import given, parsers, then, when
from tests.e2e.place import Object, Place
from tests.e2e.releases import Releases, push_twin
from tests.e2e.steps.replicas import ReadyWatch, uids

from hallmark.load import Load
from hallmark.pytest_plugin import Surroundings

NEW_COMMIT = "c0ffee" + "0" * 34
OTHER_CURRENCY = "CHF"
# A release may say when to give it up; this one says so soon, since it will never become ready.
GIVE_UP_S = 8

FLAWS: dict[str, Callable[[Releases, Surroundings], list[Object]]] = {
    "crashes at its start": lambda releases, _: releases.with_setting(
        releases.with_commit(NEW_COMMIT), "QUOTES_CURRENCY", "DOUBLOONS"
    ),
    "never becomes ready": lambda releases, _: releases.never_ready(deadline_s=GIVE_UP_S),
    "asks for an image that is nowhere": lambda releases, environment: releases.with_image(
        releases.tested, f"{environment.image.rpartition('@')[0]}@sha256:{'0' * 64}"
    ),
}
# What the engine must say of each, whatever else it says.
CAUSES = {
    "an invalid QUOTES_CURRENCY": ["exited with", "QUOTES_CURRENCY"],
    "its readiness": ["Readiness probe failed"],
    "an image that cannot be had": ["Image", "0" * 64],
}


@dataclass(frozen=True)
class NewRelease:
    """A release that differs from the tested one in all that can be asked for: image, commit and a setting."""

    objects: list[Object]
    digest: str


@pytest.fixture(scope="session")
def new_release(releases: Releases, environment: Surroundings) -> NewRelease:
    digest = push_twin(environment.registry_push, environment.image)
    assert digest != environment.digest
    image = f"{environment.image.rpartition('@')[0]}@{digest}"
    objects = releases.with_setting(releases.with_commit(NEW_COMMIT), "QUOTES_CURRENCY", OTHER_CURRENCY)
    return NewRelease(releases.with_image(objects, image), digest)


@pytest.fixture
def new_commit() -> str:
    return NEW_COMMIT


@when("a release with another image, commit and currency is deployed")
def deploy_new(
    releases: Releases, new_release: NewRelease, before: set[str], ready_watch: ReadyWatch
) -> None:
    assert before, "no replica runs"
    with ready_watch:
        releases.deploy(new_release.objects)


@when(parsers.parse("a release that {flaw} is deployed"), target_fixture="cause_of_failure")
def deploy_flawed(releases: Releases, environment: Surroundings, flaw: str, before: set[str]) -> str:
    assert before, "no replica runs"
    return releases.cause_of_failure(FLAWS[flaw](releases, environment), timeout_s=30)


@pytest.fixture
def before(place: Place) -> set[str]:
    """The replicas that run before what the scenario does."""
    return uids(place.pods())


@then(parsers.parse("the deployment is reported as failed because of {cause}"))
def reported_as_failed(cause_of_failure: str, cause: str) -> None:
    print(cause_of_failure)
    missing = [word for word in CAUSES[cause] if word not in cause_of_failure]
    assert not missing, f"{missing} not in: {cause_of_failure}"


@given("a release with another image, commit and currency has taken over")
def new_has_taken_over(
    releases: Releases, new_release: NewRelease, customer: httpx.Client, traffic: Load
) -> None:
    releases.deploy(new_release.objects)
    assert what_answers(customer) == (new_release.digest, NEW_COMMIT, OTHER_CURRENCY)
    traffic.wait_for_answers(10)


@when("that release is taken back")
def take_back(releases: Releases) -> None:
    releases.take_back()


@then("the image, commit and currency of the release under test answer again")
def tested_answers_again(customer: httpx.Client, environment: Surroundings, place: Place) -> None:
    expected = (environment.digest, environment.commit, place.settings()["QUOTES_CURRENCY"])
    assert expected[2] != OTHER_CURRENCY
    # More often than there are replicas: each call may meet another one.
    assert {what_answers(customer) for _ in range(12)} == {expected}


def what_answers(customer: httpx.Client) -> tuple[str, str, str]:
    """The image digest, the commit and the currency that answer now, each over a new connection."""
    headers = {"Connection": "close"}
    version = customer.get("/version", headers=headers).raise_for_status().json()
    order = {"country": "DE", "lines": [{"sku": "MUG", "quantity": 1, "unit_price_cents": 100}]}
    quote = customer.post("/v1/quotes", json=order, headers=headers).raise_for_status().json()
    return version["image_digest"], version["commit"], quote["currency"]


@pytest.fixture
def ready_watch(place: Place) -> Iterator[ReadyWatch]:
    watch = ReadyWatch(place)
    yield watch
    watch.end()
