"""What an environment must answer before it counts as running."""

from __future__ import annotations

import http.client
import socket
from typing import Any

from hallmark.cluster import addresses, kube, ports
from hallmark.cluster.place import Place
from hallmark.outcome import CannotJudge


def ready_nodes(api: kube.Api) -> int:
    found = api.request("GET", "/api/v1/nodes")
    items = found.body["items"] if found.ok else []
    return sum(_has(item, "Ready") for item in items)


def is_available(api: kube.Api, name: str) -> bool:
    found = api.request("GET", f"/apis/apps/v1/namespaces/kube-system/deployments/{name}")
    return found.ok and _has(found.body, "Available")


def _has(item: dict[str, Any], kind: str) -> bool:
    conditions = item.get("status", {}).get("conditions", [])
    return any(one["type"] == kind and one["status"] == "True" for one in conditions)


def metrics_answer(api: kube.Api) -> bool:
    return api.request("GET", "/apis/metrics.k8s.io/v1beta1/nodes").ok


def registry_answers(place: Place) -> bool:
    found = place.read()
    if found is None:
        return False
    connection = http.client.HTTPConnection(found["registry_push"], timeout=2)
    try:
        connection.request("GET", "/v2/")
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def dns_answers(place: Place) -> bool:
    """Ask the cluster's DNS, at its Service address and over TCP, for the address of the API server."""
    name = (
        b"".join(bytes([len(part)]) + part for part in b"kubernetes.default.svc.cluster.local".split(b"."))
        + b"\0"
    )
    question = b"\x12\x34\x01\x00\x00\x01\x00\x00\x00\x00\x00\x00" + name + b"\x00\x01\x00\x01"
    try:
        port = ports.forward(place.folder, f"{addresses.DNS_SERVICE}:53")
        with socket.create_connection(("127.0.0.1", port), timeout=1) as peer:
            peer.settimeout(1)
            peer.sendall(len(question).to_bytes(2, "big") + question)
            answer = peer.recv(512)
    except (OSError, CannotJudge):
        return False
    return answer[-4:] == socket.inet_aton(addresses.API_SERVICE)
