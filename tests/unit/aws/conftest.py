"""An account that stands in for AWS, within this process, and things in it as the stacks and Kubernetes make them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from moto import mock_aws
from tests.eks import credentials


@pytest.fixture
def session(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """A session of an empty account. The network that AWS puts into every account is taken out."""
    credentials.give(monkeypatch)
    with mock_aws():
        made = boto3.session.Session(region_name=credentials.REGION)
        ec2 = made.client("ec2")
        for vpc in ec2.describe_vpcs()["Vpcs"]:
            of_it = [{"Name": "vpc-id", "Values": [vpc["VpcId"]]}]
            for subnet in ec2.describe_subnets(Filters=of_it)["Subnets"]:
                ec2.delete_subnet(SubnetId=subnet["SubnetId"])
            for gateway in ec2.describe_internet_gateways()["InternetGateways"]:
                ec2.detach_internet_gateway(
                    InternetGatewayId=gateway["InternetGatewayId"], VpcId=vpc["VpcId"]
                )
                ec2.delete_internet_gateway(InternetGatewayId=gateway["InternetGatewayId"])
            ec2.delete_vpc(VpcId=vpc["VpcId"])
        yield made
