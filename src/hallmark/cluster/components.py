"""What each program of an embedded environment is told: argument lists and configuration texts, nothing else.

Pure functions of a Layout. Every unusual setting says why it is there.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hallmark.cluster import addresses

PAUSE_IMAGE = f"{addresses.REGISTRY}/system/pause:1"


@dataclass(frozen=True)
class Tuning:
    """What makes a start fast; `UPSTREAM` leaves every one of these at the programs' own defaults.

    `client_qps`: requests a second of controller-manager and scheduler. Upstream's 20 make the controller-manager
    spend seconds on creating its service accounts. `own_certificates`: both serve with the environment's certificate
    instead of each making a key at its start. `early_controllers`: both, and kube-proxy, start while the API server
    still makes the last of its own roles, so that they have loaded when it is ready.
    """

    client_qps: int | None = 1000
    leader_election: bool = False
    fsync: bool = False
    parallel_pulls: bool = True
    kubelet_status_s: int | None = 2
    proxy_sync_ms: int | None = 100
    own_certificates: bool = True
    early_controllers: bool = True


TUNED = Tuning()
UPSTREAM = Tuning(
    client_qps=None,
    leader_election=True,
    fsync=True,
    parallel_pulls=False,
    kubelet_status_s=None,
    proxy_sync_ms=None,
    own_certificates=False,
    early_controllers=False,
)


@dataclass(frozen=True)
class Layout:
    """Where everything of one environment is. `programs` maps a program's name to its path."""

    state: Path
    group: str
    programs: Mapping[str, Path]
    cni: Path
    tuning: Tuning = TUNED

    @property
    def pki(self) -> Path:
        return self.state / "pki"

    @property
    def logs(self) -> Path:
        return self.state / "logs"

    @property
    def config(self) -> Path:
        return self.state / "config"

    @property
    def private(self) -> Path:
        """A tmpfs in the control plane's mount namespace."""
        return self.state / "control-plane"

    def node(self, index: int) -> Path:
        """A tmpfs in the node's mount namespace: images, volumes, container state."""
        return self.state / addresses.node_name(index)

    def program(self, name: str) -> str:
        return str(self.programs[name])


def etcd(layout: Layout) -> list[str]:
    client, peer = "http://127.0.0.1:2379", "http://127.0.0.1:2380"
    return [
        layout.program("etcd"),
        "--name=etcd",
        f"--data-dir={layout.private}/etcd",
        f"--listen-client-urls={client}",
        f"--advertise-client-urls={client}",
        f"--listen-peer-urls={peer}",
        f"--initial-advertise-peer-urls={peer}",
        f"--initial-cluster=etcd={peer}",
        "--log-level=warn",
        # The data dies with the environment; waiting for a disk would protect nothing.
        *([] if layout.tuning.fsync else ["--unsafe-no-fsync", "--snapshot-count=100000"]),
    ]


def apiserver(layout: Layout) -> list[str]:
    pki = layout.pki
    return [
        layout.program("kube-apiserver"),
        "--etcd-servers=http://127.0.0.1:2379",
        "--bind-address=0.0.0.0",
        f"--secure-port={addresses.API_PORT}",
        f"--advertise-address={addresses.CONTROL_PLANE}",
        f"--service-cluster-ip-range={addresses.SERVICE_NETWORK}",
        "--allow-privileged=true",
        "--authorization-mode=Node,RBAC",
        "--enable-admission-plugins=NodeRestriction",
        f"--admission-control-config-file={layout.config}/admission.json",
        f"--audit-policy-file={layout.config}/audit-policy.json",
        f"--audit-log-path={layout.logs}/audit.log",
        "--audit-log-mode=batch",
        f"--client-ca-file={pki}/ca.crt",
        f"--tls-cert-file={pki}/apiserver.crt",
        f"--tls-private-key-file={pki}/apiserver.key",
        f"--kubelet-certificate-authority={pki}/ca.crt",
        f"--kubelet-client-certificate={pki}/apiserver-kubelet-client.crt",
        f"--kubelet-client-key={pki}/apiserver-kubelet-client.key",
        "--kubelet-preferred-address-types=InternalIP",
        f"--service-account-key-file={pki}/sa.pub",
        f"--service-account-signing-key-file={pki}/sa.key",
        f"--service-account-issuer=https://kubernetes.default.svc.{addresses.DOMAIN}",
        f"--requestheader-client-ca-file={pki}/front-proxy-ca.crt",
        "--requestheader-allowed-names=front-proxy-client",
        "--requestheader-username-headers=X-Remote-User",
        "--requestheader-group-headers=X-Remote-Group",
        "--requestheader-extra-headers-prefix=X-Remote-Extra-",
        f"--proxy-client-cert-file={pki}/front-proxy-client.crt",
        f"--proxy-client-key-file={pki}/front-proxy-client.key",
        # Aggregated APIs and webhooks are reached by pod address: no kube-proxy on the control plane.
        "--enable-aggregator-routing=true",
        # A lost node's pods move after 5 s instead of 5 min: environments live for minutes.
        "--default-not-ready-toleration-seconds=5",
        "--default-unreachable-toleration-seconds=5",
        f"--cert-dir={layout.private}",
    ]


def admission_config() -> str:
    """Pod Security: namespaces choose what is enforced; what `restricted` would refuse is audited everywhere."""
    pod_security = {
        "apiVersion": "pod-security.admission.config.k8s.io/v1",
        "kind": "PodSecurityConfiguration",
        "defaults": {
            "enforce": "privileged",
            "enforce-version": "latest",
            "audit": "restricted",
            "audit-version": "latest",
            "warn": "restricted",
            "warn-version": "latest",
        },
        "exemptions": {"usernames": [], "runtimeClasses": [], "namespaces": ["kube-system"]},
    }
    return _text(
        {
            "apiVersion": "apiserver.config.k8s.io/v1",
            "kind": "AdmissionConfiguration",
            "plugins": [{"name": "PodSecurity", "configuration": pod_security}],
        }
    )


def audit_policy() -> str:
    """Who changed what, and who read secrets; never the contents of secrets, nothing of the cluster's own chatter."""
    quiet = {
        "level": "None",
        "users": [
            "system:apiserver",
            "system:kube-scheduler",
            "system:kube-controller-manager",
            "system:kube-proxy",
        ],
    }
    return _text(
        {
            "apiVersion": "audit.k8s.io/v1",
            "kind": "Policy",
            "omitStages": ["RequestReceived"],
            "rules": [
                quiet,
                {"level": "None", "userGroups": ["system:nodes"]},
                {"level": "None", "resources": [{"group": "coordination.k8s.io", "resources": ["leases"]}]},
                {
                    "level": "None",
                    "nonResourceURLs": ["/livez*", "/readyz*", "/healthz*", "/version", "/openapi/*"],
                },
                {
                    "level": "Metadata",
                    "resources": [{"group": "", "resources": ["secrets", "serviceaccounts/token"]}],
                },
                {"level": "None", "verbs": ["get", "list", "watch"]},
                {"level": "Metadata"},
            ],
        }
    )


def controller_manager(layout: Layout) -> list[str]:
    pki = layout.pki
    return [
        layout.program("kube-controller-manager"),
        *_client(pki / "controller-manager.kubeconfig"),
        *_client_tuning(layout.tuning),
        "--use-service-account-credentials=true",
        f"--service-account-private-key-file={pki}/sa.key",
        f"--root-ca-file={pki}/ca.crt",
        f"--cluster-signing-cert-file={pki}/ca.crt",
        f"--cluster-signing-key-file={pki}/ca.key",
        "--controllers=*",
        "--bind-address=127.0.0.1",
        *_serving(layout),
        # A dead node is seen within 12 s instead of 50 s.
        "--node-monitor-period=1s",
        "--node-monitor-grace-period=12s",
        # The autoscaler looks every 5 s and takes a pod's first figures at once: a scenario has no minutes to wait.
        "--horizontal-pod-autoscaler-sync-period=5s",
        "--horizontal-pod-autoscaler-cpu-initialization-period=10s",
        "--horizontal-pod-autoscaler-initial-readiness-delay=5s",
    ]


def scheduler(layout: Layout) -> list[str]:
    return [
        layout.program("kube-scheduler"),
        *_client(layout.pki / "scheduler.kubeconfig"),
        *_client_tuning(layout.tuning),
        "--bind-address=127.0.0.1",
        *_serving(layout),
    ]


def registry(layout: Layout) -> list[str]:
    return [layout.program("registry"), "serve", f"{layout.config}/registry.json"]


def registry_config(layout: Layout) -> str:
    return _text(
        {
            "version": "0.1",
            "log": {"level": "warn"},
            "storage": {
                "filesystem": {"rootdirectory": f"{layout.state}/registry"},
                "delete": {"enabled": True},
            },
            "http": {"addr": f"0.0.0.0:{addresses.REGISTRY_PORT}"},
        }
    )


def containerd(layout: Layout, index: int) -> list[str]:
    return [
        layout.program("containerd"),
        "--config",
        f"{layout.config}/containerd-{addresses.node_name(index)}.toml",
    ]


def containerd_config(layout: Layout) -> str:
    """For containerd 1.6 and later 1.x. The same for every node: paths are the node's own by its mounts."""
    unused = ["snapshotter.v1.btrfs", "snapshotter.v1.zfs", "snapshotter.v1.aufs", "snapshotter.v1.devmapper"]
    # `opt` would make /opt/containerd on the host.
    unused += ["internal.v1.tracing", "internal.v1.opt"]
    cri = '[plugins."io.containerd.grpc.v1.cri"'
    return f"""version = 2
root = "/var/lib/containerd"
state = "/run/containerd"
oom_score = 0
disabled_plugins = {json.dumps([f"io.containerd.{name}" for name in unused])}
[grpc]
  address = "/run/containerd/containerd.sock"
{cri}]
  sandbox_image = "{PAUSE_IMAGE}"
  stream_server_address = "127.0.0.1"
  # Without CAP_SYS_RESOURCE (containers, some sandboxes) nobody may lower a process's OOM score.
  restrict_oom_score_adj = true
  enable_unprivileged_ports = true
  enable_unprivileged_icmp = true
{cri}.cni]
  bin_dir = "{layout.cni}"
  conf_dir = "{layout.config}/cni"
{cri}.registry]
  config_path = "{layout.config}/registries"
{cri}.containerd]
  snapshotter = "overlayfs"
  default_runtime_name = "runc"
{cri}.containerd.runtimes.runc]
  runtime_type = "io.containerd.runc.v2"
{cri}.containerd.runtimes.runc.options]
  SystemdCgroup = false
  BinaryName = "{layout.program("runc")}"
"""


def registry_hosts() -> str:
    """Where containerd finds the images of the environment's registry name."""
    url = f"http://{addresses.CONTROL_PLANE}:{addresses.REGISTRY_PORT}"
    return f'server = "{url}"\n[host."{url}"]\n  capabilities = ["pull", "resolve"]\n'


def cni_config(index: int) -> str:
    """`ptp`, not `bridge`: every packet of a pod is routed, so the forward hook sees it (network policies)."""
    addresses_of_pods = {
        "type": "host-local",
        "ranges": [[{"subnet": addresses.pod_network(index)}]],
        "routes": [{"dst": "0.0.0.0/0"}],
        "dataDir": "/var/lib/cni/networks",
    }
    return _text(
        {
            "cniVersion": "0.4.0",
            "name": "hallmark",
            "plugins": [
                {"type": "ptp", "ipMasq": False, "mtu": 1500, "ipam": addresses_of_pods},
                {"type": "portmap", "capabilities": {"portMappings": True}, "snat": True},
            ],
        }
    )


def kubelet(layout: Layout, index: int) -> list[str]:
    name = addresses.node_name(index)
    return [
        layout.program("kubelet"),
        f"--config={layout.config}/kubelet-{name}.json",
        f"--kubeconfig={layout.pki}/kubelet-{name}.kubeconfig",
        f"--hostname-override={name}",
        f"--node-ip={addresses.node_address(index)}",
        "--root-dir=/var/lib/kubelet",
        # What the metrics API can say is as fresh as this; upstream's 10 s is for nodes with many pods.
        "--housekeeping-interval=2s",
        "--v=1",
    ]


def kubelet_config(layout: Layout, index: int) -> str:
    name = addresses.node_name(index)
    tuning = layout.tuning
    config: dict[str, Any] = {
        "apiVersion": "kubelet.config.k8s.io/v1beta1",
        "kind": "KubeletConfiguration",
        # 1.35 refuses version 1 of control groups unless told otherwise.
        "failCgroupV1": False,
        "cgroupDriver": "cgroupfs",
        "cgroupRoot": f"/{layout.group}/{name}",
        "cgroupsPerQOS": True,
        "enforceNodeAllocatable": [],
        "containerRuntimeEndpoint": "unix:///run/containerd/containerd.sock",
        "clusterDNS": [addresses.DNS_SERVICE],
        "clusterDomain": addresses.DOMAIN,
        "resolvConf": f"{layout.config}/resolv.conf",
        "volumePluginDir": "/var/lib/kubelet/volume-plugins",
        "tlsCertFile": f"{layout.pki}/kubelet-{name}.crt",
        "tlsPrivateKeyFile": f"{layout.pki}/kubelet-{name}.key",
        "authentication": {
            "anonymous": {"enabled": False},
            "webhook": {"enabled": True},
            "x509": {"clientCAFile": f"{layout.pki}/ca.crt"},
        },
        "authorization": {"mode": "Webhook"},
        "failSwapOn": False,
        # The kernel settings it wants are shown to it by mounts (hallmark.cluster.plan); it may not write the host's.
        "protectKernelDefaults": True,
        "makeIPTablesUtilChains": False,
        # Memory only. What the kubelet reads about the node's disk, a tmpfs, is wrong now and then on a busy machine:
        # with 12 GiB free it saw pressure, evicted pods and deleted every image that no container used.
        "evictionHard": {"memory.available": "100Mi"},
        "imageGCHighThresholdPercent": 100,
        "imageGCLowThresholdPercent": 99,
        "nodeLeaseDurationSeconds": 10,
        "registryPullQPS": 0,
        "eventRecordQPS": 0,
        "maxPods": 110,
    }
    if tuning.parallel_pulls:
        config["serializeImagePulls"] = False
    if tuning.kubelet_status_s is not None:
        config["nodeStatusUpdateFrequency"] = f"{tuning.kubelet_status_s}s"
        config["nodeStatusReportFrequency"] = f"{tuning.kubelet_status_s * 5}s"
    return _text(config)


def proxy(layout: Layout, index: int) -> list[str]:
    return [
        layout.program("kube-proxy"),
        f"--config={layout.config}/kube-proxy-{addresses.node_name(index)}.json",
    ]


def proxy_config(layout: Layout, index: int) -> str:
    # The limits of connection tracking cannot be set outside the machine's first network namespace.
    untouched = {"maxPerCore": 0, "min": 0}
    untouched_times = dict.fromkeys(
        ("tcpEstablishedTimeout", "tcpCloseWaitTimeout", "udpTimeout", "udpStreamTimeout"), "0s"
    )
    config: dict[str, Any] = {
        "apiVersion": "kubeproxy.config.k8s.io/v1alpha1",
        "kind": "KubeProxyConfiguration",
        "mode": "nftables",
        "clientConnection": {"kubeconfig": f"{layout.pki}/kube-proxy.kubeconfig"},
        "clusterCIDR": addresses.POD_NETWORK,
        "detectLocalMode": "ClusterCIDR",
        "hostnameOverride": addresses.node_name(index),
        "conntrack": {**untouched, **untouched_times},
    }
    if layout.tuning.proxy_sync_ms is not None:
        config["nftables"] = {"syncPeriod": "30s", "minSyncPeriod": f"{layout.tuning.proxy_sync_ms}ms"}
    return _text(config)


def image_import(layout: Layout, archive: Path) -> list[str]:
    socket = "/run/containerd/containerd.sock"
    return [
        layout.program("ctr"),
        "-a",
        socket,
        "-n",
        "k8s.io",
        "images",
        "import",
        "--all-platforms",
        str(archive),
    ]


def _serving(layout: Layout) -> list[str]:
    if not layout.tuning.own_certificates:
        return [f"--cert-dir={layout.private}"]
    pki = layout.pki
    # Nobody reads their pages through the aggregator, and the role that lets them look up its authority is made last.
    return [
        f"--tls-cert-file={pki}/apiserver.crt",
        f"--tls-private-key-file={pki}/apiserver.key",
        "--authentication-skip-lookup=true",
    ]


def _client(kubeconfig: Path) -> list[str]:
    return [f"--{prefix}kubeconfig={kubeconfig}" for prefix in ("", "authentication-", "authorization-")]


def _client_tuning(tuning: Tuning) -> list[str]:
    words = [] if tuning.leader_election else ["--leader-elect=false"]
    if tuning.client_qps is not None:
        words += [f"--kube-api-qps={tuning.client_qps}", f"--kube-api-burst={tuning.client_qps * 2}"]
    return words


def _text(document: dict[str, Any]) -> str:
    return json.dumps(document, indent=1)
