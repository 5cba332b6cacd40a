"""The real environment stack by the kit's own commands, from `up` to `down`, in an account that is moto's.

What answers for the cluster's API is no more than `up` asks for: whether it is ready, and who asks. The tests are one
story and are told in order.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from tests import account
from tests.account import ROOT, listing
from tests.eks import checkout as checkouts
from tests.unit.conftest import ApiServer

pytestmark = pytest.mark.timeout(900)
NAME = "pr-7"
TIMEOUT_S = 600


@dataclass
class World:
    """A checkout with the real stacks, the account it works in, and what was in that before."""

    root: Path
    url: str
    env: dict[str, str]
    before: listing.Listed = field(default_factory=dict)

    def argv(self, *words: str) -> list[str]:
        return [sys.executable, "-m", "hallmark", *words]

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            self.argv(*words), cwd=self.root, env=self.env, capture_output=True, text=True,
            timeout=TIMEOUT_S, check=False,
        )  # fmt: skip

    def more(self) -> dict[str, list[str]]:
        """What there is more in the account than before; the bucket and what it holds were there."""
        now = listing.everything(self.url)
        found = {kind: sorted(set(now[kind]) - set(self.before[kind])) for kind in now}
        return {kind: names for kind, names in found.items() if names}


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    folder = tmp_path_factory.mktemp("environment")
    api = ApiServer(folder)
    served = json.loads(api.kubeconfig.read_text())["clusters"][0]["cluster"]["server"]
    try:
        root = checkouts.make(folder / "checkout", api)
        shutil.rmtree(root / "terraform")
        shutil.copytree(ROOT / "terraform", root / "terraform")
        with account.running(endpoint=served) as url:
            env = {
                **os.environ,
                **account.credentials(url),
                "PYTHONPATH": str(ROOT / "src"),
                "HALLMARK_STATE": str(folder / "state"),
            }
            env.pop("AWS_SESSION_TOKEN", None)
            made = World(root, url, env)
            made.before = listing.everything(url)
            yield made
    finally:
        api.close()


def test_up_makes_the_real_stack_and_lists_it(world: World) -> None:
    """What the settings say becomes variables of the stack, and its outputs a kubeconfig."""
    done = world.run("up", "--provider", "eks", NAME, "--json")
    assert done.returncode == 0, done.stderr
    assert Path(json.loads(done.stdout)["kubeconfig"]).stat().st_mode & 0o777 == 0o600
    more = world.more()
    assert more["clusters"] == [f"hallmark-{NAME}"]
    assert len(more["node groups"]) == 1
    listed = json.loads(world.run("env", "list", "--json").stdout)
    (ours,) = [one for one in listed if one["name"] == NAME]
    assert (ours["provider"], ours["state"]) == ("eks", "running")


def test_drift_names_what_was_changed_outside_and_up_takes_it_back(world: World) -> None:
    """Nothing at first; then the retention of a log group, with what it was and is; `up` makes it as it should be."""
    calm = world.run("env", "drift", NAME)
    assert calm.returncode == 0, calm.stderr
    logs = account.session().client("logs", endpoint_url=world.url)
    group = f"/aws/eks/hallmark-{NAME}/cluster"
    logs.put_retention_policy(logGroupName=group, retentionInDays=1)
    found = world.run("env", "drift", NAME, "--json")
    assert found.returncode == 1, found.stderr
    assert "retention_in_days" in found.stdout
    assert "aws_cloudwatch_log_group" in found.stdout
    again = world.run("up", "--provider", "eks", NAME)
    assert again.returncode == 0, again.stderr
    assert world.run("env", "drift", NAME).returncode == 0


def test_down_leaves_nothing_and_is_safe_twice(world: World) -> None:
    """Service by service, by a listing that is not the kit's own."""
    for _ in range(2):
        done = world.run("down", "--provider", "eks", NAME)
        assert done.returncode == 0, done.stderr
        assert world.more() == {}


def test_down_finishes_an_up_that_was_killed(world: World) -> None:
    """Kit and Terraform killed amid the apply, and the first `down` amid the destroy; a second one ends it."""
    _kill_amid(world, world.argv("up", "--provider", "eks", NAME), lambda more: "clusters" in more)
    assert world.more()
    _kill_amid(world, world.argv("down", "--provider", "eks", NAME), lambda more: "clusters" not in more)
    done = world.run("down", "--provider", "eks", NAME)
    assert done.returncode == 0, done.stderr
    assert world.more() == {}


def _kill_amid(world: World, argv: list[str], is_time: Any) -> None:
    child = subprocess.Popen(
        argv, cwd=world.root, env=world.env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    ends = time.monotonic() + TIMEOUT_S
    try:
        while child.poll() is None and not is_time(world.more()):
            assert time.monotonic() < ends
            time.sleep(0.2)
    finally:
        for pid in [*account.terraforms_of(child.pid), child.pid]:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        child.wait()
