"""Releases made from the one under test by one change each, deployed and taken back by the promotion engine itself."""

from __future__ import annotations

import copy
import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import httpx
import yaml
from tests.e2e.place import Object, Place, container_of

from hallmark.cluster import kube
from hallmark.outcome import Refused
from hallmark.promotion import deploy

DIGEST_NOTE, COMMIT_NOTE = "hallmark.dev/image-digest", "hallmark.dev/commit"
# How long a healthy release of a few replicas may take; the engine stops earlier when it sees no hope.
DEADLINE_S = 90.0


# What variants of a release differ in, and where the API keeps it.
VARIED = {
    "ConfigMap": "configmaps",
    "Deployment": "deployments",
    "HorizontalPodAutoscaler": "horizontalpodautoscalers",
}


class Releases:
    """Deploys variants of the rendered manifests; knows what is deployed, and brings the tested release back.

    It is brought back by who needs it next, and at the end of all: a roll-out that nobody looks at costs time.
    """

    def __init__(self, place: Place, manifests: Path) -> None:
        self._place = place
        self.tested = load_objects(manifests)
        self._deployed: Sequence[Object] = self.tested

    def deploy(self, objects: Sequence[Object], *, timeout_s: float = DEADLINE_S) -> None:
        """Apply a release and wait until it serves. Raises Refused with the cause."""
        previous, self._deployed = self._deployed, objects
        deploy.apply(self._place.cluster, objects)
        deploy.watch(self._place.cluster, self._place.namespace, self._place.service, timeout_s=timeout_s)
        deploy.prune(self._place.cluster, objects, previous)

    def cause_of_failure(self, objects: Sequence[Object], *, timeout_s: float) -> str:
        """Deploy a release that must not become healthy; returns why the engine gave it up."""
        try:
            self.deploy(objects, timeout_s=timeout_s)
        except Refused as refused:
            return refused.what
        raise AssertionError("the release was reported as healthy")

    def take_back(self) -> None:
        """Deploy the tested release again, as the engine takes a release back."""
        self.deploy(self.tested)

    def settle_on_tested(self) -> None:
        """See to it that the tested release runs alone, however it is now.

        What variants change is put back directly: this is no part of what is judged, and it happens often.
        """
        if self._deployed is not self.tested:
            for item in self.tested:
                if item["kind"] in VARIED:
                    self._put(item)
        deploy.watch(self._place.cluster, self._place.namespace, self._place.service, timeout_s=DEADLINE_S)
        kept = {(item["kind"], item["metadata"]["name"]) for item in self.tested}
        for item in self._deployed:
            kind, name = item["kind"], item["metadata"]["name"]
            if kind in VARIED and (kind, name) not in kept:
                self._place.delete(self._place.path(VARIED[kind], name))
        self._deployed = self.tested

    def hold_autoscaler(self) -> None:
        """Keep the number of replicas at its least, in what runs and in every release that is deployed from here on.

        How many replicas a deployment replaces would depend on the scenarios before it.
        """
        scaler = next(item for item in self.tested if item["kind"] == "HorizontalPodAutoscaler")
        least: int = scaler["spec"]["minReplicas"]
        scaler["spec"]["maxReplicas"] = least
        self._put(scaler)

        def is_there(deployments: list[Object]) -> bool:
            own = [item for item in deployments if item["metadata"]["name"] == self._place.service]
            return [item["spec"].get("replicas", 0) for item in own] == [least]

        self._place.wait_for("deployments", is_there, what=f"{least} replicas", timeout_s=60)

    def free_autoscaler(self, manifests: Path) -> None:
        """Let it do again what the rendered manifests say."""
        for item in load_objects(manifests):
            if item["kind"] == "HorizontalPodAutoscaler":
                self._put(item)

    def _put(self, item: Object) -> None:
        path = self._place.path(VARIED[item["kind"]], item["metadata"]["name"])
        query = f"?fieldManager={deploy.FIELD_MANAGER}&force=true"
        self._place.request("PATCH", path + query, item, content_type=kube.APPLY_PATCH)

    # ---- variants ----

    def with_commit(self, commit: str) -> list[Object]:
        """The same image, deployed as another commit."""
        objects = copy.deepcopy(self.tested)
        self._template(objects)["metadata"]["annotations"][COMMIT_NOTE] = commit
        return objects

    def with_setting(self, objects: Sequence[Object], name: str, value: str) -> list[Object]:
        """Another value of one setting, in a ConfigMap of a new name, as kustomize would make it."""
        changed = copy.deepcopy(list(objects))
        container = container_of(self._template(changed)["spec"], self._place.service)
        reference = container["envFrom"][0]["configMapRef"]
        old = next(
            o for o in changed if o["kind"] == "ConfigMap" and o["metadata"]["name"] == reference["name"]
        )
        assert name in old["data"], f"{name} is not set by the stage: {sorted(old['data'])}"
        new = copy.deepcopy(old)
        new["data"][name] = value
        content = hashlib.sha256(json.dumps(new["data"], sort_keys=True).encode()).hexdigest()
        new["metadata"]["name"] = reference["name"] = f"{self._place.service}-{content[:10]}"
        changed[changed.index(old)] = new
        return changed

    def with_image(self, objects: Sequence[Object], image: str) -> list[Object]:
        """Another image, by digest."""
        changed = copy.deepcopy(list(objects))
        template = self._template(changed)
        container_of(template["spec"], self._place.service)["image"] = image
        template["metadata"]["annotations"][DIGEST_NOTE] = image.rpartition("@")[2]
        return changed

    def never_ready(self, *, deadline_s: int) -> list[Object]:
        """A release whose readiness asks for a page that is not there, and that says when to give up."""
        objects = self.with_commit("0" * 40)
        container = container_of(self._template(objects)["spec"], self._place.service)
        container["readinessProbe"]["httpGet"]["path"] = "/nowhere"
        self._deployment(objects)["spec"]["progressDeadlineSeconds"] = deadline_s
        return objects

    def _deployment(self, objects: Sequence[Object]) -> Object:
        return next(
            item
            for item in objects
            if item["kind"] == "Deployment" and item["metadata"]["name"] == self._place.service
        )

    def _template(self, objects: Sequence[Object]) -> Object:
        template: Object = self._deployment(objects)["spec"]["template"]
        return template


def load_objects(manifests: Path) -> list[Object]:
    """The objects of a rendered file."""
    return [item for item in yaml.safe_load_all(manifests.read_text(encoding="utf-8")) if item]


def moved(objects: Sequence[Object], source: str, target: str) -> list[Object]:
    """The same release in another namespace."""
    changed = copy.deepcopy(list(objects))
    for item in changed:
        metadata = item["metadata"]
        if item["kind"] == "Namespace" and metadata["name"] == source:
            metadata["name"] = target
        elif metadata.get("namespace") == source:
            metadata["namespace"] = target
    return changed


def push_twin(registry: str, image: str) -> str:
    """Push a second image with the same layers and another digest to the registry at `registry`, and return its digest.

    It differs by one annotation of its manifest: as different as two builds are to everything that goes by digest.
    """
    name, _, digest = image.rpartition("@")
    repository = name.partition("/")[2]
    kinds = "application/vnd.oci.image.manifest.v1+json, application/vnd.docker.distribution.manifest.v2+json"
    base = f"http://{registry}/v2/{repository}/manifests"
    with httpx.Client(timeout=10) as client:
        answer = client.get(f"{base}/{digest}", headers={"Accept": kinds}).raise_for_status()
        document: dict[str, Any] = answer.json()
        document.setdefault("annotations", {})["hallmark.dev/twin-of"] = digest
        body = json.dumps(document).encode()
        twin = f"sha256:{hashlib.sha256(body).hexdigest()}"
        kind = {"Content-Type": answer.headers["Content-Type"]}
        client.put(f"{base}/{twin}", content=body, headers=kind).raise_for_status()
    return twin
