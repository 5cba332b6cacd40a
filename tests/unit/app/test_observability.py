"""Logs, request ids and metrics: complete, bounded, and silent about what people send."""

import io
import json
import logging
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient
from prometheus_client.parser import text_string_to_metric_families

from quotes.observability import logs
from quotes.routes import quotes

ORDER = {"country": "DE", "lines": [{"sku": "SECRET-SKU", "quantity": 2, "unit_price_cents": 1250}]}


@pytest.fixture
def log_lines() -> Iterator[Callable[[], list[dict[str, Any]]]]:
    """What the service logs during a test, one parsed record a line."""
    stream = io.StringIO()
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    logs.configure("debug", stream)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    root.handlers[:] = before
    root.setLevel(level)


def samples(client: TestClient, name: str) -> dict[tuple[str, ...], float]:
    families = text_string_to_metric_families(client.get("/metrics").text)
    found = [sample for family in families for sample in family.samples if sample.name == name]
    return {tuple(sample.labels[key] for key in sorted(sample.labels)): sample.value for sample in found}


def test_request_any_is_logged_in_one_line_without_its_content(
    client: TestClient, log_lines: Callable[[], list[dict[str, Any]]]
) -> None:
    """Method, route, status, time and id; not the path's own text, not the body, not a header."""
    client.post(
        "/v1/quotes?token=SECRET", json=ORDER, headers={"authorization": "SECRET", "x-request-id": "r-1"}
    )
    (line,) = [line for line in log_lines() if line["logger"] == "quotes.requests"]
    assert {key: line[key] for key in ("level", "message", "request_id", "method", "route", "status")} == {
        "level": "info",
        "message": "request",
        "request_id": "r-1",
        "method": "POST",
        "route": "/v1/quotes",
        "status": 200,
    }
    assert 0 <= line["duration_ms"] < 60_000
    assert "SECRET" not in json.dumps(line)


def test_request_probe_is_logged_at_debug_only(
    client: TestClient, log_lines: Callable[[], list[dict[str, Any]]]
) -> None:
    """Probes and scrapes would drown everything else."""
    for path in ("/livez", "/readyz", "/metrics"):
        client.get(path)
    assert {line["level"] for line in log_lines() if line["logger"] == "quotes.requests"} == {"debug"}


def test_request_id_sane_is_returned_as_given(client: TestClient) -> None:
    """A caller's id goes through, so that one id follows a request everywhere."""
    assert (
        client.get("/livez", headers={"x-request-id": "trace-01.a_B"}).headers["x-request-id"]
        == "trace-01.a_B"
    )


@pytest.mark.parametrize("given", ["", "a b", "x" * 65, 'a"b', "{}", "-a", "a\tb"])
def test_request_id_not_sane_is_replaced(client: TestClient, given: str) -> None:
    """Anything that could forge a log line or a header is dropped for a fresh id."""
    returned = client.get("/livez", headers={"x-request-id": given}).headers["x-request-id"]
    assert re.fullmatch(r"[0-9a-f]{32}", returned)


def test_request_id_missing_is_made_anew_each_time(client: TestClient) -> None:
    """Two requests never share a made id."""
    assert len({client.get("/livez").headers["x-request-id"] for _ in range(5)}) == 5


def test_failure_inside_a_handler_is_a_500_with_its_id_and_one_trace_in_the_log(
    client: TestClient, log_lines: Callable[[], list[dict[str, Any]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The client gets an id to quote, the log gets the cause, and the count gets its 500."""
    monkeypatch.setattr(quotes, "price", lambda *_: 1 / 0)
    response = client.post("/v1/quotes", json=ORDER, headers={"x-request-id": "r-2"})
    assert response.status_code == 500
    assert response.json()["detail"] == [{"where": "", "message": "internal error; request id r-2"}]
    (line,) = [line for line in log_lines() if line["level"] == "error"]
    assert line["request_id"] == "r-2"
    assert "ZeroDivisionError" in line["error"]
    assert samples(client, "http_requests_total")[("POST", "/v1/quotes", "500")] == 1


def test_metrics_requests_are_counted_by_template_and_status(client: TestClient) -> None:
    """One label value a route: strangers' paths and methods cannot make more."""
    for path in ("/a", "/b", "/v1/quotes/7"):
        client.get(path)
    client.request("BREW", "/coffee")
    client.post("/v1/quotes", json=ORDER)
    client.post("/v1/quotes", json={})
    client.get("/v1/quotes")
    assert samples(client, "http_requests_total") == {
        ("GET", "unmatched", "404"): 3,
        ("OTHER", "unmatched", "404"): 1,
        ("POST", "/v1/quotes", "200"): 1,
        ("POST", "/v1/quotes", "422"): 1,
        ("GET", "/v1/quotes", "405"): 1,
    }


def test_metrics_latency_and_in_flight_count_the_scrape_itself(client: TestClient) -> None:
    """A histogram by route, and the one request under way while metrics are read: the scrape."""
    client.get("/version")
    assert samples(client, "http_request_duration_seconds_count")[("GET", "/version")] == 1
    assert samples(client, "http_requests_in_flight") == {(): 1}


def test_refusals_of_the_router_are_plain_json(client: TestClient) -> None:
    """404 and 405 look like every other refusal."""
    assert client.get("/nowhere").json() == {"detail": [{"where": "", "message": "Not Found"}]}
    wrong = client.get("/v1/quotes")
    assert (wrong.status_code, wrong.headers["allow"]) == (405, "POST")
