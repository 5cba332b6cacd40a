"""Puts the application together. Nothing happens at import; a test builds as many as it likes."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from quotes import problems
from quotes.lifecycle import Lifecycle
from quotes.limits import BodyLimit
from quotes.observability.metrics import Metrics
from quotes.observability.requests import Requests
from quotes.routes import health, quotes
from quotes.settings import Settings

VERSION = "1.0.0"


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    app.state.lifecycle.become_ready()
    yield


def create_app(settings: Settings) -> FastAPI:
    """An application of its own: settings, metrics and lifecycle hang on `app.state`, nothing is global."""
    # No documentation pages: they would load scripts from elsewhere. The schema itself is served.
    app = FastAPI(title="quotes", version=VERSION, lifespan=_lifespan, docs_url=None, redoc_url=None)
    app.state.settings = settings
    app.state.lifecycle = Lifecycle()
    app.state.metrics = Metrics()
    problems.install(app)
    for router in (health.router, quotes.router):
        app.include_router(router)
    # The last one added is the outermost.
    app.add_middleware(BodyLimit, max_bytes=settings.max_body_bytes, seconds=settings.body_seconds)
    app.add_middleware(Requests, metrics=app.state.metrics, lifecycle=app.state.lifecycle)
    return app
