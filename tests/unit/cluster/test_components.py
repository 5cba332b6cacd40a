"""What the programs of an environment are told: the settings that a promise of the kit rests on."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from hallmark.cluster import components, plan
from hallmark.cluster.components import UPSTREAM, Layout

NAMES = (
    "etcd", "kube-apiserver", "kube-controller-manager", "kube-scheduler", "kubelet", "kube-proxy", "registry",
    "containerd", "ctr", "runc", "ip",
)  # fmt: skip


@pytest.fixture
def layout() -> Layout:
    programs = {name: Path("/tools") / name for name in NAMES}
    return Layout(Path("/state/dev"), "hallmark-dev-1", programs, Path("/usr/lib/cni"))


def run_of(layout: Layout, nodes: int) -> plan.Run:
    return plan.Run(
        name="dev",
        id="1",
        layout=layout,
        nodes=nodes,
        images=[Path("/images/pause.tar"), Path("/images/coredns.tar")],
        listeners=[(7, "127.0.0.1:6443"), (8, "127.0.0.1:5000")],
        cgroup_folders=[Path("/sys/fs/cgroup/pids")],
    )


def test_apiserver_audits_and_admits_by_configuration(layout: Layout) -> None:
    """The audit log and Pod Security are on in every environment."""
    words = components.apiserver(layout)
    assert "--audit-log-path=/state/dev/logs/audit.log" in words
    assert "--audit-policy-file=/state/dev/config/audit-policy.json" in words
    assert "--admission-control-config-file=/state/dev/config/admission.json" in words
    assert "--authorization-mode=Node,RBAC" in words


def test_admission_config_audits_what_restricted_refuses() -> None:
    """A namespace without labels still leaves a trace of what `restricted` would refuse."""
    plugin = json.loads(components.admission_config())["plugins"][0]
    assert plugin["name"] == "PodSecurity"
    assert plugin["configuration"]["defaults"]["audit"] == "restricted"


def test_audit_policy_never_logs_contents() -> None:
    """Secrets are named in the audit log, never shown."""
    levels = {rule["level"] for rule in json.loads(components.audit_policy())["rules"]}
    assert levels == {"None", "Metadata"}


def test_controller_manager_upstream_has_no_tuning(layout: Layout) -> None:
    """The benchmark's other side runs on the programs' own defaults."""
    tuned = components.controller_manager(layout)
    assert "--kube-api-qps=1000" in tuned
    upstream = Layout(layout.state, layout.group, layout.programs, layout.cni, UPSTREAM)
    words = components.controller_manager(upstream)
    assert not [word for word in words if "qps" in word or "leader" in word]
    assert "--unsafe-no-fsync" not in components.etcd(upstream)


def test_kubelet_config_touches_no_setting_of_the_machine(layout: Layout) -> None:
    """It stays inside its control group and refuses to write kernel settings."""
    config = json.loads(components.kubelet_config(layout, 2))
    assert config["cgroupRoot"] == "/hallmark-dev-1/node2"
    assert config["protectKernelDefaults"] is True
    assert config["authentication"]["anonymous"] == {"enabled": False}


def test_containerd_config_makes_nothing_on_the_host(layout: Layout) -> None:
    """The plugin that would make a folder under /opt is off, and images have the registry's name."""
    text = components.containerd_config(layout)
    assert "io.containerd.internal.v1.opt" in text
    assert 'sandbox_image = "registry.hallmark.internal/system/pause:1"' in text


@pytest.mark.parametrize("nodes", [1, 3])
def test_plans_have_one_for_the_cluster_and_one_for_each_node(layout: Layout, nodes: int) -> None:
    """Every node has namespaces of its own inside the cluster's."""
    found = plan.plans(run_of(layout, nodes))
    assert [file.stem for file in found] == ["cluster", *(f"node{i + 1}" for i in range(nodes))]
    inner = [
        part["name"] for part in found[Path("/state/dev/plans/cluster.json")]["components"] if "node" in part
    ]
    assert inner == [f"node{i + 1}" for i in range(nodes)]


def test_things_name_every_process_group_mount_namespace_and_link(layout: Layout) -> None:
    """What the journal says before the first process starts is what the plans will make."""
    run = run_of(layout, 2)
    things = plan.things(run)
    planned = [part["name"] for document in plan.plans(run).values() for part in document["components"]]
    assert len([name for kind, name in things if kind == "process group"]) == len(planned)
    assert [name for kind, name in things if kind == "link"] == [
        "br0 in cluster", "veth1 in cluster", "eth0 in node1", "veth2 in cluster", "eth0 in node2",
    ]  # fmt: skip
    mounts = [
        step for document in plan.plans(run).values() for step in document["setup"] if step["do"] == "mount"
    ]
    assert len([name for kind, name in things if kind == "mount"]) == len(mounts)


def test_node_plan_shows_the_kernel_settings_by_mounts(layout: Layout) -> None:
    """Each setting that a kubelet insists on is covered before the kubelet starts."""
    targets = {step.get("target") for step in plan.node(run_of(layout, 1), 1)["setup"]}
    assert {f"/proc/sys/{name}" for name in plan.KERNEL_SETTINGS} <= targets


def test_node_plan_starts_the_kubelet_after_its_images(layout: Layout) -> None:
    """A kubelet without its sandbox image would back off, and one before the API server too."""
    parts = {part["name"]: part for part in plan.node(run_of(layout, 1), 1)["components"]}
    assert parts["node1-kubelet"]["after"] == ["node1-containerd-up", "node1-pause-imported", "livez"]
    assert parts["node1-kube-proxy"]["after"] == ["roles-bound"]
