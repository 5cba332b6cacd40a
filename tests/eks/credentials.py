"""AWS credentials of a test's own, and nothing of the machine's."""

from __future__ import annotations

import pytest

REGION = "eu-central-1"
KEYS = {"AKIAEXAMPLE": "secret-of-the-example"}


def give(monkeypatch: pytest.MonkeyPatch, endpoint: str = "") -> None:
    """One key from the environment; with `endpoint` everything is asked there."""
    for name in ("AWS_PROFILE", "AWS_SESSION_TOKEN", "AWS_ENDPOINT_URL_STS", "AWS_ENDPOINT_URL_S3"):
        monkeypatch.delenv(name, raising=False)
    for name in ("AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE"):
        monkeypatch.setenv(name, "/dev/null")
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    ((key, secret),) = KEYS.items()
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", key)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", secret)
    if endpoint:
        monkeypatch.setenv("AWS_ENDPOINT_URL", endpoint)
    else:
        monkeypatch.delenv("AWS_ENDPOINT_URL", raising=False)
