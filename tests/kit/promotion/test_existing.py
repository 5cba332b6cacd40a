"""Promotion on a cluster that somebody else started, reached by a kubeconfig and nothing else."""

from __future__ import annotations

import json
import secrets
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from hallmark import cluster
from hallmark.cluster import Environment

from .conftest import Checkout, clone

pytestmark = pytest.mark.timeout(900)


@pytest.fixture(scope="module")
def host() -> Iterator[Environment]:
    """The cluster of somebody else: an embedded one, of which only the kubeconfig and the registry are used."""
    provider = cluster.provider("embedded")
    name = f"kit-{secrets.token_hex(3)}"
    yield provider.up(name, nodes=1, owner="kit", ttl_s=1800)
    provider.down(name)


@pytest.fixture
def checkout(tmp_path: Path) -> Iterator[Checkout]:
    made = clone(tmp_path / "checkout", f"existing-{secrets.token_hex(3)}")
    made.judge_only(("policy", "image", "infra"))
    made.without_stacks()
    yield made
    gone = made.run("down", made.environment, "--provider", "existing")
    assert gone.returncode == 0, gone.stderr


def promote(checkout: Checkout, host: Environment, *words: str) -> Any:
    return checkout.promote("--provider", "existing", "--kubeconfig", str(host.kubeconfig), *words)


def test_promote_takes_a_commit_to_production_of_an_existing_cluster(
    checkout: Checkout, host: Environment, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same engine, the same layers and stages; `down` takes away what was made there and nothing that was there
    before, and the cluster stays.
    """
    monkeypatch.setenv("HALLMARK_REGISTRY", f"{host.registry_push}={host.registry_pull}")
    theirs = {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "staging"}}
    assert cluster.kube.request(host.kubeconfig, "POST", "/api/v1/namespaces", theirs).ok
    done = promote(checkout, host, "--json")
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert said["stages"] == ["staging", "production"]
    assert json.loads(said["answer"])["image_digest"] == said["digest"]
    gone = checkout.run("down", checkout.environment, "--provider", "existing")
    assert gone.returncode == 0, gone.stderr
    namespaces = cluster.kube.request(host.kubeconfig, "GET", "/api/v1/namespaces").body["items"]
    assert {item["metadata"]["name"] for item in namespaces} == {
        "default", "kube-node-lease", "kube-public", "kube-system", "staging",
    }  # fmt: skip
    assert cluster.kube.request(host.kubeconfig, "DELETE", "/api/v1/namespaces/staging").ok


@pytest.mark.parametrize("registry", ["closed", "none"])
def test_promote_without_a_registry_is_unknown_and_touches_no_stage(
    checkout: Checkout, host: Environment, monkeypatch: pytest.MonkeyPatch, registry: str
) -> None:
    """A registry that does not answer, or that nobody named: exit 2, the cause in three lines, no stage touched."""
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))  # nothing listens here
        place = f"127.0.0.1:{unused.getsockname()[1]}" if registry == "closed" else ""
        monkeypatch.setenv("HALLMARK_REGISTRY", place)
        done = promote(checkout, host)
    assert done.returncode == 2, done.stderr
    told = done.stderr.splitlines()
    expected = "the registry does not answer" if registry == "closed" else "HALLMARK_REGISTRY"
    assert any(expected in line for line in told[-6:]), done.stderr
    assert "staging: running" not in done.stderr
    found = cluster.kube.request(host.kubeconfig, "GET", "/api/v1/namespaces/production")
    assert found.status == 404
