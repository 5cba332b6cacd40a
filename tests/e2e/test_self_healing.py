"""Binds features/self_healing.feature; its steps are in tests/e2e/steps."""

from pytest_bdd import scenarios

scenarios("self_healing.feature")
