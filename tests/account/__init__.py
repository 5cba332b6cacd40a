"""An AWS account that isn't one: moto's server in a process of its own, and an EKS without machines."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import boto3

ROOT = Path(__file__).resolve().parents[2]
ID = "123456789012"
REGION = "eu-central-1"
START_S = 120.0


@contextlib.contextmanager
def running(*, endpoint: str = "", authority: str = "") -> Iterator[str]:
    """The address of an empty account. The API of its clusters is at `endpoint`, signed by `authority` (base64)."""
    env = {
        **os.environ,
        "MOTO_IAM_LOAD_MANAGED_POLICIES": "true",
        "EKS_ENDPOINT": endpoint,
        "EKS_AUTHORITY": authority,
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "src")]),
    }
    with tempfile.TemporaryDirectory(prefix="account-") as name:
        port_file, log = Path(name, "port"), Path(name, "log")
        argv = [sys.executable, "-m", "tests.account.server", str(port_file)]
        with log.open("wb") as stream:
            child = subprocess.Popen(argv, cwd=ROOT, env=env, stdout=stream, stderr=stream)
        try:
            ends = time.monotonic() + START_S
            while not port_file.exists():
                assert child.poll() is None, log.read_text(encoding="utf-8", errors="replace")
                assert time.monotonic() < ends, "the account's server does not start"
                time.sleep(0.05)
            yield f"http://127.0.0.1:{port_file.read_text(encoding='utf-8')}"
        finally:
            child.kill()
            child.wait()


def terraforms_of(pid: int) -> list[int]:
    """Every terraform that this process runs right now."""
    found = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        for word in task.read_text().split():
            with contextlib.suppress(OSError):
                if Path("/proc", word, "comm").read_text().strip() == "terraform":
                    found.append(int(word))
    return found


def session() -> boto3.session.Session:
    """Whoever asks: moto lets everybody in."""
    return boto3.session.Session("testing", "testing", region_name=REGION)


def credentials(url: str) -> dict[str, str]:
    """The environment of a command that works in this account, and knows no other."""
    return {
        "AWS_ENDPOINT_URL": url,
        "AWS_ACCESS_KEY_ID": "testing",
        "AWS_SECRET_ACCESS_KEY": "testing",
        "AWS_REGION": REGION,
        "AWS_CONFIG_FILE": "/dev/null",
        "AWS_SHARED_CREDENTIALS_FILE": "/dev/null",
        "AWS_EC2_METADATA_DISABLED": "true",
    }
