"""How long the real provider takes to apply both stacks, plan them again and destroy them, in moto's account.

    .venv/bin/python bench/terraform.py [--json]

Both at once, as two people would: most of bootstrap's time is a wait for the lifecycle of its bucket. So the
environment has its state in a bucket that was there before. What AWS itself takes to make things is not in it. Run it
on a quiet machine: the load average is part of the result.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests import account  # noqa: E402
from tests.account import REGION  # noqa: E402

from hallmark.terraform import S3, Local, Stack  # noqa: E402

WANTED_S = 150.0
BUCKET = "states"
PATH_STYLE = {"provider_override.tf": 'provider "aws" {\n  s3_use_path_style = true\n}\n'}


def variables(stack: str, name: str) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(
        (ROOT / "terraform" / stack / "tests" / f"{name}.tfvars.json").read_text()
    )
    return read


def measure(stack: Stack, folder: Path, before_destroy: Callable[[], Any]) -> dict[str, float]:
    """Seconds of every step."""
    seconds: dict[str, float] = {}
    name = stack.source.name

    def timed(what: str, do: Callable[[], Any]) -> Any:
        began = time.monotonic()
        done = do()
        seconds[what] = round(time.monotonic() - began, 1)
        print(f"{name}: {what}: {seconds[what]} s", file=sys.stderr)
        return done

    timed("init", stack.init)
    plan = timed("plan", lambda: stack.plan(folder / f"{name}.plan"))
    timed("apply", lambda: stack.apply(plan.file))
    if timed("plan again", lambda: stack.plan(folder / f"{name}.plan")).has_changes:
        sys.exit(f"{name} is not as it was planned")
    before_destroy()
    timed("destroy", stack.destroy)
    return seconds


def run(folder: Path, url: str) -> dict[str, dict[str, float]]:
    """Both stacks, side by side."""
    session = account.session()
    s3 = session.resource("s3", endpoint_url=url)
    s3.create_bucket(Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": REGION})
    iam = session.client("iam", endpoint_url=url)
    iam.create_role(RoleName="deployer", AssumeRolePolicyDocument="{}")
    common: dict[str, Any] = {"env": account.credentials(url), "overrides": PATH_STYLE}
    bootstrap = Stack(
        ROOT / "terraform" / "bootstrap",
        folder / "bootstrap",
        variables=variables("bootstrap", "three-stages"),
        backend=Local(folder / "bootstrap.tfstate"),
        **common,
    )
    given = {
        "deployer_role_arns": [f"arn:aws:iam::{account.ID}:role/deployer"],
        "permissions_boundary_arn": None,
    }
    environment = Stack(
        ROOT / "terraform" / "environment",
        folder / "environment",
        variables=variables("environment", "ephemeral-1-zone") | given,
        backend=S3(BUCKET, "environments/preview-1/terraform.tfstate", REGION, endpoint=url),
        **common,
    )

    def empty() -> None:
        """What a person does before: no more logs, and nothing in the buckets."""
        buckets = [one for one in s3.buckets.all() if one.name != BUCKET]
        for one in buckets:
            one.Logging().put(BucketLoggingStatus={})
        for one in buckets:
            one.object_versions.delete()

    with ThreadPoolExecutor() as pool:
        first = pool.submit(measure, bootstrap, folder, empty)
        second = pool.submit(measure, environment, folder, lambda: None)
        return {"bootstrap": first.result(), "environment": second.result()}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--json", action="store_true", help="one JSON document on stdout")
    words = parser.parse_args()
    load = os.getloadavg()[0]
    with tempfile.TemporaryDirectory(prefix="hallmark-bench-") as name, account.running() as url:
        began = time.monotonic()
        seconds = run(Path(name), url)
        total = round(time.monotonic() - began, 1)
    if words.json:
        print(json.dumps({"load": load, "seconds": seconds, "total": total, "wanted": WANTED_S}, indent=1))
    else:
        print(f"load average {load:.1f} when it began; both: {total} s, wanted <= {WANTED_S:g} s")


if __name__ == "__main__":
    main()
