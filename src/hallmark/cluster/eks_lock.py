"""Who else works on the state of an environment: waited for while it lives, its lock broken when it is surely dead.

A run that was killed leaves a terraform behind which is asked to end by the kernel, and does so when the calls under
way are answered. One that was killed itself leaves its lock in the bucket. The caller holds the environment's own
lock, so that no other run of the kit on this machine is meant by any of this.
"""

from __future__ import annotations

import contextlib
import json
import os
import socket
import time
from pathlib import Path
from typing import Any

from hallmark.cluster import Report
from hallmark.cluster.eks_record import Place, state_key
from hallmark.outcome import CannotJudge
from hallmark.records import parse_time
from hallmark.terraform import Stack

LAST_RUN_TIMEOUT_S = 300.0
POLL_S = 0.5
# A process is known to a tick, a lock to a nanosecond, and the machine's clock may have been set in between.
CLOCK_S = 5.0


def wait_for_last_run(name: str, report: Report, timeout_s: float = LAST_RUN_TIMEOUT_S) -> None:
    """Wait for a terraform that a killed run of this environment left; raises CannotJudge when it goes on."""
    folder = Place(name).folder
    deadline = time.monotonic() + timeout_s
    told = False
    while left := [pid for pid, data in _terraforms() if data is not None and data.is_relative_to(folder)]:
        if not told:
            report(f"waiting for process {left[0]}, which brings an interrupted run to its end")
            told = True
        if time.monotonic() > deadline:
            raise CannotJudge(
                f"process {left[0]} still works on environment {name}",
                where=str(folder),
                next_step="wait for it to end, or end it",
            )
        time.sleep(POLL_S)


def break_stale(text: str, name: str, stack: Stack, report: Report, *, is_known_here: bool) -> None:
    """Take away a lock, which says `text`, that a run of this machine left when it was killed with its terraform.

    A lock of another machine, or of a terraform that may live, is nobody's to break: raises CannotJudge with its owner.
    `is_known_here`: this machine worked on the environment before.
    """
    found = _parse(text)
    owner, created = str(found.get("Who", "")), str(found.get("Created", ""))
    reason = _reason_to_leave(state_key(name), owner, created)
    if not is_known_here:
        # Another container may have the name of this one.
        reason = reason or "this machine never worked on that environment"
    if reason:
        raise CannotJudge(
            f"the state of environment {name} is locked by {owner or 'somebody'} since {created}: {reason}",
            where=str(found.get("Path", "")),
            next_step=f"wait for it to end; if that machine is gone: terraform force-unlock {found.get('ID', '')}",
        )
    report(f"breaking the lock of {owner} from {created}: the process that held it is dead")
    stack.unlock(str(found["ID"]))


def _reason_to_leave(key: str, owner: str, created: str) -> str:
    here = socket.gethostname()
    if owner.rpartition("@")[2] != here:
        return f"it is of another machine than {here}"
    try:
        moment = parse_time(created)
    except ValueError:
        return "it does not say since when"
    living = [
        pid
        for pid, data in _terraforms()
        if _may_use(data, key) and _started(pid) <= moment.timestamp() + CLOCK_S
    ]
    return f"process {living[0]} may hold it" if living else ""


def _terraforms() -> list[tuple[int, Path | None]]:
    """Every terraform of this machine, and the folder of its data; None where that cannot be seen."""
    found: list[tuple[int, Path | None]] = []
    for process in Path("/proc").iterdir():
        if not process.name.isdecimal():
            continue
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):
            fields = (process / "stat").read_text().partition(" (")[2].rpartition(") ")
            if fields[0] != "terraform" or fields[2].startswith("Z"):  # ended, and nobody has asked how
                continue
            found.append((int(process.name), _data(process)))
    return found


def _data(process: Path) -> Path | None:
    try:
        folder = (process / "cwd").readlink()
        for word in (process / "cmdline").read_bytes().split(b"\0"):
            if word.startswith(b"-chdir="):
                folder /= os.fsdecode(word[7:])
        for word in (process / "environ").read_bytes().split(b"\0"):
            if word.startswith(b"TF_DATA_DIR="):
                return folder / os.fsdecode(word[12:])
    except PermissionError:
        return None
    return folder / ".terraform"


def _may_use(data: Path | None, key: str) -> bool:
    """Whether a terraform with this data works on the state of that key, or may: its data names its backend."""
    if data is None:
        return True
    try:
        return f'"{key}"' in (data / "terraform.tfstate").read_text(encoding="utf-8", errors="replace")
    except FileNotFoundError:
        return False
    except OSError:
        return True


def _started(pid: int) -> float:
    """When a process began, in seconds since the epoch; now when it has ended meanwhile."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        uptime_s = float(Path("/proc/uptime").read_text().split()[0])
    except (FileNotFoundError, ProcessLookupError):
        return time.time()
    return time.time() - uptime_s + int(fields[19]) / os.sysconf("SC_CLK_TCK")


def _parse(text: str) -> dict[str, Any]:
    """What a lock says of itself: ID, Who (USER@HOST), Created and more; nothing when it is not whole."""
    try:
        found = json.loads(text)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
