"""Binds features/least_privilege.feature; its steps are in tests/e2e/steps."""

from pytest_bdd import scenarios

scenarios("least_privilege.feature")
