"""Layer `unit`: fast tests without a cluster: the service by its TestClient, the kit's own parts one by one."""

from __future__ import annotations

from pathlib import Path

from hallmark.layers import suite
from hallmark.outcome import Check


def run(root: Path, output: Path) -> list[Check]:
    """Run tests/unit over all processors.

    They take two minutes; while tools are built beside them they get what the compilers leave, so only a single test
    is held to minutes, and the whole to what a first run takes.
    """
    options = ["--numprocesses=auto", "--dist=loadfile", "--quiet", "--timeout=300"]
    # What waits for an answer of the cluster goes first: this layer has the processors that nobody else wants.
    return suite.run(root, ["tests/unit"], output, timeout_s=1800, options=options, niceness=10)
