"""What runs inside every embedded cluster from the start: DNS and metrics, as pods, and the rights they need.

The objects are plain documents for the API server; `install` creates them, and leaves alone what is there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from hallmark.cluster import addresses, components, netpol
from hallmark.cluster.kube import Api
from hallmark.image import oci
from hallmark.outcome import CannotJudge

# Unprivileged: the pods may not bind 53, so the Service leads from 53 to this.
DNS_PORT = 5353
METRICS_PORT = 10250
PROGRAM = "/program"
MOUNTED = {"name": "program", "mountPath": PROGRAM, "readOnly": True}
COREFILE = f""".:{DNS_PORT} {{
    errors
    health :8181
    ready :8182
    kubernetes {addresses.DOMAIN} in-addr.arpa {{
        pods insecure
        fallthrough in-addr.arpa
    }}
    cache 5
}}
"""
_PLURALS = {
    "ServiceAccount": "serviceaccounts",
    "ConfigMap": "configmaps",
    "Service": "services",
    "Deployment": "deployments",
    "ClusterRole": "clusterroles",
    "ClusterRoleBinding": "clusterrolebindings",
    "RoleBinding": "rolebindings",
    "APIService": "apiservices",
}


def archives(folder: Path, programs: Mapping[str, Path]) -> list[Path]:
    """The image archives that every node needs before its kubelet starts: pause alone.

    Written once for each version of the program. The add-ons run on the same image, with their program mounted
    from the tools' folder: importing 140 MB into every node would cost seconds of processor time at each start.
    """
    program = programs["pause"]
    status = program.stat()
    # The file's own identity stands for its content: nothing is read at a warm start.
    identity = f"{status.st_ino:x}-{status.st_size:x}-{status.st_mtime_ns:x}"
    archive = folder / identity / "pause.tar"
    if not archive.exists():
        reference = components.PAUSE_IMAGE
        oci.write(
            archive, reference=reference, entrypoint=["/pause"], user="65535:65535", files={"/pause": program}
        )
    return [archive]


def network(programs: Mapping[str, Path]) -> list[dict[str, Any]]:
    """What the first pod may need: the network policies' agent and DNS. None refers to a later one."""
    return [*netpol.ACCESS, *_dns(programs["coredns"])]


def metrics(programs: Mapping[str, Path], *, resolution_s: int = 10) -> list[dict[str, Any]]:
    """The metrics API, in an order in which none refers to a later one."""
    return _metrics(programs["metrics-server"], resolution_s)


def install(
    api: Api, wanted: Sequence[dict[str, Any]], report: Callable[[str], None] = lambda _: None
) -> None:
    """Create objects; one that exists already stays as it is. Raises CannotJudge naming a refused one."""
    for thing in wanted:
        answer = api.request("POST", collection(thing), thing)
        if not answer.ok and answer.status != 409:
            name = f"{thing['kind']} {thing['metadata']['name']}"
            message = answer.body.get("message") if isinstance(answer.body, dict) else answer.body
            raise CannotJudge(f"the cluster refused its own {name}: {message}", where=api.where)
        report(f"{thing['kind']} {thing['metadata']['name']}")


def collection(thing: Mapping[str, Any]) -> str:
    """The API path that an object is created under."""
    group = thing["apiVersion"]
    root = "/api" if group == "v1" else "/apis"
    namespace = thing["metadata"].get("namespace")
    scope = f"/namespaces/{namespace}" if namespace else ""
    return f"{root}/{group}{scope}/{_PLURALS[thing['kind']]}"


def _dns(program: Path) -> list[dict[str, Any]]:
    labels = {"k8s-app": "kube-dns"}
    ports = [
        {"containerPort": DNS_PORT, "name": "dns", "protocol": "UDP"},
        {"containerPort": DNS_PORT, "name": "dns-tcp", "protocol": "TCP"},
    ]
    container = {
        "name": "coredns",
        "image": components.PAUSE_IMAGE,
        "command": [PROGRAM],
        "args": ["-conf", "/etc/coredns/Corefile"],
        "ports": ports,
        "readinessProbe": {"httpGet": {"path": "/ready", "port": 8182}, "periodSeconds": 1},
        "resources": {"requests": {"cpu": "10m", "memory": "32Mi"}, "limits": {"memory": "128Mi"}},
        "volumeMounts": [{"name": "config", "mountPath": "/etc/coredns", "readOnly": True}, MOUNTED],
    }
    volumes = [{"name": "config", "configMap": {"name": "coredns"}}, _program(program)]
    rules = [
        {"apiGroups": [""], "resources": ["services", "pods", "namespaces"], "verbs": ["list", "watch"]},
        {"apiGroups": ["discovery.k8s.io"], "resources": ["endpointslices"], "verbs": ["list", "watch"]},
    ]
    service_ports = [
        {"name": "dns", "port": 53, "protocol": "UDP", "targetPort": "dns"},
        {"name": "dns-tcp", "port": 53, "protocol": "TCP", "targetPort": "dns-tcp"},
    ]
    return [
        _thing("v1", "ServiceAccount", "coredns", "kube-system"),
        _thing("rbac.authorization.k8s.io/v1", "ClusterRole", "system:coredns", rules=rules),
        _binding("system:coredns", "system:coredns", "coredns"),
        _thing("v1", "ConfigMap", "coredns", "kube-system", data={"Corefile": COREFILE}),
        _deployment("coredns", labels, {**container, "securityContext": _locked()}, volumes, dnsPolicy="Default"),
        _thing(
            "v1", "Service", "kube-dns", "kube-system",
            spec={"clusterIP": addresses.DNS_SERVICE, "selector": labels, "ports": service_ports},
        ),
    ]  # fmt: skip


def _metrics(program: Path, resolution_s: int) -> list[dict[str, Any]]:
    labels = {"k8s-app": "metrics-server"}
    container = {
        "name": "metrics-server",
        "image": components.PAUSE_IMAGE,
        "command": [PROGRAM],
        "args": [
            "--cert-dir=/tmp",
            f"--secure-port={METRICS_PORT}",
            "--kubelet-preferred-address-types=InternalIP",
            "--kubelet-certificate-authority=/etc/hallmark/ca.crt",
            f"--metric-resolution={resolution_s}s",
            # Must be shorter than the resolution, or the program refuses to start.
            f"--kubelet-request-timeout={max(1, resolution_s // 2)}s",
        ],
        "ports": [{"containerPort": METRICS_PORT, "name": "https"}],
        "readinessProbe": {
            "httpGet": {"path": "/livez", "port": "https", "scheme": "HTTPS"},
            "periodSeconds": 1,
        },
        "resources": {"requests": {"cpu": "10m", "memory": "48Mi"}, "limits": {"memory": "192Mi"}},
        "volumeMounts": [
            {"name": "tmp", "mountPath": "/tmp"},  # noqa: S108 - inside the pod
            {"name": "authority", "mountPath": "/etc/hallmark", "readOnly": True},
            MOUNTED,
        ],
    }
    # The authority of the kubelets' certificates: every namespace has it in this ConfigMap.
    authority = {"name": "kube-root-ca.crt", "items": [{"key": "ca.crt", "path": "ca.crt"}]}
    volumes = [
        {"name": "tmp", "emptyDir": {}},
        {"name": "authority", "configMap": authority},
        _program(program),
    ]
    rules = [
        {"apiGroups": [""], "resources": ["nodes/metrics"], "verbs": ["get"]},
        {"apiGroups": [""], "resources": ["pods", "nodes"], "verbs": ["get", "list", "watch"]},
    ]
    reader = {
        "roleRef": {
            "apiGroup": "rbac.authorization.k8s.io",
            "kind": "Role",
            "name": "extension-apiserver-authentication-reader",
        },
        "subjects": [{"kind": "ServiceAccount", "name": "metrics-server", "namespace": "kube-system"}],
    }
    return [
        _thing("v1", "ServiceAccount", "metrics-server", "kube-system"),
        _thing("rbac.authorization.k8s.io/v1", "ClusterRole", "system:metrics-server", rules=rules),
        _binding("system:metrics-server", "system:metrics-server", "metrics-server"),
        _binding("metrics-server:system:auth-delegator", "system:auth-delegator", "metrics-server"),
        _thing("rbac.authorization.k8s.io/v1", "RoleBinding", "metrics-server-auth-reader", "kube-system", **reader),
        _deployment("metrics-server", labels, {**container, "securityContext": _locked()}, volumes),
        _thing(
            "v1", "Service", "metrics-server", "kube-system",
            spec={"selector": labels, "ports": [{"name": "https", "port": 443, "targetPort": "https"}]},
        ),
        _thing(
            "apiregistration.k8s.io/v1", "APIService", "v1beta1.metrics.k8s.io",
            spec={
                "group": "metrics.k8s.io", "version": "v1beta1", "groupPriorityMinimum": 100, "versionPriority": 100,
                # It makes its own certificate at every start; the way to it is the environment's own network.
                "insecureSkipTLSVerify": True,
                "service": {"name": "metrics-server", "namespace": "kube-system"},
            },
        ),
    ]  # fmt: skip


def _thing(version: str, kind: str, name: str, namespace: str = "", **rest: Any) -> dict[str, Any]:
    metadata: dict[str, Any] = {"name": name, "labels": {"app.kubernetes.io/managed-by": "hallmark"}}
    if namespace:
        metadata["namespace"] = namespace
    return {"apiVersion": version, "kind": kind, "metadata": metadata, **rest}


def _binding(name: str, role: str, account: str) -> dict[str, Any]:
    return _thing(
        "rbac.authorization.k8s.io/v1",
        "ClusterRoleBinding",
        name,
        roleRef={"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": role},
        subjects=[{"kind": "ServiceAccount", "name": account, "namespace": "kube-system"}],
    )


def _program(path: Path) -> dict[str, Any]:
    return {"name": "program", "hostPath": {"path": str(path), "type": "File"}}


def _locked() -> dict[str, Any]:
    return {
        "allowPrivilegeEscalation": False,
        "readOnlyRootFilesystem": True,
        "capabilities": {"drop": ["ALL"]},
    }


def _deployment(
    name: str, labels: dict[str, str], container: dict[str, Any], volumes: list[dict[str, Any]], **pod: Any
) -> dict[str, Any]:
    pod_spec = {
        "serviceAccountName": name,
        "priorityClassName": "system-cluster-critical",
        "securityContext": {
            "runAsNonRoot": True,
            "runAsUser": 65532,
            "seccompProfile": {"type": "RuntimeDefault"},
        },
        "containers": [container],
        "volumes": volumes,
        **pod,
    }
    template = {"metadata": {"labels": labels}, "spec": pod_spec}
    spec = {"replicas": 1, "selector": {"matchLabels": labels}, "template": template}
    return _thing("apps/v1", "Deployment", name, "kube-system", spec=spec)
