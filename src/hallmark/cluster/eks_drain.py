"""Before a cluster is destroyed: what its own controllers made in the account, they must take away themselves.

Load balancers of Services, volumes of claims, network interfaces of pods are in no state of Terraform. Once the nodes
are gone nobody removes them, and they keep the network from being deleted.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from http import HTTPStatus
from pathlib import Path
from typing import Any

from hallmark.cluster import Report, kube
from hallmark.cluster.eks_record import Place, Record

TIMEOUT_S = 300.0
POLL_S = 2.0
_SYSTEM = ("kube-system", "kube-public", "kube-node-lease", "default")


def drain(record: Record, report: Report) -> None:
    """Delete Services of type LoadBalancer, then everything else outside of the system's namespaces, and wait.

    What cannot be asked or is not allowed is said and left to the sweep by tag, which follows the destruction.
    """
    kubeconfig = Place(record.name).kubeconfig
    if not record.cluster or not kubeconfig.is_file():
        return
    deadline = time.monotonic() + TIMEOUT_S
    try:
        for what, find in (("load balancer", _balancers), ("namespace", _namespaces)):
            _remove(kubeconfig, what, find, deadline, report)
    except kube.Unreachable as error:
        report(f"the cluster is not asked to clean up, the sweep is: {error.what}")
    except _LeftOver as left:
        report(str(left))


class _LeftOver(Exception):
    """What the cluster does not take away itself, and why."""


def _remove(
    kubeconfig: Path, what: str, find: Callable[[Path], list[str]], deadline: float, report: Report
) -> None:
    asked: set[str] = set()
    while left := find(kubeconfig):
        for path in sorted(set(left) - asked):
            report(f"removing the {what} {path.rpartition('/')[2]}")
            answer = kube.request(kubeconfig, "DELETE", path)
            if answer.status != HTTPStatus.NOT_FOUND:
                _require(answer)
        asked |= set(left)
        if time.monotonic() > deadline:
            raise _LeftOver(f"{len(left)} are left to the sweep after {TIMEOUT_S:g} s: {', '.join(left)}")
        time.sleep(POLL_S)


def _balancers(kubeconfig: Path) -> list[str]:
    return [
        f"/api/v1/namespaces/{item['metadata']['namespace']}/services/{item['metadata']['name']}"
        for item in _items(kubeconfig, "services")
        if item["spec"].get("type") == "LoadBalancer"
    ]


def _namespaces(kubeconfig: Path) -> list[str]:
    names = [item["metadata"]["name"] for item in _items(kubeconfig, "namespaces")]
    return [f"/api/v1/namespaces/{name}" for name in names if name not in _SYSTEM]


def _items(kubeconfig: Path, kind: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = _require(kube.request(kubeconfig, "GET", f"/api/v1/{kind}")).body["items"]
    return found


def _require(answer: kube.Response) -> kube.Response:
    if not answer.ok:
        raise _LeftOver(f"it is left to the sweep: {answer.status} {answer.message}")
    return answer
