"""The service as a process: how it starts, refuses to start, and stops without losing a request."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

APP = Path(__file__).parents[2] / "app"
ORDER = b'{"country":"DE","lines":[{"sku":"A","quantity":1,"unit_price_cents":100}]}'


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def service(**settings: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The real process, once it answers readiness, and its address."""
    port = free_port()
    child = start(QUOTES_LISTEN_HOST="127.0.0.1", QUOTES_LISTEN_PORT=str(port), **settings)
    address = f"http://127.0.0.1:{port}"
    try:
        deadline = time.monotonic() + 60
        while True:
            try:
                if httpx.get(f"{address}/readyz", trust_env=False).status_code == 200:
                    break
            except httpx.TransportError:
                assert child.poll() is None, "the service ended at start"
                assert time.monotonic() < deadline, "the service does not answer"
                time.sleep(0.05)
        yield child, address
    finally:
        child.kill()
        child.communicate()


def start(**settings: str) -> subprocess.Popen[str]:
    bare = {name: value for name, value in os.environ.items() if not name.startswith("QUOTES_")}
    return subprocess.Popen(
        [sys.executable, "-m", "quotes"],
        cwd=APP,
        env={**bare, **settings},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def wait_until_draining(address: str) -> httpx.Response:
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        answer = httpx.get(f"{address}/readyz", trust_env=False)
        if answer.status_code == 503:
            return answer
    raise AssertionError("readiness never failed after SIGTERM")


def test_sigterm_drain_goes_in_order_and_ends_with_0() -> None:
    """Not ready at once, requests still served while draining, then the end with exit code 0."""
    with service(QUOTES_ENVIRONMENT="drain-test", QUOTES_DRAIN_SECONDS="3") as (child, address):
        child.send_signal(signal.SIGTERM)
        began = time.monotonic()
        assert wait_until_draining(address).json() == {"status": "draining"}
        headers = {"content-type": "application/json"}
        served = httpx.post(f"{address}/v1/quotes", content=ORDER, headers=headers, trust_env=False)
        assert (served.status_code, served.headers["connection"]) == (200, "close")
        assert child.wait(timeout=30) == 0
        assert time.monotonic() - began >= 2.9


def test_sigterm_request_under_way_is_finished_after_the_listener_closed() -> None:
    """A request whose body is still on its way when the drain ends gets its answer."""
    with service(QUOTES_ENVIRONMENT="drain-test", QUOTES_DRAIN_SECONDS="0") as (child, address):
        host, port = address.removeprefix("http://").split(":")
        with socket.create_connection((host, int(port)), timeout=30) as connection:
            head = ("POST /v1/quotes HTTP/1.1", "host: x", "content-type: application/json")
            lines = (*head, f"content-length: {len(ORDER)}", "", "")
            connection.sendall("\r\n".join(lines).encode() + ORDER[:10])
            assert "http_requests_in_flight 2.0" in wait_for_two(address)
            child.send_signal(signal.SIGTERM)
            wait_until_refused(host, int(port))
            connection.sendall(ORDER[10:])
            answer = b"".join(iter(lambda: connection.recv(4096), b""))
        assert answer.startswith(b"HTTP/1.1 200 ")
        assert child.wait(timeout=30) == 0


def wait_for_two(address: str) -> str:
    deadline = time.monotonic() + 10
    while True:
        text = httpx.get(f"{address}/metrics", trust_env=False).text
        if re.search(r"(?m)^http_requests_in_flight 2\.0$", text) or time.monotonic() > deadline:
            return text


def wait_until_refused(host: str, port: int) -> None:
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        try:
            socket.create_connection((host, port), timeout=5).close()
        except ConnectionResetError:
            continue  # it was waiting to be accepted when the listener closed
        except ConnectionRefusedError:
            return
    raise AssertionError("new connections are still accepted")


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        ({}, "QUOTES_ENVIRONMENT: Field required"),
        ({"QUOTES_ENVIRONMENT": "x", "QUOTES_CURENCY": "EUR"}, "no such setting"),
    ],
)
def test_start_wrong_settings_ends_with_2_and_one_line(settings: dict[str, str], says: str) -> None:
    """The reason in one line on stderr, nothing on stdout, no traceback."""
    child = start(**settings)
    out, err = child.communicate(timeout=60)
    assert (child.returncode, out, len(err.splitlines())) == (2, "", 1)
    assert says in err


def test_start_port_in_use_ends_with_an_error() -> None:
    """A port that somebody has is not waited for."""
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        port = str(holder.getsockname()[1])
        child = start(QUOTES_ENVIRONMENT="x", QUOTES_LISTEN_HOST="127.0.0.1", QUOTES_LISTEN_PORT=port)
        out, _ = child.communicate(timeout=60)
    assert child.returncode not in (0, None)
    assert "address already in use" in out.lower()
