"""Binds features/readiness.feature; its steps are in tests/e2e/steps."""

from pytest_bdd import scenarios

scenarios("readiness.feature")
