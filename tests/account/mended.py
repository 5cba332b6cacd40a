"""What moto answers otherwise than AWS, as far as these stacks meet it."""

from __future__ import annotations

import json
from typing import Any

from moto.ec2.models import EC2Backend
from moto.iam.access_control import IAMPolicy, PermissionResult
from moto.s3.models import FakeBucket

_modify_vpc_endpoint = EC2Backend.modify_vpc_endpoint
_delete_nat_gateway = EC2Backend.delete_nat_gateway
_create_launch_template = EC2Backend.create_launch_template


def mend() -> None:
    """Put the answers here in the place of moto's."""
    FakeBucket.get_permission = _permission  # type: ignore[method-assign, assignment]
    EC2Backend.modify_vpc_endpoint = _modify_endpoint  # type: ignore[method-assign, assignment]
    EC2Backend.delete_nat_gateway = _delete_gateway  # type: ignore[method-assign, assignment]
    EC2Backend.create_launch_template = _create_template  # type: ignore[method-assign, assignment]


def _delete_gateway(ec2: EC2Backend, nat_gateway_id: str) -> Any:
    """moto keeps the network interface of a gateway that is gone."""
    gone = _delete_nat_gateway(ec2, nat_gateway_id)
    ec2.enis.pop(gone._eni.id, None)
    return gone


def _create_template(
    ec2: EC2Backend, name: str, description: str, template_data: dict[str, Any], tag_spec: dict[str, Any]
) -> Any:
    """moto writes the template's own tags into the template too, where they look like a change."""
    if given := template_data.get("TagSpecifications"):
        template_data["TagSpecifications"] = [
            one for one in given if one["ResourceType"] != "launch-template"
        ]
    return _create_launch_template(ec2, name, description, template_data, tag_spec)


def _permission(bucket: FakeBucket, action: str, resource: str) -> PermissionResult:
    """What a bucket's policy says of a request over TLS: moto takes every condition for one that isn't met, and then
    denies. Conditions of these stacks deny what comes without TLS.
    """
    if bucket.policy is None:
        return PermissionResult.NEUTRAL
    document = json.loads(bucket.policy)
    document["Statement"] = [one for one in document["Statement"] if "Condition" not in one]
    if not document["Statement"]:
        return PermissionResult.NEUTRAL
    return IAMPolicy(document).is_action_permitted(action, resource)


def _modify_endpoint(ec2: EC2Backend, vpc_id: str, *rest: Any, **more: Any) -> None:
    """moto makes the routes of a gateway endpoint when it makes the endpoint, and not when tables join it later."""
    (endpoint,) = ec2.describe_vpc_endpoints(vpc_end_point_ids=[vpc_id])
    before = set(endpoint.route_table_ids or [])
    _modify_vpc_endpoint(ec2, vpc_id, *rest, **more)
    prefix = endpoint.destination_prefix_list_id
    if prefix:
        for table in set(endpoint.route_table_ids) - before:
            ec2.create_route(table, None, gateway_id=endpoint.id, destination_prefix_list_id=prefix)
        for table in before - set(endpoint.route_table_ids):
            ec2.delete_route(table, prefix)
