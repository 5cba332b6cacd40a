"""The gate as the workflow runs it: a plain Python, without the kit's dependencies."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from hallmark import process

REPOSITORY = Path(__file__).parents[2]


@pytest.mark.parametrize(("result", "code"), [("success", 0), ("failure", 1), ("skipped", 2)])
def test_gate_runs_without_the_virtual_environment(result: str, code: int) -> None:
    """Nothing but the standard library and the kit's own source is importable, and the exit code tells the verdict."""
    env = {"NEEDS": f'{{"lint": {{"result": "{result}"}}}}', "PYTHONPATH": "src"}
    # -S leaves out site-packages.
    argv = [sys.executable, "-S", "src/hallmark/layers/gate.py"]
    done = process.run(argv, timeout_s=30, cwd=REPOSITORY, env=env, check=False)
    assert done.returncode == code, done.stderr
