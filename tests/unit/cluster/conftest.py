"""A stand-in for AWS, in a thread, for what the parts of the provider `eks` ask of an account."""

from __future__ import annotations

import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from moto.server import ThreadedMotoServer
from tests.eks import checkout as checkouts
from tests.eks import credentials

from hallmark.cluster import eks_ready


@pytest.fixture(scope="session")
def aws_server() -> Iterator[str]:
    """The address of somebody who answers as AWS does."""
    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def aws(aws_server: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """The same with an empty account, and credentials for it."""
    reset = urllib.request.Request(f"{aws_server}/moto-api/reset", method="POST")  # noqa: S310
    with urllib.request.urlopen(reset, timeout=30):  # noqa: S310
        pass
    credentials.give(monkeypatch, aws_server)
    return aws_server


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, api_server: Any, aws: str) -> Path:
    """A checkout with the small stack, whose cluster is the API server of the test; state and account are empty."""
    del aws
    monkeypatch.setenv("HALLMARK_STATE", str(tmp_path / "state"))
    monkeypatch.setattr(eks_ready, "POLL_S", 0.01)
    return checkouts.make(tmp_path / "checkout", api_server)
