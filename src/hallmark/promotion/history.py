"""The history of a stage: append-only entries in the stage's own namespace, written before and after each move.

An entry that says `started` and has no successor is a move that was cut off: the stage's state is unknown then,
and says so, instead of showing the last good one.
"""

from __future__ import annotations

import getpass
import json
import socket
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from http import HTTPStatus
from typing import Any

from hallmark.outcome import CannotJudge
from hallmark.promotion.deploy import Cluster
from hallmark.promotion.release import Release
from hallmark.records import format_time, now

CONFIG_MAP = "hallmark-history"
STARTED, SERVING, FAILED, TAKEN_BACK = "started", "serving", "failed", "taken-back"
TRIES = 5


@dataclass(frozen=True)
class Entry:
    """One line of a stage's history. `action` is promote, rollback or take-back; `event` is how far it came."""

    number: int
    action: str
    event: str
    release: str
    digest: str
    commit: str
    at: str
    by: str
    reason: str = ""


@dataclass(frozen=True)
class History:
    """The history of the stage whose namespace is `stage`."""

    cluster: Cluster
    stage: str

    def entries(self) -> list[Entry]:
        """All entries, oldest first. Raises CannotJudge when one cannot be read."""
        found = self.cluster.read("configmap", CONFIG_MAP, self.stage)
        return _parse((found or {}).get("data", {}), self.stage)

    def append(self, action: str, event: str, release: Release, reason: str = "") -> Entry:
        """Add an entry; another writer at the same moment makes this one read and try again."""
        for _ in range(TRIES):
            found = self.cluster.read("configmap", CONFIG_MAP, self.stage)
            data = dict((found or {}).get("data", {}))
            entry = Entry(
                number=len(_parse(data, self.stage)) + 1,
                action=action,
                event=event,
                release=release.name,
                digest=release.digest,
                commit=release.commit,
                at=format_time(now()),
                by=f"{getpass.getuser()}@{socket.gethostname()}",
                reason=reason,
            )
            data[f"{entry.number:06d}"] = json.dumps(asdict(entry), sort_keys=True)
            metadata = found["metadata"] if found else {"name": CONFIG_MAP, "namespace": self.stage}
            # With the resourceVersion that was read, a replace fails when somebody else wrote in between.
            kept = {key: metadata[key] for key in ("name", "namespace", "resourceVersion") if key in metadata}
            document = {"apiVersion": "v1", "kind": "ConfigMap", "metadata": kept, "data": data}
            done = self.cluster.replace(document) if found else self.cluster.create(document)
            if done.ok:
                return entry
            if done.status != HTTPStatus.CONFLICT:
                break
        raise CannotJudge(
            f"the history of {self.stage} cannot be written: {done.message}",
            where=str(self.cluster.kubeconfig),
        )

    def keep(self, release: Release) -> None:
        """Store the release in the stage, so that a rollback finds its manifests. Once stored it never changes."""
        document = {
            "apiVersion": "v1",
            "kind": "ConfigMap",
            "metadata": {"name": _release_map(release.name), "namespace": self.stage},
            "immutable": True,
            "binaryData": {"release": release.pack()},
        }
        done = self.cluster.create(document)
        if not done.ok and done.status != HTTPStatus.CONFLICT:
            raise CannotJudge(f"release {release.name} cannot be stored in {self.stage}: {done.message}")

    def release(self, name: str) -> Release:
        """A release that was promoted to this stage before; raises CannotJudge when it is not to be had."""
        found = self.cluster.read("configmap", _release_map(name), self.stage)
        if found is None:
            raise CannotJudge(
                f"release {name} is not stored in {self.stage}", next_step=f"./hallmark history {self.stage}"
            )
        return Release.unpack(found["binaryData"]["release"], name=name)


def current(entries: list[Entry]) -> Entry | None:
    """The entry whose release the stage serves, or would serve had no later move been cut off."""
    return next((entry for entry in reversed(entries) if entry.event == SERVING), None)


def is_cut_off(entries: list[Entry]) -> bool:
    """Whether the last move was started and never ended."""
    return bool(entries) and entries[-1].event == STARTED


def _release_map(name: str) -> str:
    return f"hallmark-release-{name}"


def _parse(data: Mapping[str, Any], stage: str) -> list[Entry]:
    try:
        entries = [Entry(**json.loads(data[key])) for key in sorted(data)]
    except (TypeError, ValueError) as error:
        raise CannotJudge(
            f"the history of {stage} cannot be read: {error}", where=f"configmap {CONFIG_MAP}"
        ) from error
    if [entry.number for entry in entries] != list(range(1, len(entries) + 1)):
        raise CannotJudge(f"the history of {stage} has a gap", where=f"configmap {CONFIG_MAP}")
    return entries
