"""The objects that every embedded cluster starts with."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from hallmark.cluster import addons

PROGRAMS = {"coredns": Path("/tools/coredns"), "metrics-server": Path("/tools/metrics-server")}
ALL = [*addons.network(PROGRAMS), *addons.metrics(PROGRAMS)]


@pytest.fixture
def objects() -> dict[tuple[str, str], dict[str, Any]]:
    return {(item["kind"], item["metadata"]["name"]): item for item in ALL}


def test_dns_is_where_pods_and_policies_look_for_it(objects: dict[tuple[str, str], dict[str, Any]]) -> None:
    """The Service has the address that kubelets hand out, and its pods the label that policies select."""
    service = objects["Service", "kube-dns"]["spec"]
    assert service["clusterIP"] == "10.96.0.10"
    template = objects["Deployment", "coredns"]["spec"]["template"]
    assert template["metadata"]["labels"] == service["selector"] == {"k8s-app": "kube-dns"}
    ports = template["spec"]["containers"][0]["ports"]
    assert {(item["name"], item["containerPort"], item["protocol"]) for item in ports} == {
        ("dns", 5353, "UDP"),
        ("dns-tcp", 5353, "TCP"),
    }


@pytest.mark.parametrize("name", ["coredns", "metrics-server"])
def test_pods_run_without_rights(objects: dict[tuple[str, str], dict[str, Any]], name: str) -> None:
    """The add-ons keep the container rules of `restricted` themselves."""
    pod = objects["Deployment", name]["spec"]["template"]["spec"]
    assert pod["securityContext"]["runAsNonRoot"] is True
    assert pod["containers"][0]["securityContext"] == {
        "allowPrivilegeEscalation": False,
        "readOnlyRootFilesystem": True,
        "capabilities": {"drop": ["ALL"]},
    }
    mounted = [item for item in pod["volumes"] if "hostPath" in item]
    assert [item["hostPath"] for item in mounted] == [{"path": f"/tools/{name}", "type": "File"}]


def test_metrics_request_timeout_is_shorter_than_the_resolution() -> None:
    """metrics-server ends at once when it is not."""
    for item in ALL:
        if (item["kind"], item["metadata"]["name"]) == ("Deployment", "metrics-server"):
            words = item["spec"]["template"]["spec"]["containers"][0]["args"]
    assert {"--metric-resolution=10s", "--kubelet-request-timeout=5s"} <= set(words)


@pytest.mark.parametrize(
    ("version", "kind", "namespace", "path"),
    [
        ("v1", "Service", "kube-system", "/api/v1/namespaces/kube-system/services"),
        ("apps/v1", "Deployment", "a", "/apis/apps/v1/namespaces/a/deployments"),
        ("apiregistration.k8s.io/v1", "APIService", "", "/apis/apiregistration.k8s.io/v1/apiservices"),
    ],
)
def test_collection_is_the_path_to_create_under(version: str, kind: str, namespace: str, path: str) -> None:
    """The core group has a root of its own; objects without a namespace have no such part."""
    metadata = {"name": "x", **({"namespace": namespace} if namespace else {})}
    assert addons.collection({"apiVersion": version, "kind": kind, "metadata": metadata}) == path
