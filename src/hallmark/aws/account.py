"""What is in an account and a region, kind by kind: id, name and tags of everything an environment can be made of.

A kind that cannot be listed to its end is unknown, never empty. Nothing here judges whose a thing is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

PREFIX = "hallmark-"
LOG_FOLDERS = ("/aws/eks/hallmark-", "/aws/containerinsights/hallmark-", "/hallmark/hallmark-")
# How many things one question about their tags may name.
_ELB_BATCH = 20


@dataclass(frozen=True)
class Thing:
    """One thing in the account. `kind` is service and noun, such as `ec2 volume`; `id` is what its removal names.

    `name` is empty for what has none but a tag. `inside` is the VPC, or the cluster, that it cannot outlive. `facts`
    is what the service itself says, for those who remove it.
    """

    kind: str
    id: str
    name: str = ""
    tags: Mapping[str, str] = field(default_factory=dict)
    inside: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict, compare=False)

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"


@dataclass(frozen=True)
class Listing:
    """Everything that was found, and by kind why it could not be listed; `kinds` is what was asked for."""

    things: tuple[Thing, ...]
    unknown: Mapping[str, str]
    kinds: tuple[str, ...]


class Clients:
    """The clients of a boto3 session, each made once. Retries are the SDK's own, its deadlines shorter."""

    def __init__(self, session: Any) -> None:
        self.session = session
        self._made: dict[str, Any] = {}

    def __call__(self, service: str) -> Any:
        if service not in self._made:
            from botocore.config import Config

            config = Config(
                connect_timeout=10, read_timeout=30, retries={"total_max_attempts": 5, "mode": "standard"}
            )
            self._made[service] = self.session.client(service, config=config)
        return self._made[service]


def read(clients: Clients, kinds: Iterable[str] | None = None) -> Listing:
    """List the account; only these kinds when some are named."""
    from botocore.exceptions import BotoCoreError, ClientError

    wanted = tuple(KINDS if kinds is None else kinds)
    things: list[Thing] = []
    unknown: dict[str, str] = {}
    for kind in wanted:
        try:
            # One by one: what was found before a page failed is there, whatever the rest is.
            for thing in KINDS[kind](clients, kind):
                things.append(thing)
        except (BotoCoreError, ClientError, KeyError) as error:
            unknown[kind] = f"{type(error).__name__}: {error}"
    return Listing(tuple(things), unknown, wanted)


def _pages(client: Any, operation: str, key: str, **words: Any) -> Iterator[Any]:
    """Every element under `key` of every page."""
    for page in client.get_paginator(operation).paginate(**words):
        yield from page[key]


def _tags(
    pairs: Iterable[Mapping[str, str]] | None, key: str = "Key", value: str = "Value"
) -> dict[str, str]:
    return {pair[key]: pair[value] for pair in pairs or ()}


@dataclass(frozen=True)
class _Ec2:
    """A kind of EC2: all of them are listed by one call, with their tags. `gone` are states of what is no more."""

    operation: str
    key: str
    id: str
    name: str = ""
    gone: tuple[str, ...] = ()

    def __call__(self, clients: Clients, kind: str) -> Iterator[Thing]:
        for found in _pages(clients("ec2"), self.operation, self.key):
            for one in found["Instances"] if self.key == "Reservations" else [found]:
                if _state(one) not in self.gone:
                    yield Thing(
                        kind,
                        one[self.id],
                        one.get(self.name, ""),
                        _tags(one.get("Tags", one.get("TagSet"))),
                        one.get("VpcId", "") if self.id != "VpcId" else "",
                        one,
                    )


def _state(one: Mapping[str, Any]) -> str:
    state = one.get("State", one.get("Status", ""))
    return str(state["Name"] if isinstance(state, Mapping) else state)


def _addresses(clients: Clients, kind: str) -> Iterator[Thing]:
    # The one call of these that has no pages.
    for one in clients("ec2").describe_addresses()["Addresses"]:
        yield Thing(kind, one["AllocationId"], "", _tags(one.get("Tags")), facts=one)


def _clusters(clients: Clients, kind: str) -> Iterator[Thing]:
    eks = clients("eks")
    for name in _pages(eks, "list_clusters", "clusters"):
        if name.startswith(PREFIX):
            one = eks.describe_cluster(name=name)["cluster"]
            yield Thing(kind, name, name, one.get("tags", {}), facts=one)


def _of_clusters(operation: str, key: str) -> Callable[[Clients, str], Iterator[Thing]]:
    """What is listed for one cluster at a time, and goes with it. Its id is cluster/name."""

    def found(clients: Clients, kind: str) -> Iterator[Thing]:
        eks = clients("eks")
        for cluster in _pages(eks, "list_clusters", "clusters"):
            if cluster.startswith(PREFIX):
                for name in _pages(eks, operation, key, clusterName=cluster):
                    yield Thing(kind, f"{cluster}/{name}", "", {}, cluster)

    return found


def _balancers(clients: Clients, kind: str) -> Iterator[Thing]:
    elb = clients("elbv2")
    found = list(_pages(elb, "describe_load_balancers", "LoadBalancers"))
    yield from _tagged(elb, kind, found, "LoadBalancerArn", "LoadBalancerName")


def _target_groups(clients: Clients, kind: str) -> Iterator[Thing]:
    elb = clients("elbv2")
    found = list(_pages(elb, "describe_target_groups", "TargetGroups"))
    yield from _tagged(elb, kind, found, "TargetGroupArn", "TargetGroupName")


def _tagged(elb: Any, kind: str, found: list[Any], id_key: str, name_key: str) -> Iterator[Thing]:
    for start in range(0, len(found), _ELB_BATCH):
        batch = found[start : start + _ELB_BATCH]
        answer = elb.describe_tags(ResourceArns=[one[id_key] for one in batch])
        tags = {said["ResourceArn"]: _tags(said["Tags"]) for said in answer["TagDescriptions"]}
        for one in batch:
            yield Thing(kind, one[id_key], one[name_key], tags[one[id_key]], one.get("VpcId", ""), one)


def _classic_balancers(clients: Clients, kind: str) -> Iterator[Thing]:
    elb = clients("elb")
    found = list(_pages(elb, "describe_load_balancers", "LoadBalancerDescriptions"))
    for start in range(0, len(found), _ELB_BATCH):
        batch = found[start : start + _ELB_BATCH]
        answer = elb.describe_tags(LoadBalancerNames=[one["LoadBalancerName"] for one in batch])
        tags = {said["LoadBalancerName"]: _tags(said["Tags"]) for said in answer["TagDescriptions"]}
        for one in batch:
            name = one["LoadBalancerName"]
            yield Thing(kind, name, name, tags[name], one.get("VPCId", ""), one)


def _repositories(clients: Clients, kind: str) -> Iterator[Thing]:
    ecr = clients("ecr")
    for one in _pages(ecr, "describe_repositories", "repositories"):
        tags = _tags(ecr.list_tags_for_resource(resourceArn=one["repositoryArn"])["tags"])
        yield Thing(kind, one["repositoryName"], one["repositoryName"], tags, facts=one)


def _roles(clients: Clients, kind: str) -> Iterator[Thing]:
    iam = clients("iam")
    for one in _pages(iam, "list_roles", "Roles"):
        if (name := one["RoleName"]).startswith(PREFIX):
            tags = _tags(_pages(iam, "list_role_tags", "Tags", RoleName=name))
            yield Thing(kind, name, name, tags, facts=one)


def _profiles(clients: Clients, kind: str) -> Iterator[Thing]:
    iam = clients("iam")
    for one in _pages(iam, "list_instance_profiles", "InstanceProfiles"):
        name, roles = one["InstanceProfileName"], [role["RoleName"] for role in one["Roles"]]
        # Those that EKS makes for a node group are named eks-…, and hold the group's role.
        if any(text.startswith(PREFIX) for text in (name, *roles)):
            said = iam.get_instance_profile(InstanceProfileName=name)["InstanceProfile"]
            tags = _tags(said.get("Tags"))  # which the list does not tell
            yield Thing(kind, name, name, tags, facts=one)


def _policies(clients: Clients, kind: str) -> Iterator[Thing]:
    iam = clients("iam")
    for one in _pages(iam, "list_policies", "Policies", Scope="Local"):
        if one["PolicyName"].startswith(PREFIX):
            tags = _tags(_pages(iam, "list_policy_tags", "Tags", PolicyArn=one["Arn"]))
            yield Thing(kind, one["Arn"], one["PolicyName"], tags, facts=one)


def _keys(clients: Clients, kind: str) -> Iterator[Thing]:
    """A key that waits for its deletion counts as gone: nothing makes that any faster."""
    kms = clients("kms")
    for listed in _pages(kms, "list_keys", "Keys"):
        one = kms.describe_key(KeyId=listed["KeyId"])["KeyMetadata"]
        if one["KeyManager"] == "CUSTOMER" and one["KeyState"] not in (
            "PendingDeletion",
            "PendingReplicaDeletion",
        ):
            said = _pages(kms, "list_resource_tags", "Tags", KeyId=one["KeyId"])
            yield Thing(kind, one["KeyId"], "", _tags(said, "TagKey", "TagValue"), facts=one)


def _aliases(clients: Clients, kind: str) -> Iterator[Thing]:
    for one in _pages(clients("kms"), "list_aliases", "Aliases"):
        if one["AliasName"].startswith(f"alias/{PREFIX}"):
            yield Thing(kind, one["AliasName"], one["AliasName"], facts=one)


def _log_groups(clients: Clients, kind: str) -> Iterator[Thing]:
    logs = clients("logs")
    for prefix in LOG_FOLDERS:
        for one in _pages(logs, "describe_log_groups", "logGroups", logGroupNamePrefix=prefix):
            arn = one["arn"].removesuffix(":*")
            tags = logs.list_tags_for_resource(resourceArn=arn)["tags"]
            yield Thing(kind, one["logGroupName"], one["logGroupName"], tags, facts=one)


def _buckets(clients: Clients, kind: str) -> Iterator[Thing]:
    from botocore.exceptions import ClientError

    s3 = clients("s3")
    for one in s3.list_buckets()["Buckets"]:
        # Those of others need not let us see their tags.
        if not one["Name"].startswith(PREFIX):
            continue
        try:
            tags = _tags(s3.get_bucket_tagging(Bucket=one["Name"])["TagSet"])
        except ClientError as error:
            if error.response["Error"]["Code"] not in ("NoSuchTagSet", "NoSuchBucket"):
                raise
            tags = {}
        yield Thing(kind, one["Name"], one["Name"], tags, facts=one)


KINDS: Mapping[str, Callable[[Clients, str], Iterator[Thing]]] = {
    "eks cluster": _clusters,
    "eks node group": _of_clusters("list_nodegroups", "nodegroups"),
    "eks fargate profile": _of_clusters("list_fargate_profiles", "fargateProfileNames"),
    "eks add-on": _of_clusters("list_addons", "addons"),
    "ec2 instance": _Ec2("describe_instances", "Reservations", "InstanceId", gone=("terminated",)),
    "elbv2 load balancer": _balancers,
    "elbv2 target group": _target_groups,
    "elb load balancer": _classic_balancers,
    "ec2 NAT gateway": _Ec2("describe_nat_gateways", "NatGateways", "NatGatewayId", gone=("deleted",)),
    "ec2 VPC endpoint": _Ec2("describe_vpc_endpoints", "VpcEndpoints", "VpcEndpointId", gone=("deleted",)),
    "ec2 flow log": _Ec2("describe_flow_logs", "FlowLogs", "FlowLogId"),
    "ec2 volume": _Ec2("describe_volumes", "Volumes", "VolumeId"),
    "ec2 network interface": _Ec2("describe_network_interfaces", "NetworkInterfaces", "NetworkInterfaceId"),
    "ec2 elastic IP": _addresses,
    "ec2 security group": _Ec2("describe_security_groups", "SecurityGroups", "GroupId", "GroupName"),
    "ec2 internet gateway": _Ec2("describe_internet_gateways", "InternetGateways", "InternetGatewayId"),
    "ec2 subnet": _Ec2("describe_subnets", "Subnets", "SubnetId"),
    "ec2 route table": _Ec2("describe_route_tables", "RouteTables", "RouteTableId"),
    "ec2 VPC": _Ec2("describe_vpcs", "Vpcs", "VpcId"),
    "ec2 launch template": _Ec2(
        "describe_launch_templates", "LaunchTemplates", "LaunchTemplateId", "LaunchTemplateName"
    ),
    "ecr repository": _repositories,
    "s3 bucket": _buckets,
    "iam instance profile": _profiles,
    "iam role": _roles,
    "iam policy": _policies,
    "logs group": _log_groups,
    "kms alias": _aliases,
    "kms key": _keys,
}
