"""Environments on EKS by the real terraform, on a stack that makes nothing; the account is a stand-in."""

from __future__ import annotations

import fcntl
import json
import stat
from dataclasses import replace
from pathlib import Path
from typing import Any

import boto3
import pytest
from tests.eks.checkout import ALLOWED, USER, settle, write_stack
from tests.eks.credentials import REGION

from hallmark import config
from hallmark.cluster import eks_build, eks_ready, eks_record, kube
from hallmark.cluster.eks import Eks
from hallmark.cluster.eks_record import Place
from hallmark.outcome import CannotJudge, Refused, UsageError
from hallmark.terraform import stack
from hallmark.terraform.diagnostics import Locked


def provider(root: Path) -> Eks:
    return Eks(config.load(root))


def up(root: Path, name: str = "pr-7", owner: str = "me", report: Any = lambda _: None) -> Any:
    return provider(root).up(name, nodes=1, owner=owner, ttl_s=3600, report=report)


def test_up_then_everything_about_it_then_down(checkout: Path) -> None:
    """It is listed with owner and time, its kubeconfig reaches the cluster, `down` leaves nothing and is safe twice."""
    made = up(checkout)
    assert (made.name, made.provider, made.owner, made.nodes) == ("pr-7", "eks", "me", 2)
    assert stat.S_IMODE(made.kubeconfig.stat().st_mode) == 0o600
    assert kube.request(made.kubeconfig, "GET", "/readyz").ok
    (listed,) = provider(checkout).list()
    assert (listed.name, listed.state, listed.owner, listed.memory_bytes) == ("pr-7", "running", "me", 0)
    assert listed.expires_in_s is not None
    assert 3500 < listed.expires_in_s <= 3600
    for _ in range(2):
        provider(checkout).down("pr-7")
        assert provider(checkout).list() == []
        assert not Place("pr-7").folder.exists()
    with pytest.raises(UsageError, match="no environment pr-7 is known"):
        provider(checkout).find("pr-7")


def test_up_writes_down_what_it_makes_before_it_makes_it(checkout: Path, api_server: Any) -> None:
    """The record is there, whole, when the first thing is made."""
    seen = checkout / "seen"
    write_stack(checkout, api_server, f"cp {Place('pr-7').record} {seen}")
    up(checkout)
    record = json.loads(seen.read_text())
    assert record["stage"] == "making"
    assert record["variables"]["name"] == "pr-7"
    assert record["variables"]["account_id"] == "123456789012"
    assert record["variables"]["ephemeral"] is True


def test_up_again_renews_its_time_and_keeps_its_beginning(checkout: Path) -> None:
    """The end that stands in its tags moves too: whoever sweeps by them must see it."""
    first = up(checkout)
    before = eks_record.require_here("pr-7")
    second = up(checkout)
    after = eks_record.require_here("pr-7")
    assert second.created == first.created
    assert after.renewed > before.renewed
    assert after.variables["expires_at"] >= before.variables["expires_at"]
    assert after.stage == "running"


def test_up_waits_for_the_api_and_for_access_and_says_so(checkout: Path, api_server: Any) -> None:
    """A server that starts and an access entry that is not known yet are no failures."""
    api_server.answers["GET", "/readyz"] = [
        (503, "starting"),
        (401, {"message": "Unauthorized"}),
        (200, "ok"),
    ]
    api_server.answers[ALLOWED] = [(403, {"message": "forbidden"}), (201, USER)]
    said: list[str] = []
    up(checkout, report=said.append)
    text = "\n".join(said)
    assert "waiting for the API: 503 starting" in text
    assert "waiting for the API: 401 Unauthorized" in text
    assert "waiting for the API: 403 forbidden" in text
    assert "knows arn:aws:sts::123456789012:assumed-role/deployer/me" in text


def test_up_of_somebody_whom_the_cluster_never_lets_in_says_what_to_set(
    checkout: Path, api_server: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Bounded, and what was made stays for whoever goes on."""
    api_server.answers["GET", "/readyz"] = (401, {"message": "Unauthorized"})
    monkeypatch.setattr(eks_ready, "ACCESS_TIMEOUT_S", 0.05)
    with pytest.raises(CannotJudge, match="does not let you in: 401 Unauthorized") as caught:
        up(checkout)
    assert "_role_arns" in caught.value.next_step
    (listed,) = provider(checkout).list()
    assert listed.state == "broken"
    api_server.answers["GET", "/readyz"] = (200, "ok")
    assert provider(checkout).resume("pr-7") is not None
    assert provider(checkout).list()[0].state == "running"


def test_up_whose_api_never_comes_says_how_to_go_on(
    checkout: Path, api_server: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A deadline, the last answer, and both ways on."""
    api_server.answers["GET", "/readyz"] = (503, "starting")
    monkeypatch.setattr(eks_ready, "API_TIMEOUT_S", 0.05)
    with pytest.raises(CannotJudge, match=r"not ready after 0\.05 s: 503 starting") as caught:
        up(checkout)
    assert caught.value.next_step == "./hallmark env resume pr-7, or ./hallmark down pr-7"


def test_up_of_a_stage_has_no_end_and_no_command_takes_it_down(checkout: Path) -> None:
    """Staging is no toy: its variables say that it stays, and `down` refuses."""
    up(checkout, "staging")
    variables = eks_record.require_here("staging").variables
    assert (variables["ephemeral"], variables["expires_at"]) == (False, "never")
    assert provider(checkout).list()[0].expires_in_s is None
    with pytest.raises(UsageError, match="there to stay"):
        provider(checkout).down("staging")
    assert provider(checkout).find("staging").name == "staging"


def refused(checkout: Path, message: str, kind: type[Exception] = UsageError) -> Any:
    """`up` is refused with these words, and nothing is made or written down."""
    with pytest.raises(kind, match=message) as caught:
        up(checkout)
    assert provider(checkout).list() == []
    assert not Place("pr-7").folder.exists()
    return caught.value


def test_up_with_an_unsupported_version_makes_nothing(checkout: Path) -> None:
    """The stack itself knows the versions; its words are the error."""
    settle(checkout, kubernetes_version='"1.19"')
    refused(checkout, "kubernetes_version must be 1.35")


def test_up_in_a_region_that_is_none_makes_nothing(checkout: Path) -> None:
    """What was meant is guessed."""
    settle(checkout, region='"eu-zentral-1"')
    assert "eu-central-1" in refused(checkout, "'eu-zentral-1' is no region that has EKS").next_step


def test_up_without_credentials_makes_nothing(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Exit code 2, and how to get some."""
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")
    assert "AWS_PROFILE" in refused(checkout, "Unable to locate credentials", CannotJudge).next_step


def test_up_with_credentials_of_another_account_makes_nothing(checkout: Path) -> None:
    """A wrong login does not end in the wrong account."""
    settle(checkout, account_id='"999999999999"')
    refused(checkout, "of account 123456789012, and environments belong to 999999999999")


def test_up_without_the_bucket_for_states_makes_nothing(checkout: Path) -> None:
    """A bucket that is set must be there before anything is made."""
    settle(checkout, state_bucket='"nowhere"')
    with pytest.raises(CannotJudge, match="the state bucket nowhere does not answer you"):
        up(checkout)
    assert not Place("pr-7").folder.exists()


def test_up_under_the_name_of_a_cluster_that_is_there_makes_nothing(checkout: Path) -> None:
    """A name is used once in an account, whoever used it."""
    boto3.client("eks", region_name=REGION).create_cluster(
        name="hallmark-pr-7", roleArn="arn:aws:iam::123456789012:role/x", resourcesVpcConfig={}
    )
    refused(checkout, "has a cluster hallmark-pr-7 that no environment known here made")


def test_up_under_the_name_of_somebody_elses_environment_is_refused(checkout: Path) -> None:
    """It is not renewed and not changed for them."""
    up(checkout)
    before = eks_record.require_here("pr-7")
    with pytest.raises(UsageError, match="environment pr-7 is me's"):
        up(checkout, owner="another")
    assert eks_record.require_here("pr-7") == before


def test_up_that_would_replace_what_everything_stands_on_is_refused() -> None:
    """A plan that takes the cluster away, to make another or none, is not carried out."""
    change = {"address": "module.cluster.aws_eks_cluster.this", "type": "aws_eks_cluster"}
    for actions in (["delete", "create"], ["create", "delete"], ["delete"]):
        plan = {"resource_changes": [{**change, "change": {"actions": actions}}]}
        with pytest.raises(Refused, match=r"module\.cluster\.aws_eks_cluster\.this"):
            eks_build.refuse_losses(json.dumps(plan).encode())
    harmless = [
        {**change, "change": {"actions": ["update"]}},
        {"address": "n", "type": "aws_eks_node_group", "change": {"actions": ["create", "delete"]}},
    ]
    eks_build.refuse_losses(json.dumps({"resource_changes": harmless}).encode())


def test_resume_of_half_a_removal_ends_it(checkout: Path) -> None:
    """What `down` began is not made again."""
    up(checkout)
    provider(checkout)._records.write(replace(eks_record.require_here("pr-7"), stage="removing"))
    with pytest.raises(UsageError, match="half removed"):
        up(checkout)
    assert provider(checkout).resume("pr-7") is None
    assert provider(checkout).list() == []


def test_down_that_leaves_something_in_the_account_names_it_and_keeps_the_record(checkout: Path) -> None:
    """What Terraform does not know is looked for in the account itself, and swept unless it is tagged to stay."""
    up(checkout)
    ec2 = boto3.session.Session().client("ec2", region_name=REGION)
    given = {"kubernetes.io/cluster/hallmark-pr-7": "owned", "ExpiresAt": "never"}
    tags = [
        {"ResourceType": "volume", "Tags": [{"Key": key, "Value": value} for key, value in given.items()]}
    ]
    volume = ec2.create_volume(AvailabilityZone=f"{REGION}a", Size=1, TagSpecifications=tags)["VolumeId"]
    for _ in range(2):
        with pytest.raises(CannotJudge, match=f"environment pr-7 is not gone: .*{volume}"):
            provider(checkout).down("pr-7")
        assert [one.state for one in provider(checkout).list()] == ["broken"]
    ec2.delete_tags(Resources=[volume], Tags=[{"Key": "ExpiresAt"}])
    provider(checkout).down("pr-7")
    assert provider(checkout).list() == []
    assert ec2.describe_volumes()["Volumes"] == []


def volume(name: str) -> str:
    """The id of a new volume of that environment's, which no Terraform knows."""
    tags = [{"ResourceType": "volume", "Tags": [{"Key": "Environment", "Value": name}]}]
    ec2 = boto3.session.Session().client("ec2", region_name=REGION)
    return str(ec2.create_volume(AvailabilityZone=f"{REGION}a", Size=1, TagSpecifications=tags)["VolumeId"])


def volumes() -> set[str]:
    ec2 = boto3.session.Session().client("ec2", region_name=REGION)
    return {one["VolumeId"] for one in ec2.describe_volumes()["Volumes"]}


def test_down_whose_destruction_is_blocked_sweeps_and_destroys_again(
    checkout: Path, api_server: Any, tmp_path: Path
) -> None:
    """What Terraform lost when it was killed stands in its way; swept, it does not. Another's stays."""
    mark = tmp_path / "mark"
    write_stack(checkout, api_server, ending=f"test -e {mark} || {{ touch {mark}; exit 1; }}")
    up(checkout)
    volume("pr-7")
    theirs = volume("pr-8")
    said: list[str] = []
    provider(checkout).down("pr-7", report=said.append)
    assert any(line.endswith("; sweeping, then once more") for line in said)
    assert (volumes(), provider(checkout).list()) == ({theirs}, [])


def test_down_of_what_somebody_works_on_sweeps_nothing(
    checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A state that is locked is another run's: the account is not touched from under it."""
    up(checkout)
    ours = volume("pr-7")
    monkeypatch.setattr(stack, "LOCK_WAIT_S", 0)
    lock = {"ID": "6d1f", "Who": "somebody@here", "Created": "2030-01-31T12:00:00Z"}
    Place("pr-7").state.with_name(".terraform.tfstate.lock.info").write_text(json.dumps(lock))
    with Place("pr-7").state.open("r+") as state:
        fcntl.lockf(state, fcntl.LOCK_EX)
        with pytest.raises(Locked, match="state lock"):
            provider(checkout).down("pr-7")
    assert volumes() == {ours}
    provider(checkout).down("pr-7")
    assert (volumes(), provider(checkout).list()) == (set(), [])
