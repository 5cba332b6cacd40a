"""Removing what is left of an environment in an account: what is proven to be its own, in the order that AWS allows.

Nothing is remembered between runs: what there is to do is read from the account each time, so that a sweep that was
killed is gone on with by another, and one of nothing does nothing.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from hallmark.aws.account import Clients, read
from hallmark.aws.inventory import Found, Inventory, belongings, describe, leftovers
from hallmark.aws.removal import remove
from hallmark.outcome import UsageError

Report = Callable[[str], object]

# A node group takes about 2 minutes to go, a cluster 3, a NAT gateway 1.
TIMEOUT_S = 1200.0
POLL_S = 10.0
# What the account's other stack calls itself. It is there to stay.
BOOTSTRAP = "bootstrap"

# What must be gone before the next can go. A cluster first: its controllers would make things again.
ORDER: tuple[tuple[str, ...], ...] = (
    ("eks node group", "eks fargate profile"),
    ("eks add-on", "eks cluster"),
    (
        "ec2 instance",
        "elbv2 load balancer",
        "elb load balancer",
        "ec2 NAT gateway",
        "ec2 VPC endpoint",
        "ec2 flow log",
    ),
    ("elbv2 target group", "ec2 volume", "ec2 network interface", "ec2 elastic IP"),
    ("ec2 security group",),
    ("ec2 internet gateway", "ec2 subnet"),
    ("ec2 route table",),
    ("ec2 VPC",),
    ("ec2 launch template", "ecr repository", "s3 bucket", "iam instance profile"),
    ("iam role",),
    ("iam policy", "logs group", "kms alias"),
    ("kms key",),
)


def sweep(
    session: Any,
    environment: str,
    report: Report,
    *,
    timeout_s: float = TIMEOUT_S,
    poll_s: float = POLL_S,
) -> Inventory:
    """Remove what is proven to be the environment's and return what is left, after a last look at everything.

    The caller judges: only an inventory that `is_empty` proves that nothing is left. Every removal is reported, before
    it is tried, and so is every refusal. What is tagged ExpiresAt=never is not removed, nor what only lies inside the
    environment's network. `timeout_s` is for all together; what is over it is tried once.
    """
    if environment == BOOTSTRAP:
        raise UsageError(f"{BOOTSTRAP} is no environment, and what is tagged so is not swept")
    clients = Clients(session)
    deadline = time.monotonic() + timeout_s
    for kinds in ORDER:
        _step(clients, environment, kinds, report, deadline, poll_s)
    return leftovers(session, environment)


def _step(
    clients: Clients, environment: str, kinds: tuple[str, ...], report: Report, deadline: float, poll_s: float
) -> None:
    """Remove what is there of these kinds and wait until it is gone; what is refused is asked for again."""
    said: dict[str, str] = {}  # by what it is: why its removal was refused, empty when it was taken
    looks = 0
    while waited_for := _find(clients, environment, kinds):
        if looks and time.monotonic() > deadline:
            report(f"still there, and out of time: {describe(waited_for)}")
            return
        if looks > 1:
            time.sleep(poll_s)
        looks += 1
        for one in waited_for:
            what = str(one.thing)
            # Unproven here are the interfaces of load balancers and gateways, which go after these.
            if not one.proof or said.get(what) == "":
                continue
            if what not in said:
                report(f"removing {one}")
            why = remove(clients, one.thing)
            if why and said.get(what) != why:
                report(f"refused: {what}: {why}")
            said[what] = why


def _find(clients: Clients, environment: str, kinds: tuple[str, ...]) -> list[Found]:
    """What is to be removed or waited for. What cannot be listed is left to the last look."""
    # A network and a cluster say whose the things inside are.
    listing = read(clients, dict.fromkeys((*kinds, "ec2 VPC", "eks cluster")))
    return [
        one
        for kind in kinds
        for one in belongings(listing, environment).found
        if one.thing.kind == kind
        and one.thing.tags.get("ExpiresAt") != "never"
        and (one.proof or kind == "ec2 network interface")
    ]
