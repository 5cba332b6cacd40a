"""Binds features/autoscaling.feature; its steps are in tests/e2e/steps."""

from pytest_bdd import scenarios

scenarios("autoscaling.feature")
