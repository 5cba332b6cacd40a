"""The pricing function: its parts add up, it grows with what is bought, and it rounds once."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.pricing import TARIFFS, Item, Price, UnknownCountry, price

items = st.builds(Item, quantity=st.integers(1, 1000), unit_price_cents=st.integers(0, 10**8))
orders = st.lists(items, min_size=1, max_size=100)
countries = st.sampled_from(sorted(TARIFFS))


def test_price_known_order_gives_the_known_amounts() -> None:
    """Eleven units to Germany: two parcels, 19 % on the goods alone."""
    assert price([Item(10, 999), Item(1, 5)], "DE") == Price(9995, 1899, 980)
    assert price([Item(10, 999), Item(1, 5)], "DE").total_cents == 12874


@given(orders, countries)
def test_price_any_order_total_is_the_sum_of_parts_and_nothing_is_negative(
    order: list[Item], country: str
) -> None:
    """No amount is negative, and nothing appears or vanishes between the parts and the total."""
    result = price(order, country)
    parts = (result.subtotal_cents, result.tax_cents, result.shipping_cents)
    assert result.total_cents == sum(parts)
    assert min(parts) >= 0
    assert result.subtotal_cents == sum(item.quantity * item.unit_price_cents for item in order)


@given(orders, countries, st.integers(0, 99), st.integers(1, 50))
def test_price_more_of_a_line_never_costs_less(
    order: list[Item], country: str, index: int, more: int
) -> None:
    """The total is monotonic in every quantity."""
    chosen = order[index % len(order)]
    larger = [*order]
    larger[index % len(order)] = Item(chosen.quantity + more, chosen.unit_price_cents)
    assert price(larger, country).total_cents >= price(order, country).total_cents


@given(orders, countries)
def test_price_any_order_rounding_moves_at_most_half_a_cent(order: list[Item], country: str) -> None:
    """The tax differs from the exact one by half a cent at most, however many lines there are."""
    result = price(order, country)
    exact = Fraction(result.subtotal_cents * TARIFFS[country].tax_basis_points, 10_000)
    assert abs(result.tax_cents - exact) <= Fraction(1, 2)


@given(orders, countries, st.randoms(use_true_random=False))
def test_price_lines_in_another_order_costs_the_same(order: list[Item], country: str, random: object) -> None:
    """The order of lines says nothing about the price."""
    shuffled = [*order]
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert price(shuffled, country) == price(order, country)


@pytest.mark.parametrize(("subtotal", "tax"), [(2, 0), (3, 1), (5, 1), (7, 1), (8, 2)])
def test_price_tax_at_half_a_cent_is_rounded_up(subtotal: int, tax: int) -> None:
    """19 % of so little: half a cent and more becomes a cent."""
    assert price([Item(1, subtotal)], "DE").tax_cents == tax


def test_price_country_without_tariff_is_refused() -> None:
    """A country that is not in the table has no price, rather than one without tax."""
    with pytest.raises(UnknownCountry):
        price([Item(1, 1)], "XX")
