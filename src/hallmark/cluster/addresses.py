"""The addresses and names inside every embedded environment: always the same, each has a network of its own."""

from __future__ import annotations

CONTROL_PLANE = "10.200.0.1"
NODE_NETWORK = "10.200.0.0/24"
SERVICE_NETWORK = "10.96.0.0/16"
POD_NETWORK = "10.244.0.0/16"
API_SERVICE = "10.96.0.1"
DNS_SERVICE = "10.96.0.10"
DOMAIN = "cluster.local"
API_PORT, REGISTRY_PORT = 6443, 5000
REGISTRY = "registry.hallmark.internal"
MOST_NODES = 3


def node_name(index: int) -> str:
    return f"node{index}"


def node_address(index: int) -> str:
    """The address of node 1, 2 or 3 on the node network."""
    return f"10.200.0.1{index}"


def pod_network(index: int) -> str:
    """The network of the pods of node 1, 2 or 3."""
    return f"10.244.{index}.0/24"
