"""For every rule about Kubernetes objects one change that breaks it, and what else that change breaks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from worlds import TEMPLATES, World  # type: ignore[import-not-found]

EVERY = tuple(TEMPLATES)
SERVING = tuple(kind for kind in TEMPLATES if kind not in ("Job", "CronJob"))
SELECTING = ("DaemonSet", "Deployment", "ReplicaSet", "StatefulSet")
ALL_CONTAINERS = ("containers", "initContainers", "ephemeralContainers")
WITH_RESOURCES = ("containers", "initContainers")
ABSENT = object()
# By path, with / between the steps (+ at the end appends to a list): another value, or ABSENT.
Edits = Mapping[str, Any]
# What breaks: rules of the same object, or (rule, kind) for another one.
Also = tuple[str | tuple[str, str], ...]


@dataclass(frozen=True)
class Injection:
    """`at` is what is changed: the object of a kind, the WORKLOAD, its POD, or one of these containers.

    The rule then fails on the same object, or on the one of the kind `on`. Objects of the kinds `without` go away.
    """

    rule: str
    at: str | tuple[str, ...]
    edits: Edits
    also: Also = ()
    kinds: tuple[str, ...] = EVERY
    on: str = ""
    without: tuple[str, ...] = ()
    when: Callable[[World], bool] = lambda _: True

    def fits(self, world: World) -> bool:
        return world.kind in self.kinds and self.when(world)

    def apply(self, world: World, turn: int) -> set[tuple[str, str]]:
        """Break the rule, in the container whose turn it is; returns the rule and kind of object of each failure."""
        world.objects[:] = [one for one in world.objects if one["kind"] not in self.without]
        kind, also = world.kind, list(self.also)
        if self.at == POD:
            edit(world.pod, self.edits)
        elif isinstance(self.at, tuple):
            field, container = _container(world, self.at, turn)
            also += ["ephemeral-containers"] if field == "ephemeralContainers" else []
            edit(container, self.edits)
        elif self.at == WORKLOAD:
            edit(world.one(world.kind), self.edits)
        else:
            kind = self.at
            edit(world.one(kind), self.edits)
        others = {one if isinstance(one, tuple) else (one, kind) for one in also}
        failing = {(self.rule, self.on or kind), *others}
        return {(rule, world.kind if at == WORKLOAD else at) for rule, at in failing}


WORKLOAD, POD = "workload", "pod"


def _container(world: World, fields: tuple[str, ...], turn: int) -> tuple[str, dict[str, Any]]:
    """One container of these fields; an ephemeral one is made for it."""
    there = [(field, one) for field in fields for one in world.pod.get(field, ())]
    if "ephemeralContainers" in fields:
        there.append(("ephemeralContainers", _ephemeral(world)))
    field, chosen = there[turn % len(there)]
    if field == "ephemeralContainers":
        world.pod[field] = [chosen]
    return field, chosen


def _ephemeral(world: World) -> dict[str, Any]:
    made = deepcopy(world.pod["containers"][0])
    unknown_to_it = ("ports", "resources", "livenessProbe", "readinessProbe", "startupProbe", "lifecycle")
    return {**{key: value for key, value in made.items() if key not in unknown_to_it}, "name": "debugger"}


def edit(value: Any, edits: Edits) -> None:
    """Make the changes; what is missing on the way is made."""
    for path, new in edits.items():
        *way, last = path.split("/")
        at = value
        for step in way:
            at = at[int(step)] if isinstance(at, list) else at.setdefault(step, {})
        if last.endswith("+"):
            at.setdefault(last[:-1], []).append(deepcopy(new))
        elif new is ABSENT:
            at.pop(int(last) if isinstance(at, list) else last, None)
        else:
            at[int(last) if isinstance(at, list) else last] = deepcopy(new)


def _volume(path: str) -> Edits:
    return {"volumes+": {"name": "host", "hostPath": {"path": path}}}


def _port(number: int, **more: Any) -> Edits:
    return {"ports+": {"containerPort": number, "name": "injected", **more}}


def _grant(group: str, resource: str, verb: str) -> Edits:
    return {"rules+": {"apiGroups": [group], "resources": [resource], "verbs": [verb]}}


def _lacks(resource: str) -> tuple[Edits, Edits]:
    """Without the limit, and without request and limit."""
    limit = {f"resources/limits/{resource}": ABSENT}
    return limit, {**limit, f"resources/requests/{resource}": ABSENT}


def _image(reference: str) -> Edits:
    return {"image": reference}


def _image_volume(reference: str, policy: str = "Always") -> Edits:
    return {"volumes+": {"name": "model", "image": {"reference": reference, "pullPolicy": policy}}}


def _asks_by_one(world: World) -> bool:
    asking = [one for field in WITH_RESOURCES for one in world.pod.get(field, ()) if "readinessProbe" in one]
    return len(asking) == 1


DIGEST = "sha256:" + "0" * 64
MODEL = f"registry.hallmark.internal/model@{DIGEST}"
PROBE = {"httpGet": {"path": "/", "port": 8080}}
BOUND = "ClusterRoleBinding"
ROLE = "ClusterRole"
POD_SECURITY = (
    "allow-privilege-escalation",
    "capabilities-drop-all",
    "capability-net-raw",
    "read-only-root-fs",
)
ADDED = ("capabilities-added", "capabilities-added-restricted")

INJECTIONS = (
    # Pods
    Injection("control-plane-toleration", POD, {"tolerations+": {"key": "node-role.kubernetes.io/master"}}),
    Injection("default-service-account", POD, {"serviceAccountName": ABSENT}),
    Injection(
        "deprecated-service-account-field",
        POD,
        {"serviceAccountName": ABSENT, "serviceAccount": "absent"},
        ("default-service-account", "service-account-exists"),
    ),
    Injection("docker-socket", POD, _volume("/var/run/docker.sock"), ("host-path", "volume-types")),
    Injection("ephemeral-containers", ("ephemeralContainers",), {}),
    Injection("host-aliases", POD, {"hostAliases": [{"ip": "192.0.2.1", "hostnames": ["a"]}]}),
    Injection("host-ipc", POD, {"hostIPC": True}, ("host-namespaces",)),
    Injection("host-namespaces", POD, {"hostPID": True}, ("host-pid",)),
    Injection("host-network", POD, {"hostNetwork": True}, ("host-namespaces",)),
    Injection("host-path", POD, _volume("/etc"), ("volume-types",)),
    Injection("host-pid", POD, {"hostPID": True}, ("host-namespaces",)),
    Injection(
        "hostpath-writable",
        POD,
        {**_volume("/etc"), "containers/0/volumeMounts+": {"name": "host", "mountPath": "/host"}},
        ("host-path", "volume-types"),
    ),
    Injection("priority-class", POD, {"priorityClassName": ABSENT}),
    Injection(
        "seccomp-unconfined",
        POD,
        {
            "securityContext/seccompProfile": {"type": "Unconfined"},
            "containers/0/securityContext/seccompProfile": ABSENT,
        },
        ("seccomp",),
    ),
    Injection("service-account-exists", POD, {"serviceAccountName": "absent"}),
    Injection("service-account-token-automount", POD, {"automountServiceAccountToken": ABSENT}),
    Injection(
        "service-account-token-automount-set",
        POD,
        {"automountServiceAccountToken": True},
        ("service-account-token-automount",),
    ),
    Injection("sysctls", POD, {"securityContext/sysctls": [{"name": "kernel.msgmax", "value": "1"}]}),
    Injection("volume-types", POD, {"volumes+": {"name": "n", "nfs": {"server": "s", "path": "/"}}}),
    Injection(
        "pod-probes-service",
        ("containers",),
        {"readinessProbe": ABSENT},
        ("readiness-probe",),
        SERVING,
        when=_asks_by_one,
    ),
    # Containers
    Injection(
        "allow-privilege-escalation", ALL_CONTAINERS, {"securityContext/allowPrivilegeEscalation": ABSENT}
    ),
    Injection("apparmor", ALL_CONTAINERS, {"securityContext/appArmorProfile": {"type": "Unconfined"}}),
    Injection(
        "capabilities-added", ALL_CONTAINERS, {"securityContext/capabilities/add": ["NET_ADMIN"]}, ADDED[1:]
    ),
    Injection(
        "capabilities-added-restricted", ALL_CONTAINERS, {"securityContext/capabilities/add": ["CHOWN"]}
    ),
    Injection("capabilities-drop-all", ALL_CONTAINERS, {"securityContext/capabilities/drop": ["NET_RAW"]}),
    Injection("capability-net-raw", ALL_CONTAINERS, {"securityContext/capabilities/add": ["NET_RAW"]}, ADDED),
    Injection(
        "capability-sys-admin", ALL_CONTAINERS, {"securityContext/capabilities/add": ["SYS_ADMIN"]}, ADDED
    ),
    Injection("container-security-context", ALL_CONTAINERS, {"securityContext": ABSENT}, POD_SECURITY),
    Injection("cpu-limits", WITH_RESOURCES, _lacks("cpu")[0]),
    Injection("cpu-requests", WITH_RESOURCES, _lacks("cpu")[1], ("cpu-limits",)),
    Injection("duplicate-env", ALL_CONTAINERS, {"env+": {"name": "MODE", "value": "twice"}}),
    Injection(
        "env-secrets",
        ALL_CONTAINERS,
        {"env+": {"name": "A", "valueFrom": {"secretKeyRef": {"name": "quotes-tls", "key": "a"}}}},
    ),
    Injection("ephemeral-storage-limits", WITH_RESOURCES, _lacks("ephemeral-storage")[0]),
    Injection(
        "ephemeral-storage-requests",
        WITH_RESOURCES,
        _lacks("ephemeral-storage")[1],
        ("ephemeral-storage-limits",),
    ),
    Injection("high-uid", ALL_CONTAINERS, {"securityContext/runAsUser": 1000}),
    Injection("host-ports", WITH_RESOURCES, _port(9999, hostPort=9999)),
    Injection("host-probe", ("containers",), {"livenessProbe/httpGet/host": "127.0.0.1"}),
    Injection("host-process", ALL_CONTAINERS, {"securityContext/windowsOptions": {"hostProcess": True}}),
    Injection("image-digest", ALL_CONTAINERS, _image("registry.hallmark.internal/quotes:1.2")),
    Injection("image-digest", POD, _image_volume("registry.hallmark.internal/model:1"), ("volume-types",)),
    Injection("image-pull-policy", ALL_CONTAINERS, {"imagePullPolicy": "IfNotPresent"}),
    Injection("image-pull-policy", POD, _image_volume(MODEL, "IfNotPresent"), ("volume-types",)),
    Injection("image-registry-allowed", ALL_CONTAINERS, _image(f"example.org/quotes@{DIGEST}")),
    Injection("image-registry-allowed", POD, _image_volume(f"example.org/model@{DIGEST}"), ("volume-types",)),
    Injection("image-tag-latest", ALL_CONTAINERS, _image("registry.hallmark.internal/a"), ("image-digest",)),
    Injection("liveness-probe", ("containers",), {"livenessProbe": ABSENT}, kinds=SERVING),
    Injection("memory-limits", WITH_RESOURCES, _lacks("memory")[0], ("memory-requests-equal-limits",)),
    Injection(
        "memory-requests",
        WITH_RESOURCES,
        _lacks("memory")[1],
        ("memory-limits", "memory-requests-equal-limits"),
    ),
    Injection("memory-requests-equal-limits", WITH_RESOURCES, {"resources/requests/memory": "1Mi"}),
    Injection("port-names", WITH_RESOURCES, {"ports+": {"containerPort": 9999}}),
    Injection("privileged", ALL_CONTAINERS, {"securityContext/privileged": True}),
    Injection("privileged-ports", WITH_RESOURCES, _port(80)),
    Injection("probes-identical", ("containers",), {"livenessProbe": PROBE, "readinessProbe": PROBE}),
    Injection("proc-mount", ALL_CONTAINERS, {"securityContext/procMount": "Unmasked"}),
    Injection("read-only-root-fs", ALL_CONTAINERS, {"securityContext/readOnlyRootFilesystem": False}),
    Injection(
        "readiness-probe",
        ("containers",),
        {"readinessProbe": ABSENT},
        kinds=SERVING,
        when=lambda world: not _asks_by_one(world),
    ),
    Injection("run-as-non-root", ALL_CONTAINERS, {"securityContext/runAsNonRoot": False}),
    Injection("run-as-user-root", ALL_CONTAINERS, {"securityContext/runAsUser": 0}, ("high-uid",)),
    Injection(
        "seccomp",
        ALL_CONTAINERS,
        {"securityContext/seccompProfile": {"type": "Unconfined"}},
        ("seccomp-unconfined",),
    ),
    Injection("secret-in-env", ALL_CONTAINERS, {"env+": {"name": "DB_PASSWORD", "value": "hunter2"}}),
    Injection("selinux", ALL_CONTAINERS, {"securityContext/seLinuxOptions": {"type": "spc_t"}}),
    Injection("ssh-port", WITH_RESOURCES, _port(22), ("privileged-ports",)),
    Injection("tiller", ALL_CONTAINERS, _image(f"registry.hallmark.internal/tiller@{DIGEST}")),
    # Workloads of one kind or another
    Injection("cronjob-deadline", WORKLOAD, {"spec/startingDeadlineSeconds": ABSENT}, kinds=("CronJob",)),
    Injection("cronjob-restart-policy", POD, {"restartPolicy": ABSENT}, kinds=("CronJob",)),
    Injection("deployment-selector-matches", WORKLOAD, {"spec/selector/matchLabels/a": "b"}, kinds=SELECTING),
    Injection("hpa-replicas-unset", WORKLOAD, {"spec/replicas": 2}, kinds=("Deployment",)),
    Injection("job-ttl", WORKLOAD, {"spec/ttlSecondsAfterFinished": ABSENT}, kinds=("Job",)),
    Injection("naked-pod", WORKLOAD, {"metadata/ownerReferences": ABSENT}, kinds=("Pod",)),
    Injection(
        "pdb-exists",
        WORKLOAD,
        {"spec/replicas": 3},
        kinds=("StatefulSet",),
        without=("PodDisruptionBudget",),
    ),
    Injection("pod-anti-affinity", POD, {"affinity": ABSENT}, kinds=("Deployment",)),
    Injection(
        "replicas",
        WORKLOAD,
        {"spec/replicas": 1},
        kinds=("Deployment",),
        without=("HorizontalPodAutoscaler",),
    ),
    Injection("rolling-update", WORKLOAD, {"spec/strategy": {"type": "Recreate"}}, kinds=("Deployment",)),
    Injection("statefulset-service-name", WORKLOAD, {"spec/serviceName": "absent"}, kinds=("StatefulSet",)),
    Injection(
        "storageclass",
        WORKLOAD,
        {"spec/volumeClaimTemplates": [{"metadata": {"name": "data"}, "spec": {}}]},
        kinds=("StatefulSet",),
    ),
    Injection(
        "topology-spread",
        POD,
        {"topologySpreadConstraints": ABSENT},
        kinds=("Deployment", "ReplicaSet", "StatefulSet"),
    ),
    # Everything else
    Injection("configmap-secrets", "ConfigMap", {"data/password": "hunter2"}),
    Injection("dangling-ingress", "Ingress", {"spec/rules/0/http/paths/0/backend/service/name": "absent"}),
    Injection("dangling-networkpolicy", "NetworkPolicy", {"spec/podSelector": {"matchLabels": {"a": "b"}}}),
    Injection("default-namespace", "Secret", {"metadata/namespace": "default"}),
    Injection("hpa-min-replicas", "HorizontalPodAutoscaler", {"spec/minReplicas": 1}, kinds=("Deployment",)),
    Injection(
        "hpa-target-exists",
        "HorizontalPodAutoscaler",
        {"spec/scaleTargetRef/name": "absent"},
        (("replicas", WORKLOAD),),
        kinds=("Deployment",),
    ),
    Injection(
        "ingress-default-backend",
        "Ingress",
        {"spec/defaultBackend": {"resource": {"kind": "Bucket", "name": "static"}}},
    ),
    Injection("ingress-empty-host", "Ingress", {"spec/rules/0/host": ABSENT}),
    Injection("ingress-tls", "Ingress", {"spec/tls": ABSENT}),
    Injection("ingress-wildcard-host", "Ingress", {"spec/rules/0/host": "*.example.org"}),
    Injection("network-policy-exists", WORKLOAD, {}, without=("NetworkPolicy",)),
    Injection("networkpolicy-empty-podselector", "NetworkPolicy", {"spec/podSelector": {}}),
    Injection("pdb-disruptions-zero", "PodDisruptionBudget", {"spec/maxUnavailable": 0}),
    Injection(
        "pdb-hpa-consistent",
        "PodDisruptionBudget",
        {"spec/maxUnavailable": ABSENT, "spec/minAvailable": 2},
        kinds=("Deployment",),
    ),
    Injection("resource-annotations", "Secret", {"metadata/annotations": ABSENT}),
    Injection("resource-labels", "Secret", {"metadata/labels": ABSENT}),
    Injection("sa-automount", "ServiceAccount", {"automountServiceAccountToken": ABSENT}),
    Injection("secret-sa-token-type", "Secret", {"type": "kubernetes.io/service-account-token"}),
    Injection("service-external-ips", "Service", {"spec/externalIPs": ["192.0.2.1"]}),
    Injection(
        "service-externalname-localhost",
        "Service",
        {"spec/type": "ExternalName", "spec/externalName": "localhost"},
        kinds=tuple(kind for kind in EVERY if kind != "StatefulSet"),
    ),
    Injection(
        "service-selector-matches",
        "Service",
        {"spec/selector": {"a": "b"}},
        kinds=tuple(kind for kind in EVERY if kind != "StatefulSet"),
    ),
    Injection("service-type-loadbalancer", "Service", {"spec/type": "LoadBalancer"}),
    Injection("service-type-nodeport", "Service", {"spec/type": "NodePort"}),
    Injection("stable-api-version", "PodDisruptionBudget", {"apiVersion": "policy/v1beta1"}),
    # Roles and bindings
    Injection(
        "cluster-admin-binding",
        BOUND,
        {"roleRef/name": "cluster-admin"},
        ("rbac-admin-role-bound", "rbac-create-pods-bound", "rbac-pods-exec-bound", "rbac-secrets-bound"),
    ),
    Injection(
        "rbac-admin-role-bound",
        ROLE,
        _grant("", "*", "*"),
        (
            *(("rbac-wildcards", ROLE), ("rbac-wildcard-resources", ROLE), ("rbac-wildcard-verbs", ROLE)),
            *(("rbac-secrets", ROLE), ("rbac-pods-exec", ROLE), ("rbac-nodes-proxy", ROLE)),
            *(("rbac-impersonate", ROLE), ("rbac-secrets-bound", BOUND), ("rbac-pods-exec-bound", BOUND)),
            ("rbac-create-pods-bound", BOUND),
        ),
        on=BOUND,
    ),
    Injection("rbac-anonymous-binding", BOUND, {"subjects+": {"kind": "User", "name": "system:anonymous"}}),
    Injection("rbac-masters-binding", BOUND, {"subjects+": {"kind": "Group", "name": "system:masters"}}),
    Injection(
        "rbac-csr-approve",
        ROLE,
        _grant("certificates.k8s.io", "certificatesigningrequests/approval", "update"),
    ),
    Injection("rbac-escalate", ROLE, _grant("rbac.authorization.k8s.io", "clusterroles", "bind")),
    Injection("rbac-impersonate", ROLE, _grant("", "users", "impersonate")),
    Injection("rbac-nodes-proxy", ROLE, _grant("", "nodes/proxy", "get")),
    Injection("rbac-pods-exec", ROLE, _grant("", "pods/exec", "create"), (("rbac-pods-exec-bound", BOUND),)),
    Injection("rbac-create-pods-bound", ROLE, _grant("", "pods", "create"), on=BOUND),
    Injection(
        "rbac-pods-exec-bound", ROLE, _grant("", "pods/attach", "get"), (("rbac-pods-exec", ROLE),), on=BOUND
    ),
    Injection("rbac-secrets-bound", ROLE, _grant("", "secrets", "list"), (("rbac-secrets", ROLE),), on=BOUND),
    Injection(
        "rbac-wildcards", ROLE, _grant("apps", "*", "*"), ("rbac-wildcard-resources", "rbac-wildcard-verbs")
    ),
    Injection("rbac-secrets", ROLE, _grant("", "secrets", "get"), (("rbac-secrets-bound", BOUND),)),
    Injection(
        "rbac-webhooks",
        ROLE,
        _grant("admissionregistration.k8s.io", "validatingwebhookconfigurations", "update"),
    ),
    Injection("rbac-wildcard-resources", ROLE, _grant("apps", "*", "get"), ("rbac-wildcards",)),
    Injection("rbac-wildcard-verbs", ROLE, _grant("apps", "deployments", "*"), ("rbac-wildcards",)),
)
