"""What a client reads when its request is refused: `{"detail": [{"where", "message"}]}`, always plain ASCII JSON.

FastAPI's own answer echoes the input. Input can hold what JSON cannot say again (NaN, half a surrogate pair),
and then a bad request would end as a 500; besides, nobody's data belongs in an error.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

MAX_REPORTED = 20
_MAX_PLACE = 80


def answer(
    status: int, problems: Sequence[tuple[str, str]], headers: dict[str, str] | None = None
) -> Response:
    """A response of `status` with (where, message) pairs as its detail."""
    detail = [{"where": where[:_MAX_PLACE], "message": message} for where, message in problems]
    body = json.dumps({"detail": detail}, ensure_ascii=True)
    return Response(body, status_code=status, headers=headers, media_type="application/json")


async def _on_invalid(_request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)  # noqa: S101 - registered for this class alone
    found = error.errors()
    problems = [(_place(item["loc"]), str(item["msg"])) for item in found[:MAX_REPORTED]]
    if len(found) > MAX_REPORTED:
        problems.append(("", f"and {len(found) - MAX_REPORTED} more"))
    return answer(422, problems)


async def _on_refused(_request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 - registered for this class alone
    return answer(error.status_code, [("", str(error.detail))], dict(error.headers or {}))


def _place(location: Sequence[Any]) -> str:
    return ".".join(str(part) for part in location)


def install(app: FastAPI) -> None:
    app.add_exception_handler(RequestValidationError, _on_invalid)
    app.add_exception_handler(HTTPException, _on_refused)
