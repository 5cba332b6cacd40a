"""Layer `e2e`: the features, run against the service where it is deployed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from hallmark.layers import Target, suite
from hallmark.outcome import Check


def run(
    root: Path, output: Path, target: Target, *, only: str = "", stop: Callable[[], str] | None = None
) -> list[Check]:
    """Run every scenario, or those that carry the tag `only`; ten minutes at the most, or until `stop` says why."""
    options = [f"-m={only}"] if only else []
    return suite.run(
        root, ["tests/e2e"], output, timeout_s=600, options=options, env=target.variables(output), stop=stop
    )
