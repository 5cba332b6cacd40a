"""What an environment consists of, written down before it is made, so that `down` can undo any half of it.

One JSON object a line, forced to the disk before the thing it names comes into being. A last line that was cut
by a crash names something that was never made, and is ignored.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Kind = Literal[
    "run", "cgroup", "process group", "namespace", "mount", "link", "file", "port", "kubernetes namespace"
]


@dataclass(frozen=True)
class Entry:
    """One thing: its kind, its name (a path, an id), and the boot of the machine that it belongs to."""

    kind: Kind
    name: str
    boot: str


class Journal:
    """The journal of one environment, in its state folder."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def record(self, kind: Kind, *names: str) -> None:
        """Write down things about to be made; returns when they are on the disk."""
        self.record_all((kind, name) for name in names)

    def record_all(self, things: Iterable[tuple[Kind, str]]) -> None:
        """Write down many things of several kinds with one write and one fsync."""
        boot = boot_id()
        lines = [json.dumps({"kind": kind, "name": name, "boot": boot}) for kind, name in things]
        is_new = not self.path.exists()
        fd = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            data = "".join(f"{line}\n" for line in lines).encode()
            while data:
                data = data[os.write(fd, data) :]
            os.fsync(fd)
        finally:
            os.close(fd)
        if is_new:
            _fsync_folder(self.path.parent)

    def entries(self) -> list[Entry]:
        """Everything written down, oldest first; nothing when there is no journal."""
        try:
            text = self.path.read_text(encoding="utf-8", errors="replace")
        except (FileNotFoundError, NotADirectoryError):
            return []
        found = []
        for line in text.split("\n"):
            try:
                raw = json.loads(line)
                found.append(Entry(raw["kind"], raw["name"], raw["boot"]))
            except (ValueError, KeyError, TypeError):
                continue
        return found

    def names(self, kind: Kind) -> list[str]:
        return [entry.name for entry in self.entries() if entry.kind == kind]


def boot_id() -> str:
    """Which boot of this machine it is: processes and cgroups of another one are gone for certain."""
    return Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()


def _fsync_folder(folder: Path) -> None:
    fd = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)
