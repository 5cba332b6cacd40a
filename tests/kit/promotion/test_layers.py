"""Each layer by itself, as the README's table says to run it."""

from __future__ import annotations

import re

import pytest

from .conftest import Checkout

pytestmark = pytest.mark.timeout(600)


@pytest.fixture(scope="module", autouse=True)
def fewer_unit_tests(checkout: Checkout) -> None:
    checkout.keep_unit_tests("app")


@pytest.mark.parametrize("layer", ["lint", "unit", "policy", "image", "infra"])
def test_layer_alone_is_judged_and_leaves_no_environment(checkout: Checkout, layer: str) -> None:
    """It gets what it needs by itself, judges something, and an environment that it started is gone."""
    done = checkout.run("test", layer, "--env", checkout.environment)
    assert done.returncode == 0, done.stderr
    counted = re.fullmatch(r"(\d+) passed, 0 failed", done.stdout.strip())
    assert counted is not None, done.stdout
    assert int(counted[1]) > 0
    assert {stage["state"] for stage in checkout.status().values()} == {"absent"}
