"""Runs the application until it is told to stop, and stops without losing a request.

On SIGTERM, in this order: readiness answers 503, requests are served on for `drain_seconds` while the cluster
withdraws the endpoint, then no new connection is accepted, requests under way get `finish_seconds`, exit 0.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
from collections.abc import Generator

import uvicorn
from fastapi import FastAPI

from quotes.lifecycle import Lifecycle
from quotes.settings import Settings

log = logging.getLogger("quotes.lifecycle")

# Longer than the idle time-out of the load balancers in front (60 s is their usual default): the side that
# sends next must not find a connection that this side has just closed.
KEEP_ALIVE_S = 75


class DrainingServer(uvicorn.Server):
    """uvicorn's server, with its reaction to signals replaced: drain first, and end with exit code 0."""

    def __init__(self, config: uvicorn.Config, lifecycle: Lifecycle, drain_s: float) -> None:
        super().__init__(config)
        self._lifecycle = lifecycle
        self._drain_s = drain_s

    @contextlib.contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self._stop, loop)
        try:
            yield
        finally:
            for number in (signal.SIGTERM, signal.SIGINT):
                loop.remove_signal_handler(number)

    def _stop(self, loop: asyncio.AbstractEventLoop) -> None:
        if self._lifecycle.is_draining:
            return  # asked twice: the drain has its own end already
        self._lifecycle.drain()
        log.info("draining for %g s", self._drain_s, extra={"phase": self._lifecycle.phase})
        loop.call_later(self._drain_s, self._leave)

    def _leave(self) -> None:
        log.info("no longer accepting connections", extra={"phase": self._lifecycle.phase})
        self.should_exit = True


def serve(app: FastAPI, settings: Settings) -> None:
    """Serve until SIGTERM or SIGINT. Raises SystemExit when the port cannot be had."""
    config = uvicorn.Config(
        app,
        host=settings.listen_host,
        port=settings.listen_port,
        # Each named, so that nothing is probed for at start.
        loop="asyncio",
        http="h11",
        ws="none",
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_keep_alive=KEEP_ALIVE_S,
        timeout_graceful_shutdown=round(settings.finish_seconds),
    )
    server = DrainingServer(config, app.state.lifecycle, settings.drain_seconds)
    log.info("serving", extra={"phase": app.state.lifecycle.phase})
    server.run()
    log.info("stopped", extra={"phase": app.state.lifecycle.phase})
