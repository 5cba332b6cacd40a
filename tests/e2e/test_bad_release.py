"""Binds features/bad_release.feature; its steps are in tests/e2e/steps."""

from pytest_bdd import scenarios

scenarios("bad_release.feature")
