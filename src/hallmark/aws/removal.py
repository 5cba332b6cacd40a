"""How one thing of each kind is removed, with what AWS wants to be taken off it before."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from hallmark.aws.account import Clients, Thing

KEY_WINDOW_DAYS = 7  # the shortest that KMS knows
_BATCH = 1000  # objects of a bucket in one call


def remove(clients: Clients, thing: Thing) -> str:
    """Ask AWS to remove a thing: empty when that was taken, else AWS's own words. The next look says if it is gone."""
    from botocore.exceptions import BotoCoreError, ClientError

    try:
        answer = REMOVERS[thing.kind](clients, thing)
    except (BotoCoreError, ClientError) as error:
        return str(error)
    # Two calls of EC2 succeed and say in their answer that they did not.
    failed = (answer or {}).get("Unsuccessful", [])
    return "; ".join(str(one["Error"]["Message"]) for one in failed)


def _call(service: str, operation: str, argument: str, **more: Any) -> Callable[[Clients, Thing], Any]:
    """A kind that one call with its id removes."""

    def remover(clients: Clients, thing: Thing) -> Any:
        is_list = argument.endswith("Ids")
        return getattr(clients(service), operation)(**{argument: [thing.id] if is_list else thing.id}, **more)

    return remover


def _of_cluster(operation: str, argument: str) -> Callable[[Clients, Thing], Any]:
    def remover(clients: Clients, thing: Thing) -> Any:
        name = thing.id.partition("/")[2]
        return getattr(clients("eks"), operation)(clusterName=thing.inside, **{argument: name})

    return remover


def _address(clients: Clients, thing: Thing) -> None:
    if link := thing.facts.get("AssociationId"):
        clients("ec2").disassociate_address(AssociationId=link)
    clients("ec2").release_address(AllocationId=thing.id)


def _security_group(clients: Clients, thing: Thing) -> None:
    """Groups that let each other in keep each other: what it lets in and out goes first."""
    from botocore.exceptions import ClientError

    ec2 = clients("ec2")
    for revoke, key in (
        (ec2.revoke_security_group_ingress, "IpPermissions"),
        (ec2.revoke_security_group_egress, "IpPermissionsEgress"),
    ):
        if allowed := thing.facts.get(key):
            # A rule may be gone already, with the group that it names. The deletion itself says what is so.
            with contextlib.suppress(ClientError):
                revoke(GroupId=thing.id, IpPermissions=allowed)
    ec2.delete_security_group(GroupId=thing.id)


def _internet_gateway(clients: Clients, thing: Thing) -> None:
    for link in thing.facts.get("Attachments", ()):
        clients("ec2").detach_internet_gateway(InternetGatewayId=thing.id, VpcId=link["VpcId"])
    clients("ec2").delete_internet_gateway(InternetGatewayId=thing.id)


def _route_table(clients: Clients, thing: Thing) -> None:
    for link in thing.facts.get("Associations", ()):
        clients("ec2").disassociate_route_table(AssociationId=link["RouteTableAssociationId"])
    clients("ec2").delete_route_table(RouteTableId=thing.id)


def _bucket(clients: Clients, thing: Thing) -> None:
    """With every version of every object in it."""
    s3 = clients("s3")
    for page in s3.get_paginator("list_object_versions").paginate(Bucket=thing.id):
        found = [*page.get("Versions", ()), *page.get("DeleteMarkers", ())]
        for start in range(0, len(found), _BATCH):
            batch = [
                {"Key": one["Key"], "VersionId": one["VersionId"]} for one in found[start : start + _BATCH]
            ]
            s3.delete_objects(Bucket=thing.id, Delete={"Objects": batch, "Quiet": True})
    s3.delete_bucket(Bucket=thing.id)


def _profile(clients: Clients, thing: Thing) -> None:
    iam = clients("iam")
    for role in thing.facts.get("Roles", ()):
        iam.remove_role_from_instance_profile(InstanceProfileName=thing.id, RoleName=role["RoleName"])
    iam.delete_instance_profile(InstanceProfileName=thing.id)


def _role(clients: Clients, thing: Thing) -> None:
    iam = clients("iam")
    for policy in _all(iam, "list_attached_role_policies", "AttachedPolicies", RoleName=thing.id):
        iam.detach_role_policy(RoleName=thing.id, PolicyArn=policy["PolicyArn"])
    for name in _all(iam, "list_role_policies", "PolicyNames", RoleName=thing.id):
        iam.delete_role_policy(RoleName=thing.id, PolicyName=name)
    iam.delete_role(RoleName=thing.id)


def _policy(clients: Clients, thing: Thing) -> None:
    iam = clients("iam")
    for version in _all(iam, "list_policy_versions", "Versions", PolicyArn=thing.id):
        if not version["IsDefaultVersion"]:
            iam.delete_policy_version(PolicyArn=thing.id, VersionId=version["VersionId"])
    iam.delete_policy(PolicyArn=thing.id)


def _all(client: Any, operation: str, key: str, **words: Any) -> Iterable[Any]:
    # As a list: what is being walked through is being changed.
    return [one for page in client.get_paginator(operation).paginate(**words) for one in page[key]]


REMOVERS: Mapping[str, Callable[[Clients, Thing], Any]] = {
    "eks node group": _of_cluster("delete_nodegroup", "nodegroupName"),
    "eks fargate profile": _of_cluster("delete_fargate_profile", "fargateProfileName"),
    "eks add-on": _of_cluster("delete_addon", "addonName"),
    "eks cluster": _call("eks", "delete_cluster", "name"),
    "ec2 instance": _call("ec2", "terminate_instances", "InstanceIds"),
    "elbv2 load balancer": _call("elbv2", "delete_load_balancer", "LoadBalancerArn"),
    "elb load balancer": _call("elb", "delete_load_balancer", "LoadBalancerName"),
    "ec2 NAT gateway": _call("ec2", "delete_nat_gateway", "NatGatewayId"),
    "ec2 VPC endpoint": _call("ec2", "delete_vpc_endpoints", "VpcEndpointIds"),
    "ec2 flow log": _call("ec2", "delete_flow_logs", "FlowLogIds"),
    "elbv2 target group": _call("elbv2", "delete_target_group", "TargetGroupArn"),
    "ec2 volume": _call("ec2", "delete_volume", "VolumeId"),
    "ec2 network interface": _call("ec2", "delete_network_interface", "NetworkInterfaceId"),
    "ec2 elastic IP": _address,
    "ec2 security group": _security_group,
    "ec2 internet gateway": _internet_gateway,
    "ec2 subnet": _call("ec2", "delete_subnet", "SubnetId"),
    "ec2 route table": _route_table,
    "ec2 VPC": _call("ec2", "delete_vpc", "VpcId"),
    "ec2 launch template": _call("ec2", "delete_launch_template", "LaunchTemplateId"),
    "ecr repository": _call("ecr", "delete_repository", "repositoryName", force=True),
    "s3 bucket": _bucket,
    "iam instance profile": _profile,
    "iam role": _role,
    "iam policy": _policy,
    "logs group": _call("logs", "delete_log_group", "logGroupName"),
    "kms alias": _call("kms", "delete_alias", "AliasName"),
    "kms key": _call("kms", "schedule_key_deletion", "KeyId", PendingWindowInDays=KEY_WINDOW_DAYS),
}
