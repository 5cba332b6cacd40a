"""What is left of an environment is removed in the order that AWS allows, and nothing that is not proven to be its."""

from __future__ import annotations

from typing import Any

import pytest
from botocore.exceptions import ClientError
from moto.ec2.models import ec2_backends
from tests.unit.aws import seeds

from hallmark.aws import account, removal, sweep
from hallmark.aws.inventory import leftovers
from hallmark.outcome import UsageError

# Calls that end something, in the order in which they must come.
ENDS = [
    "DeleteNodegroup",
    "DeleteCluster",
    "TerminateInstances",
    "DeleteNatGateway",
    "DeleteNetworkInterface",
    "ReleaseAddress",
    "DeleteSecurityGroup",
    "DeleteSubnet",
    "DeleteRouteTable",
    "DeleteVpc",
    "DeleteRole",
    "ScheduleKeyDeletion",
]


def swept(session: Any, environment: str, **words: Any) -> tuple[Any, list[str]]:
    said: list[str] = []
    words = {"timeout_s": 0.0, "poll_s": 0.0, **words}
    return sweep.sweep(session, environment, said.append, **words), said


def record(session: Any) -> list[str]:
    """The operations that AWS is asked for, in their order."""
    asked: list[str] = []
    session.events.register("before-call", lambda model, **_: asked.append(model.name))
    return asked


def refuse(session: Any, operation: str, times: int = 10**6) -> None:
    left = [times]

    def answer(**_: Any) -> None:
        left[0] -= 1
        if left[0] >= 0:
            raise ClientError({"Error": {"Code": "DependencyViolation", "Message": "in use"}}, operation)

    session.events.register(f"before-call.ec2.{operation}", answer)


def drop_interfaces(session: Any) -> None:
    """Do what AWS does when a load balancer or a gateway is gone, and the stand-in does not."""
    backend = ec2_backends["123456789012"][session.region_name]
    for name in [name for name, one in backend.enis.items() if not one.get_tags()]:
        del backend.enis[name]


def test_a_sweep_removes_every_kind_in_the_order_that_aws_allows(session: Any) -> None:
    """Nothing is left but keys that wait for their end; another environment of a like name keeps everything."""
    seeds.environment(session, "pr")
    seeds.environment(session, "pr-1")
    drop_interfaces(session)
    before = leftovers(session, "pr-1").counts()
    asked = record(session)
    left, said = swept(session, "pr", timeout_s=60)
    assert not [str(one) for one in left.found]
    assert list(dict.fromkeys(name for name in asked if name in ENDS)) == ENDS
    assert leftovers(session, "pr-1").counts() == before
    removed = {kind for kind in account.KINDS if any(line.startswith(f"removing {kind} ") for line in said)}
    assert removed == account.KINDS.keys() - {"eks add-on", "eks fargate profile"}
    assert not [line for line in said if line.startswith(("refused", "still"))]


def test_a_sweep_of_nothing_asks_for_no_removal_and_proves_it(session: Any) -> None:
    """Any number of times."""
    asked = record(session)
    left, said = swept(session, "pr")
    assert left.is_empty
    assert not said
    assert all(name.startswith(("Describe", "List", "Get")) for name in asked)


def test_a_sweep_that_was_killed_is_gone_on_with(session: Any) -> None:
    """At every removal in turn: what is left is read from the account again."""
    vpc = seeds.spec("vpc", seeds.tags("pr"))
    ec2 = session.client("ec2")
    network = ec2.create_vpc(CidrBlock="10.0.0.0/16", TagSpecifications=vpc)["Vpc"]["VpcId"]
    ec2.create_subnet(
        VpcId=network, CidrBlock="10.0.0.0/24", TagSpecifications=seeds.spec("subnet", seeds.tags("pr"))
    )
    session.client("logs").create_log_group(logGroupName="/hallmark/hallmark-pr/flow")
    runs = 0

    def stop_at(line: str) -> None:
        if line.startswith("removing ") and line not in seen:
            seen.add(line)
            raise KeyboardInterrupt

    seen: set[str] = set()
    while True:
        runs += 1
        try:
            left = sweep.sweep(session, "pr", stop_at, timeout_s=0.0, poll_s=0.0)
        except KeyboardInterrupt:
            continue
        break
    assert left.is_empty
    assert runs == 4


def test_a_refused_removal_is_tried_again_until_it_is_taken(session: Any) -> None:
    """It is said once, however often it is refused."""
    session.client("ec2").create_vpc(
        CidrBlock="10.0.0.0/16", TagSpecifications=seeds.spec("vpc", seeds.tags("pr"))
    )
    refuse(session, "DeleteVpc", times=3)
    left, said = swept(session, "pr", timeout_s=60)
    assert left.is_empty
    assert [line.partition(" ")[0] for line in said] == ["removing", "refused:"]


def test_a_sweep_out_of_time_names_what_is_left_and_tries_all_the_rest(session: Any) -> None:
    """One thing that cannot go does not keep the others, and is never called gone."""
    session.client("ec2").create_vpc(
        CidrBlock="10.0.0.0/16", TagSpecifications=seeds.spec("vpc", seeds.tags("pr"))
    )
    session.client("logs").create_log_group(logGroupName="/hallmark/hallmark-pr/flow")
    refuse(session, "DeleteVpc")
    left, said = swept(session, "pr")
    assert [one.thing.kind for one in left.found] == ["ec2 VPC"]
    assert not left.is_empty
    assert any(line.startswith("still there, and out of time: ec2 VPC") for line in said)


def test_a_sweep_leaves_what_is_tagged_to_stay_and_what_is_not_proven(session: Any) -> None:
    """The account's own stack, and somebody's group in the environment's network."""
    ec2 = session.client("ec2")
    stays = seeds.tags("pr", "never")
    ec2.create_volume(AvailabilityZone=seeds.ZONE, Size=1, TagSpecifications=seeds.spec("volume", stays))
    network = ec2.create_vpc(CidrBlock="10.0.0.0/16", TagSpecifications=seeds.spec("vpc", stays))["Vpc"]
    group = ec2.create_security_group(VpcId=network["VpcId"], GroupName="theirs", Description="theirs")
    left, said = swept(session, "pr")
    assert {one.thing.id for one in left.found} >= {group["GroupId"], network["VpcId"]}
    assert len(left.found) == 3
    assert not said


def test_a_sweep_of_the_bootstrap_stack_is_refused(session: Any) -> None:
    """Its things carry that name in their tag Environment."""
    with pytest.raises(UsageError, match="bootstrap is no environment"):
        swept(session, "bootstrap")


def test_every_kind_has_a_removal_and_a_place_in_the_order() -> None:
    """A kind that is listed and not removed would be left for good."""
    ordered = [kind for kinds in sweep.ORDER for kind in kinds]
    assert sorted(ordered) == sorted(account.KINDS) == sorted(removal.REMOVERS)
