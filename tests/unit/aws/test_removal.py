"""A removal that AWS did not take is said in its own words, also where the call itself succeeded."""

from __future__ import annotations

from typing import Any

from tests.unit.aws import seeds

from hallmark.aws.account import Clients, Thing
from hallmark.aws.removal import remove


class Answering:
    """A client whose every call gives one answer."""

    def __init__(self, answer: dict[str, Any]) -> None:
        self.answer = answer

    def client(self, *_: Any, **__: Any) -> Any:
        return self

    def __getattr__(self, _: str) -> Any:
        return lambda **_: self.answer


def test_a_removal_that_the_answer_calls_unsuccessful_is_refused() -> None:
    """EC2 does so for flow logs and endpoints."""
    answer = {"Unsuccessful": [{"ResourceId": "fl-1", "Error": {"Code": "X", "Message": "it is in use"}}]}
    thing = Thing("ec2 flow log", "fl-1")
    assert remove(Clients(Answering(answer)), thing) == "it is in use"
    assert remove(Clients(Answering({"Unsuccessful": []})), thing) == ""


def test_a_removal_of_what_is_not_there_is_said_and_raises_nothing(session: Any) -> None:
    """The next look tells that it is gone."""
    assert "NoSuchEntity" in remove(Clients(session), Thing("iam role", "hallmark-gone"))


def test_a_role_with_policies_of_both_kinds_is_removed(session: Any) -> None:
    """What it holds is taken off it first."""
    iam = session.client("iam")
    iam.create_role(RoleName="hallmark-pr", AssumeRolePolicyDocument=seeds.TRUST)
    iam.put_role_policy(RoleName="hallmark-pr", PolicyName="own", PolicyDocument=seeds.POLICY)
    policy = iam.create_policy(PolicyName="hallmark-pr", PolicyDocument=seeds.POLICY)["Policy"]["Arn"]
    iam.attach_role_policy(RoleName="hallmark-pr", PolicyArn=policy)
    assert remove(Clients(session), Thing("iam role", "hallmark-pr")) == ""
    assert iam.list_roles()["Roles"] == []
    assert remove(Clients(session), Thing("iam policy", policy)) == ""
    assert iam.list_policies(Scope="Local")["Policies"] == []
