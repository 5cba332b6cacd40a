"""Enforces networking.k8s.io/v1 NetworkPolicy on one node of the embedded cluster, by one nftables table.

Two parts. The first is pure: `translate` turns API objects into the text of an nft transaction. The second is
the program: it watches the API server and gives that text to nft in the network namespace it runs in. One file
with standard-library imports only, on purpose: it runs once per node as `python -I -S netpol.py`, so its
memory and its start are paid per node. What is enforced and what is not: docs/network-policy.md.
"""

from __future__ import annotations

import argparse
import base64
import contextlib
import ctypes
import fcntl
import http.client
import json
import os
import re
import socket
import ssl
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Network, collapse_addresses, ip_address, ip_network
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlencode, urlsplit

TABLE = "hallmark_netpol"
PROTOCOLS = ("TCP", "UDP", "SCTP")

# Who the program is to the API server, for a client certificate with this common name, and what it may do.
USER = "hallmark:network-policy"
ACCESS: tuple[dict[str, Any], ...] = (
    {
        "apiVersion": "rbac.authorization.k8s.io/v1",
        "kind": "ClusterRole",
        "metadata": {"name": USER},
        "rules": [
            {"apiGroups": [""], "resources": ["pods", "namespaces"], "verbs": ["list", "watch"]},
            {
                "apiGroups": ["networking.k8s.io"],
                "resources": ["networkpolicies"],
                "verbs": ["list", "watch"],
            },
        ],
    },
    {
        "apiVersion": "rbac.authorization.k8s.io/v1",
        "kind": "ClusterRoleBinding",
        "metadata": {"name": USER},
        "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": USER},
        "subjects": [{"apiGroup": "rbac.authorization.k8s.io", "kind": "User", "name": USER}],
    },
)


# ---- API objects, read once into what the rules need ----


@dataclass(frozen=True, slots=True)
class Selector:
    """A label selector: every requirement (key, operator, values) must hold; none at all selects everything."""

    requirements: tuple[tuple[str, str, frozenset[str]], ...] = ()

    @classmethod
    def of(cls, source: Mapping[str, Any]) -> Selector:
        """Raises ValueError for an operator that NetworkPolicy doesn't know."""
        wanted = [(key, "In", frozenset({value})) for key, value in (source.get("matchLabels") or {}).items()]
        for expression in source.get("matchExpressions") or []:
            operator = expression["operator"]
            if operator not in ("In", "NotIn", "Exists", "DoesNotExist"):
                raise ValueError(f"operator {operator!r}: In, NotIn, Exists, DoesNotExist are known")
            wanted.append((expression["key"], operator, frozenset(expression.get("values") or [])))
        return cls(tuple(wanted))

    def selects(self, labels: Mapping[str, str]) -> bool:
        return all(_holds(operator, labels.get(key), values) for key, operator, values in self.requirements)


def _holds(operator: str, value: str | None, values: frozenset[str]) -> bool:
    match operator:
        case "In":
            return value is not None and value in values
        case "NotIn":
            return value is None or value not in values
        case "Exists":
            return value is not None
        case _:
            return value is None


@dataclass(frozen=True, slots=True)
class Pod:
    """A pod that has, or will get, an address of its own on the pod network. `ports` is by (name, protocol)."""

    namespace: str
    name: str
    uid: str
    node: str
    labels: Mapping[str, str]
    addresses: tuple[str, ...]
    ports: Mapping[tuple[str, str], int]

    @classmethod
    def of(cls, source: Mapping[str, Any]) -> Pod | None:
        """None for a pod that policies don't concern: in the host's network, or finished.

        A pod that is being deleted is still a pod: it serves until its containers have ended.
        """
        metadata, spec, status = source["metadata"], source["spec"], source.get("status") or {}
        if spec.get("hostNetwork") or status.get("phase") in ("Succeeded", "Failed"):
            return None
        reported = [entry.get("ip") for entry in status.get("podIPs") or []] + [status.get("podIP")]
        return cls(
            namespace=metadata["namespace"],
            name=metadata["name"],
            uid=metadata.get("uid") or "",
            node=spec.get("nodeName") or "",
            labels=metadata.get("labels") or {},
            addresses=tuple(sorted({address for address in reported if address and _is_ipv4(address)})),
            ports=_named_ports(spec),
        )


def _named_ports(spec: Mapping[str, Any]) -> dict[tuple[str, str], int]:
    """Named ports as a Service resolves them: the first container that has the name wins, sidecars come last."""
    sidecars = [one for one in spec.get("initContainers") or [] if one.get("restartPolicy") == "Always"]
    ports: dict[tuple[str, str], int] = {}
    for container in [*(spec.get("containers") or []), *sidecars]:
        for port in container.get("ports") or []:
            if port.get("name"):
                ports.setdefault((port["name"], port.get("protocol") or "TCP"), int(port["containerPort"]))
    return ports


def _is_ipv4(address: str) -> bool:
    with contextlib.suppress(ValueError):
        return ip_address(address).version == 4
    return False


@dataclass(frozen=True, slots=True)
class Peer:
    """One entry of `from` or `to`: a block of addresses, or pods by their labels and their namespace's labels."""

    block: IPv4Network | None = None
    excluded: tuple[IPv4Network, ...] = ()
    pods: Selector | None = None
    namespaces: Selector | None = None

    @classmethod
    def of(cls, source: Mapping[str, Any]) -> Peer:
        """A block of IPv6 addresses becomes a peer that nothing matches: only IPv4 is carried here."""
        if block := source.get("ipBlock"):
            excluded = [ip_network(one, strict=False) for one in block.get("except") or []]
            cidr = ip_network(block["cidr"], strict=False)
            if not isinstance(cidr, IPv4Network):
                return cls()
            kept = [one for one in excluded if isinstance(one, IPv4Network)]
            return cls(block=cidr, excluded=tuple(collapse_addresses(kept)))
        pods, namespaces = source.get("podSelector"), source.get("namespaceSelector")
        if pods is None and namespaces is None:
            raise ValueError("a peer without ipBlock, podSelector and namespaceSelector")
        return cls(
            pods=Selector.of(pods or {}), namespaces=None if namespaces is None else Selector.of(namespaces)
        )


@dataclass(frozen=True, slots=True)
class Port:
    """One entry of `ports`: a range of numbers, or a name to look up in the target pod."""

    protocol: str
    first: int = 0
    last: int = 65535
    name: str = ""

    @classmethod
    def of(cls, source: Mapping[str, Any]) -> Port:
        protocol, port = source.get("protocol") or "TCP", source.get("port")
        if protocol not in PROTOCOLS:
            raise ValueError(f"protocol {protocol!r}: {', '.join(PROTOCOLS)} are known")
        if port is None:
            return cls(protocol)
        if isinstance(port, str):
            return cls(protocol, name=port)
        last = source.get("endPort") or port
        if not 0 < port <= last <= 65535:
            raise ValueError(f"ports {port} to {last}")
        return cls(protocol, int(port), int(last))


@dataclass(frozen=True, slots=True)
class Rule:
    """What is let through: `peers` None is everyone, `ports` None is every port of every protocol."""

    peers: tuple[Peer, ...] | None
    ports: tuple[Port, ...] | None

    @classmethod
    def of(cls, source: Mapping[str, Any], peers_key: str) -> Rule:
        peers, ports = source.get(peers_key), source.get("ports")
        return cls(
            peers=tuple(Peer.of(one) for one in peers) if peers else None,
            ports=tuple(Port.of(one) for one in ports) if ports else None,
        )


@dataclass(frozen=True, slots=True)
class Policy:
    """A NetworkPolicy. A direction that is None is not governed; an empty one lets nothing through.

    `fault` says why an object could not be understood; such a policy closes its whole namespace both ways.
    """

    namespace: str
    name: str
    pods: Selector
    ingress: tuple[Rule, ...] | None
    egress: tuple[Rule, ...] | None
    fault: str = ""

    @classmethod
    def of(cls, source: Mapping[str, Any]) -> Policy:
        """Never raises for an odd spec: what can't be understood must not open anything."""
        namespace, name = source["metadata"]["namespace"], source["metadata"]["name"]
        try:
            spec = source["spec"]
            types = spec.get("policyTypes") or ["Ingress", *(["Egress"] if spec.get("egress") else [])]
            if unknown := set(types) - {"Ingress", "Egress"}:
                raise ValueError(f"policyTypes {sorted(unknown)}")
            ingress = tuple(Rule.of(one, "from") for one in spec.get("ingress") or [])
            egress = tuple(Rule.of(one, "to") for one in spec.get("egress") or [])
            return cls(
                namespace=namespace,
                name=name,
                pods=Selector.of(spec.get("podSelector") or {}),
                ingress=ingress if "Ingress" in types else None,
                egress=egress if "Egress" in types else None,
            )
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            return cls(namespace, name, Selector(), (), (), fault=f"{type(error).__name__}: {error}")


@dataclass(frozen=True, slots=True)
class Attachment:
    """What the CNI recorded when it gave a pod of this node its address."""

    address: str
    namespace: str
    name: str
    uid: str = ""

    @classmethod
    def of(cls, record: Mapping[str, Any]) -> Attachment | None:
        """From one file of libcni's result cache; None when it isn't about a pod's IPv4 address."""
        words = dict(record.get("cniArgs") or [])
        namespace, name = words.get("K8S_POD_NAMESPACE"), words.get("K8S_POD_NAME")
        for entry in (record.get("result") or {}).get("ips") or []:
            address = entry["address"].partition("/")[0]
            if namespace and name and _is_ipv4(address) and not ip_address(address).is_loopback:
                return cls(address, namespace, name, words.get("K8S_POD_UID") or "")
        return None

    def is_of(self, pod: Pod) -> bool:
        same_name = (self.namespace, self.name) == (pod.namespace, pod.name)
        return same_name and (not self.uid or not pod.uid or self.uid == pod.uid)


# ---- the translation: pure, from objects to the text of one nft transaction ----


def translate(
    *,
    node: str,
    pod_cidr: IPv4Network,
    pods: Iterable[Pod],
    namespaces: Mapping[str, Mapping[str, str]],
    policies: Iterable[Policy],
    attachments: Iterable[Attachment] = (),
) -> str:
    """The nft transaction that replaces the table of `node` by one that enforces `policies`.

    `namespaces` gives each namespace's labels. The text depends on the arguments, not on their order.
    """
    owners = _owners(node, pods, list(attachments))
    local = [address for address, those in owners.items() if any(pod.node == node for pod in those)]
    ordered = sorted(policies, key=lambda policy: (policy.namespace, policy.name))
    chains: dict[tuple[str, ...], str] = {}
    dispatch: list[str] = []
    for direction, field_name in (("egress", "saddr"), ("ingress", "daddr")):
        # Normally one owner an address and so one map. More claim it for a moment when a node came back
        # with an empty disk: then each has its map, and a packet must satisfy them all.
        for turn in range(max((len(owners[address]) for address in local), default=0)):
            jumps = []
            for address in local:
                if turn < len(owners[address]):
                    rules = _rules(direction, owners[address][turn], ordered, owners, namespaces)
                    if rules is not None:
                        name = chains.setdefault((direction, *rules), f"{direction}_{len(chains)}")
                        jumps.append(f"{address} : jump {name}")
            if jumps:
                dispatch.append(f"ip {field_name} vmap {{ {', '.join(jumps)} }}")
    lines = [
        f"add table ip {TABLE}",
        f"delete table ip {TABLE}",
        f"table ip {TABLE} {{",
        *_named_set("pods", "ipv4_addr", local),
        *_named_set("itself", "ipv4_addr . ipv4_addr", [f"{address} . {address}" for address in local]),
    ]
    for (_, *rules), name in chains.items():
        lines += [f"  chain {name} {{", *(f"    {rule}" for rule in rules), "    counter drop", "  }"]
    lines += [
        "  chain forward {",
        # Behind the DNAT of Services, which happens in prerouting: pods' own addresses and ports are judged.
        "    type filter hook forward priority filter + 10; policy accept;",
        # Answers belong to a flow that was let in. The asking direction is judged packet by packet, not only
        # at the start of a flow, so that a change of policy also ends flows that it no longer allows.
        "    ct direction reply accept",
        "    ct state related accept",
        "    ip saddr . ip daddr @itself accept",
        # An address whose pod isn't known yet gets nothing: what policies say about it isn't known either.
        f'    ip saddr {pod_cidr} ip saddr != @pods counter drop comment "from a pod not known yet"',
        f'    ip daddr {pod_cidr} ip daddr != @pods counter drop comment "to a pod not known yet"',
        *(f"    {line}" for line in dispatch),
        "  }",
        "}",
        "",
    ]
    return "\n".join(lines)


def _owners(node: str, pods: Iterable[Pod], attachments: Sequence[Attachment]) -> dict[str, tuple[Pod, ...]]:
    """Which pods each address belongs to, in the order of addresses.

    For addresses of this node the CNI's record is fresher than the status in the API and wins over it.
    """
    recorded = {attachment.address for attachment in attachments}
    by_name: dict[tuple[str, str], list[Attachment]] = {}
    for attachment in attachments:
        by_name.setdefault((attachment.namespace, attachment.name), []).append(attachment)
    owners: dict[str, list[Pod]] = {}
    for pod in sorted(pods, key=lambda pod: (pod.namespace, pod.name)):
        own = {one.address for one in by_name.get((pod.namespace, pod.name), ()) if one.is_of(pod)}
        reported = set(pod.addresses) - recorded
        for address in own if own and pod.node == node else reported:
            owners.setdefault(address, []).append(pod)
    return {address: tuple(owners[address]) for address in sorted(owners, key=_numeric)}


def _rules(
    direction: str,
    pod: Pod,
    policies: Sequence[Policy],
    owners: Mapping[str, tuple[Pod, ...]],
    namespaces: Mapping[str, Mapping[str, str]],
) -> list[str] | None:
    """What is let through to (or from) `pod`, a line for each way; None when no policy isolates it."""
    lines: list[str] | None = None
    for policy in policies:
        allowed = policy.ingress if direction == "ingress" else policy.egress
        if allowed is None or policy.namespace != pod.namespace or not policy.pods.selects(pod.labels):
            continue
        lines = [] if lines is None else lines
        origin = f' comment "{policy.namespace}/{policy.name}"'
        if not re.fullmatch(r'[ a-z0-9./"-]{1,120}', origin):  # what nft takes as a comment, and no more
            origin = ""
        for rule in allowed:
            for match in _matches(direction, rule, policy.namespace, pod, owners, namespaces):
                lines.append(f"{match} return{origin}".lstrip())
    return lines


def _matches(
    direction: str,
    rule: Rule,
    namespace: str,
    pod: Pod,
    owners: Mapping[str, tuple[Pod, ...]],
    namespaces: Mapping[str, Mapping[str, str]],
) -> Iterator[str]:
    """The nft expressions of one rule; a packet that fits any of them is let through."""
    field_name = "saddr" if direction == "ingress" else "daddr"

    def meant(address: str, those: tuple[Pod, ...]) -> bool:
        return rule.peers is None or all(
            _is_meant(rule.peers, address, one, namespace, namespaces) for one in those
        )

    if rule.peers is None:
        peers = [""]
    else:
        selecting = tuple(peer for peer in rule.peers if peer.pods is not None)
        selected = [
            address
            for address, those in owners.items()
            if all(_is_meant(selecting, address, one, namespace, namespaces) for one in those)
        ]
        peers = [f"ip {field_name} {{ {', '.join(selected)} }}"] if selected else []
        peers += [text for peer in rule.peers if (text := _block_match(field_name, peer)) is not None]
    ranges = [(port.protocol, port.first, port.last) for port in rule.ports or () if not port.name]
    names = [(port.name, port.protocol) for port in rule.ports or () if port.name]
    if direction == "ingress":
        ranges += [(key[1], pod.ports[key], pod.ports[key]) for key in names if key in pod.ports]
    ports = [""] if rule.ports is None else list(_port_matches(ranges))
    for peer in peers:
        for port in ports:
            yield f"{peer} {port}".strip()
    if direction == "egress":
        # A port's name means another number in each target, so target and number are matched together.
        for name, protocol in names:
            numbers = {
                address: {one.ports.get((name, protocol)) for one in owners[address]} for address in owners
            }
            targets = [
                f"{address} . {number}"
                for address, those in owners.items()
                if len(numbers[address]) == 1 and (number := min(numbers[address], key=str)) is not None
                if meant(address, those)
            ]
            if targets:
                yield f"ip daddr . {protocol.lower()} dport {{ {', '.join(targets)} }}"


def _is_meant(
    peers: Sequence[Peer],
    address: str,
    pod: Pod,
    namespace: str,
    namespaces: Mapping[str, Mapping[str, str]],
) -> bool:
    """Whether any of `peers`, in a policy of `namespace`, means `pod` at `address`."""
    for peer in peers:
        if peer.block is not None:
            here = ip_address(address)
            if here in peer.block and not any(here in one for one in peer.excluded):
                return True
        elif peer.pods is not None:
            if peer.namespaces is None:
                in_namespace = pod.namespace == namespace
            else:
                labels = namespaces.get(pod.namespace)  # not known yet: not even NotIn may match
                in_namespace = labels is not None and peer.namespaces.selects(labels)
            if in_namespace and peer.pods.selects(pod.labels):
                return True
    return False


def _block_match(field_name: str, peer: Peer) -> str | None:
    """None for a peer that isn't a block, or from which everything is excluded."""
    block = peer.block
    if block is None or any(block.subnet_of(one) for one in peer.excluded):
        return None
    inside = f"ip {field_name} {block}" if block.prefixlen else ""
    excluded = ", ".join(map(str, peer.excluded))
    return f"{inside} ip {field_name} != {{ {excluded} }}".strip() if excluded else inside


def _port_matches(ranges: Iterable[tuple[str, int, int]]) -> Iterator[str]:
    """One expression for each protocol. Ranges are merged: nft refuses a set whose ranges overlap."""
    for protocol in PROTOCOLS:
        merged: list[tuple[int, int]] = []
        for first, last in sorted((first, last) for name, first, last in ranges if name == protocol):
            if merged and first <= merged[-1][1] + 1:
                merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
            else:
                merged.append((first, last))
        if merged == [(0, 65535)]:
            yield f"meta l4proto {protocol.lower()}"
        elif merged:
            texts = [str(first) if first == last else f"{first}-{last}" for first, last in merged]
            yield f"{protocol.lower()} dport {{ {', '.join(texts)} }}"


def _named_set(name: str, key_type: str, elements: Sequence[str]) -> list[str]:
    content = [f"    elements = {{ {', '.join(elements)} }}"] if elements else []
    return [f"  set {name} {{", f"    type {key_type}", *content, "  }"]


def _numeric(address: str) -> int:
    return int(ip_address(address))


# ---- the program: watch, translate, hand over to nft ----

COALESCE_S = 0.02  # events of one change arrive together; one transaction carries them all
RETRY_NFT_S = 1.0
PAGE = 500
WATCH_S = 240  # the server ends a watch after this; bookmarks come about once a minute
CONNECT_S = 5.0
SILENCE_S = 150.0  # longer than two bookmarks: the connection is dead
BACKOFF_S = (0.1, 0.1, 0.2, 0.5)

RESOURCES: Mapping[str, str] = {
    "pods": "/api/v1/pods",
    "namespaces": "/api/v1/namespaces",
    "policies": "/apis/networking.k8s.io/v1/networkpolicies",
}


def log(message: str) -> None:
    """One line with the time (UTC), so that the lines of several components can be put in order."""
    now = time.time()
    stamp = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(now))
    print(f"{stamp}.{int(now % 1 * 1000):03d}Z {message}", flush=True)


class Known:
    """What is known of the cluster, shared by the watching threads; every change wakes the one that applies."""

    def __init__(self) -> None:
        self._objects: dict[str, dict[tuple[str, str], Any]] = {}
        self._attachments: dict[str, Attachment] = {}
        self._dirty = threading.Event()
        self._lock = threading.Lock()

    def replace(self, resource: str, objects: dict[tuple[str, str], Any]) -> None:
        with self._lock:
            self._objects[resource] = objects
        self._dirty.set()

    def put(self, resource: str, key: tuple[str, str], value: Any | None) -> None:
        """None removes. What changes nothing that rules depend on (a heartbeat) wakes nobody."""
        with self._lock:
            before = self._objects[resource].get(key)
            if value is None:
                self._objects[resource].pop(key, None)
            else:
                self._objects[resource][key] = value
        if before != value:
            self._dirty.set()

    def attach(self, attachments: dict[str, Attachment]) -> None:
        with self._lock:
            changed = self._attachments != attachments
            self._attachments = attachments
        if changed:
            self._dirty.set()

    def wait(self, timeout_s: float | None) -> None:
        """Until something changed, or `timeout_s` has passed; then a moment more for what belongs to it."""
        if self._dirty.wait(timeout_s):
            time.sleep(COALESCE_S)
        self._dirty.clear()

    def complete(self) -> bool:
        """Whether every resource has been listed at least once."""
        with self._lock:
            return self._objects.keys() == RESOURCES.keys()

    def translate(self, node: str, pod_cidr: IPv4Network) -> str:
        with self._lock:
            return translate(
                node=node,
                pod_cidr=pod_cidr,
                pods=[pod for pod in self._objects["pods"].values() if pod.addresses or pod.node == node],
                namespaces={name: labels for (_, name), labels in self._objects["namespaces"].items()},
                policies=list(self._objects["policies"].values()),
                attachments=list(self._attachments.values()),
            )

    def summary(self) -> str:
        with self._lock:
            counts = [f"{len(self._objects.get(resource, ()))} {resource}" for resource in RESOURCES]
            faults = [
                f"; {policy.namespace}/{policy.name} not understood, its namespace is closed ({policy.fault})"
                for policy in self._objects.get("policies", {}).values()
                if policy.fault
            ]
        return ", ".join(counts) + "".join(faults)


def read(resource: str, source: Mapping[str, Any]) -> Any | None:
    """The part of an API object that rules depend on; None for one they don't depend on."""
    if resource == "pods":
        return Pod.of(source)
    if resource == "policies":
        return Policy.of(source)
    return dict(source["metadata"].get("labels") or {})


class Api:
    """The API server, by the one cluster and user that the kubeconfig's current context names."""

    def __init__(self, kubeconfig: Path) -> None:
        """Raises ValueError or KeyError for a kubeconfig that can't be used; it must be JSON."""
        config = json.loads(
            kubeconfig.read_text()
        )  # the kit writes JSON, which is YAML too: no YAML reader here
        context = _named(config["contexts"], config["current-context"])["context"]
        cluster = _named(config["clusters"], context["cluster"])["cluster"]
        user = _named(config["users"], context["user"])["user"]
        server = urlsplit(cluster["server"])
        if server.scheme != "https" or not server.hostname:
            raise ValueError(f"server {cluster['server']!r}: only https is spoken")
        self._address = (server.hostname, server.port or 443)
        self._tls = ssl.create_default_context()
        with _file_of(cluster, "certificate-authority", kubeconfig.parent) as authority:
            if authority is None:
                raise ValueError("the cluster has no certificate-authority")
            self._tls.load_verify_locations(authority)
        with (
            _file_of(user, "client-certificate", kubeconfig.parent) as certificate,
            _file_of(user, "client-key", kubeconfig.parent) as key,
        ):
            if certificate is not None:
                self._tls.load_cert_chain(certificate, key)
        self._headers = {"Accept": "application/json", "User-Agent": "hallmark-netpol"}
        if token := user.get("token"):
            self._headers["Authorization"] = f"Bearer {token}"

    def connect(self) -> http.client.HTTPSConnection:
        connection = http.client.HTTPSConnection(*self._address, context=self._tls, timeout=CONNECT_S)
        connection.connect()
        connection.sock.settimeout(SILENCE_S)
        return connection

    def ask(
        self, connection: http.client.HTTPSConnection, path: str, **query: str
    ) -> http.client.HTTPResponse:
        """Raises Unavailable for any answer but 200, with what the server said."""
        connection.request("GET", f"{path}?{urlencode(query)}", headers=self._headers)
        response = connection.getresponse()
        if response.status != 200:
            raise Unavailable(response.status, response.read(500).decode(errors="replace"))
        return response


class Unavailable(Exception):
    """The API server answered, but not with what was asked for."""

    def __init__(self, status: int, text: str) -> None:
        super().__init__(f"HTTP {status}: {' '.join(text.split())}")
        self.status = status


def _named(entries: Sequence[Mapping[str, Any]], name: str) -> Mapping[str, Any]:
    return next(entry for entry in entries if entry["name"] == name)


@contextlib.contextmanager
def _file_of(source: Mapping[str, Any], key: str, base: Path) -> Iterator[str | None]:
    """A path for a kubeconfig entry that is a file's name or the content itself, which is kept in memory."""
    if content := source.get(f"{key}-data"):
        handle = os.memfd_create(key)
        try:
            os.write(handle, base64.b64decode(content))
            yield f"/proc/self/fd/{handle}"
        finally:
            os.close(handle)
    else:
        yield str(base / source[key]) if key in source else None


def watch(api: Api, resource: str, known: Known) -> None:
    """Keep one resource in `known` up to date, for ever: list, then watch; list again when told to (410).

    While the API server can't be reached, what was known stays.
    """
    version, failures = "", 0
    while True:
        connection: http.client.HTTPSConnection | None = None
        try:
            connection = api.connect()
            if not version:
                version = _list(api, connection, resource, known)
            for latest in _events(api, connection, resource, version, known):
                if failures:
                    log(f"{resource}: watching")
                version, failures = latest, 0
        except (OSError, http.client.HTTPException, Unavailable, ValueError) as error:
            if isinstance(error, Unavailable):
                version = ""
            pause_s = BACKOFF_S[min(failures, len(BACKOFF_S) - 1)]
            if failures in (0, len(BACKOFF_S)):  # once at the start of an outage, once when it lasts
                log(f"{resource}: {type(error).__name__}: {error}; the rules stay as they are")
            failures += 1
            time.sleep(pause_s)
        finally:
            if connection is not None:
                connection.close()


def _list(api: Api, connection: http.client.HTTPSConnection, resource: str, known: Known) -> str:
    objects: dict[tuple[str, str], Any] = {}
    page: dict[str, str] = {}
    while True:
        body = json.load(api.ask(connection, RESOURCES[resource], limit=str(PAGE), **page))
        for source in body["items"]:
            if (value := read(resource, source)) is not None:
                objects[_key(source)] = value
        if not (following := body["metadata"].get("continue")):
            known.replace(resource, objects)
            return cast(str, body["metadata"]["resourceVersion"])
        page = {"continue": following}


def _events(
    api: Api, connection: http.client.HTTPSConnection, resource: str, version: str, known: Known
) -> Iterator[str]:
    """Carry a watch's events into `known`; ends when the server ends the watch.

    Gives the version reached: once when the watch stands, then after each event.
    """
    query = {
        "watch": "1",
        "resourceVersion": version,
        "allowWatchBookmarks": "true",
        "timeoutSeconds": str(WATCH_S),
    }
    response = api.ask(connection, RESOURCES[resource], **query)
    yield version
    while line := response.readline():
        event = json.loads(line)
        source = event["object"]
        if event["type"] == "ERROR":
            raise Unavailable(int(source.get("code") or 0), str(source.get("message")))
        if event["type"] != "BOOKMARK":
            gone = event["type"] == "DELETED"
            known.put(resource, _key(source), None if gone else read(resource, source))
        yield source["metadata"]["resourceVersion"]


def _key(source: Mapping[str, Any]) -> tuple[str, str]:
    return source["metadata"].get("namespace") or "", source["metadata"]["name"]


def follow_records(directory: Path, known: Known) -> None:
    """Keep the CNI's records in `known`, for ever: libcni writes one before a pod's first container starts."""
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    for _ in _changes(directory):
        attachments = {}
        for path in directory.iterdir():
            with contextlib.suppress(OSError, ValueError, KeyError, TypeError, AttributeError):
                # A file that is half written or already gone: its next event comes.
                if (attachment := Attachment.of(json.loads(path.read_bytes()))) is not None:
                    attachments[path.name] = attachment
        known.attach(attachments)


def _changes(directory: Path) -> Iterator[None]:
    """Once at the start, then each time a file in `directory` was written, moved or removed (inotify)."""
    libc = ctypes.CDLL(None, use_errno=True)
    moved_to, close_write, deleted, moved_from = 0x80, 0x8, 0x200, 0x40
    handle = libc.inotify_init1(os.O_CLOEXEC)
    mask = moved_to | close_write | deleted | moved_from
    if handle < 0 or libc.inotify_add_watch(handle, os.fsencode(directory), mask) < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()), str(directory))
    while True:
        yield
        os.read(handle, 65536)


def apply(text: str) -> str:
    """Give a transaction to nft; the empty string when it took it, else what nft said (nothing has changed)."""
    try:
        done = subprocess.run(
            ["nft", "-f", "-"], input=text, text=True, capture_output=True, timeout=10, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return str(error)
    return "" if done.returncode == 0 else done.stderr.strip() or f"exit code {done.returncode}"


def enforce(known: Known, node: str, pod_cidr: IPv4Network, ready: Callable[[], None]) -> None:
    """Apply what `known` asks for whenever it changes, for ever. `ready` is called after the first time."""
    applied, pending = "", False
    while True:
        known.wait(RETRY_NFT_S if pending else None)
        if not known.complete():
            continue
        began = time.monotonic()
        text = known.translate(node, pod_cidr)
        if text == applied:
            pending = False
            continue
        refusal = apply(text)
        pending = bool(refusal)
        if refusal:
            log(f"nft refused the rules, the former ones stay: {refusal}\n{text}")
            continue
        if not applied:
            ready()
        applied = text
        log(f"applied in {(time.monotonic() - began) * 1000:.0f} ms: {known.summary()}")


def misplaced(node_address: str, host_netns: str | None) -> str:
    """Why this isn't the network namespace of the node; the empty string when it is.

    The node's own address on eth0 proves the place; the host's namespace, where the caller names it, is
    excluded besides, for a host that happens to have that address.
    """
    if host_netns is not None and str(Path("/proc/self/ns/net").readlink()) == host_netns:
        return f"this is the host's network namespace ({host_netns})"
    request = struct.pack("256s", b"eth0")
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            answer = fcntl.ioctl(probe, 0x8915, request)  # SIOCGIFADDR
        except OSError as error:
            return f"eth0 has no address here: {error.strerror}"
    found = socket.inet_ntoa(answer[20:24])
    return "" if found == node_address else f"eth0 has {found} here, not {node_address}"


def arguments(words: Sequence[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="netpol", description="Enforce NetworkPolicy on one embedded node.")
    parser.add_argument("--kubeconfig", type=Path, required=True, help="JSON; may list and watch: see ACCESS")
    parser.add_argument("--node", required=True, help="the node's name in the API")
    parser.add_argument("--node-address", required=True, help="must be eth0's address here, or it refuses")
    parser.add_argument("--pod-cidr", type=IPv4Network, required=True, help="where this node's pods live")
    parser.add_argument("--host-netns", help="readlink of the host's /proc/self/ns/net: never to be touched")
    parser.add_argument("--cni-results", type=Path, help="libcni's cache of results on this node")
    parser.add_argument("--ready-file", type=Path, help="written once the first full set of rules is applied")
    return parser.parse_args(words)


def main(words: Sequence[str] | None = None) -> int:
    """Runs until it is killed; its rules stay. Exit code 2 when it can't do its work here."""
    options = arguments(words)
    if reason := misplaced(options.node_address, options.host_netns):
        log(f"refused: {reason}")
        return 2
    try:
        api = Api(options.kubeconfig)
    except (OSError, ValueError, KeyError, TypeError, StopIteration) as error:
        log(f"refused: {options.kubeconfig} can't be used: {type(error).__name__}: {error}")
        return 2

    def ready() -> None:
        if options.ready_file is not None:
            options.ready_file.write_text("ready\n")
        log("ready")

    if options.ready_file is not None:
        options.ready_file.unlink(missing_ok=True)
    if not _table_exists():
        # Nothing is known yet, so every address of this node is unknown: closed until the first sync.
        closed = translate(node=options.node, pod_cidr=options.pod_cidr, pods=(), namespaces={}, policies=())
        if refusal := apply(closed):
            log(f"refused: nft can't be used here: {refusal}")
            return 2
        log(f"closed {options.pod_cidr} until the first sync")
    known = Known()
    jobs: list[tuple[Callable[..., None], tuple[Any, ...]]] = [
        (watch, (api, resource, known)) for resource in RESOURCES
    ]
    if options.cni_results is not None:
        jobs.append((follow_records, (options.cni_results, known)))
    for work, its_arguments in jobs:
        threading.Thread(target=_or_die, args=(work, *its_arguments), daemon=True).start()
    enforce(known, options.node, options.pod_cidr, ready)
    return 0


def _or_die(work: Callable[..., None], *its_arguments: Any) -> None:
    """A thread that ends unexpectedly would leave rules that no longer follow: end the program instead."""
    try:
        work(*its_arguments)
    except BaseException as error:  # noqa: BLE001 - whatever it was, the supervisor must start afresh
        log(f"{work.__name__} ended: {type(error).__name__}: {error}")
    os._exit(2)


def _table_exists() -> bool:
    done = subprocess.run(["nft", "list", "table", "ip", TABLE], capture_output=True, timeout=10, check=False)
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
