"""Bring a set of objects to a cluster and watch it become healthy, or say why it does not.

Server-side apply, validated strictly by the API server first. What an earlier release had and this one has not is
deleted. Nothing is rendered here.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import quote

from hallmark.cluster import kube
from hallmark.outcome import CannotJudge, Refused

FIELD_MANAGER = "hallmark"
Object = dict[str, Any]
Report = Callable[[str], None]

# A container in one of these states will not start by waiting for it.
HOPELESS = {
    "CrashLoopBackOff",
    "CreateContainerConfigError",
    "CreateContainerError",
    "ErrImageNeverPull",
    "ErrImagePull",
    "ImagePullBackOff",
    "InvalidImageName",
    "RunContainerError",
}
POLL_S = 0.4
DELETE_TIMEOUT_S = 60.0
REFUSALS_TOLD = 3
# An object that does not fit its kind's schema is answered with 500 under server-side apply; these words are the
# only way to tell it from a server that fails.
SCHEMA_REFUSAL = "failed to create typed patch object"
PATHS = {
    "configmap": "/api/v1/namespaces/{namespace}/configmaps",
    "event": "/api/v1/namespaces/{namespace}/events",
    "namespace": "/api/v1/namespaces",
    "pod": "/api/v1/namespaces/{namespace}/pods",
    "deployment": "/apis/apps/v1/namespaces/{namespace}/deployments",
    "replicaset": "/apis/apps/v1/namespaces/{namespace}/replicasets",
}


def quiet(_: str) -> None:
    """A report that goes nowhere."""


@dataclass(frozen=True)
class Cluster:
    """The objects of one cluster."""

    kubeconfig: Path

    def request(self, method: str, path: str, body: Any = None, **more: Any) -> kube.Response:
        """One request to the API; every status is an answer. Raises CannotJudge when there is none."""
        return kube.request(self.kubeconfig, method, path, body, **more)

    def read(self, kind: str, name: str, namespace: str) -> Object | None:
        """One object of a kind in PATHS, or None when there is none."""
        found = self.request("GET", f"{PATHS[kind].format(namespace=namespace)}/{name}")
        if found.status == HTTPStatus.NOT_FOUND:
            return None
        return self._body(found)

    def select(self, kind: str, namespace: str, selector: str = "") -> list[Object]:
        """The objects of a kind in PATHS that carry the labels of `selector`."""
        query = f"?labelSelector={quote(selector)}" if selector else ""
        found = self.request("GET", PATHS[kind].format(namespace=namespace) + query)
        items: list[Object] = self._body(found)["items"]
        return items

    def create(self, item: Object) -> kube.Response:
        """Create an object; one that is there already is answered with the status 409."""
        collection = self._path(item).rpartition("/")[0]
        return self.request("POST", f"{collection}?fieldManager={FIELD_MANAGER}", item)

    def replace(self, item: Object) -> kube.Response:
        """Replace an object; one that changed since its resourceVersion is answered with the status 409."""
        return self.request("PUT", f"{self._path(item)}?fieldManager={FIELD_MANAGER}", item)

    def apply(self, item: Object, *, dry_run: bool = False) -> kube.Response:
        """Server-side apply, with fields judged strictly; what others own of these fields becomes ours."""
        query = f"?fieldManager={FIELD_MANAGER}&force=true&fieldValidation=Strict"
        query += "&dryRun=All" if dry_run else ""
        return self.request(
            "PATCH", self._path(item) + query, item, content_type=kube.APPLY_PATCH, timeout_s=30
        )

    def delete(self, item: Object) -> bool:
        """Ask for an object's end, and of what it owns; whether it was there."""
        found = self.request("DELETE", f"{self._path(item)}?propagationPolicy=Background")
        if found.status == HTTPStatus.NOT_FOUND:
            return False
        self._body(found)
        return True

    def exists(self, item: Object) -> bool:
        found = self.request("GET", self._path(item))
        if found.status == HTTPStatus.NOT_FOUND:
            return False
        self._body(found)
        return True

    def _path(self, item: Object) -> str:
        path = kube.api(self.kubeconfig).path_of(item)
        if path is None:
            raise Refused(
                f"the API server has no kind {item['kind']} in {item['apiVersion']}",
                where=str(self.kubeconfig),
            )
        return path

    def _body(self, found: kube.Response) -> Object:
        if not found.ok:
            raise CannotJudge(
                f"the API server answers {found.status}: {found.message}", where=str(self.kubeconfig)
            )
        body: Object = found.body
        return body


def validate(cluster: Cluster, objects: Sequence[Object]) -> None:
    """Ask the API server whether it would take every object: strict fields, all admission, nothing stored.

    The namespaces among the objects are really made: without them nothing inside could be asked about.
    Raises Refused with the server's words.
    """
    _apply(cluster, [item for item in objects if item["kind"] == "Namespace"])
    _apply(cluster, [item for item in objects if item["kind"] != "Namespace"], dry_run=True)


def apply(cluster: Cluster, objects: Sequence[Object]) -> None:
    """Apply the objects. Raises Refused when the API server does not take one; `validate` first finds that out
    while nothing is changed.
    """
    if not objects:
        raise CannotJudge("there is nothing to deploy: the rendered set is empty")
    _apply(cluster, objects)


def prune(cluster: Cluster, objects: Sequence[Object], previous: Iterable[Object]) -> None:
    """Delete what `previous` had and `objects` have not.

    Only after `watch`: an old pod that starts again during the rollout still needs what its template names.
    """
    kept = {_identity(item) for item in objects}
    # The namespace of a stage outlives every release: it holds the stage's history.
    gone = [item for item in previous if _identity(item) not in kept and item["kind"] != "Namespace"]
    if gone:
        delete(cluster, gone)


def delete(cluster: Cluster, objects: Sequence[Object]) -> None:
    """Delete objects and wait until they are gone; those that are not there are no error."""
    deadline = time.monotonic() + DELETE_TIMEOUT_S
    going = [item for item in objects if cluster.delete(item)]
    while going := [item for item in going if cluster.exists(item)]:
        if time.monotonic() > deadline:
            names = ", ".join(f"{item['kind']} {item['metadata']['name']}" for item in going)
            raise CannotJudge(
                f"not gone after {DELETE_TIMEOUT_S:g} s: {names}", where=str(cluster.kubeconfig)
            )
        time.sleep(POLL_S)


def watch(cluster: Cluster, namespace: str, name: str, *, timeout_s: float, report: Report = quiet) -> float:
    """Wait until the Deployment serves its newest template with every replica; returns the seconds it took.

    Raises Refused with the cause as soon as it is plain that it will not: a crash loop, an image that cannot
    be had, a pod that is not admitted, the progress deadline, or `timeout_s`.
    """
    began = time.monotonic()
    said = ""
    while True:
        deployment = cluster.read("deployment", name, namespace)
        if deployment is None:
            raise Refused(f"deployment {name} does not exist", where=f"namespace {namespace}")
        progress = _progress(deployment)
        if progress is None:
            return time.monotonic() - began
        if progress != said:
            report(progress)
            said = progress
        cause = _cause(cluster, deployment, namespace)
        late = time.monotonic() - began > timeout_s
        if cause or late:
            reason = cause or f"not healthy within {timeout_s:g} s: {progress}"
            raise Refused(
                f"deployment {name} does not become healthy: {reason}",
                where=f"namespace {namespace}",
                next_step=f"kubectl --kubeconfig={cluster.kubeconfig} -n {namespace} describe deployment {name}",
            )
        time.sleep(POLL_S)


def live_digest(cluster: Cluster, namespace: str, name: str) -> str | None:
    """The image digest that the Deployment asks for now, or None when there is none."""
    deployment = cluster.read("deployment", name, namespace)
    if deployment is None:
        return None
    for container in deployment["spec"]["template"]["spec"]["containers"]:
        if container["name"] == name:
            return str(container["image"]).rpartition("@")[2]
    return None


def is_healthy(cluster: Cluster, namespace: str, name: str) -> bool:
    """Whether the Deployment serves its newest template with every replica at this moment."""
    deployment = cluster.read("deployment", name, namespace)
    return deployment is not None and _progress(deployment) is None


def _apply(cluster: Cluster, objects: Sequence[Object], *, dry_run: bool = False) -> None:
    """Apply one object after the other; when nothing is stored, every refusal is told and not only the first."""
    refusals: list[str] = []
    for item in objects:
        answer = cluster.apply(item, dry_run=dry_run)
        if answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR and SCHEMA_REFUSAL not in answer.message:
            raise CannotJudge(
                f"the API server answers {answer.status}: {answer.message}", where=str(cluster.kubeconfig)
            )
        if not answer.ok:
            refusals.append(f"{item['kind']} {item['metadata']['name']}: {answer.message}")
            if not dry_run:
                break
    if refusals:
        more = f"; and {len(refusals) - REFUSALS_TOLD} more" if len(refusals) > REFUSALS_TOLD else ""
        told = "; ".join(refusals[:REFUSALS_TOLD])
        raise Refused(f"the API server refuses the manifests: {told}{more}", where=str(cluster.kubeconfig))


def _identity(item: Object) -> tuple[str, str, str, str]:
    metadata = item["metadata"]
    # The version is no part of it: the same object may move from one version of its API to the next.
    group = item["apiVersion"].rpartition("/")[0]
    return group, item["kind"], metadata.get("namespace", ""), metadata["name"]


def _last_lines(text: str, count: int = 3) -> str:
    lines = [line.strip() for line in text.strip().splitlines() if line.strip()]
    return "; ".join(lines[-count:])


def _progress(deployment: Object) -> str | None:
    """What is still awaited, in words; None when the Deployment has arrived."""
    spec, status = deployment["spec"], deployment.get("status", {})
    wanted = spec.get("replicas", 1)
    if status.get("observedGeneration", 0) < deployment["metadata"]["generation"]:
        return "the controller has not seen it yet"
    updated, available, present = (
        status.get(key, 0) for key in ("updatedReplicas", "availableReplicas", "replicas")
    )
    if wanted == 0:
        return "it asks for no replica"
    if updated < wanted:
        return f"{updated} of {wanted} replicas updated"
    if present > updated:
        return f"{present - updated} old replicas not gone yet"
    if available < wanted:
        return f"{available} of {wanted} replicas available"
    return None


def _cause(cluster: Cluster, deployment: Object, namespace: str) -> str | None:
    """Why this rollout is hopeless, or None while waiting makes sense."""
    if deployment.get("status", {}).get("observedGeneration", 0) < deployment["metadata"]["generation"]:
        return None  # what the status says is about the release before
    for condition in deployment.get("status", {}).get("conditions", []):
        if condition["type"] == "ReplicaFailure" and condition["status"] == "True":
            return f"its pods are not admitted: {condition['message']}"
    owned = _newest_replica_set(cluster, deployment, namespace)
    if owned is not None:
        pods = cluster.select(
            "pod", namespace, f"pod-template-hash={owned['metadata']['labels']['pod-template-hash']}"
        )
        for pod in pods:
            cause = _pod_cause(cluster, pod, namespace)
            if cause:
                return cause
    for condition in deployment.get("status", {}).get("conditions", []):
        if condition["type"] == "Progressing" and condition.get("reason") == "ProgressDeadlineExceeded":
            return f"{condition['message']}{_unready(cluster, namespace, owned)}"
    return None


def _newest_replica_set(cluster: Cluster, deployment: Object, namespace: str) -> Object | None:
    revision = deployment["metadata"].get("annotations", {}).get("deployment.kubernetes.io/revision")
    for item in cluster.select("replicaset", namespace):
        owners = item["metadata"].get("ownerReferences", [])
        if not any(owner["uid"] == deployment["metadata"]["uid"] for owner in owners):
            continue
        if item["metadata"].get("annotations", {}).get("deployment.kubernetes.io/revision") == revision:
            return item
    return None


def _pod_cause(cluster: Cluster, pod: Object, namespace: str) -> str | None:
    status = pod.get("status", {})
    for container in [*status.get("initContainerStatuses", []), *status.get("containerStatuses", [])]:
        waiting = container.get("state", {}).get("waiting", {})
        if waiting.get("reason") in HOPELESS or container.get("restartCount", 0) >= 2:
            where = f"pod {pod['metadata']['name']}, container {container['name']}"
            last = container.get("lastState", {}).get("terminated") or container.get("state", {}).get(
                "terminated"
            )
            if last:
                said = _log(cluster, pod, namespace, container)
                return f"{where}: exited with {last['exitCode']} ({last['reason']}){said}"
            return f"{where}: {waiting['reason']}: {waiting.get('message', 'no message')}"
    return None


def _log(cluster: Cluster, pod: Object, namespace: str, container: Object) -> str:
    path = f"{PATHS['pod'].format(namespace=namespace)}/{pod['metadata']['name']}/log"
    for previous in ("true", "false"):
        query = f"?container={quote(container['name'])}&tailLines=3&previous={previous}"
        said = cluster.request("GET", path + query)
        if said.ok and str(said.body).strip():
            return f": {_last_lines(str(said.body))}"
    return ""


def _unready(cluster: Cluster, namespace: str, owned: Object | None) -> str:
    """What the newest events say of pods that run and are not ready."""
    if owned is None:
        return ""
    prefix = owned["metadata"]["name"]
    events = [
        event
        for event in cluster.select("event", namespace)
        if event["type"] == "Warning" and event["involvedObject"].get("name", "").startswith(prefix)
    ]
    return f" ({events[-1]['message']})" if events else ""
