"""Layer `infra`: what the running container really is: user, capabilities, writable paths, ports, file modes.

Its other half, the Terraform stacks, needs no cluster (hallmark.layers.stacks).
"""

from __future__ import annotations

from pathlib import Path

from hallmark.layers import Target, stacks, suite
from hallmark.outcome import Check


def run(root: Path, output: Path, target: Target) -> list[Check]:
    """Run tests/infra against the target; three minutes at the most."""
    options = [f"--ignore={stacks.ASSERTIONS}"]
    return suite.run(
        root, ["tests/infra"], output, timeout_s=180, options=options, env=target.variables(output)
    )
