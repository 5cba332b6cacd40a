"""The plan of an environment: what its supervisors mount, address and start, and in which order.

Pure: a Layout becomes plans (JSON documents for hallmark.cluster.supervisor), configuration files, and the list
of everything that will exist, which goes into the journal first.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hallmark.cluster import addresses, components
from hallmark.cluster.components import Layout
from hallmark.cluster.journal import Kind

SEARCH_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
HERE = Path(__file__).parent
# Settings of the whole machine that a kubelet insists on; a node sees files that already hold these values.
KERNEL_SETTINGS = {
    "vm/overcommit_memory": "1",
    "vm/panic_on_oom": "0",
    "kernel/panic": "10",
    "kernel/panic_on_oops": "1",
    "kernel/keys/root_maxkeys": "1000000",
    "kernel/keys/root_maxbytes": "25000000",
}
# The API server binds roles in a fixed order as it starts; this is one of the last. Any earlier, and the controller-
# manager asks too early whether the API server is ready, and again only after a second.
LATE_ROLE = "rbac.authorization.k8s.io/v1/clusterrolebindings/system:controller:ttl-controller"


@dataclass(frozen=True)
class Run:
    """One start of one environment. `listeners` are inherited socket descriptors with the address they lead to."""

    name: str
    id: str
    layout: Layout
    nodes: int
    images: Sequence[Path]
    listeners: Sequence[tuple[int, str]]
    cgroup_folders: Sequence[Path]

    @property
    def control(self) -> Path:
        return self.layout.state / "forward.sock"

    def procs_files(self, group: str) -> list[str]:
        return [f"{folder}/{group}/cgroup.procs" for folder in self.cgroup_folders]


def python() -> list[str]:
    """The interpreter without its site packages: these programs start in tens of milliseconds."""
    base = getattr(sys, "_base_executable", sys.executable)
    return [str(Path(base).resolve()), "-I", "-S"]


def groups(run: Run) -> list[str]:
    """The control groups below the environment's own, parents first."""
    names = ["system"]
    for index in range(1, run.nodes + 1):
        names += [addresses.node_name(index), f"{addresses.node_name(index)}/system"]
    return names


def files(run: Run) -> dict[Path, str]:
    """Every configuration file with its text."""
    layout = run.layout
    texts = {
        "admission.json": components.admission_config(),
        "audit-policy.json": components.audit_policy(),
        "registry.json": components.registry_config(layout),
        "resolv.conf": f"nameserver {addresses.CONTROL_PLANE}\n",
        f"registries/{addresses.REGISTRY}/hosts.toml": components.registry_hosts(),
    }
    for index in range(1, run.nodes + 1):
        name = addresses.node_name(index)
        texts[f"containerd-{name}.toml"] = components.containerd_config(layout)
        texts[f"cni-{name}/10-hallmark.conflist"] = components.cni_config(index)
        texts[f"kubelet-{name}.json"] = components.kubelet_config(layout, index)
        texts[f"kube-proxy-{name}.json"] = components.proxy_config(layout, index)
        for setting, value in KERNEL_SETTINGS.items():
            texts[f"kernel/{setting}"] = f"{value}\n"
    return {layout.config / name: text for name, text in texts.items()}


def things(run: Run) -> list[tuple[Kind, str]]:
    """What the plans will make, for the journal: written down as a whole before the first process starts."""
    found: list[tuple[Kind, str]] = []
    for plan in plans(run).values():
        found += [("namespace", f"{kind} of {plan['name']}") for kind in ("mnt", "net", "pid")]
        found += [("process group", f"{plan['name']}: {part['name']}") for part in plan["components"]]
        for step in plan["setup"]:
            if step["do"] == "mount":
                found.append(("mount", f"{step['target']} in {plan['name']}"))
    found += [("link", "br0 in cluster")]
    for index in range(1, run.nodes + 1):
        found += [("link", f"veth{index} in cluster"), ("link", f"eth0 in {addresses.node_name(index)}")]
    return found


def plans(run: Run) -> dict[Path, dict[str, Any]]:
    """The plan files: one for the cluster's namespaces, one for each node's."""
    folder = run.layout.state / "plans"
    found = {folder / "cluster.json": cluster(run)}
    for index in range(1, run.nodes + 1):
        found[folder / f"{addresses.node_name(index)}.json"] = node(run, index)
    return found


def cluster(run: Run) -> dict[str, Any]:
    layout = run.layout
    private = str(layout.private)
    indexes = range(1, run.nodes + 1)
    setup = [
        *_own_sys(layout.state / "mounts" / "cluster"),
        _mount("tmpfs", "/run", "tmpfs", data="mode=755"),
        _folder(private, 0o700),
        _mount("tmpfs", private, "tmpfs", data="mode=700"),
        _folder(f"{private}/etcd", 0o700),
        {
            "do": "ip",
            "commands": [
                "link set lo up",
                "link add br0 type bridge",
                f"addr add {addresses.CONTROL_PLANE}/24 dev br0",
                "link set br0 up",
                *(f"route add {addresses.pod_network(i)} via {addresses.node_address(i)}" for i in indexes),
                # Services are reached from the control plane through the first node's kube-proxy.
                f"route add {addresses.SERVICE_NETWORK} via {addresses.node_address(1)}",
            ],
        },
        {"do": "write", "path": "/proc/sys/net/ipv4/ip_forward", "text": "1"},
    ]
    forward = [
        *python(),
        str(HERE / "forward.py"),
        str(run.control),
        *(f"{fd}={target}" for fd, target in run.listeners),
    ]
    controllers = _controllers(layout)
    parts = [
        _part(layout, "etcd", components.etcd(layout)),
        _part(layout, "kube-apiserver", components.apiserver(layout)),
        *(_node_part(run, index) for index in indexes),
        _part(layout, "forward", forward, keep_fds=[fd for fd, _ in run.listeners]),
        _part(layout, "registry", components.registry(layout)),
        # Not before their roles are bound: they would exit, or back off for seconds.
        _part(layout, "kube-controller-manager", components.controller_manager(layout), after=[controllers]),
        _part(layout, "kube-scheduler", components.scheduler(layout), after=[controllers]),
    ]
    probes = [
        _api_probe(layout, "/livez/ping", "livez", []),
        _api_probe(layout, f"/apis/{LATE_ROLE}", "roles-bound", ["livez"]),
        _api_probe(layout, "/readyz", "readyz", ["livez"]),
    ]
    return {**_common(run, "cluster", "system"), "setup": setup, "components": parts, "probes": probes}


def node(run: Run, index: int) -> dict[str, Any]:
    layout = run.layout
    name = addresses.node_name(index)
    own = str(layout.node(index))
    others = [i for i in range(1, run.nodes + 1) if i != index]
    setup = [
        *_own_sys(layout.state / "mounts" / name),
        # The configuration is read where every node's is called the same.
        _mount("tmpfs", "/run", "tmpfs", data="mode=755"),
        _folder(own, 0o700),
        _mount("tmpfs", own, "tmpfs", data="mode=755"),
        *(_folder(f"{own}/{part}") for part in ("lib", "log")),
        _mount(f"{own}/lib", "/var/lib", flags=["bind"]),
        _mount(f"{own}/log", "/var/log", flags=["bind"]),
        *(_folder(f"/var/lib/{part}") for part in ("kubelet", "containerd", "cni")),
        _folder(str(layout.config / "cni")),
        _mount(str(layout.config / f"cni-{name}"), str(layout.config / "cni"), flags=["bind"]),
        _mount("none", "/", flags=["rec", "shared"]),
        *(
            _mount(str(layout.config / "kernel" / setting), f"/proc/sys/{setting}", flags=["bind"])
            for setting in KERNEL_SETTINGS
        ),
        {"do": "await link", "name": "eth0"},
        {
            "do": "ip",
            "commands": [
                "link set lo up",
                f"addr add {addresses.node_address(index)}/24 dev eth0",
                "link set eth0 up",
                f"route add default via {addresses.CONTROL_PLANE}",
                *(f"route add {addresses.pod_network(i)} via {addresses.node_address(i)}" for i in others),
            ],
        },
        {"do": "write", "path": "/proc/sys/net/ipv4/ip_forward", "text": "1"},
    ]
    up = f"{name}-containerd-up"
    imported = [f"{name}-{archive.stem}-imported" for archive in run.images]
    parts = [
        _part(layout, f"{name}-containerd", components.containerd(layout, index)),
        *(
            _part(layout, f"{name}-import-{archive.stem}", components.image_import(layout, archive),
                  after=[up], once=True, sets=condition)
            for archive, condition in zip(run.images, imported, strict=True)
        ),
        _part(layout, f"{name}-kubelet", components.kubelet(layout, index), after=[up, imported[0], "livez"]),
        _part(layout, f"{name}-kube-proxy", components.proxy(layout, index), after=[_controllers(layout)]),
        _part(layout, f"{name}-network-policy", network_policy(run, index), after=["readyz"]),
    ]  # fmt: skip
    probe = {"kind": "unix", "path": "/run/containerd/containerd.sock", "sets": up}
    return {**_common(run, name, f"{name}/system"), "setup": setup, "components": parts, "probes": [probe]}


def _controllers(layout: Layout) -> str:
    """The condition from which the API server lets its own clients do their work."""
    return "roles-bound" if layout.tuning.early_controllers else "readyz"


def network_policy(run: Run, index: int) -> list[str]:
    """The agent that enforces network policies on one node."""
    name = addresses.node_name(index)
    return [
        *python(),
        str(HERE / "netpol.py"),
        f"--kubeconfig={run.layout.pki}/network-policy.kubeconfig",
        f"--node={name}",
        f"--node-address={addresses.node_address(index)}",
        f"--pod-cidr={addresses.pod_network(index)}",
        "--cni-results=/var/lib/cni/results",
    ]


def _common(run: Run, name: str, group: str) -> dict[str, Any]:
    state = run.layout.state
    return {
        "name": name,
        "folder": str(state),
        "events": str(state / "events.jsonl"),
        "conditions": str(state / "conditions"),
        "logs": str(run.layout.logs),
        "process_file": str(state / "processes" / f"{name}.json"),
        "ip": run.layout.program("ip"),
        "cgroup_procs": run.procs_files(f"{run.layout.group}/{group}"),
        "environment": {
            "PATH": SEARCH_PATH,
            "HALLMARK_ENVIRONMENT": run.name,
            "HALLMARK_RUN": run.id,
            "LANG": "C.UTF-8",
        },
    }


def _own_sys(keep: Path) -> list[dict[str, Any]]:
    """A /sys that shows the new network namespace and still has the control groups."""
    return [
        _folder(str(keep)),
        _mount("/sys/fs/cgroup", str(keep), flags=["bind", "rec"]),
        _mount("sysfs", "/sys", "sysfs"),
        _mount(str(keep), "/sys/fs/cgroup", flags=["bind", "rec"]),
    ]


def _part(
    layout: Layout,
    name: str,
    argv: list[str],
    *,
    after: list[str] | None = None,
    once: bool = False,
    sets: str = "",
    keep_fds: list[int] | None = None,
) -> dict[str, Any]:
    return {
        "name": name,
        "argv": argv,
        "log": str(layout.logs / f"{name}.log"),
        "after": after or [],
        "once": once,
        "sets": sets,
        "keep_fds": keep_fds or [],
    }


def _node_part(run: Run, index: int) -> dict[str, Any]:
    name = addresses.node_name(index)
    link = f"veth{index}"
    return {
        **_part(run.layout, name, []),
        "node": {
            "plan": str(run.layout.state / "plans" / f"{name}.json"),
            "ip": [
                f"link add {link} type veth peer name eth0 netns {{pid}}",
                f"link set {link} master br0 up",
            ],
        },
    }


def _api_probe(layout: Layout, path: str, sets: str, after: list[str]) -> dict[str, Any]:
    pki = layout.pki
    return {
        "kind": "https",
        "host": "127.0.0.1",
        "port": addresses.API_PORT,
        "path": path,
        "ca": str(pki / "ca.crt"),
        "cert": str(pki / "admin.crt"),
        "key": str(pki / "admin.key"),
        "sets": sets,
        "after": after,
    }


def _folder(path: str, mode: int = 0o755) -> dict[str, Any]:
    return {"do": "folder", "path": path, "mode": mode}


def _mount(
    source: str, target: str, kind: str = "", *, flags: list[str] | None = None, data: str = ""
) -> dict[str, Any]:
    return {
        "do": "mount",
        "source": source,
        "target": target,
        "type": kind,
        "flags": flags or [],
        "data": data,
    }
