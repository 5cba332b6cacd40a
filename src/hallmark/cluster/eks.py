"""The provider of environments on AWS: a cluster of EKS and its network, by terraform/environment.

What is about to be made is written down first, and Terraform keeps a state of it; whatever was killed, `resume` goes
on and `down` takes away. A cluster takes a quarter of an hour: an interrupted `up` is not undone, it says how to go on.
"""

from __future__ import annotations

import socket
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from hallmark import config, source
from hallmark.cluster import (
    Environment,
    EnvironmentStatus,
    Report,
    State,
    eks_account,
    eks_build,
    eks_kubeconfig,
    eks_record,
    eks_removal,
    existing,
    place,
    silent,
)
from hallmark.cluster.eks_record import Place, Record, Records
from hallmark.config import Project
from hallmark.outcome import CannotJudge, HallmarkError, Interrupted, UsageError
from hallmark.records import format_time, now, parse_time
from hallmark.terraform import drift
from hallmark.terraform.drift import Difference

STACK = Path("terraform", "environment")


@dataclass(frozen=True)
class Eks:
    """See hallmark.cluster.Provider. `stack` is another one than the checkout's: tests have smaller ones."""

    project: Project
    stack: Path | None = None

    def up(
        self,
        name: str,
        *,
        nodes: int,  # noqa: ARG002 - a node group has a range of them, in hallmark.toml
        owner: str,
        ttl_s: float,
        report: Report = silent,
    ) -> Environment:
        """Make an environment, or bring one to the settings and give it its whole time again.

        Settings that would replace its cluster or its network are refused. An environment of a stage's name has no
        end: see Record.is_permanent. Raises Interrupted when it was stopped after it had begun.
        """
        config.check_name(name)
        if len(name) < 2:
            raise UsageError(f"{name!r} is too short: an environment on EKS has a name of at least 2 letters")
        settings = self.project.settings.eks
        eks_account.check_region(settings)
        account, arn = eks_account.check_credentials(settings)
        eks_account.check_bucket(settings, self._records.bucket, name)
        report(f"you are {arn}")
        with self._locked(name, report):
            known = self._records.read(name)
            if known is None:
                eks_account.check_name(settings, f"hallmark-{name}")
            elif known.owner != owner:
                raise UsageError(f"environment {name} is {known.owner}'s", next_step="choose another name")
            elif known.stage == "removing":
                raise UsageError(
                    f"environment {name} is half removed", next_step=f"./hallmark env resume {name}"
                )
            return self._make(self._record(name, account, owner, ttl_s, known), known is None, report)

    def resume(self, name: str, report: Report = silent) -> Environment | None:
        """Finish what was interrupted: make the environment as it was meant, or remove it (then None)."""
        config.check_name(name)
        with self._locked(name, report):
            known = self._require(name)
            if known.stage == "removing":
                self._remove(known, report)
                return None
            return self._make(replace(known, host=socket.gethostname()), False, report)

    def down(self, name: str, report: Report = silent) -> None:
        """Also for what an interrupted `up` or `down` left. Raises UsageError for one that is there to stay."""
        config.check_name(name)
        with self._locked(name, report):
            known = self._records.read(name)
            if known is None:
                self._records.remove(name)
                report("nothing is known of it")
                return
            if known.is_permanent:
                raise UsageError(
                    f"environment {name} is there to stay, and is not taken down by a command",
                    next_step="terraform/README.md says how to destroy it",
                )
            self._remove(known, report)

    def adopt(self, name: str, owner: str, cluster: Mapping[str, Any] | None = None) -> Record:
        """Write down an environment that only the account knows of, as one to be removed.

        `cluster` is what EKS says of its cluster, where there is one.
        """
        account, _ = eks_account.check_credentials(self.project.settings.eks)
        known = cluster or {}
        record = replace(
            self._record(name, account, owner, 1, None),
            stage="removing",
            cluster=str(known.get("name", "")),
            endpoint=str(known.get("endpoint", "")),
            authority=str(known.get("certificateAuthority", {}).get("data", "")),
        )
        self._records.write(record)
        return record

    def drift(self, name: str, report: Report = silent) -> list[Difference]:
        """What was changed of an environment by others than Terraform; nothing is changed by asking.

        Raises CannotJudge when it is half made or half removed, or when AWS does not answer.
        """
        config.check_name(name)
        with self._locked(name, report):
            known = self._require(name)
            if known.stage != "running":
                raise CannotJudge(
                    f"environment {name} is {known.stage}", next_step=f"./hallmark env resume {name}"
                )
            stack = self._job(known).stack(report)
            report("comparing what is there with the state")
            plan = stack.plan(Place(name).work / "drift", refresh_only=True, report=report)
            return drift.read(stack.show(plan.file))

    def find(self, name: str) -> Environment:
        known = self._require(name)
        if known.stage != "running":
            raise UsageError(
                f"environment {name} is not running: it is {known.stage}",
                next_step=f"./hallmark env resume {name}",
            )
        if not Place(name).kubeconfig.is_file():
            # It was made on another machine; its record was read from the bucket.
            eks_record.keep_here(known)
            eks_kubeconfig.write(known)
        push, pull = existing.registry()
        return Environment(
            name=name,
            provider="eks",
            kubeconfig=Place(name).kubeconfig,
            owner=known.owner,
            created=known.created,
            ttl_s=known.ttl_s,
            registry_push=push,
            registry_pull=pull,
            renewed=known.renewed,
            nodes=known.nodes,
        )

    def list(self) -> list[EnvironmentStatus]:
        return [self._status(name) for name in self._records.names()]

    @contextmanager
    def service(self, environment: Environment, namespace: str, service: str, port: int) -> Iterator[str]:
        """Through the API server, which asks a ready pod for each request."""
        with existing.proxied(environment.kubeconfig, namespace, service, port) as url:
            yield url

    def logs(self, name: str, component: str | None = None) -> str:  # noqa: ARG002
        raise UsageError(
            f"the logs of environment {name} are in CloudWatch",
            where=f"log group /aws/eks/hallmark-{name}/cluster",
        )

    def record_namespace(self, name: str, namespace: str) -> None:
        Place(name).journal.record("kubernetes namespace", namespace)

    @property
    def _records(self) -> Records:
        settings = self.project.settings
        return Records(settings.terraform.state_bucket, settings.eks.region)

    def _locked(self, name: str, report: Report) -> AbstractContextManager[int]:
        return place.locked(name, report, eks_record.home())

    def _require(self, name: str) -> Record:
        known = self._records.read(name)
        if known is None:
            raise UsageError(
                f"no environment {name} is known", next_step=f"./hallmark up --provider eks {name}"
            )
        return known

    def _record(self, name: str, account: str, owner: str, ttl_s: float, known: Record | None) -> Record:
        """What is written down before anything is made: all that is needed to make it, and to take it away."""
        settings, moment = self.project.settings, now()
        is_permanent = name in settings.stage_names()
        ends = "never" if is_permanent else f"{moment + timedelta(seconds=ttl_s):%Y-%m-%dT%H:%M:%SZ}"
        variables = settings.eks.model_dump() | {
            "account_id": account,
            "permissions_boundary_arn": settings.eks.permissions_boundary_arn or None,
            "name": name,
            "ephemeral": not is_permanent,
            "expires_at": ends,
            "owner": owner,
            "project": settings.service.name,
            "commit": source.read(self.project.root).commit.partition("+")[0],
            "service_namespaces": settings.stage_names(),
            "service_account": settings.service.name,
        }
        fresh = Record(
            name=name,
            region=settings.eks.region,
            owner=owner,
            created=format_time(moment),
            renewed=format_time(moment),
            ttl_s=0 if is_permanent else ttl_s,
            stage="making",
            variables=variables,
            nodes=settings.eks.node_desired,
            host=socket.gethostname(),
        )
        if known is None:
            return fresh
        kept = ("created", "region", "cluster", "endpoint", "authority")
        return replace(fresh, **{key: getattr(known, key) for key in kept})

    def _make(self, record: Record, is_new: bool, report: Report) -> Environment:
        job = self._job(record)
        self._records.write(record)
        try:
            made = job.make(report)
        except (HallmarkError, KeyboardInterrupt) as error:
            if is_new and not job.has_begun:
                # Refused by a check of its variables, or stopped while it was planned: nothing was made.
                self._records.remove(record.name)
                raise
            raise _explain(record.name, error) from None
        self._records.write(made)
        return self.find(record.name)

    def _remove(self, record: Record, report: Report) -> None:
        record = replace(record, stage="removing", host=socket.gethostname())
        job = self._job(record)
        self._records.write(record)
        try:
            eks_removal.remove(job, report)
        except KeyboardInterrupt as error:
            raise _explain(record.name, error) from error

    def _job(self, record: Record) -> eks_build.Job:
        """To be made before the record is written here: what stands here says whether this machine worked on it."""
        mirror = self.project.settings.terraform.provider_mirror
        here = eks_record.read_here(record.name)
        is_known_here = here is not None and here.created == record.created
        stack = self.stack or self.project.root / STACK
        return eks_build.Job(self._records, record, stack, is_known_here, mirror)

    def _status(self, name: str) -> EnvironmentStatus:
        record = self._records.read(name)
        moment = now()
        created = parse_time(record.created) if record else moment
        expires_in_s = None
        if record and not record.is_permanent:
            ends = parse_time(record.renewed) + timedelta(seconds=record.ttl_s)
            expires_in_s = (ends - moment).total_seconds()
        return EnvironmentStatus(
            name=name,
            provider="eks",
            state=_state(name, record),
            owner=record.owner if record else "",
            age_s=(moment - created).total_seconds(),
            ttl_s=record.ttl_s if record else 0,
            expires_in_s=expires_in_s,
            memory_bytes=0,
            nodes=record.nodes if record else 0,
            api=record.endpoint if record else "",
        )


def _state(name: str, record: Record | None) -> State:
    if record is not None and record.stage == "running":
        return "running"
    # Half an environment is being worked on by whoever holds its lock, on this machine or on another.
    is_elsewhere = record is not None and record.host != socket.gethostname()
    return "starting" if is_elsewhere or place.is_locked(name, eks_record.home()) else "broken"


def _explain(name: str, error: HallmarkError | KeyboardInterrupt) -> HallmarkError:
    """The same error, with how to go on from here: half an environment is there, and written down."""
    step = f"./hallmark env resume {name} goes on, ./hallmark down {name} takes it away"
    if isinstance(error, KeyboardInterrupt):
        return Interrupted(f"interrupted: environment {name} is half done, and written down", next_step=step)
    error.next_step = error.next_step or step
    return error
