"""Ephemeral namespaces: made for one run, with an owner and an end, and removed whatever happens to the run."""

from __future__ import annotations

import os
import secrets
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

from hallmark.outcome import CannotJudge
from hallmark.promotion.deploy import Cluster
from hallmark.records import format_time, now, parse_time

LABEL = "hallmark.dev/ephemeral"
OWNER = "hallmark.dev/owner"
EXPIRES = "hallmark.dev/expires"
TTL = timedelta(hours=1)
_NAMESPACE = {"apiVersion": "v1", "kind": "Namespace"}


def new_name() -> str:
    """A name that no other run has: `e2e-` and six hex digits."""
    return f"e2e-{secrets.token_hex(3)}"


@contextmanager
def namespace(cluster: Cluster, name: str) -> Iterator[None]:
    """Make a namespace that says whose it is and when it ends, and delete it when the block ends."""
    metadata = {
        "name": name,
        "labels": {LABEL: "true"},
        "annotations": {OWNER: f"{socket.gethostname()}/{os.getpid()}", EXPIRES: format_time(now() + TTL)},
    }
    try:
        made = cluster.create({**_NAMESPACE, "metadata": metadata})
        if not made.ok:
            raise CannotJudge(
                f"namespace {name} cannot be made: {made.message}", where=str(cluster.kubeconfig)
            )
        yield
    finally:
        remove(cluster, name)


def remove(cluster: Cluster, name: str) -> None:
    """Delete a namespace with all it holds; the API server finishes the work after this returns."""
    cluster.delete({**_NAMESPACE, "metadata": {"name": name}})


def reap(cluster: Cluster) -> list[str]:
    """Remove the namespaces of runs that are over: past their time, or of a process of this machine that is gone."""
    items = cluster.select("namespace", "", f"{LABEL}=true")
    dead = [item["metadata"]["name"] for item in items if _is_over(item["metadata"])]
    for name in dead:
        remove(cluster, name)
    return dead


def _is_over(metadata: dict[str, Any]) -> bool:
    notes = metadata.get("annotations", {})
    host, _, pid = notes.get(OWNER, "").partition("/")
    try:
        if parse_time(notes.get(EXPIRES, "")) < now():
            return True
    except ValueError:
        return True  # a namespace with our label and no end was not made whole
    return host == socket.gethostname() and not Path(f"/proc/{pid}").exists()
