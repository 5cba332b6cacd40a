"""Terraform at work on one environment: what it plans is looked at, then made, then waited for."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field, replace
from pathlib import Path

from hallmark import tools
from hallmark.cluster import Report, eks_kubeconfig, eks_lock, eks_ready
from hallmark.cluster.eks_record import Place, Record, Records, state_key
from hallmark.outcome import CannotJudge, Refused
from hallmark.terraform import S3, Backend, Local, Stack, binary

# What cannot be replaced under a running environment: everything in it would go with them.
KEPT = ("aws_eks_cluster", "aws_kms_key", "aws_vpc", "aws_subnet")


@dataclass
class Job:
    """One environment, as its record wants it.

    `is_known_here`: this machine worked on it before. `has_begun`: something may have been made by `make`.
    """

    records: Records
    record: Record
    source: Path
    is_known_here: bool
    mirror: str
    has_begun: bool = field(default=False, init=False)

    def stack(self, report: Report) -> Stack:
        """The stack, ready for any command; nobody else works on it, and a lock that a dead run left is broken."""
        place = Place(self.record.name)
        eks_lock.wait_for_last_run(self.record.name, report)
        made = Stack(
            self.source,
            place.work,
            variables=self.record.variables,
            backend=self._backend(),
            mirror=self.mirror,
        )
        report("preparing Terraform")
        if missing := binary.needed_tools():
            tools.ensure(missing)
        made.init()
        if text := self.records.lock(self.record.name):
            eks_lock.break_stale(text, self.record.name, made, report, is_known_here=self.is_known_here)
        return made

    def make(self, report: Report) -> Record:
        """Plan, apply, and wait for the API; returns the record of what runs. Raises what stands in the way."""
        place = Place(self.record.name)
        stack = self.stack(report)
        report("planning")
        plan = stack.plan(place.work / "plan", report=report)
        refuse_losses(stack.show(plan.file))
        self.has_begun = True
        stack.apply(plan.file, report)
        if plan.has_changes:
            stack.refresh()
        outputs = stack.outputs()
        try:
            made = replace(
                self.record,
                stage="running",
                cluster=outputs["cluster_name"],
                endpoint=outputs["cluster_endpoint"],
                authority=outputs["cluster_certificate_authority_data"],
            )
        except KeyError as error:
            raise CannotJudge(f"the stack has no output {error}", where=str(self.source)) from error
        # The token is signed for what the record here names.
        self.records.write(replace(made, stage="making"))
        eks_kubeconfig.write(made)
        eks_ready.wait(made, report)
        return made

    def _backend(self) -> Backend:
        place = Place(self.record.name)
        if not self.records.bucket:
            return Local(place.state)
        endpoint = os.environ.get("AWS_ENDPOINT_URL_S3") or os.environ.get("AWS_ENDPOINT_URL") or None
        return S3(self.records.bucket, state_key(self.record.name), self.records.region, endpoint)


def refuse_losses(plan: bytes) -> None:
    """Raise Refused when the plan takes away what an environment stands on."""
    changes = json.loads(plan).get("resource_changes", [])
    lost = [one["address"] for one in changes if one["type"] in KEPT and "delete" in one["change"]["actions"]]
    if lost:
        raise Refused(
            f"these settings would replace or remove {', '.join(lost)}, and everything that runs there",
            where="hallmark.toml: [eks]",
            next_step="take the environment down first, or set them back",
        )
