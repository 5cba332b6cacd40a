"""The provider `eks` from end to end, as far as a machine without an account can go.

The account is moto's, in a process of its own; the cluster is an embedded one behind a front that takes tokens as EKS
does. What makes the cluster is a stack without AWS: the real one is applied in tests/kit/terraform. So all that runs
on a cluster, the features too, runs through the kubeconfig, the tokens and the access entries of an environment on EKS.
"""

from __future__ import annotations

import json
import os
import secrets
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import boto3
import pytest
from tests.eks import checkout as checkouts
from tests.eks import credentials
from tests.eks.credentials import KEYS, REGION
from tests.eks.front import Front
from tests.eks.identity import Authenticator
from tests.kit.promotion.conftest import Checkout, clone

from hallmark import cluster, tools
from hallmark.cluster import Environment

pytestmark = pytest.mark.timeout(1800)
ROLE = "arn:aws:iam::123456789012:role/deployer"


@dataclass(frozen=True)
class World:
    """A checkout whose environments on EKS are one embedded cluster behind `front`."""

    checkout: Checkout
    front: Front


@pytest.fixture(scope="module")
def patch() -> Iterator[pytest.MonkeyPatch]:
    with pytest.MonkeyPatch.context() as patch:
        yield patch


@pytest.fixture(scope="module")
def account(tmp_path_factory: pytest.TempPathFactory, patch: pytest.MonkeyPatch) -> Iterator[str]:
    """An AWS account, and the credentials of a role in it."""
    port_file = tmp_path_factory.mktemp("moto") / "port"
    code = (
        "import sys, threading; from moto.server import ThreadedMotoServer as S;"
        "s = S('127.0.0.1', 0, verbose=False); s.start();"
        "open(sys.argv[1], 'w').write(str(s.get_host_and_port()[1]) + '\\n'); threading.Event().wait()"
    )
    child = subprocess.Popen([sys.executable, "-c", code, str(port_file)], stderr=subprocess.DEVNULL)
    try:
        ends = time.monotonic() + 120
        while not (port_file.is_file() and port_file.read_text().endswith("\n")):
            assert child.poll() is None
            assert time.monotonic() < ends
            time.sleep(0.1)
        url = f"http://127.0.0.1:{port_file.read_text().strip()}"
        credentials.give(patch, url)
        session = boto3.session.Session(region_name=REGION)
        session.client("iam").create_role(RoleName="deployer", AssumeRolePolicyDocument="{}")
        given = session.client("sts").assume_role(RoleArn=ROLE, RoleSessionName="kit")["Credentials"]
        patch.setenv("AWS_ACCESS_KEY_ID", given["AccessKeyId"])
        patch.setenv("AWS_SECRET_ACCESS_KEY", given["SecretAccessKey"])
        patch.setenv("AWS_SESSION_TOKEN", given["SessionToken"])
        yield url
    finally:
        child.kill()
        child.wait()


@pytest.fixture(scope="module")
def host() -> Iterator[Environment]:
    """What stands in for the cluster."""
    provider, name = cluster.provider("embedded"), f"kit-{secrets.token_hex(3)}"
    try:
        yield provider.up(name, nodes=1, owner="kit", ttl_s=3600)
    finally:
        provider.down(name)


@pytest.fixture(scope="module")
def world(
    account: str, host: Environment, tmp_path_factory: pytest.TempPathFactory, patch: pytest.MonkeyPatch
) -> Iterator[World]:
    checkout = clone(tmp_path_factory.mktemp("eks") / "checkout", f"eks-{secrets.token_hex(3)}")
    secret = {os.environ["AWS_ACCESS_KEY_ID"]: os.environ["AWS_SECRET_ACCESS_KEY"], **KEYS}
    authenticator = Authenticator(f"hallmark-{checkout.environment}", account, secret)
    front = Front(authenticator, host.kubeconfig, tmp_path_factory.mktemp("front"))
    checkouts.write_environment(checkout.root, front.url, front.authority)
    checkout.commit("Stand an embedded cluster in for EKS")
    patch.setenv("HALLMARK_REGISTRY", f"{host.registry_push}={host.registry_pull}")
    try:
        yield World(checkout, front)
        gone = checkout.run("down", checkout.environment)
        assert gone.returncode == 0, gone.stderr
    finally:
        front.close()


def test_up_on_eks_waits_for_its_access_entry_and_kubectl_reaches_it(world: World, host: Environment) -> None:
    """The entry comes later than the cluster; after that kubectl, from anywhere, is who the entry says."""
    checkout, front = world.checkout, world.front
    child = subprocess.Popen(
        checkout.argv("up", "--provider", "eks", checkout.environment, "--json"),
        cwd=checkout.root, env=checkout.env(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    ends = time.monotonic() + 300
    while not front.refused:
        assert child.poll() is None, child.communicate()
        assert time.monotonic() < ends
        time.sleep(0.1)
    binding = {
        "apiVersion": "rbac.authorization.k8s.io/v1",
        "kind": "ClusterRoleBinding",
        "metadata": {"name": "deployers"},
        "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "cluster-admin"},
        "subjects": [{"apiGroup": "rbac.authorization.k8s.io", "kind": "User", "name": ROLE}],
    }
    path = "/apis/rbac.authorization.k8s.io/v1/clusterrolebindings"
    assert cluster.kube.request(host.kubeconfig, "POST", path, binding).ok
    front.entries[ROLE] = ROLE
    out, err = child.communicate(timeout=300)
    assert child.returncode == 0, err
    assert f"waiting for the API: 401 no access entry for {ROLE}" in err
    assert f"knows {ROLE}" in err
    kubectl = [
        str(tools.path("kubectl")), f"--kubeconfig={json.loads(out)['kubeconfig']}",
        "auth", "whoami", "--output=json",
    ]  # fmt: skip
    done = subprocess.run(kubectl, cwd="/", capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["status"]["userInfo"]["username"] == ROLE


def test_features_run_on_an_environment_on_eks(world: World) -> None:
    """Every scenario, through tokens: the checkout's image is built, brought there and held to all that is promised."""
    checkout = world.checkout
    done = checkout.run(
        "test", "image", "e2e", "--env", checkout.environment, "--provider", "eks", "--json", timeout_s=1500
    )
    assert done.returncode == 0, done.stderr
    layers: dict[str, Any] = json.loads(done.stdout)["layers"]
    assert {name: layer["outcome"] for name, layer in layers.items()} == dict.fromkeys(
        ("image", "e2e"), "pass"
    )
    assert layers["e2e"]["checks"] >= 20
    assert {user for user, _ in world.front.asked} == {ROLE}


def test_list_shows_it_beside_the_embedded_ones(world: World, host: Environment) -> None:
    """One list, whoever made what is in it."""
    listed = {one["name"]: one for one in world.checkout.json("env", "list")}
    ours = listed[world.checkout.environment]
    assert (ours["provider"], ours["state"], ours["memory_bytes"]) == ("eks", "running", 0)
    assert listed[host.name]["provider"] == "embedded"
    assert world.checkout.environment in world.checkout.run("env", "list").stderr
