"""A stand-in for AWS, in a thread, for what the parts of the provider `eks` ask of an account."""

from __future__ import annotations

import urllib.request
from collections.abc import Iterator

import pytest
from moto.server import ThreadedMotoServer
from tests.eks import credentials


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
