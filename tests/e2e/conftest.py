"""What every scenario stands on: the namespace under test, its releases, the way in, and the steps."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from hallmark.pytest_plugin import Surroundings, check_features

ROOT = Path(__file__).resolve().parents[2]
# `pytest` as a program, unlike `python -m pytest`, does not put the checkout on the path.
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from tests.e2e.place import Place  # noqa: E402
from tests.e2e.releases import Releases  # noqa: E402

# One module a concept, never a feature; a plug-in each, because pytest-bdd keeps steps where they are defined.
STEPS = ("answers", "deployments", "network", "privileges", "replicas", "traffic", "work")


def pytest_configure(config: pytest.Config) -> None:
    for name in STEPS:
        module = importlib.import_module(f"tests.e2e.steps.{name}")
        if not config.pluginmanager.is_registered(module):
            config.pluginmanager.register(module)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    # Who asks for one file or one test has chosen; who asks for the folder asks for every feature.
    here = Path(__file__).parent
    asked = [Path(config.invocation_params.dir, word.partition("::")[0]).resolve() for word in config.args]
    if here in asked:
        check_features(ROOT / "features", items)


@pytest.fixture(scope="session")
def place(environment: Surroundings) -> Place:
    """The namespace under test."""
    return Place(environment.kubeconfig, environment.namespace, environment.service)


@pytest.fixture(scope="session")
def customer(environment: Surroundings) -> Iterator[httpx.Client]:
    """Somebody who calls the service from outside."""
    with httpx.Client(base_url=environment.service_url, timeout=10) as client:
        yield client


@pytest.fixture(scope="session")
def all_releases(place: Place, environment: Surroundings) -> Iterator[Releases]:
    """The tested release and its variants; at the very end the tested one runs alone again."""
    releases = Releases(place, environment.manifests)
    try:
        yield releases
    finally:
        releases.settle_on_tested()


@pytest.fixture
def releases(all_releases: Releases) -> Iterator[Releases]:
    """A scenario that deploys finds the tested release running alone, and asks for it again when it ends.

    It does not wait for it: what comes next waits if it must.
    """
    try:
        all_releases.settle_on_tested()
        yield all_releases
    finally:
        all_releases.ask_for_tested()
