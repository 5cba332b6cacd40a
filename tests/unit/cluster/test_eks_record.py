"""What is known of an environment on EKS outlives the machine that wrote it, when there is a bucket for it."""

from __future__ import annotations

import shutil
import stat
from pathlib import Path

import boto3
import pytest
from tests.eks.credentials import REGION

from hallmark.cluster import eks_record
from hallmark.cluster.eks_record import Place, Record, Records
from hallmark.outcome import CannotJudge, UsageError

BUCKET = "states"
RECORD = Record(
    name="pr-7",
    region=REGION,
    owner="somebody",
    created="2030-01-31T12:00:00.000Z",
    renewed="2030-01-31T12:00:00.000Z",
    ttl_s=3600,
    stage="making",
    variables={"name": "pr-7", "zones": 2},
)


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, aws: str) -> Path:
    """A state folder of the test's own, and an empty bucket."""
    del aws
    folder = tmp_path / "state"
    monkeypatch.setenv("HALLMARK_STATE", str(folder))
    boto3.client("s3", region_name=REGION).create_bucket(
        Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": REGION}
    )
    return folder


@pytest.fixture(params=["", BUCKET], ids=["here", "bucket"])
def records(request: pytest.FixtureRequest) -> Records:
    return Records(request.param, REGION)


def test_records_give_back_what_was_written_and_forget_what_was_removed(records: Records) -> None:
    """With a bucket and without, whole values."""
    assert records.read("pr-7") is None
    records.write(RECORD)
    assert records.read("pr-7") == RECORD
    assert records.names() == ["pr-7"]
    records.remove("pr-7")
    assert records.read("pr-7") is None
    assert records.names() == []
    assert not Place("pr-7").folder.exists()


def test_write_is_for_the_owner_alone() -> None:
    """Names of roles and networks are nobody else's business."""
    Records().write(RECORD)
    assert stat.S_IMODE(Place("pr-7").record.stat().st_mode) == 0o600


def test_read_on_another_machine_finds_what_lies_in_the_bucket(state: Path) -> None:
    """A machine that was lost takes nothing along: any other goes on."""
    records = Records(BUCKET, REGION)
    records.write(RECORD)
    shutil.rmtree(state)
    assert records.names() == ["pr-7"]
    assert records.read("pr-7") == RECORD
    assert Records().read("pr-7") is None


def test_names_has_what_is_known_here_alone_too() -> None:
    """A folder without a whole record is a name that somebody must look at, not nothing."""
    Place("half").folder.mkdir(parents=True)
    Place("half").record.write_text('{"name": "ha')
    records = Records(BUCKET, REGION)
    records.write(RECORD)
    assert records.names() == ["half", "pr-7"]
    assert records.read("half") is None


def test_records_of_a_bucket_that_is_not_there_are_unknown() -> None:
    """No bucket is not the same as no environments."""
    records = Records("nowhere", REGION)
    for ask in (lambda: records.read("pr-7"), records.names, lambda: records.write(RECORD)):
        with pytest.raises(CannotJudge, match="NoSuchBucket") as caught:
            ask()
        assert caught.value.where == "s3://nowhere/environments/"
    assert not Place("pr-7").folder.exists()


def test_require_here_wants_a_cluster() -> None:
    """An environment that has none yet has no token either."""
    Records().write(RECORD)
    with pytest.raises(UsageError, match="no environment pr-7 on EKS is known here"):
        eks_record.require_here("pr-7")
