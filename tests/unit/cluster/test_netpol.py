"""The translation of NetworkPolicy into nft rules: judged by what the rules do to packets, not by their wording.

`Firewall` reads the text that nft would get and decides about packets; `permitted` decides from the API objects
alone. The two share no code with each other or with the translator, and must agree.
"""

from __future__ import annotations

import dataclasses
import functools
import json
import re
from collections.abc import Iterator
from ipaddress import IPv4Network, ip_address, ip_network
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hallmark.cluster import netpol

NODE = "node1"
POD_CIDR = IPv4Network("10.244.1.0/24")
EDGE = "10.200.0.1"


@dataclasses.dataclass(frozen=True)
class Packet:
    """The first packet of a flow, as the forward hook sees it (addresses and port behind a Service's DNAT)."""

    source: str
    target: str
    protocol: str = "TCP"
    port: int = 8080


# ---- what the rules do ----


class Firewall:
    """Decides about packets from the text of a ruleset; knows just the expressions that the translator writes."""

    def __init__(self, text: str) -> None:
        self.sets: dict[str, set[str]] = {}
        self.chains: dict[str, list[str]] = {}
        for kind, name, body in re.findall(r"^  (set|chain) (\w+) \{\n(.*?)^  \}", text, re.M | re.S):
            lines = [line.strip() for line in body.splitlines()]
            if kind == "chain":
                self.chains[name] = lines
            else:
                elements = [
                    _members(line.removeprefix("elements = ")) for line in lines if "elements" in line
                ]
                self.sets[name] = set().union(*elements)

    def passes(self, packet: Packet) -> bool:
        return self._walk("forward", packet) != "drop"

    def _walk(self, chain: str, packet: Packet) -> str:
        for line in self.chains[chain]:
            if line.startswith(("type filter", "ct ")):  # a flow's first packet is neither answer nor related
                continue
            verdict = self._verdict(line, packet)
            if verdict in ("drop", "accept"):
                return verdict
            if verdict == "return":
                return "go on"
            if verdict.startswith("jump ") and (below := self._walk(verdict[5:], packet)) != "go on":
                return below
        return "go on"

    def _verdict(self, line: str, packet: Packet) -> str:
        """The line's verdict when all its expressions fit the packet, else the empty string."""
        protocol = packet.protocol.lower()
        address = {"saddr": packet.source, "daddr": packet.target}
        for kind, words in _expressions(line):
            match kind:
                case "verdict":
                    return words[0]
                case "vmap":
                    return dict(entry.split(" : ") for entry in words[1:]).get(address[words[0]], "")
                case "self":
                    fits = f"{packet.source} . {packet.target}" in self.sets[words[0]]
                case "not-set":
                    fits = address[words[0]] not in self.sets[words[1]]
                case "not-in":
                    fits = not any(_within(address[words[0]], block) for block in words[1:])
                case "in" | "block":
                    fits = any(_within(address[words[0]], block) for block in words[1:])
                case "target-port":
                    fits = words[0] == protocol and f"{packet.target} . {packet.port}" in words[1:]
                case "port":
                    fits = words[0] == protocol and any(_in_range(packet.port, one) for one in words[1:])
                case _:
                    fits = words[0] == protocol
            if not fits:
                return ""
        raise AssertionError(f"no verdict: {line!r}")


EXPRESSIONS = {
    "self": r"ip saddr \. ip daddr @(\w+)",
    "not-set": r"ip (\w+) != @(\w+)",
    "not-in": r"ip (\w+) != (\{[^}]*\})",
    "vmap": r"ip (\w+) vmap (\{[^}]*\})",
    "target-port": r"ip daddr \. (\w+) dport (\{[^}]*\})",
    "in": r"ip (\w+) (\{[^}]*\})",
    "block": r"ip (\w+) ([\d./]+)",
    "port": r"(tcp|udp|sctp) dport (\{[^}]*\})",
    "protocol": r"meta l4proto (\w+)",
    "verdict": r"(?:counter )?(return|accept|drop)$",
}


@functools.cache
def _expressions(line: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The expressions of a line in order, each with its words; a set is spread into its elements."""
    line, found = re.sub(r' comment "[^"]*"$', "", line), []
    while line:
        for kind, pattern in EXPRESSIONS.items():
            if match := re.match(pattern, line):
                words = [one for group in match.groups() for one in sorted(_members(group))]
                found.append((kind, tuple(words)))
                line = line[match.end() :].lstrip()
                break
        else:
            raise AssertionError(f"an expression this test doesn't know: {line!r}")
    return tuple(found)


def _members(braces: str) -> set[str]:
    return {one.strip() for one in braces.strip("{} ").split(",")}


@functools.cache
def _within(address: str, block: str) -> bool:
    return ip_address(address) in ip_network(block)


def _in_range(port: int, text: str) -> bool:
    first, _, last = text.partition("-")
    return int(first) <= port <= int(last or first)


# ---- what the API objects say ----


@dataclasses.dataclass
class Cluster:
    """API objects as the API server would give them. Labels of namespaces are by name."""

    pods: list[dict[str, Any]]
    policies: list[dict[str, Any]]
    namespaces: dict[str, dict[str, str]] = dataclasses.field(
        default_factory=lambda: {"app": {"team": "red"}, "other": {"team": "blue"}}
    )
    attachments: tuple[netpol.Attachment, ...] = ()

    def text(self, node: str = NODE) -> str:
        return netpol.translate(
            node=node,
            pod_cidr=POD_CIDR,
            pods=[pod for source in self.pods if (pod := netpol.Pod.of(source)) is not None],
            namespaces=self.namespaces,
            policies=[netpol.Policy.of(source) for source in self.policies],
            attachments=self.attachments,
        )

    def passes(self, source: str, target: str, protocol: str = "TCP", port: int = 8080) -> bool:
        return Firewall(self.text()).passes(Packet(source, target, protocol, port))


def permitted(cluster: Cluster, packet: Packet) -> bool:
    """By the specification's words: each isolated end that is on this node must have a rule for the packet."""
    at = {pod["status"]["podIP"]: pod for pod in cluster.pods if pod["status"].get("podIP")}
    source, target = at.get(packet.source), at.get(packet.target)
    for address, pod in ((packet.source, source), (packet.target, target)):
        if ip_address(address) in POD_CIDR and pod is None:
            return False
    if packet.source == packet.target:
        return True
    return all(
        _permitted_at(cluster, direction, here, there, other, target, packet)
        for direction, here, there, other in (
            ("egress", source, packet.target, target),
            ("ingress", target, packet.source, source),
        )
        if here is not None and here["spec"]["nodeName"] == NODE
    )


def _permitted_at(
    cluster: Cluster,
    direction: str,
    here: dict[str, Any],
    there: str,
    other: dict[str, Any] | None,
    target: dict[str, Any] | None,
    packet: Packet,
) -> bool:
    isolating = []
    for policy in cluster.policies:
        spec = policy["spec"]
        types = spec.get("policyTypes")
        governed = (
            direction.capitalize() in types if types else direction == "ingress" or bool(spec.get("egress"))
        )
        same_namespace = policy["metadata"]["namespace"] == here["metadata"]["namespace"]
        if governed and same_namespace and _selected(spec["podSelector"], here["metadata"]["labels"]):
            isolating.append(policy)
    if not isolating:
        return True
    peers_key = "from" if direction == "ingress" else "to"
    for policy in isolating:
        for rule in policy["spec"].get(direction) or []:
            peers, ports = rule.get(peers_key), rule.get("ports")
            peer_fits = not peers or any(
                _is_peer(cluster, peer, policy["metadata"]["namespace"], there, other) for peer in peers
            )
            if peer_fits and (not ports or any(_is_port(port, packet, target) for port in ports)):
                return True
    return False


def _is_peer(
    cluster: Cluster, peer: dict[str, Any], namespace: str, address: str, pod: dict[str, Any] | None
) -> bool:
    if block := peer.get("ipBlock"):
        inside = _within(address, block["cidr"])
        return inside and not any(_within(address, one) for one in block.get("except", []))
    if pod is None:
        return False
    its_namespace = pod["metadata"]["namespace"]
    if "namespaceSelector" in peer:
        if not _selected(peer["namespaceSelector"], cluster.namespaces[its_namespace]):
            return False
    elif its_namespace != namespace:
        return False
    return _selected(peer.get("podSelector", {}), pod["metadata"]["labels"])


def _is_port(port: dict[str, Any], packet: Packet, target: dict[str, Any] | None) -> bool:
    if port.get("protocol", "TCP") != packet.protocol:
        return False
    wanted = port.get("port")
    if isinstance(wanted, str):
        declared = target["spec"]["containers"][0]["ports"] if target else []
        return (wanted, packet.protocol, packet.port) in [
            (one["name"], one.get("protocol", "TCP"), one["containerPort"]) for one in declared
        ]
    return wanted is None or wanted <= packet.port <= port.get("endPort", wanted)


def _selected(selector: dict[str, Any], labels: dict[str, str]) -> bool:
    for key, value in selector.get("matchLabels", {}).items():
        if key not in labels or labels[key] != value:
            return False
    for one in selector.get("matchExpressions", []):
        has, value = one["key"] in labels, labels.get(one["key"])
        fits = {
            "In": has and value in one.get("values", []),
            "NotIn": not has or value not in one.get("values", []),
            "Exists": has,
            "DoesNotExist": not has,
        }
        if not fits[one["operator"]]:
            return False
    return True


# ---- building blocks ----


def pod(
    name: str,
    address: str,
    labels: dict[str, str] | None = None,
    *,
    namespace: str = "app",
    node: str = NODE,
    ports: list[dict[str, Any]] | None = None,
    phase: str = "Running",
    host_network: bool = False,
    **metadata: Any,
) -> dict[str, Any]:
    return {
        "metadata": {"namespace": namespace, "name": name, "uid": name, "labels": labels or {}, **metadata},
        "spec": {
            "nodeName": node,
            "hostNetwork": host_network,
            "containers": [{"name": "one", "ports": ports or [{"name": "http", "containerPort": 8080}]}],
        },
        "status": {"phase": phase, "podIP": address, "podIPs": [{"ip": address}]}
        if address
        else {"phase": phase},
    }


def policy(name: str = "one", namespace: str = "app", **spec: Any) -> dict[str, Any]:
    return {
        "metadata": {"namespace": namespace, "name": name},
        "spec": {"podSelector": {}, **spec},
    }


def peer(**labels: str) -> dict[str, Any]:
    return {"podSelector": {"matchLabels": labels}}


WEB, CLIENT, STRANGER, FOREIGN = "10.244.1.2", "10.244.1.3", "10.244.1.4", "10.244.1.5"
REMOTE_CLIENT = "10.244.2.3"
CLIENTS = {"client": CLIENT, "stranger": STRANGER, "foreign": FOREIGN, "remote": REMOTE_CLIENT, "edge": EDGE}


def crowd(*policies: dict[str, Any]) -> Cluster:
    """A server, a client on each node, a stranger of the same namespace, a client of another namespace."""
    return Cluster(
        pods=[
            pod("web", WEB, {"app": "web"}),
            pod("client", CLIENT, {"app": "client"}),
            pod("stranger", STRANGER, {"app": "stranger"}),
            pod("foreign", FOREIGN, {"app": "client"}, namespace="other"),
            pod("remote", REMOTE_CLIENT, {"app": "client"}, node="node2"),
        ],
        policies=list(policies),
    )


def reaching(cluster: Cluster, **packet: Any) -> set[str]:
    """Which clients reach the server."""
    firewall = Firewall(cluster.text())
    return {name for name, address in CLIENTS.items() if firewall.passes(Packet(address, WEB, **packet))}


EVERYONE = set(CLIENTS)
ONLY_WEB = {"matchLabels": {"app": "web"}}


# ---- selection of clients ----


def test_no_policy_lets_everyone_pass() -> None:
    """Without a policy nothing is isolated."""
    assert reaching(crowd()) == EVERYONE


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        pytest.param({}, set(), id="no-rules-deny-all"),
        pytest.param({"ingress": []}, set(), id="empty-rules-deny-all"),
        pytest.param({"ingress": [{}]}, EVERYONE, id="one-empty-rule-allows-all"),
        pytest.param({"ingress": [{"from": []}]}, EVERYONE, id="empty-from-is-everyone"),
        pytest.param(
            {"ingress": [{"from": [{"podSelector": {}}]}]}, {"client", "stranger", "remote"}, id="namespace"
        ),
        pytest.param({"ingress": [{"from": [peer(app="client")]}]}, {"client", "remote"}, id="by-label"),
        pytest.param({"ingress": [{"from": [peer(app="client", tier="x")]}]}, set(), id="all-labels-needed"),
        pytest.param(
            {"ingress": [{"from": [{"namespaceSelector": {}}]}]}, EVERYONE - {"edge"}, id="every-namespace"
        ),
        pytest.param(
            {"ingress": [{"from": [{"namespaceSelector": {"matchLabels": {"team": "blue"}}}]}]},
            {"foreign"},
            id="by-namespace-label",
        ),
        pytest.param(
            {
                "ingress": [
                    {"from": [{"namespaceSelector": {"matchLabels": {"team": "red"}}, **peer(app="client")}]}
                ]
            },
            {"client", "remote"},
            id="namespace-and-pod-in-one-peer-both-needed",
        ),
        pytest.param(
            {
                "ingress": [
                    {"from": [{"namespaceSelector": {"matchLabels": {"team": "blue"}}}, peer(app="stranger")]}
                ]
            },
            {"foreign", "stranger"},
            id="two-peers-either-suffices",
        ),
        pytest.param({"ingress": [{"from": [{"ipBlock": {"cidr": "10.200.0.0/24"}}]}]}, {"edge"}, id="block"),
        pytest.param(
            {"ingress": [{"from": [{"ipBlock": {"cidr": "0.0.0.0/0", "except": ["10.244.0.0/16"]}}]}]},
            {"edge"},
            id="block-of-all-with-except",
        ),
        pytest.param(
            {
                "ingress": [
                    {
                        "from": [
                            {
                                "ipBlock": {
                                    "cidr": "10.244.0.0/16",
                                    "except": ["10.244.1.4/31", "10.244.1.5/32"],
                                }
                            }
                        ]
                    }
                ]
            },
            {"client", "remote"},
            id="overlapping-excepts",
        ),
        pytest.param(
            {"ingress": [{"from": [{"ipBlock": {"cidr": "10.244.0.0/16", "except": ["10.244.0.0/16"]}}]}]},
            set(),
            id="everything-excepted",
        ),
        pytest.param(
            {"ingress": [{"from": [{"ipBlock": {"cidr": "::/0"}}]}]}, set(), id="ipv6-block-means-nobody"
        ),
    ],
)
def test_ingress_reaches_only_the_clients_that_the_peers_mean(
    rules: dict[str, Any], expected: set[str]
) -> None:
    """Each way to name a client lets in exactly the clients it names."""
    assert reaching(crowd(policy(podSelector=ONLY_WEB, policyTypes=["Ingress"], **rules))) == expected


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ({"operator": "In", "values": ["client", "x"]}, {"client", "remote"}),
        ({"operator": "NotIn", "values": ["client"]}, {"stranger"}),
        ({"operator": "Exists"}, {"client", "stranger", "remote"}),
        ({"operator": "DoesNotExist"}, set()),
    ],
    ids=lambda value: value["operator"] if isinstance(value, dict) else "",
)
def test_match_expressions_select_by_operator(expression: dict[str, Any], expected: set[str]) -> None:
    """The four operators of a label selector."""
    selector = {"matchExpressions": [{"key": "app", **expression}]}
    rule = {"from": [{"podSelector": selector}]}
    assert reaching(crowd(policy(podSelector=ONLY_WEB, ingress=[rule]))) == expected


def test_not_in_selects_pods_without_the_label() -> None:
    """A pod that lacks the key is not in any set of values."""
    selector = {"matchExpressions": [{"key": "tier", "operator": "NotIn", "values": ["back"]}]}
    rule = {"from": [{"podSelector": selector}]}
    assert reaching(crowd(policy(podSelector=ONLY_WEB, ingress=[rule]))) == {"client", "stranger", "remote"}


def test_a_namespace_not_known_yet_matches_no_selector() -> None:
    """A negative selector must not let in a namespace only because its labels haven't been seen."""
    selector = {"matchExpressions": [{"key": "team", "operator": "DoesNotExist"}]}
    cluster = crowd(policy(podSelector=ONLY_WEB, ingress=[{"from": [{"namespaceSelector": selector}]}]))
    cluster.namespaces = {"app": {"team": "red"}}
    assert reaching(cluster) == set()


def test_policies_add_up() -> None:
    """What either policy allows passes; a policy never takes away what another gives."""
    deny = policy("deny", policyTypes=["Ingress"])
    first = policy("first", podSelector=ONLY_WEB, ingress=[{"from": [peer(app="client")]}])
    second = policy("second", podSelector=ONLY_WEB, ingress=[{"from": [peer(app="stranger")]}])
    assert reaching(crowd(deny, first, second)) == {"client", "stranger", "remote"}


def test_policy_of_another_namespace_selects_nothing_here() -> None:
    """An empty podSelector means every pod of the policy's own namespace only."""
    assert reaching(crowd(policy(namespace="other", policyTypes=["Ingress"]))) == EVERYONE


# ---- directions ----


@pytest.mark.parametrize(
    ("spec", "ingress_closed", "egress_closed"),
    [
        ({}, True, False),
        ({"ingress": []}, True, False),
        ({"egress": []}, True, False),
        ({"egress": [{"to": [peer(app="nobody")]}]}, True, True),
        ({"policyTypes": ["Egress"]}, False, True),
        ({"policyTypes": ["Ingress"], "egress": [{"to": [peer(app="nobody")]}]}, True, False),
        ({"policyTypes": ["Ingress", "Egress"]}, True, True),
        ({"policyTypes": ["Egress"], "ingress": [{}]}, False, True),
    ],
)
def test_policy_types_decide_the_isolated_directions(
    spec: dict[str, Any], ingress_closed: bool, egress_closed: bool
) -> None:
    """Ingress is implied when nothing is said, egress when there are egress rules; what is said counts alone."""
    cluster = crowd(policy(podSelector=ONLY_WEB, **spec))
    assert cluster.passes(CLIENT, WEB) is not ingress_closed
    assert cluster.passes(WEB, CLIENT) is not egress_closed


def test_ingress_and_egress_must_both_allow() -> None:
    """A flow between two isolated pods of one node needs the client's egress and the server's ingress."""
    out = policy("out", podSelector={"matchLabels": {"app": "client"}}, policyTypes=["Egress"])
    let_out = policy(
        "let-out", podSelector={"matchLabels": {"app": "client"}}, egress=[{"to": [peer(app="web")]}]
    )
    shut_in = policy("in", podSelector=ONLY_WEB, policyTypes=["Ingress"])
    let_in = policy("let-in", podSelector=ONLY_WEB, ingress=[{"from": [peer(app="client")]}])
    assert not crowd(out, shut_in, let_in).passes(CLIENT, WEB)
    assert not crowd(out, let_out, shut_in).passes(CLIENT, WEB)
    assert crowd(out, let_out, shut_in, let_in).passes(CLIENT, WEB)


def test_ends_on_other_nodes_are_left_to_their_node() -> None:
    """Each node enforces for its own pods: a remote pod's isolation is judged over there."""
    cluster = crowd(policy(podSelector={"matchLabels": {"app": "client"}}, policyTypes=["Ingress", "Egress"]))
    assert cluster.passes(WEB, REMOTE_CLIENT)
    assert not cluster.passes(WEB, CLIENT)


def test_a_pod_always_reaches_itself() -> None:
    """By its Service's address a pod may be its own server; no policy may cut that."""
    assert crowd(policy(policyTypes=["Ingress", "Egress"])).passes(WEB, WEB)


# ---- ports ----


@pytest.mark.parametrize(
    ("ports", "expected"),
    [
        pytest.param([{"port": 8080}], {("TCP", 8080)}, id="number-tcp-by-default"),
        pytest.param([{"port": 8080, "protocol": "UDP"}], {("UDP", 8080)}, id="udp"),
        pytest.param([{"port": 8080, "protocol": "SCTP"}], {("SCTP", 8080)}, id="sctp"),
        pytest.param([{"protocol": "UDP"}], {("UDP", 53), ("UDP", 8080), ("UDP", 8081)}, id="whole-protocol"),
        pytest.param([{"port": 8080, "endPort": 8081}], {("TCP", 8080), ("TCP", 8081)}, id="range"),
        pytest.param(
            [
                {"port": 8000, "endPort": 8080},
                {"port": 8080, "endPort": 8100},
                {"port": 53, "protocol": "UDP"},
            ],
            {("TCP", 8080), ("TCP", 8081), ("UDP", 53)},
            id="overlapping-ranges",
        ),
        pytest.param([{"port": "http"}], {("TCP", 8080)}, id="name"),
        pytest.param([{"port": "http", "protocol": "UDP"}], set(), id="name-of-another-protocol"),
        pytest.param([{"port": "metrics"}], set(), id="name-unknown-to-the-target"),
        pytest.param([{"port": "metrics"}, {"port": 8081}], {("TCP", 8081)}, id="unknown-name-beside-number"),
    ],
)
@pytest.mark.parametrize("direction", ["ingress", "egress"])
def test_ports_open_exactly_what_they_name(
    direction: str, ports: list[dict[str, Any]], expected: set[tuple[str, int]]
) -> None:
    """Numbers, ranges, names and whole protocols, for both directions."""
    selector = ONLY_WEB if direction == "ingress" else {"matchLabels": {"app": "client"}}
    spec: dict[str, Any] = {"policyTypes": [direction.capitalize()], direction: [{"ports": ports}]}
    cluster = crowd(policy(podSelector=selector, **spec))
    firewall = Firewall(cluster.text())
    tried = {(protocol, number) for protocol in ("TCP", "UDP", "SCTP") for number in (53, 8080, 8081)}
    assert {one for one in tried if firewall.passes(Packet(CLIENT, WEB, *one))} == expected


@pytest.mark.parametrize(
    "peers", [None, [peer(app="web")], [{"ipBlock": {"cidr": "10.244.0.0/16"}}]], ids=["all", "pods", "block"]
)
def test_named_port_is_looked_up_in_each_target(peers: list[dict[str, Any]] | None) -> None:
    """The same name means 8080 in one pod and 9090 in another, whatever way the targets are named."""
    cluster = crowd(
        policy(
            podSelector={"matchLabels": {"app": "client"}},
            egress=[{"to": peers, "ports": [{"port": "http"}]}],
        )
    )
    cluster.pods.append(
        pod(
            "second",
            "10.244.2.9",
            {"app": "web"},
            node="node2",
            ports=[{"name": "http", "containerPort": 9090}],
        )
    )
    firewall = Firewall(cluster.text())
    tried = [(WEB, 8080), (WEB, 9090), ("10.244.2.9", 8080), ("10.244.2.9", 9090), (EDGE, 8080)]
    assert [firewall.passes(Packet(CLIENT, target, "TCP", port)) for target, port in tried] == [
        True,
        False,
        False,
        True,
        False,
    ]


def test_named_port_spares_excepted_targets() -> None:
    """A name is looked up only in the targets that the block leaves over."""
    block = {"ipBlock": {"cidr": "10.244.0.0/16", "except": [f"{WEB}/32"]}}
    rule = {"to": [block], "ports": [{"port": "http"}]}
    cluster = crowd(policy(podSelector={"matchLabels": {"app": "client"}}, egress=[rule]))
    assert [cluster.passes(CLIENT, target) for target in (WEB, STRANGER)] == [False, True]


def test_named_port_of_two_pods_with_one_address_must_be_one_number() -> None:
    """While two pods claim an address, a name that they use differently opens neither number."""
    rule = {"ports": [{"port": "http"}]}
    cluster = crowd(policy(podSelector={"matchLabels": {"app": "client"}}, egress=[rule]))
    cluster.pods.append(pod("twin", WEB, ports=[{"name": "http", "containerPort": 9090}]))
    assert [cluster.passes(CLIENT, WEB, port=port) for port in (8080, 9090)] == [False, False]


def test_named_port_of_a_sidecar_is_found() -> None:
    """A restartable init container may own the name; an ordinary init container has ended and may not."""
    cluster = crowd(policy(podSelector=ONLY_WEB, ingress=[{"ports": [{"port": "side"}, {"port": "init"}]}]))
    cluster.pods[0]["spec"]["initContainers"] = [
        {"restartPolicy": "Always", "ports": [{"name": "side", "containerPort": 9001}]},
        {"ports": [{"name": "init", "containerPort": 9002}]},
    ]
    assert cluster.passes(CLIENT, WEB, port=9001)
    assert not cluster.passes(CLIENT, WEB, port=9002)


# ---- which pods ----


def test_host_network_pods_are_neither_isolated_nor_peers() -> None:
    """A pod in the node's network has the node's address, which stands for everything on that node."""
    cluster = crowd(policy(policyTypes=["Ingress", "Egress"], ingress=[{"from": [peer(app="agent")]}]))
    cluster.pods.append(pod("agent", "10.200.0.11", {"app": "agent"}, host_network=True))
    assert not cluster.passes("10.200.0.11", WEB)
    assert cluster.passes("10.200.0.11", FOREIGN)


@pytest.mark.parametrize("phase", ["Succeeded", "Failed"])
def test_finished_pods_are_ignored(phase: str) -> None:
    """Their address may belong to another pod already: it neither opens nor isolates."""
    cluster = crowd(policy(podSelector=ONLY_WEB, ingress=[{"from": [peer(app="client")]}]))
    cluster.pods.append(pod("done", STRANGER, {"app": "client"}, phase=phase))
    assert not cluster.passes(STRANGER, WEB)


def test_a_pod_being_deleted_is_still_enforced() -> None:
    """It serves until its containers have ended, as server and as client."""
    cluster = crowd(policy(podSelector=ONLY_WEB, ingress=[{"from": [peer(app="client")]}]))
    for one in cluster.pods:
        one["metadata"]["deletionTimestamp"] = "2026-01-01T00:00:00Z"
    assert reaching(cluster) == {"client", "remote"}


def test_ipv6_addresses_are_left_out() -> None:
    """Only IPv4 is carried; an address of the other family in the status is not an error."""
    cluster = crowd(policy(podSelector=ONLY_WEB, policyTypes=["Ingress"]))
    cluster.pods[0]["status"]["podIPs"].append({"ip": "fd00::2"})
    assert "fd00" not in cluster.text()
    assert reaching(cluster) == set()


# ---- addresses whose pod isn't known ----


def test_unknown_address_of_this_node_gets_nothing_even_without_policies() -> None:
    """Between getting its address and being known a pod is closed both ways; other nodes' are not ours."""
    cluster = crowd()
    assert not cluster.passes("10.244.1.77", WEB)
    assert not cluster.passes(CLIENT, "10.244.1.77")
    assert not cluster.passes(EDGE, "10.244.1.77")
    assert cluster.passes(CLIENT, "10.244.2.77")


def test_nothing_known_closes_the_whole_range() -> None:
    """The rules before the first sync."""
    cluster = Cluster(pods=[], policies=[])
    assert not cluster.passes(EDGE, WEB)
    assert not cluster.passes(WEB, EDGE)
    assert cluster.passes(EDGE, "10.244.2.2")


def test_address_is_known_from_the_cni_record_before_the_status_has_it() -> None:
    """The record comes before the first container; the pod is enforced from then on, not only let through."""
    cluster = crowd(
        policy(podSelector={"matchLabels": {"app": "web"}}, ingress=[{"from": [peer(app="client")]}])
    )
    cluster.pods[0]["status"] = {"phase": "Pending"}
    assert reaching(cluster) == set()
    cluster.attachments = (netpol.Attachment(WEB, "app", "web", "web"),)
    assert reaching(cluster) == {"client", "remote"}


def test_record_without_its_pod_stays_closed() -> None:
    """An address without a pod object has no labels to judge by."""
    cluster = crowd()
    cluster.attachments = (netpol.Attachment("10.244.1.77", "app", "unseen"),)
    assert not cluster.passes(CLIENT, "10.244.1.77")


def test_record_of_an_earlier_pod_with_the_same_name_does_not_count() -> None:
    """A StatefulSet's pod comes back under its name: the uid tells them apart."""
    cluster = crowd()
    cluster.pods[0]["status"] = {"phase": "Pending"}
    cluster.attachments = (netpol.Attachment(WEB, "app", "web", "another-uid"),)
    assert not cluster.passes(CLIENT, WEB)


def test_record_wins_over_a_stale_status() -> None:
    """A node came back empty and gave an address again: the pod that had it before doesn't lend its labels."""
    cluster = crowd(policy(podSelector=ONLY_WEB, ingress=[{"from": [peer(app="client")]}]))
    cluster.pods.append(pod("stale", STRANGER, {"app": "client"}))
    cluster.attachments = (netpol.Attachment(STRANGER, "app", "stranger", "stranger"),)
    assert not cluster.passes(STRANGER, WEB)
    cluster.policies.append(
        policy("old", podSelector={"matchLabels": {"app": "client"}}, policyTypes=["Ingress"])
    )
    assert cluster.passes(WEB, STRANGER)


def test_two_pods_with_one_address_must_both_be_allowed() -> None:
    """As long as nobody can tell which one it is, the stricter reading holds: as client and as server."""
    cluster = crowd(
        policy("web", podSelector=ONLY_WEB, ingress=[{"from": [peer(app="client")]}]),
        policy(
            "twin", podSelector={"matchLabels": {"app": "twin"}}, ingress=[{"from": [peer(app="stranger")]}]
        ),
    )
    cluster.pods.append(pod("twin", WEB, {"app": "twin"}))
    cluster.pods.append(pod("fake-client", STRANGER, {"app": "client"}))
    assert reaching(cluster) == set()


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        pytest.param(
            {
                "kind": "cniCacheV1",
                "cniArgs": [
                    ["IgnoreUnknown", "1"],
                    ["K8S_POD_NAMESPACE", "app"],
                    ["K8S_POD_NAME", "web"],
                    ["K8S_POD_UID", "u"],
                ],
                "result": {"ips": [{"version": "4", "address": "10.244.1.2/32", "gateway": "10.244.1.1"}]},
            },
            netpol.Attachment("10.244.1.2", "app", "web", "u"),
            id="pod",
        ),
        pytest.param(
            {
                "cniArgs": [["K8S_POD_NAMESPACE", "app"], ["K8S_POD_NAME", "web"]],
                "result": {"ips": [{"address": "127.0.0.1/8"}]},
            },
            None,
            id="loopback",
        ),
        pytest.param({"result": {"ips": [{"address": "10.244.1.2/32"}]}}, None, id="no-pod"),
        pytest.param({"cniArgs": None, "result": None}, None, id="empty"),
    ],
)
def test_cni_records_are_read(record: dict[str, Any], expected: netpol.Attachment | None) -> None:
    """libcni's cache holds pods' addresses among others."""
    assert netpol.Attachment.of(record) == expected


# ---- what can't be understood ----


@pytest.mark.parametrize(
    "spec",
    [
        {
            "podSelector": {"matchExpressions": [{"key": "app", "operator": "Near", "values": ["x"]}]},
            "ingress": [{}],
        },
        {"ingress": [{"from": [{"ipBlock": {"cidr": "10.0.0.0/99"}}]}]},
        {"ingress": [{"from": [{"ipBlock": {"cidr": "0.0.0.0/0", "except": ["some"]}}]}]},
        {"ingress": [{"from": [{}]}]},
        {"ingress": [{"ports": [{"port": 70000}]}]},
        {"ingress": [{"ports": [{"port": 80, "endPort": 79}]}]},
        {"ingress": [{"ports": [{"port": 80, "protocol": "QUIC"}]}]},
        {"policyTypes": ["Sideways"], "ingress": [{}]},
        {"ingress": "all"},
    ],
    ids=str,
)
def test_a_policy_that_is_not_understood_closes_its_namespace(spec: dict[str, Any]) -> None:
    """Fail closed: an odd policy opens nothing and isolates more rather than less; its fault is named."""
    odd = policy(**spec)
    cluster = crowd(odd)
    assert reaching(cluster) == set()
    assert not cluster.passes(CLIENT, EDGE)
    assert cluster.passes(FOREIGN, EDGE)
    assert netpol.Policy.of(odd).fault


def test_odd_names_do_not_reach_nft() -> None:
    """A policy's name stands in a comment only as far as it is plain."""
    text = crowd(policy('x" ; flush ruleset', podSelector=ONLY_WEB, ingress=[{}])).text()
    assert "flush" not in text
    assert reaching(crowd(policy("y" * 200, podSelector=ONLY_WEB, ingress=[{}]))) == EVERYONE


# ---- the text as a whole ----


def test_the_table_is_replaced_in_one_transaction() -> None:
    """Added first so that the deletion can't fail, then deleted and written anew: no moment without rules."""
    assert crowd().text().splitlines()[:3] == [
        "add table ip hallmark_netpol",
        "delete table ip hallmark_netpol",
        "table ip hallmark_netpol {",
    ]


def test_answers_pass_before_anything_is_judged() -> None:
    """Answers and ICMP errors of a flow that was let in come first in the chain."""
    assert Firewall(crowd().text()).chains["forward"][:3] == [
        "type filter hook forward priority filter + 10; policy accept;",
        "ct direction reply accept",
        "ct state related accept",
    ]


def test_replicas_share_one_chain() -> None:
    """Pods with the same rules have one chain, so the ruleset grows with policies rather than with pods."""
    cluster = crowd(policy(podSelector=ONLY_WEB, ingress=[{"from": [peer(app="client")]}]))
    cluster.pods += [pod(f"web-{number}", f"10.244.1.{number}", {"app": "web"}) for number in range(20, 40)]
    assert sorted(Firewall(cluster.text()).chains) == ["forward", "ingress_0"]


# ---- against the specification, at random ----

KEYS, VALUES = ["app", "tier"], ["a", "b"]
ADDRESSES = ["10.244.1.2", "10.244.1.3", "10.244.1.4", "10.244.2.2", "10.244.2.3"]
NUMBERS = [79, 80, 81, 443]

labels = st.dictionaries(st.sampled_from(KEYS), st.sampled_from(VALUES))
expressions = st.fixed_dictionaries(
    {
        "key": st.sampled_from(KEYS),
        "operator": st.sampled_from(["In", "NotIn", "Exists", "DoesNotExist"]),
        "values": st.lists(st.sampled_from(VALUES), min_size=1, unique=True),
    }
)
selectors = st.fixed_dictionaries(
    {}, optional={"matchLabels": labels, "matchExpressions": st.lists(expressions, max_size=2)}
)
blocks = st.builds(
    lambda cidr, excluded: {
        "ipBlock": {
            "cidr": cidr,
            "except": [one for one in excluded if IPv4Network(one).subnet_of(IPv4Network(cidr))],
        }
    },
    st.sampled_from(["0.0.0.0/0", "10.244.0.0/16", "10.244.1.0/24", "10.244.1.2/31", "10.200.0.0/24"]),
    st.lists(
        st.sampled_from(["10.244.1.0/24", "10.244.1.2/32", "10.244.1.2/31", "10.200.0.0/28", "0.0.0.0/1"])
    ),
)
peers_at_random = st.one_of(
    blocks,
    st.fixed_dictionaries({"podSelector": selectors}),
    st.fixed_dictionaries({"namespaceSelector": selectors}),
    st.fixed_dictionaries({"podSelector": selectors, "namespaceSelector": selectors}),
)
numbers_at_random = st.builds(
    lambda first, more: {"port": first, **({"endPort": first + more} if more else {})},
    st.sampled_from(NUMBERS),
    st.integers(0, 2),
)
ports_at_random = st.builds(
    lambda port, protocol: {**port, **({"protocol": protocol} if protocol else {})},
    st.one_of(numbers_at_random, st.just({"port": "http"}), st.just({"port": "dns"}), st.just({})),
    st.sampled_from(["", "TCP", "UDP", "SCTP"]),
)


def rules_at_random(peers_key: str) -> st.SearchStrategy[list[dict[str, Any]]]:
    return st.lists(
        st.fixed_dictionaries(
            {},
            optional={
                peers_key: st.lists(peers_at_random, max_size=3),
                "ports": st.lists(ports_at_random, max_size=3),
            },
        ),
        max_size=3,
    )


specs = st.fixed_dictionaries(
    {"podSelector": selectors},
    optional={
        "policyTypes": st.sampled_from([["Ingress"], ["Egress"], ["Ingress", "Egress"]]),
        "ingress": rules_at_random("from"),
        "egress": rules_at_random("to"),
    },
)


@st.composite
def clusters(draw: st.DrawFn) -> Cluster:
    namespace = st.sampled_from(["x", "y"])
    declared = st.lists(
        st.fixed_dictionaries(
            {
                "name": st.sampled_from(["http", "dns"]),
                "containerPort": st.sampled_from(NUMBERS),
                "protocol": st.sampled_from(["TCP", "UDP"]),
            }
        ),
        max_size=2,
        unique_by=lambda one: (one["name"], one["protocol"]),
    )
    pods = []
    for number, address in enumerate(ADDRESSES):
        one = pod(
            f"pod-{number}",
            address,
            draw(labels),
            namespace=draw(namespace),
            node="node1" if address.startswith("10.244.1.") else "node2",
        )
        one["spec"]["containers"][0]["ports"] = draw(declared)
        pods.append(one)
    policies = [
        {"metadata": {"namespace": draw(namespace), "name": f"policy-{number}"}, "spec": spec}
        for number, spec in enumerate(draw(st.lists(specs, max_size=4)))
    ]
    return Cluster(pods, policies, {"x": draw(labels), "y": draw(labels)})


def packets() -> Iterator[Packet]:
    places = [*ADDRESSES, "10.244.1.200", "10.200.0.1"]
    for source in places:
        for target in places:
            for protocol, port in (
                ("TCP", 80),
                ("TCP", 81),
                ("UDP", 80),
                ("UDP", 443),
                ("SCTP", 79),
                ("TCP", 65000),
            ):
                yield Packet(source, target, protocol, port)


@settings(deadline=None)  # a shared machine may be slow; no run is long
@given(clusters())
def test_rules_agree_with_the_specification(cluster: Cluster) -> None:
    """Random policies, all pairs of ends, several ports: the rules pass exactly what the objects permit."""
    firewall = Firewall(cluster.text())
    wrong = [packet for packet in packets() if firewall.passes(packet) != permitted(cluster, packet)]
    assert wrong == []


@settings(deadline=None, max_examples=30)
@given(clusters(), st.randoms())
def test_the_text_does_not_depend_on_the_order_of_objects(cluster: Cluster, random: Any) -> None:
    """The same objects in another order give the same text, so that nothing is applied twice for nothing."""
    before = cluster.text()
    random.shuffle(cluster.pods)
    random.shuffle(cluster.policies)
    assert cluster.text() == before


# ---- the program's parts that touch nothing ----


def test_a_heartbeat_wakes_nobody() -> None:
    """A change of status that rules don't depend on is no reason to do anything."""
    known = netpol.Known()
    one = pod("web", WEB)
    for resource in netpol.RESOURCES:
        known.replace(resource, {})
    known.put("pods", ("app", "web"), netpol.read("pods", one))
    known.wait(0)
    one["status"]["conditions"] = [{"type": "Ready", "lastProbeTime": "now"}]
    known.put("pods", ("app", "web"), netpol.read("pods", one))
    assert not known._dirty.is_set()
    known.put("pods", ("app", "web"), None)
    assert known._dirty.is_set()


def test_nothing_is_complete_before_every_resource_was_listed() -> None:
    """Rules made from pods without policies would open everything."""
    known = netpol.Known()
    seen = []
    for resource in netpol.RESOURCES:
        known.replace(resource, {})
        seen.append(known.complete())
    assert seen == [False, False, True]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"current-context": "none"}, "StopIteration"),
        ({"clusters": [{"name": "c", "cluster": {"server": "http://127.0.0.1:1"}}]}, "only https"),
        (
            {"clusters": [{"name": "c", "cluster": {"server": "https://127.0.0.1:1"}}]},
            "no certificate-authority",
        ),
    ],
)
def test_an_unusable_kubeconfig_is_refused(tmp_path: Path, change: dict[str, Any], message: str) -> None:
    """Nothing is tried with half a configuration, and never without checking the server's certificate."""
    config = {
        "current-context": "x",
        "contexts": [{"name": "x", "context": {"cluster": "c", "user": "u"}}],
        "clusters": [],
        "users": [{"name": "u", "user": {}}],
    }
    path = tmp_path / "kubeconfig"
    path.write_text(json.dumps({**config, **change}))
    with pytest.raises((ValueError, KeyError, StopIteration)) as caught:
        netpol.Api(path)
    assert message in f"{caught.type.__name__}: {caught.value}"


def test_a_place_without_the_nodes_address_is_refused() -> None:
    """Neither the host's namespace nor one whose eth0 has another address."""
    here = str(Path("/proc/self/ns/net").readlink())
    assert "host's network namespace" in netpol.misplaced("10.200.0.11", here)
    assert "eth0 has" in netpol.misplaced("203.0.113.1", "net:[1]")
