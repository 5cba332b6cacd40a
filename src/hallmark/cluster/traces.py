"""What of an environment is still on this machine: the proof that nothing is left, and its folder's end."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from hallmark.cluster.place import Place

PROOF_TIMEOUT_S = 5.0


@dataclass(frozen=True)
class Traces:
    """By what the parts of a run are known in the kernel: its control groups, its ids, its namespaces."""

    groups: frozenset[str]
    runs: frozenset[str]
    namespaces: frozenset[str]


@contextmanager
def known(place: Place) -> Iterator[Traces]:
    """By what to look for a run's remains. Its namespaces are held open meanwhile: the kernel gives the number of
    one that is gone to the next one made, which is somebody else's."""
    entries = place.journal.entries()
    with contextlib.ExitStack() as held:
        namespaces: set[str] = set()
        for file in (place.folder / "processes").glob("*.json"):
            with contextlib.suppress(OSError, ValueError, KeyError):
                found = json.loads(file.read_text())
                for kind in ("net", "mnt", "pid"):
                    number = str(found["namespaces"][kind])
                    fd = os.open(f"/proc/{found['first']}/ns/{kind}", os.O_RDONLY | os.O_CLOEXEC)
                    held.callback(os.close, fd)
                    if number == str(Path(f"/proc/self/fd/{fd}").readlink()):
                        namespaces.add(number)
        yield Traces(
            frozenset(entry.name for entry in entries if entry.kind == "cgroup"),
            frozenset(f"HALLMARK_RUN={entry.name}" for entry in entries if entry.kind == "run"),
            frozenset(namespaces),
        )


def left_in_kernel(folder: Path, known: Traces) -> list[str]:
    """Processes that belong to the run in any way, and mounts; what is still ending is given a moment."""
    deadline = time.monotonic() + PROOF_TIMEOUT_S
    while True:
        left = [f"process {pid} ({why})" for pid, why in _belonging(known)]
        left += [f"mount {mount}" for mount in _mounts_below(folder)]
        if not left or time.monotonic() > deadline:
            return left
        time.sleep(0.02)


def _belonging(known: Traces) -> Iterator[tuple[int, str]]:
    if not known.groups and not known.runs:
        return
    for process in Path("/proc").iterdir():
        if not process.name.isdecimal():
            continue
        with contextlib.suppress(OSError):
            joined = (process / "cgroup").read_text()
            if any(group in joined for group in known.groups):
                yield int(process.name), "in the control group"
                continue
            if "/hallmark-" in joined:
                # Another environment's. The kernel gives the number of a namespace that is gone to a new one.
                continue
            spaces = {str((process / "ns" / kind).readlink()) for kind in ("net", "mnt", "pid")}
            if spaces & known.namespaces:
                yield int(process.name), "in a namespace"
                continue
            words = (process / "environ").read_bytes().split(b"\0")
            if known.runs.intersection(word.decode(errors="replace") for word in words):
                yield int(process.name), "started by the run"


def _mounts_below(folder: Path) -> list[str]:
    """Mount points of this mount namespace inside a folder."""
    points = [line.split()[4] for line in Path("/proc/self/mountinfo").read_text().splitlines()]
    return [point for point in points if point == str(folder) or point.startswith(f"{folder}/")]


def delete(folder: Path) -> None:
    """Remove a state folder, the journal last: a crash in between must leave what a second `down` reads."""
    if not folder.exists():
        return
    for entry in folder.iterdir():
        if entry.name != "journal.jsonl":
            shutil.rmtree(entry) if entry.is_dir() and not entry.is_symlink() else entry.unlink(
                missing_ok=True
            )
    shutil.rmtree(folder)
