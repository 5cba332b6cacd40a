"""The service's settings: QUOTES_* variables, all checked before anything starts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

PREFIX = "QUOTES_"
# Kubernetes puts QUOTES_SERVICE_HOST, QUOTES_PORT=tcp://... and the like into every pod beside a Service of
# this name. They are not ours: no setting may be called so, and they are no misspelt settings either.
_SERVICE_LINK = re.compile(r"QUOTES_(SERVICE|PORT)(_|$)")
_UNKNOWN_WHEN_EMPTY = r"^(|unknown|sha256:[0-9a-f]{64})$"


class InvalidSettings(Exception):
    """The environment holds settings the service cannot start with; the text names every one, in one line."""


class Settings(BaseSettings):
    """What differs between environments. Times are seconds, sizes bytes."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="forbid")

    environment: Annotated[str, Field(pattern=r"^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$")]
    # Currencies with two decimals only: every amount is an integer of hundredths.
    currency: Literal["EUR", "USD", "GBP", "CHF"] = "EUR"
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    # Both come from pod annotations; without them the variable is empty. A commit with `+` and twelve digits
    # is one with uncommitted changes.
    image_digest: Annotated[str, Field(pattern=_UNKNOWN_WHEN_EMPTY)] = "unknown"
    commit: Annotated[str, Field(pattern=r"^(|unknown|[0-9a-f]{7,64}(\+[0-9a-f]{12})?)$")] = "unknown"
    listen_host: str = "0.0.0.0"  # noqa: S104 - a pod is reached by its own address
    listen_port: Annotated[int, Field(ge=1, le=65535)] = 8080
    # After SIGTERM: so long it serves on while not ready, then so long requests under way may take.
    drain_seconds: Annotated[float, Field(ge=0, le=120)] = 5.0
    finish_seconds: Annotated[float, Field(ge=1, le=300)] = 15.0
    body_seconds: Annotated[float, Field(ge=0.1, le=60)] = 10.0
    max_body_bytes: Annotated[int, Field(ge=1024, le=16 * 1024 * 1024)] = 64 * 1024


def load(environ: Mapping[str, str]) -> Settings:
    """Read the settings of the process; raises InvalidSettings naming every wrong or unknown variable."""
    known = {f"{PREFIX}{name.upper()}" for name in Settings.model_fields}
    given = {name for name in environ if name.startswith(PREFIX) and not _SERVICE_LINK.match(name)}
    wrong = [f"{name}: no such setting" for name in sorted(given - known)]
    try:
        settings = Settings()  # type: ignore[call-arg]  # the values come from the environment
    except ValidationError as error:
        wrong += [f"{PREFIX}{'.'.join(map(str, e['loc'])).upper()}: {e['msg']}" for e in error.errors()]
    if wrong:
        raise InvalidSettings("; ".join(wrong))
    return settings
