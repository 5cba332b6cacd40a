"""How hypothesis runs in the layer (the same commit gets the same verdict, on a fast machine and a slow one), and an
API server whose answers a test chooses: for the errors that a real one cannot be brought to give.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile(
    "layer", derandomize=True, deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("layer")


class ApiServer:
    """Speaks the API's HTTP. `kinds` is what discovery says, `answers` what a method on a path is answered with (a
    list: one after the other, the last for good), `asked` every request. Whatever else is asked is answered {}.
    """

    def __init__(self, folder: Path) -> None:
        self.kinds: dict[str, dict[str, tuple[str, bool]]] = {
            "/api/v1": {"ConfigMap": ("configmaps", True), "Namespace": ("namespaces", False)},
            "/apis/apps/v1": {"Deployment": ("deployments", True)},
        }
        self.answers: dict[tuple[str, str], Any] = {}
        self.asked: list[tuple[str, str]] = []
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        self.kubeconfig = folder / "kubeconfig"
        url = f"http://127.0.0.1:{self._server.server_address[1]}"
        self.kubeconfig.write_text(
            json.dumps(
                {
                    "current-context": "test",
                    "contexts": [{"name": "test", "context": {"cluster": "test", "user": "test"}}],
                    "clusters": [{"name": "test", "cluster": {"server": url}}],
                    "users": [{"name": "test", "user": {}}],
                }
            )
        )

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def answer(self, method: str, path: str) -> tuple[int, Any]:
        self.asked.append((method, path))
        plain = path.partition("?")[0]
        chosen = self.answers.get((method, plain))
        if isinstance(chosen, list):
            chosen = chosen.pop(0) if len(chosen) > 1 else chosen[0]
        if chosen is not None:
            status, body = chosen
            return int(status), body
        if plain.count("/") <= plain.startswith("/apis/") + 2:
            kinds = self.kinds.get(plain)
            if kinds is None:
                return 404, {"message": "the server could not find the requested resource"}
            resources = [
                {"kind": kind, "name": name, "namespaced": own} for kind, (name, own) in kinds.items()
            ]
            parts = [{**one, "kind": "Scale", "name": f"{one['name']}/scale"} for one in resources]
            return 200, {"resources": [*parts, *resources]}
        return 200, {}

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def handle_one_request(self) -> None:
                self.raw_requestline = self.rfile.readline(65537)
                if not self.raw_requestline or not self.parse_request():
                    self.close_connection = True
                    return
                self.rfile.read(int(self.headers.get("Content-Length", 0)))
                status, body = server.answer(self.command, self.path)
                raw = json.dumps(body).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(raw)))
                self.end_headers()
                self.wfile.write(raw)

            def log_message(self, *_: Any) -> None:
                """Say nothing."""

        return Handler


@pytest.fixture
def api_server(tmp_path: Path) -> Iterator[ApiServer]:
    running = ApiServer(tmp_path)
    yield running
    running.close()
