"""The commands about environments as a person types them, with every option that they have."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
NAME = "kit-typed"
Run = Callable[..., subprocess.CompletedProcess[str]]
pytestmark = pytest.mark.timeout(240)


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Run]:
    """`./hallmark WORDS…` with a state folder of its own; what a failed test leaves is taken away."""
    state = tmp_path_factory.mktemp("state")
    env = {**os.environ, "HALLMARK_STATE": str(state), "PYTHONPATH": str(ROOT / "src")}

    def call(*words: str) -> subprocess.CompletedProcess[str]:
        argv = [sys.executable, "-m", "hallmark", *words]
        return subprocess.run(
            argv, cwd=ROOT, env=env, capture_output=True, text=True, timeout=200, check=False
        )

    yield call
    assert call("down", "--all").returncode == 0


def test_up_then_everything_about_it_then_down(run: Run) -> None:
    """Started with nodes and a time of its own it is listed, its logs can be read, and `down` is safe twice."""
    up = run("up", NAME, "--nodes", "2", "--ttl", "30m", "--json")
    assert up.returncode == 0, up.stderr
    assert Path(json.loads(up.stdout)["kubeconfig"]).is_file()
    again = run("up", NAME)
    assert again.returncode == 0, again.stderr
    assert "it runs already" in again.stderr
    (listed,) = json.loads(run("env", "list", "--json").stdout)
    assert (listed["name"], listed["state"], listed["nodes"]) == (NAME, "running", 2)
    assert NAME in run("env", "list").stderr
    names = run("env", "logs", NAME).stdout.split()
    assert {"kube-apiserver", "node1-kubelet", "node2-kubelet"} <= set(names)
    assert len(run("env", "logs", NAME, "kube-apiserver", "--lines", "3").stdout.splitlines()) == 3
    assert run("env", "logs", NAME, "nothing").returncode == 3
    for _ in range(2):
        down = run("down", NAME)
        assert down.returncode == 0, down.stderr
        assert f"environment {NAME} is gone" in down.stderr
    assert json.loads(run("env", "list", "--json").stdout) == []


def test_status_without_an_environment_says_absent(run: Run) -> None:
    """Nothing runs: the stages are absent, and the exit code is that of something unknown."""
    status = run("status", "--env", NAME, "--json")
    assert status.returncode == 2, status.stderr
    document = json.loads(status.stdout)
    assert {stage["state"] for stage in document["stages"]} == {"absent"}
    assert document["environments"] == []
