"""What belongs to an environment: by which proof, to the last page, and never empty where it could not be listed."""

from __future__ import annotations

from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError
from tests.eks import credentials
from tests.unit.aws import seeds

from hallmark.aws.account import KINDS, Clients, Listing, Thing, read
from hallmark.aws.inventory import belongings, environments, leftovers, prove

ADD_ON = "eks add-on"  # the stand-in cannot list them where there is a cluster


def proof(kind: str, name: str = "", environment: str = "pr", **words: Any) -> str:
    return prove(Thing(kind, name or "id", name, **words), environment)


def test_leftovers_of_an_empty_account_are_none_and_every_kind_was_listed(session: Any) -> None:
    """Emptiness is proved by having listed everything."""
    found = leftovers(session, "pr")
    assert found.is_empty
    assert found.counts() == dict.fromkeys(KINDS, 0)


def test_leftovers_of_an_environment_hold_at_least_one_of_every_kind(session: Any) -> None:
    """No kind is forgotten, and everything but what AWS itself put into the network has a proof."""
    seeds.environment(session, "pr")
    found = leftovers(session, "pr")
    counts = found.counts()
    assert {kind for kind, number in counts.items() if not number} == {ADD_ON, "eks fargate profile"}
    assert counts[ADD_ON] is None
    assert "ListAddons" in found.unknown[ADD_ON]
    assert {one.thing.kind for one in found.found if not one.proof} == {
        "ec2 network interface",  # the load balancers'
        "ec2 security group",  # the stand-in's own for one of them
    }


def test_leftovers_of_an_environment_whose_name_begins_like_another_are_its_own_alone(session: Any) -> None:
    """`pr` has nothing of `pr-1`, and nothing of it has `pr`."""
    seeds.environment(session, "pr-1")
    assert not [str(one) for one in leftovers(session, "pr").found]
    assert not [str(one) for one in leftovers(session, "pr-1-node").found]


def test_leftovers_beyond_one_page_are_all_found(session: Any) -> None:
    """Roles come a hundred a page."""
    iam = session.client("iam")
    for number in range(120):
        iam.create_role(
            RoleName=f"hallmark-pr-{number}",
            AssumeRolePolicyDocument=seeds.TRUST,
            Tags=seeds.pairs(seeds.tags("pr")),
        )
    assert leftovers(session, "pr").counts()["iam role"] == 120


def test_leftovers_that_may_not_be_listed_are_unknown_and_never_empty(session: Any) -> None:
    """A refusal of one service is said of its kinds; the others are listed."""

    def refuse(**_: Any) -> Any:
        raise ClientError({"Error": {"Code": "AccessDenied", "Message": "no"}}, "DescribeVolumes")

    session.events.register("before-call.ec2.DescribeVolumes", refuse)
    found = leftovers(session, "pr")
    assert set(found.unknown) == {"ec2 volume"}
    assert "AccessDenied" in found.unknown["ec2 volume"]
    assert not found.found
    assert not found.is_empty
    assert found.counts()["ec2 volume"] is None


def test_leftovers_without_credentials_are_unknown_in_every_kind(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody is asked anything, and nothing is called empty."""
    credentials.give(monkeypatch)
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.delenv(name)
    found = leftovers(boto3.session.Session(region_name=credentials.REGION), "pr")
    assert set(found.unknown) == set(KINDS)
    assert not found.is_empty


def test_a_listing_keeps_what_it_found_before_a_page_failed(session: Any) -> None:
    """Half a list is more than none, and is still unknown."""
    iam = session.client("iam")
    for name in ("hallmark-a", "hallmark-b"):
        iam.create_role(RoleName=name, AssumeRolePolicyDocument=seeds.TRUST)

    asked: list[Any] = []

    def refuse_the_second(params: Any, **_: Any) -> None:
        asked.append(params)
        if len(asked) == 2:
            raise ClientError({"Error": {"Code": "Throttling", "Message": "no"}}, "ListRoleTags")

    session.events.register("before-call.iam.ListRoleTags", refuse_the_second)
    listing = read(Clients(session), ["iam role"])
    assert len(listing.things) == 1
    assert set(listing.unknown) == {"iam role"}


def test_a_key_that_waits_for_its_deletion_counts_as_gone(session: Any) -> None:
    """Nothing makes its window shorter, and it costs nothing."""
    kms = session.client("kms")
    key = kms.create_key(Tags=[{"TagKey": "Environment", "TagValue": "pr"}])["KeyMetadata"]["KeyId"]
    assert leftovers(session, "pr").counts()["kms key"] == 1
    kms.schedule_key_deletion(KeyId=key, PendingWindowInDays=7)
    assert leftovers(session, "pr").is_empty


def test_environments_are_named_by_their_tag_alone(session: Any) -> None:
    """What Kubernetes made says whose cluster's it is, and no end."""
    ec2 = session.client("ec2")
    for given in (seeds.tags("qa"), seeds.tags("pr"), {"kubernetes.io/cluster/hallmark-other": "owned"}):
        ec2.create_vpc(CidrBlock="10.0.0.0/16", TagSpecifications=seeds.spec("vpc", given))
    found = environments(read(Clients(session), ["ec2 VPC"]))
    assert list(found) == ["pr", "qa"]
    assert {thing.tags["ExpiresAt"] for thing in found["pr"]} == {"2020-01-01T00:00:00Z"}


@pytest.mark.parametrize(
    ("kind", "name", "words", "expected"),
    [
        ("ec2 volume", "", {"tags": {"Environment": "pr"}}, "tag Environment=pr"),
        ("ec2 volume", "", {"tags": {"environment": "pr"}}, ""),
        (
            "ec2 volume",
            "",
            {"tags": {"kubernetes.io/cluster/hallmark-pr": "owned"}},
            "tag kubernetes.io/cluster/hallmark-pr",
        ),
        ("ec2 volume", "", {"tags": {"kubernetes.io/cluster/hallmark-pr-1": "owned"}}, ""),
        (
            "ec2 volume",
            "",
            {"tags": {"Environment": "qa", "kubernetes.io/cluster/hallmark-pr": "owned"}},
            "",
        ),
        (
            "ec2 network interface",
            "",
            {"facts": {"Description": "Amazon EKS hallmark-pr"}},
            "description Amazon EKS hallmark-pr",
        ),
        ("ec2 network interface", "", {"facts": {"Description": "Amazon EKS hallmark-pr-1"}}, ""),
        ("iam role", "hallmark-pr", {}, "name hallmark-pr"),
        ("iam role", "hallmark-pr-node", {}, ""),
        ("iam role", "hallmark-pr", {"tags": {"Environment": "bootstrap"}}, ""),
        ("kms alias", "alias/hallmark-pr", {}, "name alias/hallmark-pr"),
        ("kms alias", "alias/hallmark-pr-1", {}, ""),
        ("logs group", "/aws/eks/hallmark-pr/cluster", {}, "name /aws/eks/hallmark-pr/cluster"),
        ("logs group", "/aws/eks/hallmark-pr-1/cluster", {}, ""),
        ("s3 bucket", "hallmark-pr", {}, ""),
        (
            "iam instance profile",
            "eks-1",
            {"facts": {"Roles": [{"RoleName": "hallmark-pr-node"}]}},
            "role hallmark-pr-node",
        ),
        (
            "iam instance profile",
            "eks-1",
            {"facts": {"Roles": [{"RoleName": "hallmark-pr-1-node"}]}},
            "",
        ),
        ("iam instance profile", "hallmark-pr-node", {"facts": {"Roles": []}}, ""),
    ],
)
def test_a_proof_is_a_tag_or_a_name_that_nothing_else_can_have(
    kind: str, name: str, words: dict[str, Any], expected: str
) -> None:
    """A tag Environment of another name outweighs all the rest."""
    assert proof(kind, name, **words) == expected


def test_belongings_in_a_proven_network_are_named_without_a_proof() -> None:
    """They keep the network from being gone, and nobody has said that they may be removed."""
    own = Thing("ec2 VPC", "vpc-1", tags={"Environment": "pr"})
    inside = [
        Thing("ec2 network interface", "eni-1", inside="vpc-1"),
        Thing("ec2 network interface", "eni-2", inside="vpc-2"),
        Thing("ec2 security group", "sg-1", "default", inside="vpc-1"),
        Thing("ec2 route table", "rtb-1", inside="vpc-1", facts={"Associations": [{"Main": True}]}),
    ]
    found = belongings(Listing((own, *inside), {}, tuple(KINDS)), "pr")
    assert [(one.thing.id, one.proof) for one in found.found] == [
        ("vpc-1", "tag Environment=pr"),
        ("eni-1", ""),
    ]
