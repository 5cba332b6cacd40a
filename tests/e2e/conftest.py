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

# Before any of them is imported: a step that fails shows what it compared.
pytest.register_assert_rewrite("tests.e2e.steps", "tests.e2e.place", "tests.e2e.releases", "tests.e2e.work")

from tests.e2e.place import Place  # noqa: E402
from tests.e2e.releases import Releases  # noqa: E402
from tests.e2e.work import Experiment  # noqa: E402

# One module a concept, never a feature; a plug-in each, because pytest-bdd keeps steps where they are defined.
STEPS = ("answers", "deployments", "network", "privileges", "replicas", "traffic", "work")
# First what only looks, then what disturbs. A roll-back follows the update that it takes back, and the experiment
# on the autoscaler, which goes on beside all of it, is asked for its result when there is one.
ORDER = (
    "contract",
    "configuration",
    "readiness",
    "least_privilege",
    "network_isolation",
    "self_healing",
    "bad_release",
    "rolling_update",
    "rollback",
    "autoscaling",
)
RELEASES = pytest.StashKey[Releases]()


def pytest_configure(config: pytest.Config) -> None:
    for name in STEPS:
        module = importlib.import_module(f"tests.e2e.steps.{name}")
        if not config.pluginmanager.is_registered(module):
            config.pluginmanager.register(module)
    # Each thread keeps its connection to the API server as long as it lives, and nobody closes it then.
    config.addinivalue_line("filterwarnings", "ignore:unclosed <ssl.SSLSocket:ResourceWarning")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    # Who asks for one file or one test has chosen; who asks for the folder asks for every feature.
    here = Path(__file__).parent
    asked = [Path(config.invocation_params.dir, word.partition("::")[0]).resolve() for word in config.args]
    if here in asked:
        check_features(ROOT / "features", items)
    items.sort(key=_place_in_order)


def _place_in_order(item: pytest.Item) -> int:
    name = item.path.stem.removeprefix("test_")
    return ORDER.index(name) if item.path.parent == Path(__file__).parent and name in ORDER else -1


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
def releases(place: Place, environment: Surroundings, pytestconfig: pytest.Config) -> Iterator[Releases]:
    """The tested release and its variants; at the very end the tested one runs alone again."""
    releases = Releases(place, environment.manifests)
    pytestconfig.stash[RELEASES] = releases
    try:
        releases.hold_autoscaler()
        yield releases
    finally:
        releases.settle_on_tested()
        releases.free_autoscaler(environment.manifests)


@pytest.fixture(autouse=True)
def tested_release_runs(request: pytest.FixtureRequest) -> None:
    """Every scenario finds the tested release running alone; one that takes a release back finds what there is."""
    releases = request.config.stash.get(RELEASES, None)
    if releases is not None and request.node.get_closest_marker("rollback") is None:
        releases.settle_on_tested()


@pytest.fixture(scope="session", autouse=True)
def experiment(request: pytest.FixtureRequest) -> Iterator[Experiment | None]:
    """The experiment on the autoscaler, from the beginning if any selected scenario asks for it; else None."""
    if not any(item.path.stem == "test_autoscaling" for item in request.session.items):
        yield None
        return
    environment: Surroundings = request.getfixturevalue("environment")
    place: Place = request.getfixturevalue("place")
    with Experiment(place, environment.manifests) as experiment:
        yield experiment
