"""Environments past their time are found by record and by tag, and taken away; what nobody knows the end of is not."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import boto3
import pytest
from tests.eks.checkout import settle
from tests.eks.credentials import REGION
from tests.unit.aws import seeds

from hallmark import config
from hallmark.aws.inventory import leftovers
from hallmark.cli import verbs
from hallmark.cluster import eks_record, reaper
from hallmark.cluster.eks import Eks
from hallmark.cluster.reaper import judge
from hallmark.outcome import CannotJudge, ExitCode, Interrupted

NOW = datetime(2030, 1, 1, tzinfo=UTC)
PAST, LATER = "2029-12-31T23:59:59Z", "2030-01-01T00:00:01Z"


def session() -> Any:
    return boto3.session.Session(region_name=REGION)


def seed(name: str, expires_at: str | None, project: str = "quotes") -> None:
    """A network and a log group of an environment that nobody has a record of."""
    given = {"Environment": name, "Owner": "ada", "Project": project}
    given |= {"ExpiresAt": expires_at} if expires_at is not None else {}
    session().client("ec2").create_vpc(CidrBlock="10.0.0.0/16", TagSpecifications=seeds.spec("vpc", given))
    session().client("logs").create_log_group(logGroupName=f"/hallmark/hallmark-{name}/flow", tags=given)


def survey(root: Path, moment: datetime = NOW) -> dict[str, str]:
    found = reaper.survey(config.load(root), moment, ["eks"])
    return {one.name: one.verdict for one in found.candidates}


@pytest.mark.parametrize(
    ("instants", "expected"),
    [
        ([PAST], "past"),
        ([LATER], "living"),
        ([PAST, LATER], "living"),
        (["2030-01-01T00:00:00Z"], "living"),
        (["never"], "stays"),
        (["never", PAST], "stays"),
        (["never", "soon"], "stays"),
        (["soon"], "unknown"),
        ([PAST, "soon"], "unknown"),
        ([PAST, ""], "unknown"),
        (["2029-12-31T23:59:59"], "unknown"),
        ([], "unknown"),
    ],
)
def test_judge_counts_the_latest_instant_and_lets_live_what_it_cannot_read(
    instants: list[str], expected: str
) -> None:
    """An instant without a zone is none."""
    assert judge(instants, NOW)[0] == expected


def test_a_survey_finds_environments_by_tag_and_by_record(checkout: Path) -> None:
    """Those of other projects, of the account's own stack and of no name of ours are nobody's business."""
    seed("old", PAST)
    seed("young", LATER)
    seed("kept", "never")
    seed("odd", "tomorrow")
    seed("endless", None)
    seed("staging", PAST)
    seed("bootstrap", PAST)
    seed("theirs", PAST, project="other")
    seed("Prod", PAST)
    volume = seeds.spec("volume", {"kubernetes.io/cluster/hallmark-lost": "owned"})
    session().client("ec2").create_volume(AvailabilityZone=seeds.ZONE, Size=1, TagSpecifications=volume)
    Eks(config.load(checkout)).up("known", nodes=1, owner="me", ttl_s=3600)
    soon = datetime.now(UTC)
    assert survey(checkout, soon)["known"] == "living"
    assert survey(checkout, soon + timedelta(hours=2))["known"] == "past"
    assert survey(checkout) == {
        "endless": "unknown",
        "kept": "stays",
        "known": "past",
        "lost": "unknown",
        "odd": "unknown",
        "old": "past",
        "staging": "stays",
        "young": "living",
    }


def test_a_record_that_was_renewed_outweighs_the_tags(checkout: Path) -> None:
    """An `up` that was stopped between the two has given it more time."""
    project = config.load(checkout)
    Eks(project).up("known", nodes=1, owner="me", ttl_s=3600)
    seed("known", "2020-01-01T00:00:00Z")
    assert survey(checkout, datetime.now(UTC)) == {"known": "living"}


def test_a_broken_record_is_unknown(checkout: Path) -> None:
    """Whatever the tags say."""
    seed("old", PAST)
    place = eks_record.Place("old")
    place.folder.mkdir(parents=True)
    place.record.write_text("{")
    assert survey(checkout) == {"old": "unknown"}


def test_reap_without_yes_shows_and_changes_nothing(
    checkout: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The exit code is 0: nothing was judged to be wrong."""
    monkeypatch.chdir(checkout)
    seed("old", "2020-01-01T00:00:00Z")
    assert verbs.call(["env", "reap", "--provider", "eks", "--json"]) == ExitCode.PASS
    said = capsys.readouterr()
    document = json.loads(said.out)
    assert [(one["name"], one["verdict"]) for one in document["environments"]] == [("old", "past")]
    assert document["gone"] == []
    assert "1 would be taken away: ./hallmark env reap --yes" in said.err
    assert len(leftovers(session(), "old").found) == 2


def test_reap_takes_away_what_is_past_its_time_and_nothing_else(
    checkout: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """With a record or without; what is left is proved to be nothing, and a second run finds nothing to do."""
    monkeypatch.chdir(checkout)
    project = config.load(checkout)
    Eks(project).up("known", nodes=1, owner="me", ttl_s=3600)
    records = eks_record.Records("", REGION)
    record = eks_record.require_here("known")
    records.write(replace(record, renewed="2020-01-01T00:00:00.000Z"))
    seed("old", "2020-01-01T00:00:00Z")
    seed("young", "2999-01-01T00:00:00Z")
    assert verbs.call(["env", "reap", "--provider", "eks", "--yes", "--json"]) == ExitCode.PASS
    assert json.loads(capsys.readouterr().out)["gone"] == ["known", "old"]
    assert leftovers(session(), "old").is_empty
    assert len(leftovers(session(), "young").found) == 2
    assert records.names() == []
    assert verbs.call(["env", "reap", "--provider", "eks", "--yes", "--json"]) == ExitCode.PASS
    assert json.loads(capsys.readouterr().out)["gone"] == []


def test_reap_of_what_does_not_say_when_it_ends_is_unknown_and_lets_it_live(
    checkout: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is named, and the exit code is 2."""
    monkeypatch.chdir(checkout)
    seed("odd", "tomorrow")
    assert verbs.call(["env", "reap", "--provider", "eks", "--yes"]) == ExitCode.UNKNOWN
    assert "odd" in capsys.readouterr().err
    assert len(leftovers(session(), "odd").found) == 2


def test_reap_that_was_killed_leaves_a_record_and_is_gone_on_with(
    checkout: Path,
) -> None:
    """The record comes first, so that any later run knows of it."""
    project = config.load(checkout)
    seed("old", PAST)
    (candidate,) = reaper.survey(project, NOW, ["eks"]).past

    def stop(line: str) -> None:
        if line.startswith("removing "):
            raise KeyboardInterrupt

    with pytest.raises(Interrupted):
        reaper.reap(project, candidate, stop)
    record = eks_record.read_here("old")
    assert record is not None
    assert (record.stage, record.owner) == ("removing", "ada")
    assert survey(checkout) == {"old": "past"}
    reaper.reap(project, candidate, lambda _: None)
    assert leftovers(session(), "old").is_empty
    assert survey(checkout) == {}


def test_reap_of_one_that_is_not_past_its_time_is_refused(checkout: Path) -> None:
    """Whoever asks."""
    seed("young", LATER)
    (found,) = reaper.survey(config.load(checkout), NOW, ["eks"]).candidates
    with pytest.raises(CannotJudge, match="is not past its time"):
        reaper.reap(config.load(checkout), found, lambda _: None)


def test_providers_of_a_checkout_that_names_no_account_are_this_machine(checkout: Path) -> None:
    """Nobody without AWS is asked for credentials."""
    assert reaper.providers(config.load(checkout)) == ["embedded"]
    settle(checkout, account_id='"123456789012"')
    assert reaper.providers(config.load(checkout)) == ["embedded", "eks"]
