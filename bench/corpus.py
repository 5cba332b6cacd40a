"""Kubernetes manifests in any number, the same at every call: whole applications, about a quarter of them with faults.

An application is what a team keeps in a folder: a workload with all that belongs to it. Ten share a namespace.
"""

from __future__ import annotations

import copy
import itertools
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import yaml

APPLICATIONS_PER_NAMESPACE = 10
Object = dict[str, Any]
_DUMPER: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


def write(folder: Path, count: int, per_file: int = 1) -> None:
    """`count` objects below `folder`, `per_file` in each file; a folder for every thousand files."""
    found = itertools.islice(objects(), count)
    for number in itertools.count():
        batch = list(itertools.islice(found, per_file))
        if not batch:
            return
        place = folder / f"{number // 1000:03}"
        place.mkdir(parents=True, exist_ok=True)
        text = yaml.dump_all(batch, Dumper=_DUMPER, sort_keys=False, explicit_start=per_file > 1)
        (place / f"{number:06}-{batch[0]['kind'].lower()}.yaml").write_text(text, encoding="utf-8")


def objects() -> Iterator[Object]:
    """Objects without end."""
    for number in itertools.count():
        if number % APPLICATIONS_PER_NAMESPACE == 0:
            yield from _namespace(_namespace_of(number))
        yield from _application(number)


def _namespace_of(number: int) -> str:
    return f"team-{number // APPLICATIONS_PER_NAMESPACE}"


def _namespace(name: str) -> Iterator[Object]:
    yield _object("v1", "Namespace", name, "")
    yield _object(
        "networking.k8s.io/v1", "NetworkPolicy", "default-deny", name,
        spec={"podSelector": {}, "policyTypes": ["Ingress", "Egress"]},
    )  # fmt: skip


def _application(number: int) -> Iterator[Object]:
    name, namespace = f"app-{number}", _namespace_of(number)
    labels = {"app.kubernetes.io/name": name}
    workload = _object("apps/v1", "Deployment", name, namespace, spec={
        "selector": {"matchLabels": labels},
        "revisionHistoryLimit": 5,
        "strategy": {"type": "RollingUpdate", "rollingUpdate": {"maxUnavailable": 0, "maxSurge": 1}},
        "template": _template(name),
    })  # fmt: skip
    _spoil(workload["spec"]["template"]["spec"], number)
    yield workload
    yield _object("v1", "Service", name, namespace, spec={
        "selector": labels if number % 17 else {"app.kubernetes.io/name": f"{name}-old"},
        "type": "ClusterIP" if number % 23 else "NodePort",
        "ports": [{"name": "http", "port": 80, "targetPort": "http"}],
    })  # fmt: skip
    yield _object("v1", "ServiceAccount", name, namespace, automountServiceAccountToken=number % 19 == 0)
    yield _object("v1", "ConfigMap", name, namespace, data={
        "LOG_LEVEL": "info", "UPSTREAM": f"http://app-{number + 1}", "application.yaml": "server:\n  port: 8080\n",
        **({"DB_PASSWORD": "correct horse"} if number % 29 == 0 else {}),
    })  # fmt: skip
    target = {"apiVersion": "apps/v1", "kind": "Deployment", "name": name}
    yield _object("autoscaling/v2", "HorizontalPodAutoscaler", name, namespace, spec={
        "scaleTargetRef": target if number % 31 else {**target, "name": f"{name}-old"},
        "minReplicas": 2 if number % 13 else 1,
        "maxReplicas": 6,
        "metrics": [{
            "type": "Resource",
            "resource": {"name": "cpu", "target": {"type": "Utilization", "averageUtilization": 70}},
        }],
    })  # fmt: skip
    if number % 11:
        yield _object("policy/v1", "PodDisruptionBudget", name, namespace, spec={
            "maxUnavailable": 1, "selector": {"matchLabels": labels},
        })  # fmt: skip
    yield _object("networking.k8s.io/v1", "NetworkPolicy", f"{name}-in", namespace, spec={
        "podSelector": {"matchLabels": labels},
        "policyTypes": ["Ingress"],
        "ingress": [{
            "from": [{"namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": namespace}}}],
            "ports": [{"port": "http", "protocol": "TCP"}],
        }],
    })  # fmt: skip
    for every, more in _FURTHER:
        if number % every == 0:
            yield from more(name, namespace, number)


def _stateful(name: str, namespace: str, number: int) -> Iterator[Object]:
    labels = {"app.kubernetes.io/name": f"{name}-store"}
    pod = _template(f"{name}-store", account=name)
    _spoil(pod["spec"], number // 3)
    yield _object("apps/v1", "StatefulSet", f"{name}-store", namespace, spec={
        "replicas": 3,
        "serviceName": f"{name}-store",
        "selector": {"matchLabels": labels},
        "template": pod,
        "volumeClaimTemplates": [{
            "metadata": {"name": "data"},
            "spec": {
                "accessModes": ["ReadWriteOnce"], "storageClassName": "standard",
                "resources": {"requests": {"storage": "1Gi"}},
            },
        }],
    })  # fmt: skip
    yield _object("v1", "Service", f"{name}-store", namespace, spec={
        "clusterIP": "None", "selector": labels, "ports": [{"name": "db", "port": 5432, "targetPort": "http"}],
    })  # fmt: skip
    yield _object("policy/v1", "PodDisruptionBudget", f"{name}-store", namespace, spec={
        "maxUnavailable": 1 if number % 2 else 0, "selector": {"matchLabels": labels},
    })  # fmt: skip


def _scheduled(name: str, namespace: str, number: int) -> Iterator[Object]:
    pod = _template(f"{name}-clean", account=name)
    pod["spec"]["restartPolicy"] = "Never"
    _spoil(pod["spec"], number // 4)
    yield _object("batch/v1", "CronJob", f"{name}-clean", namespace, spec={
        "schedule": "0 3 * * *",
        "startingDeadlineSeconds": 600,
        "jobTemplate": {"spec": {"ttlSecondsAfterFinished": 3600, "template": pod}},
    })  # fmt: skip


def _once(name: str, namespace: str, number: int) -> Iterator[Object]:
    pod = _template(f"{name}-migrate", account=name)
    pod["spec"]["restartPolicy"] = "Never"
    spec = {"template": pod, **({"ttlSecondsAfterFinished": 600} if number % 2 else {})}
    yield _object("batch/v1", "Job", f"{name}-migrate", namespace, spec=spec)


def _on_every_node(name: str, namespace: str, number: int) -> Iterator[Object]:
    pod = _template(f"{name}-agent", account=name)
    _spoil(pod["spec"], number // 6)
    selector = {"matchLabels": {"app.kubernetes.io/name": f"{name}-agent"}}
    yield _object(
        "apps/v1", "DaemonSet", f"{name}-agent", namespace, spec={"selector": selector, "template": pod}
    )


def _rights(name: str, namespace: str, number: int) -> Iterator[Object]:
    resources = ["configmaps"] if number % 3 else ["secrets"]
    yield _object(
        "rbac.authorization.k8s.io/v1", "Role", name, namespace,
        rules=[{"apiGroups": [""], "resources": resources, "verbs": ["get", "watch"]}],
    )  # fmt: skip
    yield _object(
        "rbac.authorization.k8s.io/v1", "RoleBinding", name, namespace,
        roleRef={"apiGroup": "rbac.authorization.k8s.io", "kind": "Role", "name": name},
        subjects=[{"kind": "ServiceAccount", "name": name, "namespace": namespace}],
    )  # fmt: skip


def _cluster_rights(name: str, _namespace: str, number: int) -> Iterator[Object]:
    role = name if number % 3 else "cluster-admin"
    yield _object("rbac.authorization.k8s.io/v1", "ClusterRole", name, "", rules=[
        {"apiGroups": ["apps"], "resources": ["deployments", "statefulsets"], "verbs": ["get", "list"]},
    ])  # fmt: skip
    yield _object(
        "rbac.authorization.k8s.io/v1", "ClusterRoleBinding", name, "",
        roleRef={"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": role},
        subjects=[{"kind": "Group", "apiGroup": "rbac.authorization.k8s.io", "name": f"{name}-owners"}],
    )  # fmt: skip


def _exposed(name: str, namespace: str, number: int) -> Iterator[Object]:
    host = f"{name}.example.org"
    port = {"name": "http"} if number % 2 else {"number": 81}
    path = {"path": "/", "pathType": "Prefix", "backend": {"service": {"name": name, "port": port}}}
    yield _object("networking.k8s.io/v1", "Ingress", name, namespace, spec={
        "tls": [{"hosts": [host], "secretName": f"{name}-tls"}],
        "rules": [{"host": host, "http": {"paths": [path]}}],
    })  # fmt: skip
    yield _object("v1", "Secret", f"{name}-tls", namespace, type="kubernetes.io/tls")


def _kept(name: str, namespace: str, number: int) -> Iterator[Object]:
    yield _object("v1", "PersistentVolumeClaim", f"{name}-archive", namespace, spec={
        "accessModes": ["ReadWriteOnce"],
        "resources": {"requests": {"storage": "1Gi"}},
        **({"storageClassName": "standard"} if number % 2 else {}),
    })  # fmt: skip


_FURTHER: tuple[tuple[int, Callable[[str, str, int], Iterator[Object]]], ...] = (
    (3, _stateful), (4, _scheduled), (5, _once), (6, _on_every_node), (4, _rights), (10, _cluster_rights),
    (5, _exposed), (9, _kept),
)  # fmt: skip


def _object(version: str, kind: str, name: str, namespace: str, **fields: Any) -> Object:
    metadata: Object = {"name": name, **({"namespace": namespace} if namespace else {})}
    metadata["labels"] = _labels(name)
    metadata["annotations"] = {"hallmark.dev/contact": "shop@example.org"}
    return {"apiVersion": version, "kind": kind, "metadata": metadata, **fields}


def _labels(name: str) -> dict[str, str]:
    return {
        "app.kubernetes.io/name": name,
        "app.kubernetes.io/part-of": "shop",
        "app.kubernetes.io/managed-by": "hallmark",
    }


def _template(name: str, account: str = "") -> Object:
    def selector() -> Object:
        return {"matchLabels": {"app.kubernetes.io/name": name}}

    return {
        "metadata": {"labels": _labels(name), "annotations": {"example.org/commit": "0" * 40}},
        "spec": {
            "serviceAccountName": account or name,
            "automountServiceAccountToken": False,
            "securityContext": {
                "runAsNonRoot": True, "runAsUser": 65532, "seccompProfile": {"type": "RuntimeDefault"},
            },
            "affinity": {"podAntiAffinity": {"preferredDuringSchedulingIgnoredDuringExecution": [{
                "weight": 100,
                "podAffinityTerm": {"topologyKey": "kubernetes.io/hostname", "labelSelector": selector()},
            }]}},
            "topologySpreadConstraints": [{
                "maxSkew": 1, "topologyKey": "topology.kubernetes.io/zone", "whenUnsatisfiable": "ScheduleAnyway",
                "labelSelector": selector(),
            }],
            "containers": [_container(account or name, name)],
            "volumes": [{"name": "tmp", "emptyDir": {"sizeLimit": "16Mi"}}],
        },
    }  # fmt: skip


def _container(application: str, name: str) -> Object:
    return {
        "name": "main",
        "image": f"registry.hallmark.internal/{name}@sha256:" + "0123456789abcdef" * 4,
        "imagePullPolicy": "IfNotPresent",
        "ports": [{"name": "http", "containerPort": 8080, "protocol": "TCP"}],
        "envFrom": [{"configMapRef": {"name": application}}],
        "env": [{"name": "POD_NAME", "valueFrom": {"fieldRef": {"fieldPath": "metadata.name"}}}],
        "resources": {
            "requests": {"cpu": "50m", "memory": "96Mi", "ephemeral-storage": "16Mi"},
            "limits": {"cpu": "1", "memory": "192Mi", "ephemeral-storage": "64Mi"},
        },
        "readinessProbe": {"httpGet": {"path": "/readyz", "port": "http"}, "periodSeconds": 2},
        "livenessProbe": {"httpGet": {"path": "/livez", "port": "http"}, "periodSeconds": 10},
        "securityContext": {
            "allowPrivilegeEscalation": False,
            "readOnlyRootFilesystem": True,
            "capabilities": {"drop": ["ALL"]},
        },
        "volumeMounts": [{"name": "tmp", "mountPath": "/tmp"}],  # noqa: S108 - in a container
    }


def _spoil(pod: Object, number: int) -> None:
    """Put one fault into every fourth pod, another one each time."""
    if number % 4 == 1:
        _FAULTS[number // 4 % len(_FAULTS)](pod, pod["containers"][0])


def _init_container_that_is_privileged(pod: Object, container: Object) -> None:
    pod["initContainers"] = [
        {**copy.deepcopy(container), "name": "init", "securityContext": {"privileged": True}}
    ]


_FAULTS: tuple[Callable[[Object, Object], Any], ...] = (
    lambda _, container: container["securityContext"].update(privileged=True),
    lambda _, container: container.update(image="registry.hallmark.internal/shop:latest"),
    lambda _, container: container.update(image="docker.io/library/nginx:1.27"),
    lambda _, container: container["resources"].pop("limits"),
    lambda _, container: container["securityContext"].pop("capabilities"),
    lambda _, container: container["securityContext"].update(allowPrivilegeEscalation=True),
    lambda _, container: container.pop("readinessProbe"),
    lambda _, container: container["env"].append({"name": "API_TOKEN", "value": "s3cret"}),
    lambda _, container: container["ports"][0].update(hostPort=8080),
    lambda pod, _: pod["securityContext"].update(runAsNonRoot=False, runAsUser=0),
    lambda pod, _: pod["securityContext"].pop("seccompProfile"),
    lambda pod, _: pod.update(hostNetwork=True, hostPID=True),
    lambda pod, _: pod["volumes"].append({"name": "host", "hostPath": {"path": "/var/run/docker.sock"}}),
    lambda pod, _: pod.update(automountServiceAccountToken=True),
    lambda pod, _: pod.pop("serviceAccountName"),
    _init_container_that_is_privileged,
)
