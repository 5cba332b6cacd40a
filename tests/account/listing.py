"""Everything in an account, service by service, through the API and not through what made it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from tests import account

Listed = dict[str, list[str]]


def everything(url: str) -> Listed:
    """By kind, the names of all things there are; keys that wait for their deletion are gone."""

    def client(name: str) -> Any:
        return account.session().client(name, endpoint_url=url)

    found: Listed = {}
    for kind, (service, names) in _KINDS.items():
        found[kind] = sorted(names(client(service)))
    return found


def _paged(operation: str, member: str, name: str, **words: Any) -> Callable[[Any], Iterator[str]]:
    def names(client: Any) -> Iterator[str]:
        for page in client.get_paginator(operation).paginate(**words):
            for one in page[member]:
                yield one if isinstance(one, str) else one[name]

    return names


def _keys(client: Any) -> Iterator[str]:
    for page in client.get_paginator("list_keys").paginate():
        for one in page["Keys"]:
            about = client.describe_key(KeyId=one["KeyId"])["KeyMetadata"]
            if about["KeyManager"] == "CUSTOMER" and about["KeyState"] != "PendingDeletion":
                yield one["KeyId"]


def _endpoints(client: Any) -> Iterator[str]:
    for one in client.describe_vpc_endpoints()["VpcEndpoints"]:
        if one["State"] != "deleted":
            yield one["VpcEndpointId"]


def _gateways(client: Any) -> Iterator[str]:
    for one in client.describe_nat_gateways()["NatGateways"]:
        if one["State"] != "deleted":
            yield one["NatGatewayId"]


def _access_lists(client: Any) -> Iterator[str]:
    """But the one that comes and goes with its VPC, which moto forgets to take."""
    for one in client.describe_network_acls()["NetworkAcls"]:
        if not one["IsDefault"]:
            yield one["NetworkAclId"]


def _addresses(client: Any) -> Iterator[str]:
    for one in client.describe_addresses()["Addresses"]:
        yield one["AllocationId"]


def _of_clusters(operation: str, member: str) -> Callable[[Any], Iterator[str]]:
    def names(client: Any) -> Iterator[str]:
        for cluster in client.list_clusters()["clusters"]:
            for one in getattr(client, operation)(clusterName=cluster)[member]:
                yield f"{cluster}/{one if isinstance(one, str) else one['associationId']}"

    return names


_KINDS: dict[str, tuple[str, Callable[[Any], Iterator[str]]]] = {
    "addresses": ("ec2", _addresses),
    "access entries": ("eks", _of_clusters("list_access_entries", "accessEntries")),
    "add-ons": ("eks", _of_clusters("list_addons", "addons")),
    "buckets": ("s3", lambda client: (one["Name"] for one in client.list_buckets()["Buckets"])),
    "clusters": ("eks", lambda client: iter(client.list_clusters()["clusters"])),
    "flow logs": ("ec2", _paged("describe_flow_logs", "FlowLogs", "FlowLogId")),
    "instances": ("ec2", _paged("describe_instances", "Reservations", "ReservationId")),
    "internet gateways": (
        "ec2",
        _paged("describe_internet_gateways", "InternetGateways", "InternetGatewayId"),
    ),
    "keys": ("kms", _keys),
    "key aliases": ("kms", _paged("list_aliases", "Aliases", "AliasName")),
    "launch templates": ("ec2", _paged("describe_launch_templates", "LaunchTemplates", "LaunchTemplateId")),
    "load balancers": ("elbv2", _paged("describe_load_balancers", "LoadBalancers", "LoadBalancerArn")),
    "log groups": ("logs", _paged("describe_log_groups", "logGroups", "logGroupName")),
    "NAT gateways": ("ec2", _gateways),
    "network ACLs": ("ec2", _access_lists),
    "network interfaces": (
        "ec2",
        _paged("describe_network_interfaces", "NetworkInterfaces", "NetworkInterfaceId"),
    ),
    "node groups": ("eks", _of_clusters("list_nodegroups", "nodegroups")),
    "OIDC providers": (
        "iam",
        lambda client: (
            one["Arn"] for one in client.list_open_id_connect_providers()["OpenIDConnectProviderList"]
        ),
    ),
    "pod identities": ("eks", _of_clusters("list_pod_identity_associations", "associations")),
    "policies": ("iam", _paged("list_policies", "Policies", "Arn", Scope="Local")),
    "repositories": ("ecr", _paged("describe_repositories", "repositories", "repositoryArn")),
    "roles": ("iam", _paged("list_roles", "Roles", "Arn")),
    "route tables": ("ec2", _paged("describe_route_tables", "RouteTables", "RouteTableId")),
    "security groups": ("ec2", _paged("describe_security_groups", "SecurityGroups", "GroupId")),
    "subnets": ("ec2", _paged("describe_subnets", "Subnets", "SubnetId")),
    "volumes": ("ec2", _paged("describe_volumes", "Volumes", "VolumeId")),
    "VPC endpoints": ("ec2", _endpoints),
    "VPCs": ("ec2", _paged("describe_vpcs", "Vpcs", "VpcId")),
}
