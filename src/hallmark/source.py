"""Which bytes are being judged: the commit of the checkout, or an exact name for what differs from it."""

from __future__ import annotations

import os
import re
import tempfile
from dataclasses import dataclass
from pathlib import Path

from hallmark import process
from hallmark.outcome import UsageError

COMMIT = re.compile(r"[0-9a-f]{40}(\+[0-9a-f]{12})?")


@dataclass(frozen=True)
class Source:
    """A state of the checkout.

    `commit` is the full commit id; with uncommitted changes `+` and the first 12 digits of the git tree id of
    the working tree follow, so that two different working trees never share a name.
    """

    commit: str

    @property
    def is_committed(self) -> bool:
        return "+" not in self.commit


def read(root: Path) -> Source:
    """Name the state of the checkout at `root`, untracked files that are not ignored included.

    Raises UsageError when `root` is no git checkout or has no commit yet.
    """
    try:
        head = _git(root, "rev-parse", "--verify", "HEAD^{commit}")
    except process.CommandFailed as error:
        raise UsageError(
            "this folder has no git commit, so there is nothing that a proof could be bound to",
            where=str(root),
            next_step="git init && git add -A && git commit",
        ) from error
    committed = _git(root, "rev-parse", "HEAD^{tree}")
    with tempfile.TemporaryDirectory() as folder:
        # A second index: what the user has staged stays as it is.
        index = {"GIT_INDEX_FILE": str(Path(folder) / "index")}
        _git(root, "read-tree", "HEAD", env=index)
        _git(root, "add", "--all", "--", ".", env=index)
        present = _git(root, "write-tree", env=index)
    return Source(head if present == committed else f"{head}+{present[:12]}")


def _git(root: Path, *words: str, env: dict[str, str] | None = None) -> str:
    # A checkout owned by another user (sudo ./hallmark) is still read: only its own files are named, no hook runs.
    argv = [
        "git",
        "-c",
        f"safe.directory={root}",
        "-c",
        "core.hooksPath=" + os.devnull,
        "-C",
        str(root),
        *words,
    ]
    return process.run(argv, timeout_s=60, env=env).stdout.strip()
