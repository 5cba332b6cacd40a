"""Whatever is killed, whenever: what was begun on EKS is written down, and finished by the next command."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import boto3
import pytest
from tests.eks.checkout import settle, write_stack
from tests.eks.credentials import REGION

from hallmark import config
from hallmark.cluster import eks_record
from hallmark.cluster.eks import Eks
from hallmark.cluster.eks_record import Place
from hallmark.outcome import CannotJudge

ROOT = Path(__file__).resolve().parents[3]
BUCKET = "states"
NAME = "pr-7"
LOCK = f"environments/{NAME}/terraform.tfstate.tflock"
PATIENCE_S = 120


@pytest.fixture
def bucket(checkout: Path) -> Any:
    """States and records lie in a bucket."""
    s3 = boto3.session.Session().client("s3", region_name=REGION)
    s3.create_bucket(Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": REGION})
    settle(checkout, state_bucket=f'"{BUCKET}"')
    return s3


def start(checkout: Path, *words: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "hallmark", *words],
        cwd=checkout,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def run(checkout: Path, *words: str) -> subprocess.CompletedProcess[str]:
    child = start(checkout, *words)
    out, err = child.communicate(timeout=PATIENCE_S)
    return subprocess.CompletedProcess(child.args, child.returncode, out, err)


def until(what: Callable[[], Any], child: subprocess.Popen[str]) -> Any:
    ends = time.monotonic() + PATIENCE_S
    while not (found := what()):
        assert child.poll() is None, child.communicate()
        assert time.monotonic() < ends
        time.sleep(0.05)
    return found


def once(mark: Path) -> str:
    """A command that hangs the first time, and does nothing afterwards."""
    return f"test -e {mark} || {{ touch {mark}; exec sleep 60; }}"


def terraforms() -> list[int]:
    """The terraform of the environment under test."""
    found = []
    for process in Path("/proc").iterdir():
        with contextlib.suppress(OSError):
            is_one = process.name.isdecimal() and (process / "comm").read_text() == "terraform\n"
            if is_one and str(Place(NAME).folder).encode() in (process / "environ").read_bytes():
                found.append(int(process.name))
    return found


def is_listed(checkout: Path) -> list[tuple[str, str]]:
    return [(one.name, one.state) for one in Eks(config.load(checkout)).list()]


def test_up_killed_while_it_makes_is_finished_by_resume(checkout: Path, api_server: Any) -> None:
    """SIGKILL leaves a record and a terraform that ends by itself; `resume` waits for it and goes on."""
    mark = checkout / "mark"
    write_stack(checkout, api_server, once(mark))
    child = start(checkout, "up", "--provider", "eks", NAME)
    until(mark.exists, child)
    child.kill()
    child.communicate()
    assert is_listed(checkout) == [(NAME, "broken")]
    done = run(checkout, "env", "resume", NAME)
    assert done.returncode == 0, done.stderr
    assert is_listed(checkout) == [(NAME, "running")]
    gone = run(checkout, "down", NAME)
    assert gone.returncode == 0, gone.stderr
    assert is_listed(checkout) == []


def test_up_interrupted_ends_terraform_and_says_how_to_go_on(
    checkout: Path, api_server: Any, bucket: Any
) -> None:
    """Ctrl-C: exit code 130, terraform has ended and holds no lock, and `down` takes away what there is."""
    mark = checkout / "mark"
    write_stack(checkout, api_server, once(mark))
    child = start(checkout, "up", "--provider", "eks", NAME)
    until(mark.exists, child)
    child.send_signal(signal.SIGINT)
    _, said = child.communicate(timeout=PATIENCE_S)
    assert child.returncode == 130, said
    assert f"./hallmark env resume {NAME} goes on, ./hallmark down {NAME} takes it away" in said
    assert terraforms() == []
    keys = {item["Key"] for item in bucket.list_objects_v2(Bucket=BUCKET)["Contents"]}
    assert LOCK not in keys
    gone = run(checkout, "down", NAME)
    assert gone.returncode == 0, gone.stderr
    assert "Contents" not in bucket.list_objects_v2(Bucket=BUCKET)


def test_down_killed_while_it_destroys_is_finished_by_down(checkout: Path, api_server: Any) -> None:
    """The second `down` ends what the first began; nothing is made again."""
    mark = checkout / "mark"
    write_stack(checkout, api_server, ending=once(mark))
    up = run(checkout, "up", "--provider", "eks", NAME)
    assert up.returncode == 0, up.stderr
    child = start(checkout, "down", NAME)
    until(mark.exists, child)
    child.kill()
    child.communicate()
    assert json.loads(Place(NAME).record.read_text())["stage"] == "removing"
    gone = run(checkout, "down", NAME)
    assert gone.returncode == 0, gone.stderr
    assert is_listed(checkout) == []


def test_lock_of_a_killed_terraform_is_broken_and_said(checkout: Path, api_server: Any, bucket: Any) -> None:
    """Killed together with its terraform, a run leaves its lock in the bucket: no process holds it any more."""
    mark = checkout / "mark"
    write_stack(checkout, api_server, once(mark))
    child = start(checkout, "up", "--provider", "eks", NAME)
    until(mark.exists, child)
    for pid in terraforms():
        os.kill(pid, signal.SIGKILL)
    child.kill()
    child.communicate()
    owner = json.loads(bucket.get_object(Bucket=BUCKET, Key=LOCK)["Body"].read())["Who"]
    done = run(checkout, "env", "resume", NAME)
    assert done.returncode == 0, done.stderr
    assert f"breaking the lock of {owner}" in done.stderr
    assert is_listed(checkout) == [(NAME, "running")]


@pytest.mark.parametrize(
    ("owner", "reason"),
    [
        ("somebody@another-machine", "it is of another machine"),
        (f"somebody@{socket.gethostname()}", "this machine never worked on that environment"),
    ],
)
def test_lock_of_somebody_else_is_left(checkout: Path, bucket: Any, owner: str, reason: str) -> None:
    """Another machine, or another container of the same name, may be alive: its lock stays, its owner is named."""
    provider = Eks(config.load(checkout))
    provider.up(NAME, nodes=1, owner="me", ttl_s=3600)
    lock = {
        "ID": "6d1f",
        "Who": owner,
        "Created": "2030-01-31T12:00:00.123456789Z",
        "Operation": "OperationTypeApply",
    }
    bucket.put_object(Bucket=BUCKET, Key=LOCK, Body=json.dumps(lock).encode())
    if "never" in reason:
        known = eks_record.require_here(NAME)
        eks_record.keep_here(replace(known, created="2020-01-01T00:00:00.000Z"))
    with pytest.raises(CannotJudge, match=f"locked by {owner}.*{reason}") as caught:
        provider.resume(NAME)
    assert "6d1f" in caught.value.next_step
    assert json.loads(bucket.get_object(Bucket=BUCKET, Key=LOCK)["Body"].read())["ID"] == "6d1f"
