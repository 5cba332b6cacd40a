"""What the service answers: prices, refusals, who it is and how it fares."""

from __future__ import annotations

from typing import Any

import httpx
from pytest_bdd import parsers, then, when
from tests.e2e.place import Place

from hallmark.pytest_plugin import Surroundings

LINE = {"sku": "MUG-RED", "quantity": 2, "unit_price_cents": 1250}
MISTAKES: dict[str, dict[str, Any]] = {
    "no lines": {"country": "DE", "lines": []},
    "a quantity of zero": {"country": "DE", "lines": [{**LINE, "quantity": 0}]},
    "a price in words": {"country": "DE", "lines": [{**LINE, "unit_price_cents": "twelve"}]},
    "a country without tariff": {"country": "ZZ", "lines": [LINE]},
    "a field nobody knows": {"country": "DE", "lines": [LINE], "discount": 100},
}


def cents(amount: str) -> int:
    """Hundredths in an amount such as 12.50."""
    whole, _, part = amount.partition(".")
    assert len(part) == 2, f"{amount!r} is no amount"
    return int(whole) * 100 + int(part)


@when(
    parsers.re(
        r"a customer in (?P<country>[A-Z]{2}) asks for the price of (?P<count>\d+) x (?P<sku>\S+) at (?P<at>.+)"
    ),
    target_fixture="answer",
)
def ask_price(customer: httpx.Client, country: str, count: str, sku: str, at: str) -> httpx.Response:
    line = {"sku": sku, "quantity": int(count), "unit_price_cents": cents(at)}
    return customer.post("/v1/quotes", json={"country": country, "lines": [line]})


@when(parsers.parse("a customer asks for the price of an order with {mistake}"), target_fixture="answer")
def ask_nonsense(customer: httpx.Client, mistake: str) -> httpx.Response:
    return customer.post("/v1/quotes", json=MISTAKES[mistake])


@when("the service is asked what it is", target_fixture="answer")
def ask_version(customer: httpx.Client) -> httpx.Response:
    return customer.get("/version")


@when("the service is asked whether it lives and is ready", target_fixture="answers")
def ask_health(customer: httpx.Client) -> list[httpx.Response]:
    return [customer.get("/livez"), customer.get("/readyz")]


@then("it says yes to both")
def says_yes(answers: list[httpx.Response]) -> None:
    assert [answer.status_code for answer in answers] == [200, 200], [answer.text for answer in answers]


@then(parsers.parse("the goods cost {goods}, the tax is {tax}, the shipping is {shipping}"))
def parts_are(answer: httpx.Response, goods: str, tax: str, shipping: str) -> None:
    assert answer.status_code == 200, answer.text
    quote = answer.json()
    found = [quote[name] for name in ("subtotal_cents", "tax_cents", "shipping_cents")]
    assert found == [cents(goods), cents(tax), cents(shipping)]


@then(parsers.parse("the total is {total}"))
def total_is(answer: httpx.Response, total: str) -> None:
    assert answer.json()["total_cents"] == cents(total)


@then("the order is refused as invalid")
def is_refused(answer: httpx.Response) -> None:
    assert answer.status_code == 422, f"{answer.status_code} {answer.text}"


@then(parsers.parse("the refusal names {place}"))
def refusal_names(answer: httpx.Response, place: str) -> None:
    assert place in [problem["where"] for problem in answer.json()["detail"]], answer.text


@then("it names the image digest that its replicas run")
def names_digest(answer: httpx.Response, place: Place, environment: Surroundings) -> None:
    images = {pod["spec"]["containers"][0]["image"] for pod in place.ready_pods()}
    assert {image.rpartition("@")[2] for image in images} == {answer.json()["image_digest"]}, images
    if "HALLMARK_IMAGE" in environment.variables:
        assert images == {environment.image}


@then("it names the commit that it was deployed from")
def names_commit(answer: httpx.Response, place: Place, environment: Surroundings) -> None:
    notes = {pod["metadata"]["annotations"]["hallmark.dev/commit"] for pod in place.ready_pods()}
    assert notes == {answer.json()["commit"]}
    if "HALLMARK_COMMIT" in environment.variables:
        assert notes == {environment.commit}


@then("it names the environment that its stage sets")
def names_environment(answer: httpx.Response, place: Place, environment: Surroundings) -> None:
    assert answer.json()["environment"] == place.settings()["QUOTES_ENVIRONMENT"]
    if "HALLMARK_STAGE" in environment.variables:
        assert answer.json()["environment"] == environment.stage


@then("the price is in the currency that its stage sets")
def in_currency(answer: httpx.Response, place: Place) -> None:
    assert answer.status_code == 200, answer.text
    assert answer.json()["currency"] == place.settings()["QUOTES_CURRENCY"]
