"""Quotes: what an order would cost. Nothing is stored."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ConfigDict, Field

from quotes.pricing import TARIFFS, Item, UnknownCountry, price

router = APIRouter(prefix="/v1/quotes", tags=["quotes"])

MAX_LINES = 100
MAX_QUANTITY = 1_000
# With these limits the largest total stays below 2**53: any JSON reader holds it exactly.
MAX_UNIT_PRICE_CENTS = 100_000_000


class _Strict(BaseModel):
    """A field we do not know is refused, and "3" or 3.0 or true is no integer."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Line(_Strict):
    sku: Annotated[str, Field(pattern=r"^[A-Z0-9][A-Z0-9-]{0,31}$", examples=["MUG-RED"])]
    quantity: Annotated[int, Field(ge=1, le=MAX_QUANTITY)]
    unit_price_cents: Annotated[int, Field(ge=0, le=MAX_UNIT_PRICE_CENTS)]


class QuoteRequest(_Strict):
    country: Annotated[str, Field(pattern=r"^[A-Z]{2}$", examples=["DE"])]
    lines: Annotated[list[Line], Field(min_length=1, max_length=MAX_LINES)]


class Quote(_Strict):
    """Amounts are integers of hundredths of `currency`; `total_cents` is the sum of the other three."""

    currency: str
    country: str
    subtotal_cents: int
    tax_cents: int
    shipping_cents: int
    total_cents: int


@router.post("")
async def quote(order: QuoteRequest, request: Request) -> Quote:
    """Price an order: goods, tax of its country, shipping."""
    items = [Item(line.quantity, line.unit_price_cents) for line in order.lines]
    try:
        result = price(items, order.country)
    except UnknownCountry:
        known = ", ".join(sorted(TARIFFS))
        problem = {"loc": ("body", "country"), "msg": f"no tariff for this country; known are {known}"}
        raise RequestValidationError([problem]) from None
    return Quote(
        currency=request.app.state.settings.currency,
        country=order.country,
        subtotal_cents=result.subtotal_cents,
        tax_cents=result.tax_cents,
        shipping_cents=result.shipping_cents,
        total_cents=result.total_cents,
    )
