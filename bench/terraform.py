"""How long the real provider takes to apply both stacks, plan them again and destroy them, in moto's account.

    .venv/bin/python bench/terraform.py [--json]

One after the other, as a person would: bootstrap, then an ephemeral environment whose state is in bootstrap's bucket.
What AWS itself takes to make things is not in it. Run it on a quiet machine: the load average is part of the result.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests import account  # noqa: E402
from tests.account import REGION  # noqa: E402

from hallmark.terraform import S3, Local, Stack  # noqa: E402

WANTED_S = 150.0
PATH_STYLE = {"provider_override.tf": 'provider "aws" {\n  s3_use_path_style = true\n}\n'}


def variables(stack: str, name: str) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(
        (ROOT / "terraform" / stack / "tests" / f"{name}.tfvars.json").read_text()
    )
    return read


def measure(folder: Path, url: str) -> dict[str, float]:
    """Seconds of every step."""
    seconds: dict[str, float] = {}

    def timed(what: str, do: Callable[[], Any]) -> Any:
        began = time.monotonic()
        done = do()
        seconds[what] = round(time.monotonic() - began, 1)
        print(f"{what}: {seconds[what]} s", file=sys.stderr)
        return done

    env = account.credentials(url)
    source = ROOT / "terraform"
    bootstrap = Stack(
        source / "bootstrap", folder / "bootstrap", variables=variables("bootstrap", "three-stages"),
        backend=Local(folder / "bootstrap.tfstate"), env=env, overrides=PATH_STYLE,
    )  # fmt: skip
    _make("bootstrap", bootstrap, folder, timed)
    made = bootstrap.outputs()
    given = variables("environment", "ephemeral-1-zone") | {
        "deployer_role_arns": [made["role_arns"]["preview"]],
        "permissions_boundary_arn": made["permissions_boundary_arns"]["preview"],
    }
    environment = Stack(
        source / "environment", folder / "environment", variables=given, env=env, overrides=PATH_STYLE,
        backend=S3(made["state_bucket"], "environments/preview-1/terraform.tfstate", REGION, endpoint=url),
    )  # fmt: skip
    _make("environment", environment, folder, timed)
    timed("environment: destroy", environment.destroy)
    s3 = account.session().resource("s3", endpoint_url=url)
    buckets = list(s3.buckets.all())
    for bucket in buckets:
        bucket.Logging().put(BucketLoggingStatus={})
    for bucket in buckets:
        bucket.object_versions.delete()
    timed("bootstrap: destroy", bootstrap.destroy)
    return seconds


def _make(name: str, stack: Stack, folder: Path, timed: Callable[[str, Callable[[], Any]], Any]) -> None:
    timed(f"{name}: init", stack.init)
    plan = timed(f"{name}: plan", lambda: stack.plan(folder / f"{name}.plan"))
    timed(f"{name}: apply", lambda: stack.apply(plan.file))
    if timed(f"{name}: plan again", lambda: stack.plan(folder / f"{name}.plan")).has_changes:
        sys.exit(f"{name} is not as it was planned")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--json", action="store_true", help="one JSON document on stdout")
    words = parser.parse_args()
    load = os.getloadavg()[0]
    with tempfile.TemporaryDirectory(prefix="hallmark-bench-") as name, account.running() as url:
        seconds = measure(Path(name), url)
    total = round(sum(seconds.values()), 1)
    if words.json:
        print(json.dumps({"load": load, "seconds": seconds, "total": total, "wanted": WANTED_S}, indent=1))
    else:
        print(f"load average {load:.1f} when it began; all: {total} s, wanted <= {WANTED_S:g} s")


if __name__ == "__main__":
    main()
