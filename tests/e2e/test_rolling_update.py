"""Binds features/rolling_update.feature; its steps are in tests/e2e/steps."""

from pytest_bdd import scenarios

scenarios("rolling_update.feature")
