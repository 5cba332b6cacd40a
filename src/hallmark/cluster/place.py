"""Where the state of an environment is, and the lock that whoever works on it holds."""

from __future__ import annotations

import fcntl
import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hallmark import folders
from hallmark.cluster import Report
from hallmark.cluster.journal import Journal
from hallmark.outcome import CannotJudge

LOCK_TIMEOUT_S = 30.0


@dataclass(frozen=True)
class Place:
    """Where the state of one environment is."""

    name: str

    @property
    def folder(self) -> Path:
        return home() / self.name

    @property
    def journal(self) -> Journal:
        return Journal(self.folder / "journal.jsonl")

    @property
    def record(self) -> Path:
        return self.folder / "environment.json"

    @property
    def kubeconfig(self) -> Path:
        return self.folder / "kubeconfig"

    def read(self) -> dict[str, Any] | None:
        """What the last start wrote down of itself; None when there is nothing, or nothing whole."""
        try:
            found = json.loads(self.record.read_text(encoding="utf-8"))
        except (FileNotFoundError, NotADirectoryError, ValueError):
            return None
        return found if isinstance(found, dict) else None


def home() -> Path:
    """The folder that holds a folder for each environment."""
    return folders.state_home() / "environments"


@contextmanager
def locked(name: str, report: Report, folder: Path | None = None) -> Iterator[int]:
    """Hold the environment's lock; yields its descriptor, which new processes inherit until they are there.

    `folder` is where another provider than the embedded one keeps its environments.
    """
    folder = folder or home()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    file = folder / f"{name}.lock"
    deadline = time.monotonic() + LOCK_TIMEOUT_S
    told = False
    while True:
        fd = os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.read(fd, 32).decode(errors="replace").strip() or "unknown"
            os.close(fd)
            if not told:
                report(f"waiting for process {holder}, which is working on {name}")
                told = True
            if time.monotonic() > deadline:
                raise CannotJudge(
                    f"environment {name} is being worked on by process {holder}",
                    where=str(file),
                    next_step="wait for it to end, or end it",
                ) from None
            time.sleep(0.1)
            continue
        # Whoever held it before may have removed the file: only the one that has the name counts.
        if _is_same(fd, file):
            break
        os.close(fd)
    try:
        os.ftruncate(fd, 0)
        os.pwrite(fd, str(os.getpid()).encode(), 0)
        yield fd
    finally:
        if not (folder / name).exists():
            file.unlink(missing_ok=True)
        os.close(fd)


def is_locked(name: str, folder: Path | None = None) -> bool:
    """Whether somebody holds the environment's lock right now."""
    try:
        fd = os.open((folder or home()) / f"{name}.lock", os.O_RDWR | os.O_CLOEXEC)
    except FileNotFoundError:
        return False
    try:
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(fd)
    return False


def _is_same(fd: int, file: Path) -> bool:
    try:
        there = file.stat()
    except FileNotFoundError:
        return False
    mine = os.fstat(fd)
    return (mine.st_dev, mine.st_ino) == (there.st_dev, there.st_ino)
