"""A running container of the service, as testinfra sees it through `kubectl exec`."""

from __future__ import annotations

import os
from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
import testinfra
from testinfra.host import Host

from hallmark import tools
from hallmark.cluster import kube
from hallmark.pytest_plugin import Surroundings


@pytest.fixture(scope="session")
def pod(environment: Surroundings) -> str:
    """The name of a ready pod of the service; fails when there is none."""
    path = f"/api/v1/namespaces/{environment.namespace}/pods"
    query = urlencode({"labelSelector": f"app.kubernetes.io/name={environment.service}"})
    answer = kube.request(environment.kubeconfig, "GET", f"{path}?{query}")
    assert answer.ok, answer.body
    ready = [item["metadata"]["name"] for item in answer.body["items"] if _is_ready(item)]
    assert ready, f"no pod of {environment.service} is ready in namespace {environment.namespace}"
    return str(ready[0])


def _is_ready(pod: dict[str, object]) -> bool:
    conditions = pod["status"].get("conditions", [])  # type: ignore[attr-defined]
    return any(item["type"] == "Ready" and item["status"] == "True" for item in conditions)


@pytest.fixture(scope="session")
def host(environment: Surroundings, pod: str) -> Iterator[Host]:
    """The service's container in that pod."""
    patch = pytest.MonkeyPatch()
    try:
        # testinfra looks kubectl up by its name.
        folder = tools.path("kubectl").parent
        patch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
        query = {
            "namespace": environment.namespace,
            "container": environment.service,
            "kubeconfig": str(environment.kubeconfig),
        }
        yield testinfra.get_host(f"kubectl://{pod}?{urlencode(query)}")
    finally:
        patch.undo()


@pytest.fixture(scope="session")
def status(host: Host) -> dict[str, list[str]]:
    """What the kernel says of the service's first process: the fields of /proc/1/status, split at blanks."""
    lines = host.check_output("cat /proc/1/status").splitlines()
    return {name: value.split() for name, _, value in (line.partition(":") for line in lines)}
