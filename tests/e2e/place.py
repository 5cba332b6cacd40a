"""The namespace under test as its API server shows it: reading, waiting by watches, making pods, running in them."""

from __future__ import annotations

import contextlib
import http.client
import json
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlencode

from hallmark import process, tools
from hallmark.cluster import kube
from hallmark.process import Completed
from hallmark.promotion.deploy import Cluster

Object = dict[str, Any]
Found = TypeVar("Found")


class Refusal(Exception):
    """The API server answered with an error."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(f"{status}: {message}")
        self.status = status
        self.message = message


@dataclass(frozen=True)
class Place:
    """One namespace of one cluster, and the service that is deployed there."""

    kubeconfig: Path
    namespace: str
    service: str

    @property
    def cluster(self) -> Cluster:
        """The same cluster, as the promotion engine sees it."""
        return Cluster(self.kubeconfig)

    def path(self, kind: str, name: str = "") -> str:
        """The API path of the objects of a kind in this namespace, or of one of them."""
        groups = {
            "deployments": "apis/apps/v1",
            "horizontalpodautoscalers": "apis/autoscaling/v2",
            "endpointslices": "apis/discovery.k8s.io/v1",
        }
        return f"/{groups.get(kind, 'api/v1')}/namespaces/{self.namespace}/{kind}{f'/{name}' if name else ''}"

    def request(
        self, method: str, path: str, body: Any = None, *, content_type: str = "application/json"
    ) -> Any:
        """The answer's document; raises Refusal for any error."""
        answer = kube.request(self.kubeconfig, method, path, body, content_type=content_type, timeout_s=20)
        if not answer.ok:
            said = answer.body.get("message", "") if isinstance(answer.body, dict) else answer.body
            raise Refusal(answer.status, str(said))
        return answer.body

    def read(self, kind: str, name: str) -> Object:
        document: Object = self.request("GET", self.path(kind, name))
        return document

    def items(self, kind: str, selector: str = "") -> list[Object]:
        query = f"?{urlencode({'labelSelector': selector})}" if selector else ""
        found: list[Object] = self.request("GET", self.path(kind) + query)["items"]
        return found

    def delete(self, path: str, *, grace_s: int | None = None) -> None:
        """Delete one object; one that is gone already is no error."""
        query = "" if grace_s is None else f"?gracePeriodSeconds={grace_s}"
        try:
            self.request("DELETE", path + query)
        except Refusal as refusal:
            if refusal.status != 404:
                raise

    def marks(self) -> dict[str, dict[str, str]]:
        """Whose this namespace is and what it is held to: its labels and annotations of that kind."""
        metadata = self.request("GET", f"/api/v1/namespaces/{self.namespace}")["metadata"]
        ours = ("hallmark.dev/", "pod-security.kubernetes.io/")
        return {
            kind: {key: value for key, value in metadata.get(kind, {}).items() if key.startswith(ours)}
            for kind in ("labels", "annotations")
        }

    # ---- the service's own things ----

    def pods(self) -> list[Object]:
        """The pods of the service's Deployment that are not on their way out."""
        found = self.items("pods", f"app.kubernetes.io/name={self.service},pod-template-hash")
        return [pod for pod in found if "deletionTimestamp" not in pod["metadata"]]

    def ready_pods(self) -> list[Object]:
        return [pod for pod in self.pods() if is_ready(pod)]

    def settings(self) -> dict[str, str]:
        """The settings that the Deployment takes from its ConfigMap, as the stage wrote them."""
        template = self.read("deployments", self.service)["spec"]["template"]
        container = container_of(template["spec"], self.service)
        found: dict[str, str] = {}
        for source in container.get("envFrom", []):
            found |= self.read("configmaps", source["configMapRef"]["name"])["data"]
        return found

    # ---- waiting ----

    def wait_for(
        self,
        kind: str,
        condition: Callable[[list[Object]], Found | None],
        *,
        what: str,
        timeout_s: float,
        selector: str = "",
    ) -> Found:
        """Watch the objects of a kind until `condition` of all of them is neither None nor False, and return it.

        Fails the test, naming `what`, after `timeout_s`.
        """
        limit_s = time.monotonic() + timeout_s
        for objects in self.changes(kind, selector, limit_s):
            found = condition(objects)
            if found is not None and found is not False:
                return found
        raise AssertionError(f"{what}: not seen within {timeout_s:g} s")

    def changes(
        self, kind: str, selector: str, limit_s: float, ended: threading.Event | None = None
    ) -> Iterator[list[Object]]:
        """All objects of a kind now, and again after every change, until `limit_s` (monotonic) or `ended`.

        A change is never missed between two answers: each watch goes on from the version that the last one saw.
        """
        query = {"labelSelector": selector} if selector else {}
        listed = self.request("GET", f"{self.path(kind)}?{urlencode(query)}")
        known = {item["metadata"]["uid"]: item for item in listed["items"]}
        version = listed["metadata"]["resourceVersion"]
        yield list(known.values())
        while time.monotonic() < limit_s and not (ended and ended.is_set()):
            seconds = max(1, min(2 if ended else 30, int(limit_s - time.monotonic()) + 1))
            watch = {**query, "watch": "1", "resourceVersion": version, "timeoutSeconds": str(seconds)}
            for event in self._events(f"{self.path(kind)}?{urlencode(watch)}", seconds):
                item = event["object"]
                if event["type"] == "ERROR":
                    raise AssertionError(f"the watch of {kind} broke: {item.get('message')}")
                version = item["metadata"]["resourceVersion"]
                known[item["metadata"]["uid"]] = item
                if event["type"] == "DELETED":
                    del known[item["metadata"]["uid"]]
                yield list(known.values())
                if time.monotonic() >= limit_s:
                    return

    def _events(self, path: str, seconds: int) -> Iterator[Object]:
        api = kube.api(self.kubeconfig)
        if api.context is None:
            connection = http.client.HTTPConnection(api.host, api.port, timeout=seconds + 5)
        else:
            connection = http.client.HTTPSConnection(
                api.host, api.port, context=api.context, timeout=seconds + 5
            )
        with contextlib.closing(connection):
            connection.request("GET", api.path + path, headers=api.headers)
            answer = connection.getresponse()
            if answer.status != 200:
                raise Refusal(answer.status, answer.read().decode(errors="replace"))
            while line := answer.readline():
                yield json.loads(line)

    # ---- pods of the tests' own ----

    def run_in(self, pod: str, *words: str, container: str = "", timeout_s: float = 30) -> Completed:
        """Run a program in a container of a pod; any exit code is an answer."""
        chosen = [f"--container={container}"] if container else []
        command: list[str | Path] = [tools.path("kubectl"), f"--kubeconfig={self.kubeconfig}", "exec"]
        return process.run(
            [
                *command,
                f"--namespace={self.namespace}",
                pod,
                *chosen,
                "--",
                *words,
            ],
            timeout_s=timeout_s,
            check=False,
        )

    def run_python(
        self, pod: str, code: str, *arguments: str, container: str = "", timeout_s: float = 30
    ) -> str:
        """What a Python program prints in a container; fails the test when it does not end well."""
        done = self.run_in(pod, "python3", "-c", code, *arguments, container=container, timeout_s=timeout_s)
        assert done.ok, f"in pod {pod}: {done.stderr or done.stdout}"
        return done.stdout.strip()

    def start_pod(self, pod: Object) -> Object:
        document: Object = self.request("POST", self.path("pods"), pod)
        return document

    def wait_for_pod(
        self, name: str, condition: Callable[[Object], bool], *, what: str, timeout_s: float
    ) -> Object:
        def found(pods: list[Object]) -> Object | None:
            return next((pod for pod in pods if pod["metadata"]["name"] == name and condition(pod)), None)

        return self.wait_for("pods", found, what=f"pod {name} {what}", timeout_s=timeout_s)


def is_ready(pod: Object) -> bool:
    return any(
        condition["type"] == "Ready" and condition["status"] == "True"
        for condition in pod.get("status", {}).get("conditions", [])
    )


def is_running(pod: Object) -> bool:
    return any(
        "running" in status.get("state", {}) for status in pod.get("status", {}).get("containerStatuses", [])
    )


def container_of(spec: Object, name: str) -> Object:
    """The container of that name in a pod's specification."""
    found: Object = next(container for container in spec["containers"] if container["name"] == name)
    return found


def modest_pod(name: str, image: str, *words: str, labels: dict[str, str] | None = None) -> Object:
    """A pod that the restricted standard takes, which runs `words` for at most ten minutes."""
    return {
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": {
            "name": name,
            "labels": {"app.kubernetes.io/managed-by": "hallmark-e2e", **(labels or {})},
        },
        "spec": {
            "automountServiceAccountToken": False,
            "enableServiceLinks": False,
            "activeDeadlineSeconds": 600,
            "terminationGracePeriodSeconds": 0,
            "restartPolicy": "Never",
            "securityContext": {
                "runAsNonRoot": True,
                "runAsUser": 65532,
                "runAsGroup": 65532,
                "seccompProfile": {"type": "RuntimeDefault"},
            },
            "containers": [
                {
                    "name": "main",
                    "image": image,
                    "command": list(words),
                    "resources": {
                        "requests": {"cpu": "10m", "memory": "32Mi"},
                        "limits": {"cpu": "500m", "memory": "64Mi"},
                    },
                    "securityContext": {
                        "allowPrivilegeEscalation": False,
                        "readOnlyRootFilesystem": True,
                        "capabilities": {"drop": ["ALL"]},
                    },
                }
            ],
        },
    }
