"""Things in a stand-in for an account, as the stacks and a cluster's controllers make them."""

from __future__ import annotations

import json
from typing import Any

ZONE = "eu-central-1a"
TRUST = json.dumps({"Version": "2012-10-17", "Statement": []})
POLICY = json.dumps(
    {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "logs:*", "Resource": "*"}]}
)


def tags(name: str, expires_at: str = "2020-01-01T00:00:00Z") -> dict[str, str]:
    """The tags that the stacks give to everything."""
    return {"Environment": name, "Owner": "ada", "ExpiresAt": expires_at}


def pairs(given: dict[str, str]) -> list[dict[str, str]]:
    return [{"Key": key, "Value": value} for key, value in given.items()]


def spec(kind: str, given: dict[str, str]) -> list[dict[str, Any]]:
    return [{"ResourceType": kind, "Tags": pairs(given)}]


def environment(session: Any, name: str, expires_at: str = "2020-01-01T00:00:00Z") -> None:
    """At least one of every kind that the kit knows of, all of them the environment's."""
    given, full = tags(name, expires_at), f"hallmark-{name}"
    network(session, name, given)
    iam, kms, logs = session.client("iam"), session.client("kms"), session.client("logs")
    for role in ("cluster", "node"):
        iam.create_role(RoleName=f"{full}-{role}", AssumeRolePolicyDocument=TRUST, Tags=pairs(given))
        iam.put_role_policy(RoleName=f"{full}-{role}", PolicyName="own", PolicyDocument=POLICY)
    iam.create_instance_profile(InstanceProfileName=f"eks-{name}")
    iam.add_role_to_instance_profile(InstanceProfileName=f"eks-{name}", RoleName=f"{full}-node")
    policy = iam.create_policy(PolicyName=f"{full}-extra", PolicyDocument=POLICY, Tags=pairs(given))
    iam.attach_role_policy(RoleName=f"{full}-node", PolicyArn=policy["Policy"]["Arn"])
    key_tags = [{"TagKey": key, "TagValue": value} for key, value in given.items()]
    key = kms.create_key(Tags=key_tags)["KeyMetadata"]["KeyId"]
    kms.create_alias(AliasName=f"alias/{full}", TargetKeyId=key)
    for group in (f"/aws/eks/{full}/cluster", f"/hallmark/{full}/flow"):
        logs.create_log_group(logGroupName=group)
    session.client("ecr").create_repository(repositoryName=f"{full}/quotes", tags=pairs(given))
    s3 = session.client("s3")
    s3.create_bucket(
        Bucket=f"{full}-files", CreateBucketConfiguration={"LocationConstraint": session.region_name}
    )
    s3.put_bucket_tagging(Bucket=f"{full}-files", Tagging={"TagSet": pairs(given)})
    s3.put_bucket_versioning(Bucket=f"{full}-files", VersioningConfiguration={"Status": "Enabled"})
    for body in (b"one", b"two"):
        s3.put_object(Bucket=f"{full}-files", Key="file", Body=body)


def network(session: Any, name: str, given: dict[str, str]) -> str:
    """A VPC with what is in it, a cluster with its nodes, and what the cluster's controllers made; returns the VPC."""
    ec2, eks, full = session.client("ec2"), session.client("eks"), f"hallmark-{name}"
    vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16", TagSpecifications=spec("vpc", given))["Vpc"]["VpcId"]
    subnet = ec2.create_subnet(
        VpcId=vpc, CidrBlock="10.0.0.0/24", AvailabilityZone=ZONE, TagSpecifications=spec("subnet", given)
    )["Subnet"]["SubnetId"]
    gateway = ec2.create_internet_gateway(TagSpecifications=spec("internet-gateway", given))
    ec2.attach_internet_gateway(InternetGatewayId=gateway["InternetGateway"]["InternetGatewayId"], VpcId=vpc)
    table = ec2.create_route_table(VpcId=vpc, TagSpecifications=spec("route-table", given))["RouteTable"]
    ec2.associate_route_table(RouteTableId=table["RouteTableId"], SubnetId=subnet)
    address = ec2.allocate_address(Domain="vpc", TagSpecifications=spec("elastic-ip", given))
    ec2.create_nat_gateway(
        SubnetId=subnet, AllocationId=address["AllocationId"], TagSpecifications=spec("natgateway", given)
    )
    of_cluster = {f"kubernetes.io/cluster/{full}": "owned"}
    groups = [
        ec2.create_security_group(
            VpcId=vpc, GroupName=each, Description=each, TagSpecifications=spec("security-group", of)
        )["GroupId"]
        for each, of in ((f"{full}-endpoints", given), (f"eks-cluster-sg-{full}-1", of_cluster))
    ]
    for one, other in (groups, groups[::-1]):
        # Each lets the other in: neither can be deleted while the rule is there.
        ec2.authorize_security_group_ingress(
            GroupId=one,
            IpPermissions=[{"IpProtocol": "-1", "UserIdGroupPairs": [{"GroupId": other}]}],
        )
    ec2.create_vpc_endpoint(
        VpcId=vpc,
        VpcEndpointType="Gateway",
        ServiceName="com.amazonaws.eu-central-1.s3",
        RouteTableIds=[table["RouteTableId"]],
        TagSpecifications=spec("vpc-endpoint", given),
    )
    ec2.create_network_interface(
        SubnetId=subnet,
        Groups=groups[:1],
        TagSpecifications=spec("network-interface", {"cluster.k8s.amazonaws.com/name": full}),
    )
    ec2.create_volume(
        AvailabilityZone=ZONE, Size=1, VolumeType="gp3", TagSpecifications=spec("volume", of_cluster)
    )
    template = ec2.create_launch_template(
        LaunchTemplateName=f"{full}-nodes",
        LaunchTemplateData={"InstanceType": "t3.medium"},
        TagSpecifications=spec("launch-template", given),
    )["LaunchTemplate"]["LaunchTemplateId"]
    image = ec2.describe_images(Owners=["amazon"])["Images"][0]["ImageId"]
    ec2.run_instances(
        ImageId=image, MinCount=1, MaxCount=1, SubnetId=subnet, TagSpecifications=spec("instance", given)
    )
    ec2.create_flow_logs(
        ResourceIds=[vpc],
        ResourceType="VPC",
        TrafficType="ALL",
        LogDestinationType="cloud-watch-logs",
        LogGroupName=f"/hallmark/{full}/other",
        DeliverLogsPermissionArn=f"arn:aws:iam::123456789012:role/{full}-flow-logs",
        TagSpecifications=spec("vpc-flow-log", given),
    )
    role = f"arn:aws:iam::123456789012:role/{full}-cluster"
    eks.create_cluster(
        name=full, version="1.35", roleArn=role, tags=given, resourcesVpcConfig={"subnetIds": [subnet]}
    )
    eks.create_nodegroup(
        clusterName=full,
        nodegroupName=f"{full}-1",
        nodeRole=role,
        subnets=[subnet],
        launchTemplate={"id": template},
        tags=given,
    )
    elb, of_controller = session.client("elbv2"), {"elbv2.k8s.aws/cluster": full}
    elb.create_load_balancer(Name=f"k8s-{name}", Subnets=[subnet], Type="network", Tags=pairs(of_controller))
    elb.create_target_group(Name=f"k8s-{name}", Protocol="TCP", Port=80, VpcId=vpc, Tags=pairs(of_controller))
    session.client("elb").create_load_balancer(
        LoadBalancerName=f"classic-{name}",
        Listeners=[{"Protocol": "TCP", "LoadBalancerPort": 80, "InstancePort": 80}],
        Subnets=[subnet],
        Tags=pairs(of_cluster),
    )
    return str(vpc)
