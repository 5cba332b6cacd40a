"""The API server agrees: on generated pods the rules say what the cluster's own Pod Security admission says.

The levels are the server's, in namespaces that enforce them; every pod is sent as a dry run. Ephemeral containers
are left out, because no pod can be created with one.
"""

from __future__ import annotations

import copy
import json
import random
import secrets
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from hallmark import cluster, policy
from hallmark.cluster import Environment, kube
from hallmark.policy import Judgement

Pod = dict[str, Any]
Change = Callable[[Pod, Pod], None]  # of a pod and one container of it

PODS = 400
BASELINE = (
    "apparmor", "capabilities-added", "host-namespaces", "host-path", "host-ports", "host-probe", "host-process",
    "privileged", "proc-mount", "seccomp-unconfined", "selinux", "sysctls",
)  # fmt: skip
RESTRICTED = (
    *BASELINE, "allow-privilege-escalation", "capabilities-added-restricted", "capabilities-drop-all",
    "run-as-non-root", "run-as-user-root", "seccomp", "volume-types",
)  # fmt: skip
LEVELS = {"baseline": BASELINE, "restricted": RESTRICTED}
# Where the rules and the server differ, by (level, change), and why. Nothing else may differ, and these must.
DIFFERENCES = {
    ("baseline", "proc Unmasked"): (
        "the server lets a pod in a user namespace of its own see all of /proc; the rule wants procMount Default"
    ),
    ("restricted", "root by the pod, not here"): (
        "the server refuses a pod that says runAsNonRoot: false even where every container says true; "
        "the rule judges what counts for each container"
    ),
}
pytestmark = pytest.mark.timeout(600)


def container(name: str) -> Pod:
    return {
        "name": name,
        "image": "registry.hallmark.internal/quotes:1",
        "securityContext": {
            "allowPrivilegeEscalation": False,
            "runAsNonRoot": True,
            "capabilities": {"drop": ["ALL"]},
            "seccompProfile": {"type": "RuntimeDefault"},
        },
    }


def good() -> Pod:
    """A pod that the level `restricted` admits."""
    return {
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": {"name": "subject", "annotations": {}},
        "spec": {
            "containers": [container("main"), container("side")],
            "initContainers": [{**container("first"), "restartPolicy": "Always"}],
            "securityContext": {},
            "volumes": [],
        },
    }


def in_container(*path: str, value: Any) -> Change:
    """Set a field of the container's security context; None takes it away."""
    return lambda _, one: _set(one["securityContext"], path, value)


def in_pod(*path: str, value: Any) -> Change:
    return lambda pod, _: _set(pod["spec"], path, value)


def of_container(*path: str, value: Any) -> Change:
    return lambda _, one: _set(one, path, value)


def all_of(*changes: Change) -> Change:
    def change(pod: Pod, one: Pod) -> None:
        for each in changes:
            each(pod, one)

    return change


def annotation(key: str, value: str) -> Change:
    return lambda pod, _: pod["metadata"]["annotations"].update({key: value})


def volume(source: dict[str, Any]) -> Change:
    return lambda pod, _: pod["spec"]["volumes"].append(
        {"name": f"v{len(pod['spec']['volumes'])}", **copy.deepcopy(source)}
    )


def every_container(*path: str, value: Any) -> Change:
    def change(pod: Pod, _: Pod) -> None:
        for field in ("containers", "initContainers"):
            for one in pod["spec"].get(field, []):
                _set(one["securityContext"], path, value)

    return change


def windows(pod: Pod, _: Pod) -> None:
    """A Windows pod, of which the API takes none of the fields that only Linux knows."""
    pod["spec"]["os"] = {"name": "windows"}
    for field in ("containers", "initContainers"):
        for one in pod["spec"][field]:
            one["securityContext"] = {"runAsNonRoot": True}


def _set(holder: Pod, path: tuple[str, ...], value: Any) -> None:
    *way, last = path
    for step in way:
        if not isinstance(holder.get(step), dict):
            holder[step] = {}
        holder = holder[step]
    if value is None:
        holder.pop(last, None)
    else:
        holder[last] = copy.deepcopy(value)


CAPABILITIES = (
    "AUDIT_WRITE",
    "CHOWN",
    "MKNOD",
    "NET_BIND_SERVICE",
    "SYS_CHROOT",
    "NET_RAW",
    "SYS_ADMIN",
    "ALL",
)
DROPPED: tuple[list[str], ...] = (["ALL"], ["ALL", "CHOWN"], ["NET_RAW"], ["CAP_NET_RAW"], ["all"], [])
SYSCTLS = (
    "kernel.shm_rmid_forced", "net.ipv4.ip_local_port_range", "net.ipv4.ip_local_reserved_ports",
    "net.ipv4.ip_unprivileged_port_start", "net.ipv4.ping_group_range", "net.ipv4.tcp_fin_timeout",
    "net.ipv4.tcp_keepalive_intvl", "net.ipv4.tcp_keepalive_probes", "net.ipv4.tcp_keepalive_time",
    "net.ipv4.tcp_syncookies", "kernel.msgmax", "net.core.somaxconn", "net.ipv4.tcp_rmem", "net.ipv4.tcp_wmem",
)  # fmt: skip
VOLUMES: dict[str, dict[str, Any]] = {
    "configMap": {"configMap": {"name": "x"}},
    "csi": {"csi": {"driver": "x.example"}},
    "downwardAPI": {"downwardAPI": {}},
    "emptyDir": {"emptyDir": {}},
    "persistentVolumeClaim": {"persistentVolumeClaim": {"claimName": "x"}},
    "projected": {"projected": {"sources": []}},
    "secret": {"secret": {"secretName": "x"}},
    "hostPath": {"hostPath": {"path": "/etc"}},
    "nfs": {"nfs": {"server": "nfs.example", "path": "/"}},
    "iscsi": {"iscsi": {"targetPortal": "10.0.0.1", "iqn": "iqn.2001-04.com.example:x", "lun": 0}},
    "fc": {"fc": {"targetWWNs": ["50060e801049cfd1"], "lun": 0}},
    "rbd": {"rbd": {"monitors": ["10.0.0.1"], "image": "x"}},
    "cephfs": {"cephfs": {"monitors": ["10.0.0.1"]}},
    "none named": {},
}
PROBE = {"httpGet": {"port": 80}}
CHANGES: dict[str, Change] = {
    "nothing": lambda _, __: None,
    "privileged": all_of(
        in_container("privileged", value=True), in_container("allowPrivilegeEscalation", value=None)
    ),
    "not privileged": in_container("privileged", value=False),
    "escalation": in_container("allowPrivilegeEscalation", value=True),
    "escalation unset": in_container("allowPrivilegeEscalation", value=None),
    "no security context": of_container("securityContext", value={}),
    **{f"adds {one}": in_container("capabilities", "add", value=[one]) for one in CAPABILITIES},
    "adds CAP_CHOWN": in_container("capabilities", "add", value=["CAP_CHOWN"]),
    "adds chown": in_container("capabilities", "add", value=["chown"]),
    "adds a second": in_container("capabilities", "add", value=["NET_BIND_SERVICE", "SYS_PTRACE"]),
    **{f"drops {one}": in_container("capabilities", "drop", value=one) for one in DROPPED},
    "no capabilities": in_container("capabilities", value=None),
    "may be root": in_container("runAsNonRoot", value=False),
    "non-root unset": in_container("runAsNonRoot", value=None),
    "non-root by the pod": all_of(
        every_container("runAsNonRoot", value=None), in_pod("securityContext", "runAsNonRoot", value=True)
    ),
    "non-root by the pod, not here": all_of(
        in_pod("securityContext", "runAsNonRoot", value=True), in_container("runAsNonRoot", value=False)
    ),
    "root by the pod, not here": in_pod("securityContext", "runAsNonRoot", value=False),
    "user 0": in_container("runAsUser", value=0),
    "user 1000": in_container("runAsUser", value=1000),
    "user 0 by the pod": in_pod("securityContext", "runAsUser", value=0),
    "user 1000 and no more": all_of(
        in_container("runAsNonRoot", value=None), in_container("runAsUser", value=1000)
    ),
    "seccomp unset": in_container("seccompProfile", value=None),
    "seccomp Unconfined": in_container("seccompProfile", value={"type": "Unconfined"}),
    "seccomp Localhost": in_container("seccompProfile", value={"type": "Localhost", "localhostProfile": "x"}),
    "seccomp by the pod": all_of(
        every_container("seccompProfile", value=None),
        in_pod("securityContext", "seccompProfile", value={"type": "RuntimeDefault"}),
    ),
    "seccomp Unconfined by the pod": in_pod("securityContext", "seccompProfile", value={"type": "Unconfined"}),
    "seccomp by annotation alone": all_of(
        every_container("seccompProfile", value=None),
        annotation("seccomp.security.alpha.kubernetes.io/pod", "runtime/default"),
    ),
    **{
        f"apparmor {kind}": in_container("appArmorProfile", value={"type": kind, **more})
        for kind, more in {
            "RuntimeDefault": {}, "Unconfined": {}, "Localhost": {"localhostProfile": "x"}
        }.items()
    },
    "apparmor Unconfined by the pod": in_pod("securityContext", "appArmorProfile", value={"type": "Unconfined"}),
    "apparmor unconfined by annotation": annotation(
        "container.apparmor.security.beta.kubernetes.io/main", "unconfined"
    ),
    "apparmor localhost by annotation": annotation(
        "container.apparmor.security.beta.kubernetes.io/main", "localhost/x"
    ),
    **{
        f"selinux type {kind}": in_container("seLinuxOptions", "type", value=kind)
        for kind in ("container_t", "container_init_t", "container_kvm_t", "container_engine_t", "spc_t")
    },
    "selinux user": in_container("seLinuxOptions", "user", value="system_u"),
    "selinux role by the pod": in_pod("securityContext", "seLinuxOptions", "role", value="sysadm_r"),
    "selinux level": in_container("seLinuxOptions", "level", value="s0:c123,c456"),
    "proc Default": in_container("procMount", value="Default"),
    "proc Unmasked": all_of(in_container("procMount", value="Unmasked"), in_pod("hostUsers", value=False)),
    "host users": in_pod("hostUsers", value=False),
    "host network": in_pod("hostNetwork", value=True),
    "host PID": in_pod("hostPID", value=True),
    "host IPC": in_pod("hostIPC", value=True),
    "host port": of_container("ports", value=[{"containerPort": 80}, {"containerPort": 81, "hostPort": 81}]),
    "host port 0": of_container("ports", value=[{"containerPort": 80, "hostPort": 0}]),
    **{f"sysctl {one}": in_pod("securityContext", "sysctls", value=[{"name": one, "value": "1"}]) for one in SYSCTLS},
    **{f"volume {name}": volume(source) for name, source in VOLUMES.items() if source},
    "two volumes, the second on the host": all_of(volume(VOLUMES["emptyDir"]), volume(VOLUMES["hostPath"])),
    "hook on a host": of_container(
        "lifecycle", "postStart", value={"httpGet": {"port": 80, "host": "127.0.0.1"}}
    ),
    "probe": lambda pod, _: _set(pod["spec"]["containers"][0], ("livenessProbe",), PROBE),
    "probe on a host": lambda pod, _: _set(
        pod["spec"]["containers"][1],
        ("readinessProbe",),
        {"tcpSocket": {"port": 80, "host": "169.254.169.254"}},
    ),
    "windows": windows,
    "windows host process": all_of(
        windows,
        in_pod("securityContext", "windowsOptions", value={"hostProcess": True}),
        in_pod("hostNetwork", value=True),
    ),
}  # fmt: skip
# These change what the others rely on, and stand alone.
ALONE = ("windows", "windows host process", "no security context")


def pods() -> list[tuple[tuple[str, ...], Pod]]:
    """Every change in a container and in an init container, then two or three changes at once, by a fixed seed."""
    chance = random.Random(35)  # noqa: S311 - the same pods every time
    made: list[tuple[tuple[str, ...], Pod]] = [
        ((name,), _pod([name], field)) for name in CHANGES for field in ("containers", "initContainers")
    ]
    together = [name for name in CHANGES if name not in ALONE]
    while len(made) < PODS:
        names = chance.sample(together, chance.choice((2, 3)))
        made.append((tuple(names), _pod(names, chance.choice(("containers", "initContainers")))))
    return made


def _pod(names: list[str], field: str) -> Pod:
    made = good()
    for name in names:
        CHANGES[name](made, made["spec"][field][0])
    return made


@pytest.fixture(scope="module")
def environment() -> Iterator[Environment]:
    provider, name = cluster.provider("embedded"), f"kit-{secrets.token_hex(3)}"
    try:
        yield provider.up(name, nodes=1, owner="kit", ttl_s=1800)
    finally:
        provider.down(name)


@pytest.fixture(scope="module")
def enforced(environment: Environment) -> dict[str, str]:
    """A namespace that enforces each level, ready to take pods."""
    made = {}
    for level in LEVELS:
        name = f"enforces-{level}"
        labels = {"pod-security.kubernetes.io/enforce": level}
        namespace = {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name, "labels": labels}}
        assert kube.request(environment.kubeconfig, "POST", "/api/v1/namespaces", namespace).ok
        account = f"/api/v1/namespaces/{name}/serviceaccounts/default"
        deadline = time.monotonic() + 30
        while not kube.request(environment.kubeconfig, "GET", account).ok:
            assert time.monotonic() < deadline, f"no service account in {name}"
            time.sleep(0.1)
        made[level] = name
    return made


def admitted(environment: Environment, namespace: str, pod: Pod) -> bool:
    """What the server's admission says; any other answer is no answer, and fails the test."""
    path = f"/api/v1/namespaces/{namespace}/pods?dryRun=All"
    answer = kube.request(environment.kubeconfig, "POST", path, pod)
    if answer.ok:
        return True
    assert answer.status == 403, f"{answer.message}\n{json.dumps(pod)}"
    assert "violates PodSecurity" in answer.message, answer.message
    return False


@pytest.mark.parametrize("level", list(LEVELS))
def test_rules_say_what_pod_security_admission_says(
    environment: Environment, enforced: dict[str, str], tmp_path: Path, level: str
) -> None:
    """On at least 300 pods, some refused and some admitted, every verdict is the same but the explained ones."""
    made = pods()
    assert len(made) >= 300
    files = []
    for number, (_, pod) in enumerate(made):
        file = tmp_path / f"{number}.json"
        file.write_text(json.dumps(pod))
        files.append([file])
    reports = policy.check_each(files, rules=LEVELS[level])
    differing, explained, refused = [], set(), 0
    for (names, pod), report in zip(made, reports, strict=True):
        assert report.not_evaluated == ()
        assert not [one for one in report.results if one.outcome is Judgement.UNKNOWN]
        ours = not [one for one in report.results if one.outcome is Judgement.FAIL]
        theirs = admitted(environment, enforced[level], pod)
        refused += not theirs
        known = {(level, name) for name in names} & DIFFERENCES.keys()
        if ours != theirs and known:
            explained |= known
        elif ours != theirs:
            differing.append((names, "the rules admit it" if ours else "the rules refuse it"))
    assert differing == []
    assert explained == {one for one in DIFFERENCES if one[0] == level}
    assert 0 < refused < len(made)
