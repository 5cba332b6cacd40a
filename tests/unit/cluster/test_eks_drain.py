"""What a cluster made in the account, its own controllers take away before it goes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from hallmark.cluster import eks_drain
from hallmark.cluster.eks_record import Place, Record

RECORD = Record(
    name="pr-7", region="eu-central-1", owner="me", created="2030-01-31T12:00:00.000Z",
    renewed="2030-01-31T12:00:00.000Z", ttl_s=60, stage="removing", cluster="hallmark-pr-7",
)  # fmt: skip
SERVICES, NAMESPACES = ("GET", "/api/v1/services"), ("GET", "/api/v1/namespaces")
NONE: tuple[int, Any] = (200, {"items": []})


@pytest.fixture
def said(api_server: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the drain reports; its cluster has nothing."""
    monkeypatch.setenv("HALLMARK_STATE", str(tmp_path / "state"))
    monkeypatch.setattr(eks_drain, "POLL_S", 0.01)
    Place("pr-7").folder.mkdir(parents=True)
    Place("pr-7").kubeconfig.write_text(api_server.kubeconfig.read_text())
    api_server.answers[SERVICES] = api_server.answers[NAMESPACES] = NONE
    return []


def service(name: str, kind: str) -> dict[str, Any]:
    return {"metadata": {"namespace": "shop", "name": name}, "spec": {"type": kind}}


def namespaces(*names: str) -> tuple[int, Any]:
    return 200, {"items": [{"metadata": {"name": name}} for name in names]}


def deleted(api_server: Any) -> list[str]:
    return [path for method, path in api_server.asked if method == "DELETE"]


def test_drain_removes_load_balancers_first_then_namespaces_and_waits(
    api_server: Any, said: list[str]
) -> None:
    """Each is asked for once and waited for; the system's namespaces and inner Services stay."""
    both = (200, {"items": [service("front", "LoadBalancer"), service("inner", "ClusterIP")]})
    inner = (200, {"items": [service("inner", "ClusterIP")]})
    api_server.answers[SERVICES] = [both, both, inner]
    here = namespaces("shop", "default", "kube-system", "kube-public", "kube-node-lease")
    api_server.answers[NAMESPACES] = [here, here, namespaces("default", "kube-system")]
    eks_drain.drain(RECORD, said.append)
    assert deleted(api_server) == ["/api/v1/namespaces/shop/services/front", "/api/v1/namespaces/shop"]
    assert said == ["removing the load balancer front", "removing the namespace shop"]


def test_drain_that_is_not_allowed_is_left_to_the_sweep(api_server: Any, said: list[str]) -> None:
    """It is said, and does not keep the environment from being destroyed."""
    api_server.answers[NAMESPACES] = namespaces("shop")
    api_server.answers["DELETE", "/api/v1/namespaces/shop"] = (403, {"message": "not yours"})
    eks_drain.drain(RECORD, said.append)
    assert said[-1] == "it is left to the sweep: 403 not yours"


def test_drain_that_may_not_look_is_no_sign_that_nothing_is_there(api_server: Any, said: list[str]) -> None:
    """A list that was refused is said too."""
    api_server.answers[SERVICES] = (403, {"message": "not yours"})
    eks_drain.drain(RECORD, said.append)
    assert said[-1] == "it is left to the sweep: 403 not yours"


def test_drain_of_what_never_goes_ends(
    api_server: Any, said: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A finalizer that nobody removes is no reason to stay for ever."""
    monkeypatch.setattr(eks_drain, "TIMEOUT_S", 0.05)
    api_server.answers[NAMESPACES] = namespaces("shop")
    eks_drain.drain(RECORD, said.append)
    assert "1 are left to the sweep after 0.05 s: /api/v1/namespaces/shop" in said[-1]


def test_drain_of_a_cluster_that_does_not_answer_is_left_to_the_sweep(
    api_server: Any, said: list[str]
) -> None:
    """The nodes may be gone already, or the endpoint private."""
    api_server.close()
    eks_drain.drain(RECORD, said.append)
    assert said[-1].startswith("the cluster is not asked to clean up, the sweep is: ")
