"""Environments past their time: which they are, by record, by tag and on this machine, and their end.

What cannot be read is unknown and is let live: no record, an instant that is none, a name that only a cluster's own
controllers wrote down. Whatever says that it stays, stays; of several instants the latest counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from hallmark.aws import account, inventory
from hallmark.aws.account import PREFIX, Thing
from hallmark.cluster import Report, eks_kubeconfig, eks_record, provider
from hallmark.cluster.eks import Eks
from hallmark.cluster.eks_record import Record, Records
from hallmark.config import Project, check_name
from hallmark.outcome import CannotJudge, HallmarkError
from hallmark.records import format_time, parse_time

NEVER = "never"
Verdict = Literal["past", "living", "stays", "unknown"]
# What has no tags of its own says nothing of an environment.
_UNTAGGED = ("eks node group", "eks fargate profile", "eks add-on", "kms alias")
_CLUSTER_TAG = f"kubernetes.io/cluster/{PREFIX}"


@dataclass(frozen=True)
class Candidate:
    """One environment. `ends` is RFC 3339, "never", or empty when nobody knows; `why` says what that was read from."""

    name: str
    provider: str
    verdict: Verdict
    ends: str
    why: str


@dataclass(frozen=True)
class Survey:
    """All environments that can be seen; `unknown` says by kind what of the account could not be listed."""

    candidates: tuple[Candidate, ...]
    unknown: dict[str, str]

    @property
    def past(self) -> list[Candidate]:
        return [one for one in self.candidates if one.verdict == "past"]

    @property
    def is_known(self) -> bool:
        """Whether every environment was seen, and could be judged."""
        return not self.unknown and all(one.verdict != "unknown" for one in self.candidates)


def judge(instants: Iterable[str], moment: datetime) -> tuple[Verdict, str]:
    """What all that is said of one environment's end comes to, and the end itself."""
    said = set(instants)
    if NEVER in said:
        return "stays", NEVER
    try:
        known = [parse_time(text) for text in said]
    except ValueError:
        return "unknown", ""
    if not known:
        return "unknown", ""
    latest = max(known)
    return ("past" if latest < moment else "living"), format_time(latest)


def providers(project: Project) -> list[str]:
    """Whose environments there may be: an account is asked only where something says that there is one."""
    settings = project.settings
    has_account = settings.eks.account_id or settings.terraform.state_bucket or _records(project).names()
    return ["embedded", "eks"] if has_account else ["embedded"]


def survey(project: Project, moment: datetime, providers: Sequence[str]) -> Survey:
    """Look at this machine, at the records, and at the account where it may hold environments."""
    found: list[Candidate] = []
    unknown: dict[str, str] = {}
    if "embedded" in providers:
        for item in provider("embedded").list():
            ends = NEVER
            if item.expires_in_s is not None:
                ends = format_time(moment + timedelta(seconds=item.expires_in_s))
            verdict, _ = judge([ends], moment)
            found.append(Candidate(item.name, "embedded", verdict, ends, "this machine"))
    if "eks" in providers:
        listing = _listing(project)
        unknown = dict(listing.unknown)
        found += _on_eks(project, listing, moment)
    return Survey(tuple(found), unknown)


def reap(project: Project, candidate: Candidate, report: Report) -> None:
    """Take one environment away that is past its time; raises CannotJudge when it is not proved to be gone."""
    if candidate.verdict != "past":
        raise CannotJudge(f"environment {candidate.name} is not past its time")
    if candidate.provider == "embedded":
        provider("embedded").down(candidate.name, report)
        return
    eks = Eks(project)
    if candidate.name not in _records(project).names():
        # Nobody's record is left: with one, an interrupted removal can be gone on with, here or elsewhere.
        report(f"no record of {candidate.name} is left: writing one from what the account says")
        _adopt(project, eks, candidate.name)
    eks.down(candidate.name, report)


def _records(project: Project) -> Records:
    return Records(project.settings.terraform.state_bucket, project.settings.eks.region)


def _listing(project: Project) -> account.Listing:
    import boto3

    session = boto3.session.Session(region_name=project.settings.eks.region)
    return account.read(account.Clients(session), [kind for kind in account.KINDS if kind not in _UNTAGGED])


def _on_eks(project: Project, listing: account.Listing, moment: datetime) -> list[Candidate]:
    records, stages = _records(project), project.settings.stage_names()
    tagged = {
        name: [thing for thing in things if thing.tags.get("Project") == project.settings.service.name]
        for name, things in inventory.environments(listing).items()
    }
    known = records.names()
    names = {name for name, things in tagged.items() if things} | set(known) | _clusters(listing.things)
    found = []
    for name in sorted(filter(_is_name, names)):
        said = {thing.tags["ExpiresAt"] for thing in tagged.get(name, ()) if "ExpiresAt" in thing.tags}
        sources = ["the account's tags"] * bool(said)
        if name in known:
            said.add(_end(records.read(name)))
            sources.append("its record")
        verdict, ends = judge(said, moment)
        if name in stages:
            verdict, ends, sources = "stays", NEVER, ["it is a stage"]
        why = " and ".join(sources) or "nothing in the account says when it ends"
        found.append(Candidate(name, "eks", verdict, ends, why))
    return found


def _clusters(things: Iterable[Thing]) -> set[str]:
    """Environments that controllers of their clusters have written down, on what these made."""
    keys = {key for thing in things for key in thing.tags if "Environment" not in thing.tags}
    return {key.removeprefix(_CLUSTER_TAG) for key in keys if key.startswith(_CLUSTER_TAG)}


def _end(record: Record | None) -> str:
    if record is None:
        return "a record that cannot be read"
    if record.is_permanent:
        return NEVER
    return format_time(parse_time(record.renewed) + timedelta(seconds=record.ttl_s))


def _is_name(name: str) -> bool:
    try:
        return bool(check_name(name)) and name != "bootstrap"
    except ValueError:
        return False


def _adopt(project: Project, eks: Eks, name: str) -> None:
    found = inventory.belongings(_listing(project), name)
    owner = next((one.thing.tags["Owner"] for one in found.found if "Owner" in one.thing.tags), "unknown")
    cluster: Any = next((one.thing.facts for one in found.found if one.thing.kind == "eks cluster"), None)
    record = eks.adopt(name, owner, cluster)
    if record.cluster:
        eks_record.keep_here(record)
        eks_kubeconfig.write(record)


def reap_all(project: Project, found: Survey, report: Report) -> dict[str, HallmarkError | None]:
    """Take away all that are past their time, one after the other; by name, why one is not gone."""
    results: dict[str, HallmarkError | None] = {}
    for one in found.past:
        report(f"taking away {one.name}, which ended at {one.ends}")
        try:
            reap(project, one, report)
            results[one.name] = None
        except HallmarkError as error:
            results[one.name] = error
    return results
