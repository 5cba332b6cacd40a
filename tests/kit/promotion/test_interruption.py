"""A promotion that is interrupted or killed at any point leaves nothing that `down` does not take away."""

from __future__ import annotations

import os
import random
import secrets
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.kit.leftovers import Snapshot, snapshot

from .conftest import Checkout, clone

# HALLMARK_REPEATS lowers the promised counts, as in test_environment_crash.py.
REPEATS = int(os.environ.get("HALLMARK_REPEATS", "20"))
KILLS, INTERRUPTS = min(20, REPEATS), min(10, REPEATS)
# A promotion of these settings takes about this long; the points are spread over it, each at a random moment.
SPAN_S = 26.0
pytestmark = pytest.mark.timeout(300)


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Checkout:
    """A clone that judges what is judged in seconds, so that every part of a promotion is hit often."""
    made = clone(tmp_path_factory.mktemp("interruption") / "checkout", f"kit-{secrets.token_hex(3)}")
    made.judge_only(("policy", "image", "infra"))
    made.without_stacks()
    return made


@pytest.fixture
def before(checkout: Checkout) -> Iterator[Snapshot]:
    """The machine as it was; whatever the test did, the environment is down afterwards."""
    taken = snapshot()
    try:
        yield taken
    finally:
        checkout.run("down", checkout.environment)


def _moments(count: int) -> list[float]:
    """One random moment in each of `count` equal parts of the span."""
    return [(part + random.random()) * SPAN_S / count for part in range(count)]  # noqa: S311 - no secret


def _start(checkout: Checkout, log: Path) -> subprocess.Popen[bytes]:
    with log.open("wb") as sink:
        return subprocess.Popen(
            checkout.argv("promote", "--env", checkout.environment),
            cwd=checkout.root,
            env=checkout.env(),
            stdout=sink,
            stderr=sink,
            start_new_session=True,
            # As in a terminal: these tests themselves may run as a background job, which ignores SIGINT.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        )


def _down_leaves_nothing(checkout: Checkout, before: Snapshot) -> None:
    for _ in range(2):
        done = checkout.run("down", checkout.environment, timeout_s=90)
        assert done.returncode == 0, done.stderr
    assert snapshot().difference(before) == []


@pytest.mark.parametrize("moment_s", _moments(KILLS), ids=[f"kill-{number}" for number in range(KILLS)])
def test_promote_killed_at_a_random_point_leaves_nothing_after_down(
    checkout: Checkout, before: Snapshot, tmp_path: Path, moment_s: float
) -> None:
    """SIGKILL to the launcher alone; `down` from another process takes away whatever it had started."""
    child = _start(checkout, tmp_path / "log")
    time.sleep(moment_s)
    os.kill(child.pid, signal.SIGKILL)
    child.wait()
    _down_leaves_nothing(checkout, before)


@pytest.mark.parametrize(
    "moment_s", _moments(INTERRUPTS), ids=[f"ctrl-c-{number}" for number in range(INTERRUPTS)]
)
def test_promote_interrupted_at_a_random_point_cleans_up_and_ends_with_130(
    checkout: Checkout, before: Snapshot, tmp_path: Path, moment_s: float
) -> None:
    """Ctrl-C ends with 130 within half a minute, and stages are taken back or not touched."""
    log = tmp_path / "log"
    child = _start(checkout, log)
    time.sleep(moment_s)
    ended = child.poll() is not None
    os.killpg(child.pid, signal.SIGINT) if not ended else None
    code = child.wait(timeout=60)
    assert code in ((0,) if ended else (0, 130)), log.read_text()
    states = {stage["state"] for stage in checkout.status().values()}
    assert states <= {"absent", "empty", "serving"}, states
    _down_leaves_nothing(checkout, before)
