"""Is it alive, may it have traffic, what is it, how does it fare."""

from __future__ import annotations

from typing import Literal

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel

from quotes.lifecycle import Phase

router = APIRouter(tags=["health"])


class Liveness(BaseModel):
    status: Literal["alive"] = "alive"


class Readiness(BaseModel):
    status: Phase


class Version(BaseModel):
    """What runs here; `commit` and `image_digest` are `unknown` outside a cluster."""

    service: str
    version: str
    environment: str
    commit: str
    image_digest: str


@router.get("/livez")
async def live() -> Liveness:
    """Answering at all is the proof: a blocked event loop would not. Draining is alive."""
    return Liveness()


@router.get("/readyz", responses={503: {"model": Readiness}})
async def ready(request: Request, response: Response) -> Readiness:
    """503 until started and from the moment the drain begins, so that endpoints are withdrawn."""
    lifecycle = request.app.state.lifecycle
    if not lifecycle.is_ready:
        response.status_code = 503
    return Readiness(status=lifecycle.phase)


@router.get("/version")
async def version(request: Request) -> Version:
    settings = request.app.state.settings
    return Version(
        service=request.app.title,
        version=request.app.version,
        environment=settings.environment,
        commit=settings.commit or "unknown",
        image_digest=settings.image_digest or "unknown",
    )


@router.get("/metrics", include_in_schema=False)
async def metrics(request: Request) -> Response:
    """Prometheus' text format."""
    body, media_type = request.app.state.metrics.exposition()
    return Response(body, media_type=media_type)
