"""Whose the things in an account are: what belongs to an environment, by which proof, and what only stands in its way.

A thing is an environment's by its tag Environment, by a tag that Kubernetes, EKS or a controller writes with the name
of its cluster, or by a name that nothing else can have. A tag Environment of another name outweighs all of these. What
merely lies in the environment's network is named, and keeps it from being gone, but nobody removes it on that ground.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from hallmark.aws.account import PREFIX, Clients, Listing, Thing, read

# Tags of a cluster's name, by those who write them: EKS, the load balancer controller, the CNI, the node groups.
_CLUSTER_TAGS = (
    "aws:eks:cluster-name",
    "eks:cluster-name",
    "elbv2.k8s.aws/cluster",
    "cluster.k8s.amazonaws.com/name",
    "alpha.eksctl.io/cluster-name",
)
# Log groups end their cluster's name with a slash: no longer name begins with it.
_FOLDERS = ("/aws/eks/{0}/", "/aws/containerinsights/{0}/", "/hallmark/{0}/")


@dataclass(frozen=True)
class Found:
    """A thing that an environment has, and why it is its own. Without `proof` it only lies inside what is."""

    thing: Thing
    proof: str

    def __str__(self) -> str:
        return f"{self.thing} ({self.proof or 'not proven to be its own'})"


@dataclass(frozen=True)
class Inventory:
    """What an environment has in an account; `unknown` says by kind why it could not be listed."""

    environment: str
    found: tuple[Found, ...]
    unknown: Mapping[str, str]
    kinds: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        """Whether it is proved that nothing is left: everything could be listed, and nothing was there."""
        return not self.found and not self.unknown and bool(self.kinds)

    def counts(self) -> dict[str, int | None]:
        """How many of each kind; None for a kind that could not be listed to its end."""
        numbers = Counter(one.thing.kind for one in self.found)
        return {kind: None if kind in self.unknown else numbers[kind] for kind in self.kinds}


def leftovers(session: Any, environment: str) -> Inventory:
    """Everything of an environment that is in the account and the region of a boto3 session, kind by kind."""
    return belongings(read(Clients(session)), environment)


def belongings(listing: Listing, environment: str) -> Inventory:
    """The part of an account that is an environment's."""
    proofs = {(thing.kind, thing.id): prove(thing, environment) for thing in listing.things}
    own = {key for key, proof in proofs.items() if proof}
    found = []
    for thing in listing.things:
        proof = proofs[thing.kind, thing.id]
        if ("eks cluster", thing.inside) in own:
            proof = proof or f"cluster {thing.inside}"
        if (proof or ("ec2 VPC", thing.inside) in own) and not _is_built_in(thing):
            found.append(Found(thing, proof))
    return Inventory(environment, tuple(found), listing.unknown, listing.kinds)


def prove(thing: Thing, environment: str) -> str:
    """Why a thing is the environment's; empty when that is not proven."""
    cluster = PREFIX + environment
    tags = thing.tags
    if "Environment" in tags:
        return f"tag Environment={environment}" if tags["Environment"] == environment else ""
    if f"kubernetes.io/cluster/{cluster}" in tags:
        return f"tag kubernetes.io/cluster/{cluster}"
    for key in _CLUSTER_TAGS:
        if tags.get(key) == cluster:
            return f"tag {key}={cluster}"
    return _prove_by_name(thing, cluster)


def _prove_by_name(thing: Thing, cluster: str) -> str:
    """A name is a proof where another environment's would differ: `hallmark-a-b` may be b of a, or a-b itself."""
    match thing.kind:
        case "eks cluster" | "iam role" | "iam policy" if thing.name == cluster:
            return f"name {cluster}"
        case "kms alias" if thing.name == f"alias/{cluster}":
            return f"name alias/{cluster}"
        case "logs group" if thing.name.startswith(tuple(text.format(cluster) for text in _FOLDERS)):
            return f"name {thing.name}"
        case "ec2 network interface" if thing.facts.get("Description") == f"Amazon EKS {cluster}":
            return f"description Amazon EKS {cluster}"
        case "iam instance profile" if _roles(thing) and all(
            role.get("RoleName") == f"{cluster}-node" for role in _roles(thing)
        ):
            return f"role {cluster}-node"
    return ""


def _roles(thing: Thing) -> list[Mapping[str, Any]]:
    return list(thing.facts.get("Roles", ()))


def _is_built_in(thing: Thing) -> bool:
    """Whether it came with a VPC and goes with it: nobody can remove it before."""
    if thing.kind == "ec2 security group":
        return thing.name == "default"
    if thing.kind == "ec2 route table":
        return any(link.get("Main") for link in thing.facts.get("Associations", ()))
    return False


def environments(listing: Listing) -> dict[str, list[Thing]]:
    """The things of every environment that the account knows by a tag Environment, by its name."""
    named: dict[str, list[Thing]] = {}
    for thing in listing.things:
        name = thing.tags.get("Environment", "")
        if name:
            named.setdefault(name, []).append(thing)
    return dict(sorted(named.items()))


def describe(found: Iterable[Found]) -> str:
    """What is left, for people: kind and id of each."""
    return ", ".join(str(one.thing) for one in found)
