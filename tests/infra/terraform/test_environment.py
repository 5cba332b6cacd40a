"""What an environment will be, by its plans: addresses, zones, nodes, who reaches the cluster, and who pays."""

from __future__ import annotations

from collections import Counter
from ipaddress import IPv4Network
from itertools import combinations
from typing import TYPE_CHECKING, Any

import pytest
from tftest import TerraformPlanOutput

if TYPE_CHECKING:
    from tests.infra.terraform.conftest import Plans  # type: ignore[import-not-found, unused-ignore]

SETS = {"ephemeral-1-zone": 1, "ephemeral-3-zones": 3, "production-3-zones": 3}
TAGS = {"Commit", "Environment", "ExpiresAt", "Owner", "Project", "Repository"}
LOG_TYPES = {"api", "audit", "authenticator", "controllerManager", "scheduler"}


@pytest.fixture(params=SETS)
def name(request: pytest.FixtureRequest) -> str:
    """Each set of variables."""
    return str(request.param)


@pytest.fixture
def plan(plans: Plans, name: str) -> TerraformPlanOutput:
    """The plan of that set."""
    return plans[f"environment-{name}"]


def _all(plan: TerraformPlanOutput, kind: str, named: str = "") -> list[dict[str, Any]]:
    """What is planned of every resource of a type, and of a name."""
    return [
        one["change"]["after"]
        for one in plan.resource_changes.values()
        if one["mode"] == "managed" and one["type"] == kind and named in ("", one["name"])
    ]


def _one(plan: TerraformPlanOutput, kind: str, named: str = "") -> dict[str, Any]:
    (found,) = _all(plan, kind, named)
    return found


def test_plans_are_there_for_every_set(plans: Plans) -> None:
    """None is missing and none came that nobody asserts anything of."""
    assert set(plans) == {"bootstrap-three-stages", *(f"environment-{name}" for name in SETS)}


def test_subnets_are_in_the_network_and_do_not_overlap(plan: TerraformPlanOutput) -> None:
    """Every subnet has addresses of its own, and all are the VPC's."""
    network = IPv4Network(_one(plan, "aws_vpc")["cidr_block"])
    subnets = [IPv4Network(subnet["cidr_block"]) for subnet in _all(plan, "aws_subnet")]
    assert all(subnet.subnet_of(network) for subnet in subnets)
    assert not [pair for pair in combinations(subnets, 2) if pair[0].overlaps(pair[1])]


def test_nodes_have_a_subnet_in_each_zone(plan: TerraformPlanOutput, name: str) -> None:
    """As many zones as were asked for, and always two for the control plane."""
    private = [one["availability_zone"] for one in _all(plan, "aws_subnet", "private")]
    control = [one["availability_zone"] for one in _all(plan, "aws_subnet", "control_plane")]
    assert (len(private), len(set(private))) == (SETS[name], SETS[name])
    assert (len(control), len(set(control))) == (2, 2)


def test_gateways_are_as_many_as_the_size_wants(plans: Plans) -> None:
    """None, one, or one in each zone; every private network has its own way out."""
    counts = {name: len(_all(plans[f"environment-{name}"], "aws_nat_gateway")) for name in SETS}
    assert counts == {"ephemeral-1-zone": 0, "ephemeral-3-zones": 1, "production-3-zones": 3}
    routes = {name: len(_all(plans[f"environment-{name}"], "aws_route", "private")) for name in SETS}
    assert routes == {"ephemeral-1-zone": 0, "ephemeral-3-zones": 3, "production-3-zones": 3}


def test_cluster_takes_its_access_from_the_api_alone(plan: TerraformPlanOutput) -> None:
    """No config map, no administrator by having created it, and standard support only."""
    cluster = _one(plan, "aws_eks_cluster")
    (access,) = cluster["access_config"]
    assert access["authentication_mode"] == "API"
    assert access["bootstrap_cluster_creator_admin_permissions"] is False
    assert cluster["upgrade_policy"] == [{"support_type": "STANDARD"}]
    assert set(cluster["enabled_cluster_log_types"]) == LOG_TYPES


def test_cluster_is_reached_from_where_the_variables_say(plans: Plans) -> None:
    """From inside always, from outside only by the networks that are named."""
    reached = {}
    for name in SETS:
        (network,) = _one(plans[f"environment-{name}"], "aws_eks_cluster")["vpc_config"]
        assert network["endpoint_private_access"] is True
        reached[name] = (network["endpoint_public_access"], network.get("public_access_cidrs"))
    assert reached["ephemeral-3-zones"] == (True, ["198.51.100.0/28"])
    assert {name: public for name, (public, _) in reached.items() if name != "ephemeral-3-zones"} == {
        "ephemeral-1-zone": False,
        "production-3-zones": False,
    }


def test_nodes_are_as_many_and_as_large_as_the_variables_say(plans: Plans) -> None:
    """Sizes come from variables, and a group is replaced by a new one before it goes."""
    scaling = {}
    for name in SETS:
        group = _one(plans[f"environment-{name}"], "aws_eks_node_group")
        (sizes,) = group["scaling_config"]
        scaling[name] = (group["instance_types"], sizes["min_size"], sizes["desired_size"], sizes["max_size"])
        assert group["node_group_name_prefix"]
    assert scaling == {
        "ephemeral-1-zone": (["t3.medium"], 1, 1, 2),
        "ephemeral-3-zones": (["t3.medium"], 2, 3, 4),
        "production-3-zones": (["m7i.large", "m6i.large"], 3, 3, 9),
    }


def test_nodes_keep_their_credentials_to_themselves(plan: TerraformPlanOutput) -> None:
    """Metadata only with a token and for the node alone; volumes are encrypted."""
    template = _one(plan, "aws_launch_template")
    (metadata,) = template["metadata_options"]
    assert (metadata["http_tokens"], metadata["http_put_response_hop_limit"]) == ("required", 1)
    (device,) = template["block_device_mappings"]
    assert device["ebs"][0]["encrypted"] == "true"


def test_key_of_an_environment_rotates_and_waits_longer_where_it_stays(plans: Plans) -> None:
    """What expires may go in a week, production's key not before a month."""
    windows = {}
    for name in SETS:
        key = _one(plans[f"environment-{name}"], "aws_kms_key")
        assert key["enable_key_rotation"] is True
        windows[name] = key["deletion_window_in_days"]
    assert windows == {"ephemeral-1-zone": 7, "ephemeral-3-zones": 7, "production-3-zones": 30}


def test_logs_are_kept_as_long_as_the_variables_say_and_go_with_what_expires(plans: Plans) -> None:
    """An ephemeral environment leaves no log group behind, any other keeps its own."""
    for name, days, kept in (("ephemeral-1-zone", 7, False), ("production-3-zones", 365, True)):
        groups = _all(plans[f"environment-{name}"], "aws_cloudwatch_log_group")
        assert {(group["retention_in_days"], group["skip_destroy"]) for group in groups} == {(days, kept)}
        assert len(groups) == 2


def test_everything_that_can_be_tagged_says_whose_it_is(plan: TerraformPlanOutput) -> None:
    """All six tags on everything, whatever module made it."""
    lacking = {
        address: sorted(TAGS - set(one["change"]["after"]["tags_all"] or {}))
        for address, one in plan.resource_changes.items()
        if one["mode"] == "managed" and "tags_all" in one["change"]["after"]
    }
    assert len(lacking) > 10
    assert {address: tags for address, tags in lacking.items() if tags} == {}


def test_names_in_the_account_begin_with_the_environments(plan: TerraformPlanOutput) -> None:
    """Two environments never meet, and nothing of one is taken for another's."""
    begins = f"hallmark-{plan.variables['name']}"
    named = Counter[str]()
    for address, one in plan.resource_changes.items():
        if one["mode"] != "managed" or one["type"] not in ("aws_eks_cluster", "aws_iam_role"):
            continue
        assert str(one["change"]["after"]["name"]).startswith(begins), address
        named[one["type"]] += 1
    assert named["aws_eks_cluster"] == 1
    assert named["aws_iam_role"] >= 3


def test_outputs_are_those_that_the_kit_reads(plan: TerraformPlanOutput) -> None:
    """By these names the kit finds the cluster."""
    assert {
        "cluster_certificate_authority_data",
        "cluster_endpoint",
        "cluster_name",
        "cluster_version",
        "kms_key_arn",
        "log_group_names",
        "node_group_names",
        "private_subnet_ids",
        "region",
        "vpc_id",
    } <= set(plan.planned_values["outputs"])
