"""Binds features/network_isolation.feature; its steps are in tests/e2e/steps."""

from pytest_bdd import scenarios

scenarios("network_isolation.feature")
