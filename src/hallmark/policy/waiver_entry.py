"""The form of one waiver in the file. Apart from the rest, for reading it needs a library that is slow to import."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict


def _exact(text: str) -> str:
    if re.search(r"[*?\[\]]", text):
        raise ValueError(f"{text!r} has a wildcard; a waiver is for exactly one rule and object")
    return text


def _said(text: str) -> str:
    if not text.strip():
        raise ValueError("is empty")
    return text


def _day(text: Any) -> Any:
    if not isinstance(text, str) or not re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        raise ValueError("must be a day such as 2026-01-31")
    return date.fromisoformat(text)


Said = Annotated[str, AfterValidator(_said)]
Exact = Annotated[Said, AfterValidator(_exact)]
Day = Annotated[date, BeforeValidator(_day)]


class Waived(BaseModel):
    """The object, as its manifest names it. `namespace` is left out for what lives in none."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)
    kind: Exact
    namespace: Annotated[str, AfterValidator(_exact)] = ""
    name: Exact
    container: Exact | None = None

    def __str__(self) -> str:
        named = f"{self.kind} {self.namespace}/{self.name}" if self.namespace else f"{self.kind} {self.name}"
        return f"{named}, container {self.container}" if self.container else named


class Entry(BaseModel):
    """One waiver as it stands in the file. `expires` is the last day (UTC) on which it holds."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)
    rule: Exact
    object: Waived
    owner: Said
    reason: Said
    created: Day
    expires: Day

    def days_left(self, today: date) -> int:
        """How many more days it holds after today; negative when it is over."""
        return (self.expires - today).days
