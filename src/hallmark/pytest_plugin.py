"""Fixtures that hand a running environment to any test, and the strictness without which a green run proves little.

The environment comes in HALLMARK_* variables (docs/testing.md). A variable that a test asks for and that is not
set fails the test. Scenarios and tests of an environment are never skipped and never expected to fail; when one
fails, what the cluster says of the namespace is attached before anything is cleaned up.
"""

from __future__ import annotations

import inspect
import json
import os
import re
import sys
from collections.abc import Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from kubernetes.client import ApiClient

_RUN_INSTEAD = (
    "./hallmark test e2e (starts what is needed), or ./hallmark up and then set it (docs/testing.md)"
)


@dataclass(frozen=True)
class Surroundings:
    """The environment under test. Every attribute fails the test that reads it while its variable is not set."""

    variables: dict[str, str]

    def require(self, variable: str) -> str:
        """The value of a HALLMARK_ variable; fails the test, naming what to run, when it is not set or empty."""
        value = self.variables.get(variable, "")
        if not value:
            pytest.fail(f"{variable} is not set\n  next:  {_RUN_INSTEAD}", pytrace=False)
        return value

    @property
    def name(self) -> str:
        return self.require("HALLMARK_ENVIRONMENT")

    @property
    def provider(self) -> str:
        return self.require("HALLMARK_PROVIDER")

    @property
    def kubeconfig(self) -> Path:
        return Path(self.require("HALLMARK_KUBECONFIG"))

    @property
    def namespace(self) -> str:
        return self.require("HALLMARK_NAMESPACE")

    @property
    def stage(self) -> str:
        """The stage whose manifests were applied, such as `staging`; an ephemeral namespace has one too."""
        return self.require("HALLMARK_STAGE")

    @property
    def service(self) -> str:
        """The name of the service: of its Deployment, Service, account and container."""
        return self.require("HALLMARK_SERVICE")

    @property
    def service_url(self) -> str:
        """The base URL on this machine's loopback that reaches the service's address in the cluster."""
        return self.require("HALLMARK_SERVICE_URL").rstrip("/")

    @property
    def image(self) -> str:
        """The image reference under test as manifests write it, by digest."""
        return self.require("HALLMARK_IMAGE")

    @property
    def digest(self) -> str:
        """The digest in `image`, `sha256:` and 64 hex digits."""
        return self.image.rpartition("@")[2]

    @property
    def commit(self) -> str:
        return self.require("HALLMARK_COMMIT")

    @property
    def registry_push(self) -> str:
        """Where images are pushed to from this machine, `ADDRESS:PORT`, plain http."""
        return self.require("HALLMARK_REGISTRY_PUSH")

    @property
    def registry_pull(self) -> str:
        """The registry's name inside the environment."""
        return self.require("HALLMARK_REGISTRY_PULL")

    @property
    def manifests(self) -> Path:
        """The rendered manifests that were applied."""
        return Path(self.require("HALLMARK_MANIFESTS"))

    @property
    def output(self) -> Path | None:
        """Where a test may leave files for people; None when nobody asked for any."""
        folder = self.variables.get("HALLMARK_OUTPUT", "")
        return Path(folder) if folder else None


@pytest.fixture(scope="session")
def hallmark_environment() -> Surroundings:
    """The environment under test, from the HALLMARK_ variables."""
    return Surroundings({key: value for key, value in os.environ.items() if key.startswith("HALLMARK_")})


@pytest.fixture(scope="session")
def environment(hallmark_environment: Surroundings) -> Surroundings:
    """Short for `hallmark_environment`; override this one to point tests elsewhere."""
    return hallmark_environment


@pytest.fixture(scope="session")
def kubeconfig(environment: Surroundings) -> Path:
    return environment.kubeconfig


@pytest.fixture(scope="session")
def namespace(environment: Surroundings) -> str:
    return environment.namespace


@pytest.fixture(scope="session")
def stage(environment: Surroundings) -> str:
    return environment.stage


@pytest.fixture(scope="session")
def service_url(environment: Surroundings) -> str:
    return environment.service_url


@pytest.fixture(scope="session")
def image(environment: Surroundings) -> str:
    return environment.image


@pytest.fixture(scope="session")
def commit(environment: Surroundings) -> str:
    return environment.commit


@pytest.fixture(scope="session")
def kube(kubeconfig: Path) -> Iterator[ApiClient]:
    """The official client for the environment's API server."""
    from hallmark.cluster import (
        kube as access,
    )  # neither this nor the client is imported by runs without a cluster

    with access.client(kubeconfig) as client:
        yield client


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("hallmark")
    group.addoption(
        "--hallmark-features",
        metavar="FOLDER",
        help="fail the collection unless every scenario of every .feature file below FOLDER is bound to a"
        " collected test and every one of its steps is defined",
    )


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    # First: before -m and -k take items away, which is a choice and no mistake.
    folder = config.getoption("--hallmark-features")
    if folder:
        check_features(Path(folder), items)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if not _is_evidence(item):
        return report
    if report.skipped or hasattr(report, "wasxfail"):
        reason = getattr(report, "wasxfail", None) or _skip_reason(report.longrepr)
        vars(report).pop("wasxfail", None)
        report.outcome = "failed"
        report.longrepr = f"E  not run is not passed: this test was skipped or expected to fail ({reason})"
    if report.failed and call.when != "teardown":
        _attach_diagnosis(item, report)
    return report


def check_features(folder: Path, items: Iterable[pytest.Item]) -> None:
    """Raise pytest.UsageError unless every scenario below `folder` is among `items` with all its steps defined.

    A file without a scenario, a scenario without a step, an outline without an example and a name used twice
    in a file (the second would hide the first) are errors too. Every error found is named.
    """
    bound: dict[tuple[str, str], list[pytest.Item]] = {}
    for item in items:
        if (key := _scenario_key(item)) is not None:
            bound.setdefault(key, []).append(item)
    files = sorted(folder.rglob("*.feature"))
    wrong = [] if files else [f"{folder}: no .feature file"]
    for file in files:
        names = _scenario_names(file, wrong)
        for name in sorted(names):
            tests = bound.get((str(file.resolve()), name), [])
            if not tests:
                wrong.append(f"{file}: scenario {name!r} is bound to no collected test")
            undefined = sorted({step for test in tests for step in _undefined_steps(test)})
            wrong.extend(f"{file}: scenario {name!r}: undefined step {step!r}" for step in undefined)
    if wrong:
        raise pytest.UsageError(
            "\n".join(["features that would not be judged:", *(f"  {line}" for line in wrong)])
        )


def _scenario_names(file: Path, wrong: list[str]) -> set[str]:
    """The names of all scenarios of a file; what keeps one from being judged is added to `wrong`."""
    from gherkin.errors import ParserException
    from gherkin.parser import Parser

    try:
        feature: Any = Parser().parse(file.read_text(encoding="utf-8")).get("feature")
    except (ParserException, UnicodeDecodeError) as error:
        wrong.append(f"{file}: {error}")
        return set()
    scenarios = _scenarios(feature["children"]) if feature else []
    if not scenarios:
        wrong.append(f"{file}: no scenario")
    names: set[str] = set()
    for scenario in scenarios:
        where = f"{file}:{scenario['location']['line']}: scenario {scenario['name']!r}"
        if not scenario["steps"]:
            wrong.append(f"{where} has no step")
        rows = sum(len(example["tableBody"]) for example in scenario["examples"])
        if rows == 0 and (scenario["examples"] or scenario["keyword"].endswith(("Outline", "Template"))):
            wrong.append(f"{where} has no example")
        if scenario["name"] in names:
            wrong.append(f"{where} has the name of an earlier one")
        names.add(scenario["name"])
    return names


def _scenarios(children: Sequence[Any]) -> list[Any]:
    found = []
    for child in children:
        if "scenario" in child:
            found.append(child["scenario"])
        elif "rule" in child:
            found.extend(_scenarios(child["rule"]["children"]))
    return found


def _template_of(item: pytest.Item) -> Any:
    """The pytest-bdd scenario behind a test, or None."""
    bdd = sys.modules.get("pytest_bdd.scenario")  # not imported: then there is no scenario
    function = getattr(item, "function", None)
    if bdd is None or not inspect.isfunction(function):
        return None
    return bdd.scenario_wrapper_template_registry.get(function)


def _scenario_key(item: pytest.Item) -> tuple[str, str] | None:
    template = _template_of(item)
    return None if template is None else (str(Path(template.feature.filename).resolve()), template.name)


def _undefined_steps(item: pytest.Item) -> list[str]:
    from pytest_bdd.scenario import find_fixturedefs_for_step

    template = _template_of(item)
    call_spec = getattr(item, "callspec", None)
    scenario = template.render(call_spec.params.get("_pytest_bdd_example", {}) if call_spec else {})
    fixtures = item.session._fixturemanager
    return [
        f"{step.type} {step.name}"
        for step in scenario.steps
        if next(iter(find_fixturedefs_for_step(step, fixtures, item)), None) is None
    ]


def _is_evidence(item: pytest.Item) -> bool:
    """Whether a test speaks for an environment: a scenario, or one that asks for the environment's fixtures."""
    return "hallmark_environment" in getattr(item, "fixturenames", ()) or _template_of(item) is not None


def _skip_reason(longrepr: object) -> str:
    return str(longrepr[2]) if isinstance(longrepr, tuple) else str(longrepr)


# What is attached to a failed test of an environment.
EVENTS, LOG_LINES, LIMIT_CHARS = 40, 40, 60_000


def _attach_diagnosis(item: pytest.Item, report: pytest.TestReport) -> None:
    surroundings = Surroundings(dict(os.environ))
    if not all(surroundings.variables.get(f"HALLMARK_{name}") for name in ("KUBECONFIG", "NAMESPACE")):
        return
    try:
        text = diagnose(surroundings.kubeconfig, surroundings.namespace)
    except Exception as error:  # noqa: BLE001 - the failure itself must be reported, whatever keeps this from working
        text = f"the namespace could not be described: {error!r}"
    report.sections.append((f"namespace {surroundings.namespace} when this failed", text))
    if surroundings.output is not None:
        name = re.sub(r"[^\w.-]+", "-", item.nodeid.rpartition("::")[2])[:100]
        file = surroundings.output / "diagnosis" / f"{name}.txt"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")


def diagnose(kubeconfig: Path, namespace: str) -> str:
    """What the cluster says of a namespace: workloads, pods with their state, newest events, the ends of logs."""
    from hallmark.cluster import kube as access

    def read(path: str) -> Any:
        answer = access.request(kubeconfig, "GET", path)
        return answer.body if answer.ok else {"items": []}

    core, apps = f"/api/v1/namespaces/{namespace}", f"/apis/apps/v1/namespaces/{namespace}"
    pods = read(f"{core}/pods")["items"]
    events = sorted(read(f"{core}/events")["items"], key=_moment)
    lines = ["deployments:"]
    for item in read(f"{apps}/deployments")["items"]:
        status = item.get("status", {})
        counts = {key: value for key, value in status.items() if isinstance(value, int)}
        lines.append(f"  {item['metadata']['name']} {json.dumps(counts)}")
        lines += [_describe_condition(condition) for condition in status.get("conditions", [])]
    lines.append("pods:")
    for pod in pods:
        lines += _describe_pod(pod)
    lines.append(f"events, the newest {EVENTS}:")
    lines += [_describe_event(event) for event in events[-EVENTS:]]
    for pod in pods:
        for container in pod.get("status", {}).get("containerStatuses", []):
            for before in ("true", "false") if container["restartCount"] else ("false",):
                query = f"container={container['name']}&previous={before}&tailLines={LOG_LINES}"
                answer = access.request(
                    kubeconfig, "GET", f"{core}/pods/{pod['metadata']['name']}/log?{query}"
                )
                title = "log before its restart" if before == "true" else "log"
                lines.append(f"{title} of {pod['metadata']['name']}/{container['name']}:")
                lines += [f"  {line}" for line in str(answer.body).splitlines()]
    return "\n".join(lines)[:LIMIT_CHARS]


def _describe_condition(condition: dict[str, Any]) -> str:
    reason, message = condition.get("reason", ""), condition.get("message", "")
    return f"    {condition['type']}={condition['status']} {reason} {message}".rstrip()


def _describe_event(event: dict[str, Any]) -> str:
    about = event["involvedObject"]
    return (
        f"  {_moment(event)} {event['type']} {event.get('reason')}"
        f" {about.get('kind')}/{about.get('name')}: {event.get('message')}"
    )


def _moment(event: dict[str, Any]) -> str:
    return str(event.get("lastTimestamp") or event.get("eventTime") or event["metadata"]["creationTimestamp"])


def _describe_pod(pod: dict[str, Any]) -> list[str]:
    status = pod.get("status", {})
    deleted = pod["metadata"].get("deletionTimestamp")
    leaving = f", leaving since {deleted}" if deleted else ""
    lines = [
        f"  {pod['metadata']['name']} {status.get('phase')} {status.get('podIP', 'no address')}{leaving}"
    ]
    lines += [_describe_condition(item) for item in status.get("conditions", []) if item["status"] != "True"]
    for container in status.get("containerStatuses", []):
        lines.append(
            f"    container {container['name']} ready={container['ready']} restarts={container['restartCount']}"
            f" state={json.dumps(container.get('state'))} last={json.dumps(container.get('lastState'))}"
        )
    return lines
