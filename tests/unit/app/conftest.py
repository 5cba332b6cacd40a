"""An application per test, and a client that has been through its start."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from fastapi.testclient import TestClient

from quotes.main import create_app
from quotes.settings import Settings


@pytest.fixture
def settings() -> Settings:
    """Settings as a stage would have them."""
    return Settings(
        environment="staging",
        currency="GBP",
        commit=f"{'c' * 40}+{'d' * 12}",
        image_digest=f"sha256:{'a' * 64}",
    )


@pytest.fixture
def start(settings: Settings) -> Iterator[Callable[..., TestClient]]:
    """Start an application with some settings changed; its client gets 500s instead of exceptions."""
    with ExitStack() as stack:

        def starter(**changes: object) -> TestClient:
            app = create_app(settings.model_copy(update=changes))
            return stack.enter_context(TestClient(app, raise_server_exceptions=False))

        yield starter


@pytest.fixture
def client(start: Callable[..., TestClient]) -> TestClient:
    return start()
