"""Where images are worked on: private namespaces that take their mounts with them, and locks that say who waits."""

from __future__ import annotations

import contextlib
import fcntl
import os
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from hallmark.outcome import CannotJudge

LOCK_TIMEOUT_S = 1200.0


def isolated(argv: Sequence[str | os.PathLike[str]]) -> list[str | os.PathLike[str]]:
    """`argv` in mount and process namespaces of its own.

    Whatever it mounts is gone, and whatever it started is dead, the moment it ends, however it ends: also when
    it is killed. Nothing of a broken-off build can stay mounted on this machine.
    """
    unshare = [
        "unshare",
        "--mount",
        "--propagation",
        "private",
        "--pid",
        "--fork",
        "--kill-child",
        "--mount-proc",
    ]
    return [*unshare, "--", *argv]


@contextlib.contextmanager
def locked(
    file: Path, busy: str, report: Callable[[str], None], timeout_s: float = LOCK_TIMEOUT_S
) -> Iterator[None]:
    """Hold `file` locked. A second one reports `busy` and waits; after `timeout_s` it raises CannotJudge."""
    file.parent.mkdir(parents=True, exist_ok=True)
    deadline = time.monotonic() + timeout_s
    told = False
    with file.open("ab") as handle:
        while True:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > deadline:
                    raise CannotJudge(f"{busy} for more than {timeout_s:g} s", where=str(file)) from None
                if not told:
                    report(f"waiting: {busy}")
                    told = True
                time.sleep(0.1)
        yield
