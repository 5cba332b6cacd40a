"""Control groups, versions 1 and 2 behind one interface: one tree per environment holds every process of it.

A group is named by its path below the root, such as `hallmark-local-3fa9c1/node1`.
"""

from __future__ import annotations

import contextlib
import errno
import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from hallmark.outcome import CannotJudge

ROOT = Path("/sys/fs/cgroup")
NEEDED_CONTROLLERS = frozenset({"cpu", "cpuset", "memory", "pids"})


class Cgroups(Protocol):
    """What the environment needs of either version. `group` is a path below the root."""

    version: int

    def missing(self) -> list[str]:
        """The controllers that a kubelet needs and that are not there."""
        ...

    def folders(self, group: str) -> list[Path]:
        """The folders that make up a group: one, or one for each hierarchy."""
        ...

    def create(self, group: str) -> None:
        """Make a group ready for processes; its parents must have been made before. Idempotent."""
        ...

    def anonymous_bytes(self, group: str) -> int:
        """Anonymous memory of a group with everything below it, in bytes."""
        ...

    def cpu_seconds(self, group: str) -> float:
        """CPU time that a group with everything below it has used so far."""
        ...


class V1:
    """One hierarchy for each controller, each with its own copy of the tree."""

    version = 1

    def __init__(self, root: Path = ROOT) -> None:
        self.root = root

    def hierarchies(self) -> list[Path]:
        return sorted(f for f in self.root.iterdir() if not f.is_symlink() and (f / "cgroup.procs").exists())

    def missing(self) -> list[str]:
        return sorted(NEEDED_CONTROLLERS - {folder.name for folder in self.root.iterdir()})

    def folders(self, group: str) -> list[Path]:
        return [hierarchy / group for hierarchy in self.hierarchies()]

    def create(self, group: str) -> None:
        for folder in self.folders(group):
            folder.mkdir(exist_ok=True)
            # A new cpuset is empty, and nothing can join it before it has processors and memory nodes.
            for name in ("cpuset.cpus", "cpuset.mems"):
                if (folder.parent / name).exists():
                    (folder / name).write_text((folder.parent / name).read_text())

    def anonymous_bytes(self, group: str) -> int:
        return _stat(self.root / "memory" / group / "memory.stat", "total_rss")

    def cpu_seconds(self, group: str) -> float:
        return int((self.root / "cpuacct" / group / "cpuacct.usage").read_text()) / 1e9


class V2:
    """One hierarchy; controllers are handed down from parent to child."""

    version = 2

    def __init__(self, root: Path = ROOT) -> None:
        self.root = root

    def missing(self) -> list[str]:
        handed_down = (self.root / "cgroup.subtree_control").read_text().split()
        return sorted(NEEDED_CONTROLLERS - set(handed_down))

    def folders(self, group: str) -> list[Path]:
        return [self.root / group]

    def create(self, group: str) -> None:
        folder = self.root / group
        folder.mkdir(exist_ok=True)
        # Groups that hold processes cannot hand controllers down, so only the inner ones do: those above `group`.
        parent = folder.parent
        if parent != self.root:
            wanted = (parent / "cgroup.controllers").read_text().split()
            (parent / "cgroup.subtree_control").write_text(" ".join(f"+{name}" for name in wanted))

    def anonymous_bytes(self, group: str) -> int:
        return _stat(self.root / group / "memory.stat", "anon")

    def cpu_seconds(self, group: str) -> float:
        return _stat(self.root / group / "cpu.stat", "usage_usec") / 1e6


def detect(root: Path = ROOT) -> Cgroups:
    """The backend for this machine. Raises CannotJudge when no control groups are mounted."""
    if (root / "cgroup.controllers").exists():
        return V2(root)
    if (root / "memory" / "cgroup.procs").exists():
        return V1(root)
    raise CannotJudge(
        "no control groups are mounted", where=str(root), next_step="mount cgroup2 on /sys/fs/cgroup"
    )


def procs_files(cgroups: Cgroups, group: str) -> list[str]:
    """The files that a process writes 0 into to join a group."""
    return [str(folder / "cgroup.procs") for folder in cgroups.folders(group)]


def pids(cgroups: Cgroups, group: str) -> set[int]:
    """Every process in a group or below it, in any hierarchy."""
    found: set[int] = set()
    for folder in cgroups.folders(group):
        for inner in _walk(folder):
            # Gone in between, or a threaded group that has no list of its own.
            with contextlib.suppress(OSError):
                found.update(int(word) for word in (inner / "cgroup.procs").read_text().split())
    return found - {0}


def exists(cgroups: Cgroups, group: str) -> bool:
    return any(folder.is_dir() for folder in cgroups.folders(group))


def kill(cgroups: Cgroups, group: str, timeout_s: float = 20.0) -> set[int]:
    """Kill everything in the tree again and again until it is empty; returns what would not die."""
    deadline = time.monotonic() + timeout_s
    while left := pids(cgroups, group):
        if time.monotonic() > deadline:
            return left
        for pid in left:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        time.sleep(0.005)
    return set()


def remove(cgroups: Cgroups, group: str, timeout_s: float = 5.0) -> list[Path]:
    """Remove the empty tree; returns the folders that would not go."""
    deadline = time.monotonic() + timeout_s
    while True:
        left = [inner for folder in cgroups.folders(group) for inner in _walk(folder) if not _rmdir(inner)]
        if not left or time.monotonic() > deadline:
            return left
        time.sleep(0.01)


def _walk(folder: Path) -> Iterator[Path]:
    """The folder and everything below it, deepest first."""
    for path, _, _ in os.walk(folder, topdown=False):
        yield Path(path)


def _rmdir(folder: Path) -> bool:
    try:
        folder.rmdir()
    except FileNotFoundError:
        return True
    except OSError as error:
        if error.errno not in (errno.EBUSY, errno.ENOTEMPTY):
            raise
        return False
    return True


def _stat(file: Path, key: str) -> int:
    for line in file.read_text().splitlines():
        name, _, value = line.partition(" ")
        if name == key:
            return int(value)
    return 0
