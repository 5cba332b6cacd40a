"""The outermost middleware: gives every request an id, measures it, logs it, and keeps failures presentable."""

from __future__ import annotations

import logging
import re
import time
import uuid

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from quotes.lifecycle import Lifecycle
from quotes.observability.metrics import Metrics
from quotes.problems import answer

_SANE_ID = re.compile(rb"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_METHODS = {"DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"}
# Asked every second by machines: logged only when somebody wants all of it.
_QUIET_ROUTES = {"/livez", "/readyz", "/metrics"}

log = logging.getLogger("quotes.requests")


class Requests:
    """ASGI middleware around everything else. While draining it asks clients to take a new connection."""

    def __init__(self, app: ASGIApp, *, metrics: Metrics, lifecycle: Lifecycle) -> None:
        self._app = app
        self._metrics = metrics
        self._lifecycle = lifecycle

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id = _request_id(scope)
        # 499 in the log: the client went away before there was an answer.
        status = 499

        async def tell(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message.get("headers", ()), (b"x-request-id", request_id.encode())]
                if self._lifecycle.is_draining:
                    # Another pod answers the client's next request; this connection would be cut.
                    message["headers"].append((b"connection", b"close"))
            await send(message)

        began = time.perf_counter()
        self._metrics.in_flight.inc()
        try:
            await self._app(scope, receive, tell)
        except Exception:
            log.exception("request failed", extra={"request_id": request_id})
            if status != 499:
                raise  # half an answer is out already; the server cuts the connection
            await answer(500, [("", f"internal error; request id {request_id}")])(scope, receive, tell)
        finally:
            self._metrics.in_flight.dec()
            self._record(scope, request_id, status, time.perf_counter() - began)

    def _record(self, scope: Scope, request_id: str, status: int, duration_s: float) -> None:
        method = scope["method"] if scope["method"] in _METHODS else "OTHER"
        route = getattr(scope.get("route"), "path", "unmatched")
        self._metrics.requests.labels(method, route, str(status)).inc()
        self._metrics.duration.labels(method, route).observe(duration_s)
        log.log(
            logging.DEBUG if route in _QUIET_ROUTES and status < 500 else logging.INFO,
            "request",
            extra={
                "request_id": request_id,
                "method": method,
                "route": route,
                "status": status,
                "duration_ms": round(duration_s * 1000, 3),
            },
        )


def _request_id(scope: Scope) -> str:
    """The caller's X-Request-ID when it is a short plain word (it ends in logs and headers), else a new one."""
    given: list[bytes] = [value for name, value in scope["headers"] if name == b"x-request-id"]
    if len(given) == 1 and _SANE_ID.fullmatch(given[0]):
        return given[0].decode("ascii")
    return uuid.uuid4().hex
