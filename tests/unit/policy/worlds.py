"""Random sets of manifests in which no rule finds anything: a workload of one kind, and what goes with it."""

from __future__ import annotations

import json
from copy import deepcopy
from typing import Any

from fixture import FIXTURE  # type: ignore[import-not-found]
from hypothesis import strategies as st

Object = dict[str, Any]
# Kinds that describe pods, each with the way to the pod's template.
TEMPLATES: dict[str, tuple[str, ...]] = {
    "Pod": (),
    "PodTemplate": ("template",),
    "CronJob": ("spec", "jobTemplate", "spec", "template"),
    **dict.fromkeys(
        ("DaemonSet", "Deployment", "Job", "ReplicaSet", "ReplicationController", "StatefulSet"),
        ("spec", "template"),
    ),
}
_VERSIONS = {
    **dict.fromkeys(("Pod", "PodTemplate", "ReplicationController"), "v1"),
    **dict.fromkeys(("DaemonSet", "Deployment", "ReplicaSet", "StatefulSet"), "apps/v1"),
    **dict.fromkeys(("CronJob", "Job"), "batch/v1"),
}
# Other workloads, and of policies and of what limits a namespace as many as say something new.
_LEFT_OUT = {
    *("StatefulSet ledger", "Service ledger", "CronJob settle", "Namespace production"),
    *("ResourceQuota quotes", "LimitRange quotes"),
    *("NetworkPolicy allow-clients", "NetworkPolicy allow-clients-out", "NetworkPolicy allow-dns"),
}
_WORDS = st.from_regex(r"[a-z][a-z0-9]{0,9}", fullmatch=True)


class World:
    """A set of objects; `kind` is that of its workload."""

    def __init__(self, kind: str, objects: list[Object]) -> None:
        self.kind = kind
        self.objects = objects

    def __repr__(self) -> str:
        return f"World({self.kind})"

    def one(self, kind: str) -> Object:
        """The first object of a kind."""
        return next(one for one in self.objects if one["kind"] == kind)

    @property
    def pod(self) -> Object:
        """The pod's spec in the workload."""
        template = self.one(self.kind)
        for step in TEMPLATES[self.kind]:
            template = template[step]
        spec: Object = template["spec"]
        return spec

    def copy(self) -> World:
        return deepcopy(self)


@st.composite
def worlds(draw: st.DrawFn, kind: str) -> World:
    """A world whose workload is of this kind."""
    objects = _rendered()
    deployment = objects.pop("Deployment quotes")
    template = deployment["spec"]["template"]
    template["spec"] = _pod(draw, template["spec"], kind)
    for part in ("labels", "annotations"):
        template["metadata"][part] |= draw(st.dictionaries(_WORDS, _WORDS, max_size=2))
    workload = _workload(draw, kind, deployment)
    kept = [one for name, one in objects.items() if name not in _LEFT_OUT]
    if kind != "Deployment":
        kept = [one for one in kept if one["kind"] != "HorizontalPodAutoscaler"]
    text = json.dumps([*kept, workload])
    text = text.replace('"quotes"', f'"{draw(_WORDS)}"').replace('"production"', f'"{draw(_WORDS)}"')
    world = World(kind, json.loads(text))
    if kind == "StatefulSet":
        world.one("Service")["spec"]["clusterIP"] = "None"
    return world


def _rendered() -> dict[str, Object]:
    """The kit's own production stage, by kind and name, made to please even the rules that are matters of opinion."""
    entries = json.loads(FIXTURE.read_text(encoding="utf-8"))["rendered"]
    found = {f"{one['object']['kind']} {one['object']['metadata']['name']}": one["object"] for one in entries}
    everything = {"matchExpressions": [{"key": "app.kubernetes.io/name", "operator": "Exists"}]}
    found["NetworkPolicy default-deny"]["spec"]["podSelector"] = everything
    pod = found["Deployment quotes"]["spec"]["template"]["spec"]
    pod["priorityClassName"] = "standard"
    pod["containers"][0]["imagePullPolicy"] = "Always"
    pod["containers"][0]["resources"]["requests"]["memory"] = "192Mi"
    return found


def _pod(draw: st.DrawFn, spec: Object, kind: str) -> Object:
    """Some containers and init containers, with and without what may be left out."""
    (good,) = spec["containers"]
    sidecars = draw(st.lists(st.booleans(), max_size=2))
    containers = [_container(draw, good, f"c{index}", index) for index in range(draw(st.integers(1, 3)))]
    containers[0]["name"] = "quotes"
    spec["containers"] = containers
    if sidecars:
        spec["initContainers"] = [
            _container(draw, good, f"init{index}", 100 + index, sidecar=sidecar)
            for index, sidecar in enumerate(sidecars)
        ]
    if kind in ("Job", "CronJob"):
        spec["restartPolicy"] = draw(st.sampled_from(("Never", "OnFailure")))
    more = {
        **{"os": {"name": "linux"}, "hostNetwork": False, "hostPID": False, "dnsPolicy": "ClusterFirst"},
        "tolerations": [{"key": "dedicated", "operator": "Exists"}],
    }
    spec |= {key: more[key] for key in draw(st.sets(st.sampled_from(sorted(more))))}
    for key in draw(st.sets(st.sampled_from(("enableServiceLinks", "terminationGracePeriodSeconds")))):
        del spec[key]
    for index, source in enumerate(
        draw(st.lists(st.sampled_from(("configMap", "emptyDir", "projected")), max_size=2))
    ):
        spec["volumes"].append({"name": f"more{index}", source: {}})
    return spec


def _container(draw: st.DrawFn, good: Object, name: str, number: int, sidecar: bool | None = None) -> Object:
    """One container; an init container is a sidecar or not, an ordinary one neither."""
    made = deepcopy(good)
    made["name"] = name
    made["ports"][0]["containerPort"] += number
    if sidecar:
        made["restartPolicy"] = "Always"
    elif sidecar is False:
        for key in ("ports", "livenessProbe", "readinessProbe", "startupProbe", "lifecycle"):
            del made[key]
    else:
        for key in draw(st.sets(st.sampled_from(("startupProbe", "lifecycle", "envFrom")))):
            del made[key]
    for key in draw(st.sets(st.sampled_from(("privileged", "runAsGroup", "runAsUser", "seccompProfile")))):
        del made["securityContext"][key]  # the pod says it too, or it is the default
    made["env"].append({"name": "MODE", "value": draw(_WORDS)})
    return made


def _workload(draw: st.DrawFn, kind: str, deployment: Object) -> Object:
    """The Deployment as another kind, with what that kind demands."""
    if kind == "Deployment":
        return deployment
    spec, template = deployment["spec"], deployment["spec"]["template"]
    made: Object = {"apiVersion": _VERSIONS[kind], "kind": kind, "metadata": deployment["metadata"]}
    if kind == "Pod":
        owner = {"apiVersion": "example.org/v1", "kind": "Crew", "name": "crew", "uid": "0"}
        made["metadata"] |= {"ownerReferences": [owner]}
        for part in ("labels", "annotations"):
            made["metadata"][part] |= template["metadata"][part]
        made["spec"] = template["spec"]
    elif kind == "PodTemplate":
        made["template"] = template
    elif kind == "Job":
        made["spec"] = {"template": template, "ttlSecondsAfterFinished": draw(st.integers(0, 9999))}
    elif kind == "CronJob":
        job = {"spec": {"template": template, "ttlSecondsAfterFinished": 60}}
        made["spec"] = {"schedule": "0 3 * * *", "startingDeadlineSeconds": 600, "jobTemplate": job}
    else:
        made["spec"] = {"selector": spec["selector"], "template": template}
        if kind == "ReplicationController":
            made["spec"]["selector"] = spec["selector"]["matchLabels"]
        if kind == "StatefulSet":
            made["spec"]["serviceName"] = "quotes"
    return made
