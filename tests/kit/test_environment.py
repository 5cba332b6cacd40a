"""One real environment, used: what runs in it, what it refuses, and what can be asked of it."""

# ruff: noqa: ARG001 - some fixtures are asked for what they do, not for what they return

from __future__ import annotations

import json
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from hallmark import cluster
from hallmark.cluster import Environment, addresses, kube
from hallmark.cluster.embedded import Embedded
from hallmark.cluster.existing import Existing
from hallmark.cluster.place import Place
from hallmark.outcome import UsageError

pytestmark = pytest.mark.timeout(240)
NAME = "kit-use"
PAUSE = f"{addresses.REGISTRY}/system/pause:1"


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Environment]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HALLMARK_STATE", str(tmp_path_factory.mktemp("state")))
        provider = cluster.provider("embedded")
        try:
            yield provider.up(NAME, nodes=1, owner="kit", ttl_s=600)
        finally:
            provider.down(NAME)


def until(what: Callable[[], bool], timeout_s: float = 60) -> None:
    deadline = time.monotonic() + timeout_s
    while not what():
        assert time.monotonic() < deadline, "it did not come in time"
        time.sleep(0.1)


def send(environment: Environment, method: str, path: str, body: Any = None) -> kube.Response:
    return kube.request(environment.kubeconfig, method, path, body)


def pod(**container: Any) -> dict[str, Any]:
    locked = {
        "allowPrivilegeEscalation": False,
        "capabilities": {"drop": ["ALL"]},
        "readOnlyRootFilesystem": True,
    }
    main = {"name": "main", "image": PAUSE, "securityContext": locked, **container}
    security = {"runAsNonRoot": True, "seccompProfile": {"type": "RuntimeDefault"}}
    return {
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": {"name": "probe"},
        "spec": {"securityContext": security, "containers": [main], "terminationGracePeriodSeconds": 0},
    }


@pytest.fixture(scope="module")
def restricted(environment: Environment) -> str:
    labels = {"pod-security.kubernetes.io/enforce": "restricted"}
    namespace = {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "strict", "labels": labels}}
    assert send(environment, "POST", "/api/v1/namespaces", namespace).ok
    until(lambda: send(environment, "GET", "/api/v1/namespaces/strict/serviceaccounts/default").ok)
    return "/api/v1/namespaces/strict/pods"


def test_pod_under_restricted_runs(environment: Environment, restricted: str) -> None:
    """A pod that keeps the rules of `restricted` gets ready."""
    assert send(environment, "POST", restricted, pod()).status == 201
    until(lambda: send(environment, "GET", f"{restricted}/probe").body["status"].get("phase") == "Running")


def test_privileged_pod_is_refused_and_the_refusal_audited(environment: Environment, restricted: str) -> None:
    """Pod Security refuses a privileged pod by name, and the audit log has the attempt."""
    answer = send(environment, "POST", restricted, pod(securityContext={"privileged": True}))
    assert answer.status == 403
    assert 'violates PodSecurity "restricted:latest"' in answer.body["message"]
    log = environment.kubeconfig.parent / "logs" / "audit.log"
    until(lambda: any('"code":403' in line and "strict" in line for line in log.read_text().splitlines()), 20)


def test_audit_log_has_no_contents(environment: Environment) -> None:
    """Nothing of what a request carried is in the audit log."""
    log = environment.kubeconfig.parent / "logs" / "audit.log"
    assert not [line for line in log.read_text().splitlines() if '"requestObject"' in line]


def test_registry_answers_on_the_host(environment: Environment) -> None:
    """Images are pushed from the machine to a loopback port."""
    with urllib.request.urlopen(f"http://{environment.registry_push}/v2/", timeout=5) as answer:
        assert answer.status == 200


def test_service_forward_stays_and_is_the_same(environment: Environment) -> None:
    """The same Service has the same address every time, also after the block."""
    provider = cluster.provider("embedded")
    with provider.service(environment, "kube-system", "metrics-server", 443) as first:
        pass
    with provider.service(environment, "kube-system", "metrics-server", 443) as second:
        assert first == second
    # It speaks TLS: a plain request is answered by its refusal, which only it can give.
    with pytest.raises(urllib.error.HTTPError) as refusal:
        urllib.request.urlopen(first, timeout=5)  # noqa: S310 - a loopback address of our own
    assert refusal.value.code == 400
    refusal.value.close()


def test_metrics_have_figures_of_the_node(environment: Environment) -> None:
    """What the autoscaler needs comes within two resolutions."""
    path = "/apis/metrics.k8s.io/v1beta1/nodes"
    until(lambda: bool(send(environment, "GET", path).body.get("items")), 60)


def test_list_has_owner_age_time_and_memory(environment: Environment) -> None:
    """A line of `env list` says whose it is, how long it lives and what it costs."""
    (found,) = Embedded().list()
    assert (found.name, found.state, found.owner, found.nodes) == (NAME, "running", "kit", 1)
    assert found.expires_in_s is not None
    assert 0 < found.expires_in_s <= found.ttl_s == 600
    assert found.age_s > 0
    assert 100 << 20 < found.memory_bytes < 600 << 20


def test_up_again_renews_the_time(environment: Environment) -> None:
    """A second `up` of a running environment only gives it more time."""
    before = Place(NAME).read()
    again = Embedded().up(NAME, nodes=1, owner="kit", ttl_s=700)
    after = Place(NAME).read()
    assert before is not None
    assert after is not None
    assert (again.ttl_s, after["run"]) == (700, before["run"])


def test_logs_name_components_and_show_one(environment: Environment) -> None:
    """Every component has its log; a wrong name is answered with the right ones."""
    provider = Embedded()
    assert {"etcd", "kube-apiserver", "kube-scheduler", "node1-kubelet", "audit"} <= set(
        provider.logs(NAME).split()
    )
    assert "Serving securely" in provider.logs(NAME, "kube-apiserver")
    with pytest.raises(UsageError, match="has no log"):
        provider.logs(NAME, "kublet")


def test_files_of_the_state_are_private(environment: Environment) -> None:
    """Keys are readable by their owner alone, and so is the folder around them."""
    folder = environment.kubeconfig.parent
    assert folder.stat().st_mode & 0o777 == 0o700
    keys = [environment.kubeconfig, *(folder / "pki").iterdir()]
    assert {file.stat().st_mode & 0o777 for file in keys} == {0o600}


def test_events_say_where_the_time_goes(environment: Environment) -> None:
    """Every step of the start has its time, in order."""
    lines = (environment.kubeconfig.parent / "events.jsonl").read_text().splitlines()
    events = [json.loads(line) for line in lines]
    names = [event["event"] for event in events]
    assert (
        names.index("livez")
        < names.index("readyz")
        < names.index("nodes ready")
        < names.index("metrics ready")
    )
    assert not [event for event in events if event["event"] in ("exited", "failed")]


def test_existing_removes_only_what_it_recorded(environment: Environment) -> None:
    """The provider over a borrowed cluster takes away its own namespaces and leaves the others."""
    provider = Existing(environment.kubeconfig)
    borrowed = provider.up("borrowed", nodes=1, owner="kit", ttl_s=60)
    for name in ("e2e-000001", "theirs"):
        body = {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name}}
        if name.startswith("e2e"):
            provider.record_namespace(borrowed.name, name)
        assert send(environment, "POST", "/api/v1/namespaces", body).ok
    provider.down("borrowed")
    assert send(environment, "GET", "/api/v1/namespaces/e2e-000001").status == 404
    assert send(environment, "GET", "/api/v1/namespaces/theirs").ok
    assert provider.list() == []
