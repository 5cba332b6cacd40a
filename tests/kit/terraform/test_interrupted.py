"""An apply and a destroy that are killed: what `down` does then leaves nothing, whatever the state still knew."""

from __future__ import annotations

import contextlib
import json
import os
import signal
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import boto3
import pytest
from tests import account
from tests.account import REGION, ROOT, listing

from hallmark.aws.sweep import sweep
from hallmark.process import CommandFailed
from hallmark.terraform import S3, Stack
from hallmark.terraform.diagnostics import Locked

pytestmark = pytest.mark.timeout(900)
BUCKET = "states"


@dataclass(frozen=True)
class World:
    """An account with a bucket for states and the role of a deployer, and a stack of an environment."""

    session: boto3.session.Session
    before: listing.Listed
    stack: Stack
    url: str

    def finish(self) -> None:
        """What `down` does: break the dead run's lock, destroy what the state knows, sweep what it doesn't."""
        try:
            self.stack.destroy()
        except Locked as error:
            self.stack.unlock(error.lock_id)
            self.stack.destroy()
        left = sweep(self.session, str(self.stack.variables["name"]), lambda _: None)
        assert left.is_empty, left

    def destroy_state(self) -> None:
        """The state's own object, which is empty by now."""
        bucket = self.session.resource("s3", REGION).Bucket(BUCKET)
        bucket.objects.delete()


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    folder = tmp_path_factory.mktemp("interrupted")
    with account.running() as url, pytest.MonkeyPatch.context() as patch:
        env = account.credentials(url)
        for name, value in env.items():
            patch.setenv(name, value)
        session = boto3.session.Session(region_name=REGION)
        session.client("s3").create_bucket(
            Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": REGION}
        )
        session.client("iam").create_role(RoleName="hallmark-stage-preview", AssumeRolePolicyDocument="{}")
        file = ROOT / "terraform" / "environment" / "tests" / "ephemeral-1-zone.tfvars.json"
        stack = Stack(
            ROOT / "terraform" / "environment",
            folder / "work",
            variables={**json.loads(file.read_text()), "permissions_boundary_arn": None},
            backend=S3(BUCKET, "environments/preview-1/terraform.tfstate", REGION, endpoint=url),
            env=env,
        )
        stack.init()
        yield World(session, listing.everything(url), stack, url)


def killer(after: int) -> Callable[[str], None]:
    """Kills the terraform that this process runs when so many things were made or removed."""
    done = [0]

    def report(line: str) -> None:
        done[0] += "complete after" in line
        if done[0] == after:
            for pid in account.terraforms_of(os.getpid()):
                os.kill(pid, signal.SIGKILL)

    return report


def made(world: World) -> dict[str, int]:
    """How many things there are more than before."""
    now = listing.everything(world.url)
    return {kind: len(set(now[kind]) - set(world.before[kind])) for kind in now}


@pytest.mark.parametrize(("applied", "destroyed"), [(4, 3), (45, 20)], ids=["early", "late"])
def test_what_was_killed_is_finished_and_nothing_is_left(
    world: World, tmp_path: Path, applied: int, destroyed: int
) -> None:
    """Killed amid the apply and again amid the destroy, where the state lags behind what was made."""
    plan = world.stack.plan(tmp_path / "plan")
    with pytest.raises(CommandFailed, match=r"-9|SIGKILL|signal 9"):
        world.stack.apply(plan.file, killer(applied))
    assert sum(made(world).values()) >= applied
    with contextlib.suppress(CommandFailed):
        try:
            world.stack.destroy(killer(destroyed))
        except Locked as error:
            world.stack.unlock(error.lock_id)
            world.stack.destroy(killer(destroyed))
    world.finish()
    world.destroy_state()
    assert {kind: count for kind, count in made(world).items() if count} == {}
