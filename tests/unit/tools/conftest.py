"""A real release server on loopback, and pins that point at it."""

from __future__ import annotations

import hashlib
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from hallmark.tools import pins, release


@dataclass
class Offer:
    """One path on the server: what it holds and how it misbehaves."""

    body: bytes = b""
    status: int = 200
    location: str = ""
    ranges: bool = True
    # The connection is cut after so many bytes, once for each entry.
    cuts: list[int] = field(default_factory=list)
    chunk_pause_s: float = 0.0
    # Nothing of the body is sent before this is set.
    gate: threading.Event | None = None


class ReleaseServer:
    """Serves `offers` by path and remembers every request as (path, Range header)."""

    def __init__(self) -> None:
        self.offers: dict[str, Offer] = {}
        self.requests: list[tuple[str, str]] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, format: str, *args: object) -> None: ...

            def do_HEAD(self) -> None:
                self.send_response(200)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def do_GET(self) -> None:
                outer.requests.append((self.path, self.headers.get("Range", "")))
                offer = outer.offers.get(self.path, Offer(status=404))
                outer._answer(self, offer)

        class Server(ThreadingHTTPServer):
            def handle_error(self, request: object, client_address: object) -> None:
                """A client that goes away in the middle is what these tests are about."""

        self._server = Server(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True
        )
        self._thread.start()

    def offer(self, path: str, body: bytes = b"", **more: Any) -> Offer:
        """Offer `body` at a path such as /releases.example/v1.2.3/tool."""
        self.offers[path] = Offer(body=body, **more)
        return self.offers[path]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def ranges_of(self, path: str) -> list[str]:
        return [header for asked, header in self.requests if asked == path]

    def close(self) -> None:
        for offer in self.offers.values():
            if offer.gate is not None:
                offer.gate.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def _answer(self, handler: BaseHTTPRequestHandler, offer: Offer) -> None:
        if offer.location:
            handler.send_response(302)
            handler.send_header("Location", offer.location)
            handler.send_header("Content-Length", "0")
            handler.end_headers()
            return
        begin = 0
        asked = handler.headers.get("Range", "")
        if asked and offer.ranges and offer.status == 200:
            begin = int(asked.removeprefix("bytes=").removesuffix("-"))
            if begin >= len(offer.body):
                handler.send_response(416)
                handler.send_header("Content-Length", "0")
                handler.end_headers()
                return
        body = offer.body[begin:]
        handler.send_response(206 if begin else offer.status)
        if begin:
            handler.send_header("Content-Range", f"bytes {begin}-{len(offer.body) - 1}/{len(offer.body)}")
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        if offer.gate is not None:
            offer.gate.wait(30)
        if offer.cuts:
            handler.wfile.write(body[: offer.cuts.pop(0)])
            handler.close_connection = True
            return
        try:
            for at in range(0, len(body), 1024) if offer.chunk_pause_s else range(0, len(body), 1 << 20):
                handler.wfile.write(body[at : at + (1024 if offer.chunk_pause_s else 1 << 20)])
                time.sleep(offer.chunk_pause_s)
        except OSError:
            handler.close_connection = True


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache folder of its own, and no host remembered from another test."""
    home = tmp_path / "cache"
    monkeypatch.setenv("HALLMARK_CACHE", str(home))
    monkeypatch.delenv(release.MIRROR, raising=False)
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    release.forget_hosts()
    return home


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[ReleaseServer]:
    """The mirror that every release URL is fetched from."""
    running = ReleaseServer()
    monkeypatch.setenv(release.MIRROR, running.url)
    yield running
    running.close()


MakePin = Callable[..., pins.Pin]


@pytest.fixture
def make_pin() -> MakePin:
    """A pin of a released tool whose host is releases.example; `body` gives the checksum unless `sha256` does."""

    def make(body: bytes = b"", *, file: str = "tool", sha256: str | None = None, **more: str) -> pins.Pin:
        return pins.Pin(
            name="tool",
            version="v1.2.3",
            purpose="is a test",
            licence="Apache-2.0",
            group="default",
            build_s=1.0,
            order=0,
            key="0123456789abcdef",
            release=pins.Release(
                url=f"https://releases.example/v1.2.3/{file}",
                sha256=hashlib.sha256(body).hexdigest() if sha256 is None else sha256,
                checksum_url=more.get("checksum_url", ""),
                member=more.get("member", ""),
            ),
        )

    return make
