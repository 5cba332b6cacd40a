"""Taking an environment on EKS away, and the proof that nothing of it is left in the account."""

from __future__ import annotations

from hallmark.aws import inventory, sweep
from hallmark.cluster import Report, eks_drain
from hallmark.cluster.eks_build import Job
from hallmark.outcome import CannotJudge
from hallmark.terraform.diagnostics import Locked


def remove(job: Job, report: Report) -> None:
    """Let the cluster clean up after itself, destroy what Terraform made, and sweep the account, service by service.

    The record goes last. Raises CannotJudge naming what is left, or what could not be looked at.
    """
    name = job.record.name
    eks_drain.drain(job.record, report)
    stack = job.stack(report)
    try:
        stack.destroy(report)
    except Locked:
        raise  # somebody works on it: nothing is swept from under a run that lives
    except CannotJudge as error:
        # What is in no state holds what is: a load balancer its network, for one.
        report(f"{error.what}; sweeping, then once more")
        _sweep(job, report)
        stack.destroy(report)
    if left := stack.addresses():
        raise _not_gone(name, ", ".join(left), "Terraform's state")
    _prove(job, report)
    job.records.remove(name)


def _prove(job: Job, report: Report) -> None:
    name, region = job.record.name, job.record.region
    found = _sweep(job, report)
    if found.found:
        raise _not_gone(name, inventory.describe(found.found), f"region {region}")
    if found.unknown:
        unseen = ", ".join(f"{kind} ({why})" for kind, why in found.unknown.items())
        raise _not_gone(name, f"nobody knows, for these could not be listed: {unseen}", f"region {region}")
    report(f"nothing is left of {len(found.kinds)} kinds of things")


def _sweep(job: Job, report: Report) -> inventory.Inventory:
    import boto3

    report("looking at the account")
    return sweep.sweep(boto3.session.Session(region_name=job.record.region), job.record.name, report)


def _not_gone(name: str, what: str, where: str) -> CannotJudge:
    return CannotJudge(
        f"environment {name} is not gone: {what}", where=where, next_step=f"./hallmark down {name}"
    )
