"""POST /v1/quotes: the amounts, the limits, and that no input whatsoever ends as a 500."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

LINE = {"sku": "MUG-RED", "quantity": 2, "unit_price_cents": 1250}
ORDER = {"country": "DE", "lines": [LINE]}


def order(**changes: Any) -> dict[str, Any]:
    return {**ORDER, **changes}


def test_quote_valid_order_gives_every_part_in_the_environments_currency(client: TestClient) -> None:
    """Goods, tax, shipping and their sum, as integers of hundredths."""
    response = client.post("/v1/quotes", json=ORDER)
    assert response.status_code == 200
    assert response.json() == {
        "currency": "GBP",
        "country": "DE",
        "subtotal_cents": 2500,
        "tax_cents": 475,
        "shipping_cents": 490,
        "total_cents": 3465,
    }


@pytest.mark.parametrize(
    ("body", "where"),
    [
        ({}, "body.country"),
        ([], "body"),
        (order(country="XX"), "body.country"),
        (order(country="de"), "body.country"),
        (order(lines=[]), "body.lines"),
        (order(lines=[LINE] * 101), "body.lines"),
        (order(discount=10), "body.discount"),
        (order(lines=[{**LINE, "note": "gift"}]), "body.lines.0.note"),
        (order(lines=[{**LINE, "sku": "a b"}]), "body.lines.0.sku"),
        (order(lines=[{**LINE, "quantity": 0}]), "body.lines.0.quantity"),
        (order(lines=[{**LINE, "quantity": 1001}]), "body.lines.0.quantity"),
        (order(lines=[{**LINE, "quantity": "2"}]), "body.lines.0.quantity"),
        (order(lines=[{**LINE, "quantity": True}]), "body.lines.0.quantity"),
        (order(lines=[{**LINE, "quantity": 2.0}]), "body.lines.0.quantity"),
        (order(lines=[{**LINE, "unit_price_cents": -1}]), "body.lines.0.unit_price_cents"),
        (order(lines=[{**LINE, "unit_price_cents": 10**8 + 1}]), "body.lines.0.unit_price_cents"),
    ],
)
def test_quote_invalid_order_is_refused_where_it_is_wrong(client: TestClient, body: Any, where: str) -> None:
    """422 with the place and a sentence, for everything that is not exactly an order."""
    response = client.post("/v1/quotes", json=body)
    assert response.status_code == 422
    problems = response.json()["detail"]
    assert where in [problem["where"] for problem in problems]
    assert all(problem["message"] for problem in problems)


def test_quote_unknown_country_names_the_known_ones(client: TestClient) -> None:
    """The message says what would have been right."""
    (problem,) = client.post("/v1/quotes", json=order(country="XX")).json()["detail"]
    assert problem["message"].startswith("no tariff for this country; known are AT, BE, CH, DE")


def test_quote_hundreds_of_problems_answers_with_the_first_and_a_count(client: TestClient) -> None:
    """An answer stays small, however much is wrong."""
    bad = order(lines=[{"sku": "", "quantity": 0, "unit_price_cents": -1}] * 50)
    problems = client.post("/v1/quotes", json=bad).json()["detail"]
    assert len(problems) == 21
    assert problems[-1]["message"] == "and 130 more"


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"{",
        b"null",
        b"NaN",
        b'{"country": NaN, "lines": [Infinity]}',
        b'{"country": "\\ud800", "\\ud800": 1}',
        b"\xff\xfe\x00",
        b"[" * 20_000,
        b'{"country": "DE", "lines": [{"sku": "A", "quantity": 1' + b"0" * 6000 + b"}]}",
    ],
)
@pytest.mark.parametrize("media_type", ["application/json", "text/plain", "application/json; charset=utf-16"])
def test_quote_hostile_body_is_a_client_error(client: TestClient, raw: bytes, media_type: str) -> None:
    """What JSON parsers and encoders stumble over is answered with 4xx in plain JSON."""
    response = client.post("/v1/quotes", content=raw, headers={"content-type": media_type})
    assert 400 <= response.status_code < 500
    assert response.json()["detail"]


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters()),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.text(), inner, max_size=5),
    max_leaves=20,
)
near_orders = st.fixed_dictionaries(
    {},
    optional={
        "country": st.sampled_from(["DE", "XX"]) | json_values,
        "lines": json_values
        | st.lists(
            st.fixed_dictionaries(
                {},
                optional={
                    "sku": st.just("A") | json_values,
                    "quantity": json_values,
                    "unit_price_cents": json_values,
                },
            ),
            max_size=3,
        ),
    },
)


@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(body=json_values | near_orders)
def test_quote_any_json_at_all_is_answered_with_200_or_4xx(client: TestClient, body: Any) -> None:
    """Whatever JSON comes, the service neither breaks nor answers anything but a quote or a refusal."""
    raw = json.dumps(body).encode()
    response = client.post("/v1/quotes", content=raw, headers={"content-type": "application/json"})
    assert response.status_code == 200 or 400 <= response.status_code < 500
    json.loads(response.content)


@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(raw=st.binary(max_size=300))
def test_quote_any_bytes_at_all_are_a_client_error(client: TestClient, raw: bytes) -> None:
    """Bytes that are no order are refused, never a 500."""
    response = client.post("/v1/quotes", content=raw, headers={"content-type": "application/json"})
    assert 400 <= response.status_code < 500


def test_body_larger_than_the_limit_is_refused_before_it_is_read(start: Callable[..., TestClient]) -> None:
    """A size announced in the header is enough to refuse."""
    response = start(max_body_bytes=1024).post("/v1/quotes", content=b" " * 1025)
    assert (response.status_code, response.headers["connection"]) == (413, "close")
    assert response.json()["detail"] == [{"where": "body", "message": "larger than 1024 bytes"}]


def test_body_of_unannounced_size_above_the_limit_is_refused(start: Callable[..., TestClient]) -> None:
    """A chunked body is counted while it is read."""
    response = start(max_body_bytes=1024).post("/v1/quotes", content=iter([b" " * 600] * 3))
    assert response.status_code == 413


def test_body_at_the_limit_is_served(start: Callable[..., TestClient]) -> None:
    """The limit itself is allowed."""
    raw = json.dumps(ORDER).encode().ljust(1024)
    response = start(max_body_bytes=1024).post(
        "/v1/quotes", content=raw, headers={"content-type": "application/json"}
    )
    assert response.status_code == 200
