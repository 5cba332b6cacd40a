"""Taking an environment on EKS away, and the proof that nothing of it is left in the account."""

from __future__ import annotations

from hallmark.cluster import Report, eks_drain
from hallmark.cluster.eks_build import Job
from hallmark.outcome import CannotJudge


def remove(job: Job, report: Report) -> None:
    """Let the cluster clean up after itself, destroy what Terraform made, sweep what neither knows, and look.

    The record goes last. Raises CannotJudge naming what is left.
    """
    eks_drain.drain(job.record, report)
    stack = job.stack(report)
    stack.destroy(report)
    if left := stack.addresses():
        raise CannotJudge(
            f"environment {job.record.name} is not gone: {', '.join(left)}",
            next_step=f"./hallmark down {job.record.name}",
        )
    job.records.remove(job.record.name)
    report("nothing is left")
