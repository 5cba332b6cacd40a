"""What an order costs. Pure: no settings, no clock, no I/O; every amount is an integer of hundredths."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

_BASIS = 10_000
UNITS_PER_PARCEL = 10


@dataclass(frozen=True)
class Tariff:
    """What a country adds: tax on the goods in basis points, and shipping per parcel in hundredths."""

    tax_basis_points: int
    parcel_cents: int


# Standard rates of value-added tax; the United States' sales tax is settled by the carrier, so 0 here.
TARIFFS: dict[str, Tariff] = {
    "AT": Tariff(2000, 690),
    "BE": Tariff(2100, 690),
    "CH": Tariff(810, 1290),
    "DE": Tariff(1900, 490),
    "ES": Tariff(2100, 890),
    "FR": Tariff(2000, 790),
    "GB": Tariff(2000, 1190),
    "IT": Tariff(2200, 890),
    "NL": Tariff(2100, 590),
    "PL": Tariff(2300, 790),
    "US": Tariff(0, 1990),
}


class UnknownCountry(Exception):
    """There is no tariff for this country."""


@dataclass(frozen=True)
class Item:
    """So many units of one thing at one price."""

    quantity: int
    unit_price_cents: int


@dataclass(frozen=True)
class Price:
    """A price and its parts; `total_cents` is exactly their sum."""

    subtotal_cents: int
    tax_cents: int
    shipping_cents: int

    @property
    def total_cents(self) -> int:
        return self.subtotal_cents + self.tax_cents + self.shipping_cents


def price(items: Sequence[Item], country: str) -> Price:
    """Price an order sent to `country` (ISO 3166 alpha-2); raises UnknownCountry.

    Tax is taken once, on the sum of the goods, and rounded half up to a cent: rounding line by line would
    drift with the number of lines. Shipping is a fixed price for every parcel of ten units begun.
    """
    try:
        tariff = TARIFFS[country]
    except KeyError:
        raise UnknownCountry(country) from None
    subtotal = sum(item.quantity * item.unit_price_cents for item in items)
    units = sum(item.quantity for item in items)
    parcels = -(-units // UNITS_PER_PARCEL)
    tax = (subtotal * tariff.tax_basis_points + _BASIS // 2) // _BASIS
    return Price(subtotal, tax, parcels * tariff.parcel_cents)
