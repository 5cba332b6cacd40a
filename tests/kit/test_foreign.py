"""Somebody else's workload: the public guestbook of Kubernetes' own tests, judged and deployed by the same kit.

Its manifests are read from the Kubernetes module (checked against go.sum), its image is the module's agnhost.
The cluster is reached as any user's is: by a kubeconfig and the provider `existing`.
"""

from __future__ import annotations

import json
import secrets
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import yaml

from hallmark import cluster, tools
from hallmark.cluster import Environment
from hallmark.image import oci, registry
from hallmark.outcome import Refused
from hallmark.promotion import deploy

ROOT = Path(__file__).resolve().parents[2]
FILES = (
    "frontend-deployment.yaml.in",
    "frontend-service.yaml",
    "agnhost-primary-deployment.yaml.in",
    "agnhost-primary-service.yaml",
    "agnhost-replica-deployment.yaml.in",
    "agnhost-replica-service.yaml",
)
# What any engineer of the field would object to in these manifests; they set nothing of it.
EXPECTED = {
    "run-as-non-root",
    "read-only-root-fs",
    "capabilities-drop-all",
    "allow-privilege-escalation",
    "seccomp",
    "memory-limits",
    "readiness-probe",
}
pytestmark = pytest.mark.timeout(300)


@pytest.fixture(scope="module")
def environment() -> Iterator[Environment]:
    """An embedded environment, which the tests then reach by its kubeconfig alone."""
    provider, name = cluster.provider("embedded"), f"kit-{secrets.token_hex(3)}"
    try:
        yield provider.up(name, nodes=1, owner="kit", ttl_s=1800)
    finally:
        provider.down(name)


@pytest.fixture(scope="module")
def guestbook(environment: Environment, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The six files, with nothing changed but the image's name, which their template asks for."""
    folder = tmp_path_factory.mktemp("guestbook")
    agnhost = tools.ensure(["agnhost"])["agnhost"]
    archive = folder / "agnhost.tar"
    reference = f"{environment.registry_pull}/agnhost"
    digest = oci.write(
        archive, reference=f"{reference}:1", entrypoint=["/agnhost"], user="0", files={"/agnhost": agnhost}
    )
    registry.push_archive(archive, registry=environment.registry_push, name="agnhost")
    source = tools.module_dir("kubernetes") / "test/e2e/testing-manifests/guestbook"
    written = []
    for name in FILES:
        file = folder / name.removesuffix(".in")
        file.write_text((source / name).read_text().replace("{{.AgnhostImage}}", f"{reference}@{digest}"))
        written.append(file)
    return written


def test_check_judges_every_object_of_foreign_manifests(guestbook: list[Path]) -> None:
    """Every file is judged, and what it lacks is refused by the id of the rule."""
    argv = [sys.executable, "-m", "hallmark", "check", "manifests", "--json", *map(str, guestbook)]
    done = subprocess.run(argv, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 1, done.stderr
    report = json.loads(done.stdout)
    assert report["outcome"] == "fail"
    judged = {Path(one["file"]).name for one in report["objects"]}
    assert judged == {file.name for file in guestbook}
    assert report["not_evaluated"] == []
    failed = {one["rule"] for one in report["results"] if one["outcome"] == "fail"}
    assert failed >= EXPECTED


def test_deploy_brings_foreign_manifests_to_an_existing_cluster(
    environment: Environment, guestbook: list[Path]
) -> None:
    """The same engine deploys them, watches them, and reaches the service as a user of any cluster would."""
    provider = cluster.provider("existing", environment.kubeconfig)
    found = provider.up("foreign", nodes=1, owner="kit", ttl_s=600)
    target = deploy.Cluster(found.kubeconfig)
    namespace: dict[str, Any] = {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "guestbook"}}
    objects = [namespace]
    for file in guestbook:
        for item in yaml.safe_load_all(file.read_text()):
            item["metadata"]["namespace"] = "guestbook"
            objects.append(item)
    provider.record_namespace("foreign", "guestbook")
    deploy.apply(target, objects)
    for name in ("agnhost-primary", "agnhost-replica", "frontend"):
        deploy.watch(target, "guestbook", name, timeout_s=120)
    with provider.service(found, "guestbook", "frontend", 80) as url:
        guest = f"{url.rstrip('/')}/guestbook?key=messages&cmd"
        _eventually(f"{guest}=set&value=hello", message="Updated")
        _eventually(f"{guest}=get", data="hello")  # the replicas hear of it a moment later
    provider.down("foreign")
    ends = time.monotonic() + 60
    while target.read("namespace", "guestbook", "") is not None:
        assert time.monotonic() < ends, "down left the namespace that the kit had made"
        time.sleep(0.5)


def test_deploy_of_foreign_manifests_where_they_are_not_admitted_is_refused(
    environment: Environment, guestbook: list[Path]
) -> None:
    """In a namespace that enforces Pod Security `restricted` the same manifests are refused, with the cause."""
    target = deploy.Cluster(environment.kubeconfig)
    labels = {"pod-security.kubernetes.io/enforce": "restricted"}
    namespace = {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "strict", "labels": labels}}
    frontend = yaml.safe_load(guestbook[0].read_text())
    frontend["metadata"]["namespace"] = "strict"
    deploy.apply(target, [namespace, frontend])
    with pytest.raises(Refused, match="violates PodSecurity"):
        deploy.watch(target, "strict", "frontend", timeout_s=60)


def _eventually(url: str, **expected: str) -> None:
    """Ask until the JSON answer has these fields: the guestbook's parts find each other after they are ready."""
    ends = time.monotonic() + 60
    while True:
        try:
            reply = httpx.get(url, timeout=10)
            said = reply.text
            if reply.is_success and expected.items() <= reply.json().items():
                return
        except (httpx.HTTPError, ValueError) as error:
            said = str(error)
        assert time.monotonic() < ends, said
        time.sleep(1)
