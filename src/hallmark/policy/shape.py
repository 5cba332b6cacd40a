"""Checks that an object has the types that the rules rely on: a list where a list belongs, text where text belongs.

A rule that meets text where it expects a list finds nothing, which must not look like a pass. This is no schema:
fields that no rule reads are not looked at.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from hallmark.policy import kinds

Path = tuple[str | int, ...]
TEXT, NUMBER, FLAG, AMOUNT, TEXTS = "text", "whole number", "boolean", "text or number", "map of text"
_LIST_OF_TEXT: list[Any] = [TEXT]
_PORT = {"containerPort": NUMBER, "hostPort": NUMBER, "name": TEXT, "protocol": TEXT}
_SECURITY = {
    **dict.fromkeys(
        ("allowPrivilegeEscalation", "privileged", "readOnlyRootFilesystem", "runAsNonRoot"), FLAG
    ),
    **{"runAsUser": NUMBER, "runAsGroup": NUMBER, "procMount": TEXT},
    "capabilities": {"add": _LIST_OF_TEXT, "drop": _LIST_OF_TEXT},
    "seccompProfile": {"type": TEXT},
    "appArmorProfile": {"type": TEXT},
    "seLinuxOptions": dict.fromkeys(("type", "user", "role"), TEXT),
    "windowsOptions": {"hostProcess": FLAG},
}
_HANDLER = {"httpGet": {"host": TEXT}, "tcpSocket": {"host": TEXT}}
_ENV = {"name": TEXT, "value": TEXT, "valueFrom": {"secretKeyRef": {}, "configMapKeyRef": {}, "fieldRef": {}}}
_RESOURCES = {"requests": {"*": AMOUNT}, "limits": {"*": AMOUNT}}
_CONTAINER = {
    **{"name!": TEXT, "image": TEXT, "imagePullPolicy": TEXT, "restartPolicy": TEXT},
    **{"ports": [_PORT], "securityContext": _SECURITY, "resources": _RESOURCES},
    **{"env": [_ENV], "envFrom": [{"secretRef": {}, "configMapRef": {}}], "volumeMounts": [{"name": TEXT}]},
    **{"livenessProbe": _HANDLER, "readinessProbe": _HANDLER, "startupProbe": _HANDLER},
    "lifecycle": {"postStart": _HANDLER, "preStop": _HANDLER},
}
_VOLUME = {"name!": TEXT, "hostPath": {"path": TEXT}, "emptyDir": {}, "image": {"reference": TEXT}}
_SELECTOR = {
    "matchLabels": TEXTS,
    "matchExpressions": [{"key": TEXT, "operator": TEXT, "values": _LIST_OF_TEXT}],
}
_AFFINITY_TERM = {"labelSelector": _SELECTOR, "topologyKey": TEXT}
_POD = {
    **{"containers!": [_CONTAINER], "initContainers": [_CONTAINER], "ephemeralContainers": [_CONTAINER]},
    **{"volumes": [_VOLUME], "securityContext": {**_SECURITY, "sysctls": [{"name": TEXT}]}},
    **dict.fromkeys(("hostNetwork", "hostPID", "hostIPC", "automountServiceAccountToken"), FLAG),
    **dict.fromkeys(("serviceAccountName", "serviceAccount", "priorityClassName", "restartPolicy"), TEXT),
    **{"hostAliases": [{}], "tolerations": [{"key": TEXT}], "os": {"name": TEXT}},
    "topologySpreadConstraints": [{"topologyKey": TEXT, "labelSelector": _SELECTOR}],
    "affinity": {
        "podAntiAffinity": {
            "requiredDuringSchedulingIgnoredDuringExecution": [_AFFINITY_TERM],
            "preferredDuringSchedulingIgnoredDuringExecution": [{"podAffinityTerm": _AFFINITY_TERM}],
        }
    },
}
_META = {"name": TEXT, "generateName": TEXT, "namespace": TEXT, "labels": TEXTS, "annotations": TEXTS}
_TEMPLATE = {"metadata": _META, "spec!": _POD}
_CLAIM = {"metadata": _META, "spec": {"storageClassName": TEXT}}
_WORKLOAD = {"spec!": {"template!": _TEMPLATE, "replicas": NUMBER, "selector": _SELECTOR}}
_JOB = {"spec!": {"template!": _TEMPLATE, "ttlSecondsAfterFinished": NUMBER}}
_SUBJECTS = {"roleRef!": {"kind": TEXT, "name!": TEXT}, "subjects": [{"kind": TEXT, "name!": TEXT}]}
_ROLE = {
    "rules": [dict.fromkeys(("apiGroups", "resources", "resourceNames", "verbs"), _LIST_OF_TEXT)],
    "aggregationRule": {"clusterRoleSelectors": [_SELECTOR]},
}
_BACKEND = {
    "service": {"name": TEXT, "port": {"name": TEXT, "number": NUMBER}},
    **{"serviceName": TEXT, "servicePort": AMOUNT, "resource": {}},
}
_INGRESS = {
    "rules": [{"host": TEXT, "http": {"paths": [{"backend": _BACKEND}]}}],
    **{"tls": [{}], "defaultBackend": _BACKEND, "backend": _BACKEND},
}
_KINDS: dict[str, Any] = {
    "Pod": {"spec!": _POD},
    "PodTemplate": {"template!": _TEMPLATE},
    **dict.fromkeys(("Deployment", "DaemonSet", "ReplicaSet"), _WORKLOAD),
    "StatefulSet": {"spec!": {**_WORKLOAD["spec!"], "serviceName": TEXT, "volumeClaimTemplates": [_CLAIM]}},
    "ReplicationController": {"spec!": {"template!": _TEMPLATE, "selector": TEXTS}},
    "Job": _JOB,
    "CronJob": {"spec!": {"jobTemplate!": _JOB, "startingDeadlineSeconds": NUMBER}},
    "Service": {
        "spec": {
            **{"selector": TEXTS, "type": TEXT, "clusterIP": TEXT, "externalIPs": [TEXT]},
            "ports": [{"name": TEXT, "port": NUMBER}],
        }
    },
    "ServiceAccount": {"automountServiceAccountToken": FLAG},
    "NetworkPolicy": {"spec!": {"podSelector": _SELECTOR}},
    "PodDisruptionBudget": {
        "spec": {"selector": _SELECTOR, "minAvailable": AMOUNT, "maxUnavailable": AMOUNT}
    },
    "HorizontalPodAutoscaler": {
        "spec!": {"minReplicas": NUMBER, "scaleTargetRef!": {"kind": TEXT, "name": TEXT}}
    },
    "Ingress": {"spec": _INGRESS},
    "ConfigMap": {"data": TEXTS, "binaryData": TEXTS},
    "Secret": {"type": TEXT},
    "PersistentVolumeClaim": _CLAIM,
    **dict.fromkeys(("Role", "ClusterRole"), _ROLE),
    **dict.fromkeys(("RoleBinding", "ClusterRoleBinding"), _SUBJECTS),
}


def faults(value: dict[str, Any]) -> Iterator[tuple[Path, str]]:
    """Every place of an object that has another type than the rules rely on, with what is wrong there."""
    if not kinds.is_known(value["apiVersion"], value["kind"]):
        yield ("kind",), f"{value['apiVersion']} {value['kind']} is no kind of Kubernetes that is known here"
        return
    yield from _compare(value, {"metadata!": {**_META}, **_KINDS.get(value["kind"], {})}, ())
    meta = value.get("metadata")
    if isinstance(meta, dict) and not (meta.get("name") or meta.get("generateName")):
        yield ("metadata",), "metadata.name is missing"


def _compare(value: Any, shape: Any, path: Path) -> Iterator[tuple[Path, str]]:
    if value is None:
        return
    expected = _mismatch(value, shape)
    if expected:
        yield path, f"{_dotted(path)} must be a {expected}"
    elif isinstance(shape, list):
        for index, item in enumerate(value):
            if item is None:
                yield (*path, index), f"{_dotted((*path, index))} is empty"
            yield from _compare(item, shape[0], (*path, index))
    elif isinstance(shape, dict) and "*" in shape:
        for key, item in value.items():
            yield from _compare(item, shape["*"], (*path, key))
    elif isinstance(shape, dict):
        for field, inner in shape.items():
            name = field.removesuffix("!")
            if field.endswith("!") and value.get(name) in (None, []):
                yield path, f"{_dotted((*path, name))} is missing"
            yield from _compare(value.get(name), inner, (*path, name))


def _mismatch(value: Any, shape: Any) -> str:
    """What the value should have been, or nothing when it is."""
    if isinstance(shape, dict):
        return "" if isinstance(value, dict) else "mapping"
    if isinstance(shape, list):
        return "" if isinstance(value, list) else "list"
    if shape == TEXTS:
        fits = isinstance(value, dict) and all(isinstance(one, str) for one in value.values())
    elif shape == FLAG:
        fits = isinstance(value, bool)
    elif shape == NUMBER:
        fits = isinstance(value, int) and not isinstance(value, bool)
    elif shape == AMOUNT:
        fits = isinstance(value, (str, int, float)) and not isinstance(value, bool)
    else:
        fits = isinstance(value, str)
    return "" if fits else str(shape)


def _dotted(path: Path) -> str:
    words = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return words.removeprefix(".") or "the object"
