"""The course of a start: its events, and why one that fails has failed."""

from __future__ import annotations

import contextlib
import errno
import json
import os
import subprocess
import time
from typing import Any

from hallmark.cluster.place import Place
from hallmark.outcome import CannotJudge
from hallmark.records import now, parse_time

# A component that ended so often while the environment started will not come up by itself.
HOPELESS_EXITS = 4


def _events(place: Place) -> list[dict[str, Any]]:
    found = []
    with contextlib.suppress(OSError):
        for line in (
            (place.folder / "events.jsonl").read_text(encoding="utf-8", errors="replace").splitlines()
        ):
            with contextlib.suppress(ValueError):
                found.append(json.loads(line))
    return found


def note(place: Place, what: str) -> None:
    """Write an event down."""
    line = json.dumps({"time": time.time(), "source": "up", "event": what})
    with (place.folder / "events.jsonl").open("a", encoding="utf-8") as file:
        file.write(f"{line}\n")


def age_s(place: Place) -> float:
    """Seconds since the start began."""
    found = place.read()
    return (now() - parse_time(found["created"])).total_seconds() if found else 0.0


def raise_if_hopeless(place: Place, first: subprocess.Popen[bytes] | None) -> None:
    """Raise what ends a start: no space, a component that gave up, or its first process, where it is known."""
    if os.statvfs(place.folder).f_bavail == 0:
        raise OSError(errno.ENOSPC, "no space is left for the state", str(place.folder))
    for event in _events(place):
        if event["event"] == "failed":
            raise failure(place, str(event.get("message", "it failed")), str(event["component"]))
        if event["event"] == "exited" and event.get("exits", 0) >= HOPELESS_EXITS:
            raise failure(
                place, f"ended {event['exits']} times, with {event['code']}", str(event["component"])
            )
    if first is not None and first.poll() is not None:
        raise failure(place, f"ended with {first.returncode}", "supervisor")


def suspect(place: Place) -> str:
    """The component that ended most recently, or else the API server: everything waits for it."""
    ended = [str(event["component"]) for event in _events(place) if event["event"] == "exited"]
    return ended[-1] if ended else "kube-apiserver"


def failure(place: Place, what: str, component: str) -> CannotJudge:
    """The error that says which component kept the environment from starting, with its last lines."""
    log = place.folder / "logs" / f"{component}.log"
    lines: list[str] = []
    with contextlib.suppress(OSError):
        lines = log.read_text(encoding="utf-8", errors="replace").strip().splitlines()[-5:]
    said = "".join(f"\n    {line[:300]}" for line in lines)
    return CannotJudge(
        f"environment {place.name} did not start: {component}: {what}{said}",
        where=str(log),
        next_step="./hallmark doctor; everything that this start made is removed",
    )


def explain(place: Place, error: OSError) -> CannotJudge:
    """The error for what the system refused, such as a full disk."""
    is_full = error.errno in (errno.ENOSPC, errno.EDQUOT)
    return CannotJudge(
        f"environment {place.name} cannot be started: {error.strerror or error}",
        where=str(error.filename or place.folder),
        next_step="free the disk, or set HALLMARK_STATE to another folder"
        if is_full
        else "./hallmark doctor",
    )
