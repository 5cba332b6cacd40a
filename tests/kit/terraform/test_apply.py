"""Both stacks, made, changed and taken away by the real provider in an account that is moto's.

The tests are one story and are told in order: what one makes the next one changes.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from tests import account
from tests.account import REGION, ROOT, listing

from hallmark.terraform import S3, Local, Stack

pytestmark = pytest.mark.timeout(900)
NAME = "preview-1"
# A bucket's name is no host's name under a loopback address.
PATH_STYLE = {"provider_override.tf": 'provider "aws" {\n  s3_use_path_style = true\n}\n'}


@dataclass
class World:
    """The account, what was in it before, and the two stacks at work in it."""

    url: str
    folder: Path
    before: listing.Listed
    bootstrap: Stack
    environment: Stack | None = None
    seconds: dict[str, float] = field(default_factory=dict)

    def plan(self, stack: Stack) -> list[dict[str, Any]]:
        """What a plan would do, read and unchanged things left out."""
        made = stack.plan(self.folder / f"{stack.source.name}.plan")
        changes = json.loads(stack.show(made.file))["resource_changes"]
        found = [one for one in changes if one["change"]["actions"] not in (["no-op"], ["read"])]
        assert made.has_changes == bool(found)
        return found

    def apply(self, what: str, stack: Stack) -> None:
        """Do what the last plan of the stack says."""
        began = time.monotonic()
        stack.apply(self.folder / f"{stack.source.name}.plan")
        self.seconds[what] = time.monotonic() - began


def variables(stack: str, name: str) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(
        (ROOT / "terraform" / stack / "tests" / f"{name}.tfvars.json").read_text()
    )
    return read


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    folder = tmp_path_factory.mktemp("account")
    with account.running() as url:
        bootstrap = Stack(
            ROOT / "terraform" / "bootstrap",
            folder / "bootstrap",
            variables=variables("bootstrap", "three-stages"),
            backend=Local(folder / "bootstrap.tfstate"),
            env=account.credentials(url),
            overrides=PATH_STYLE,
        )
        made = World(url, folder, listing.everything(url), bootstrap)
        yield made
        print("seconds:", {what: round(took) for what, took in made.seconds.items()})


def environment(world: World) -> Stack:
    """The environment's stack, which an earlier test has made."""
    assert world.environment is not None, "the environment was not made"
    return world.environment


def actions(changes: list[dict[str, Any]]) -> dict[str, list[str]]:
    return {one["address"]: one["change"]["actions"] for one in changes}


def judged(state: bytes, file: Path) -> dict[str, Any]:
    """What the policies say of a state."""
    file.write_bytes(state)
    argv = [sys.executable, "-m", "hallmark", "check", "plan", "--json", str(file)]
    env = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    done = subprocess.run(argv, cwd=ROOT, env=env, capture_output=True, text=True, timeout=300, check=False)
    found: dict[str, Any] = json.loads(done.stdout)
    found["exit"] = done.returncode
    return found


def test_bootstrap_is_applied_and_planned_again_without_changes(world: World) -> None:
    """What a person applies once is complete after one apply."""
    world.bootstrap.init()
    assert world.plan(world.bootstrap)
    world.apply("bootstrap", world.bootstrap)
    assert world.plan(world.bootstrap) == []
    print(len(world.bootstrap.addresses()), "resources and data in bootstrap")


def test_environment_is_applied_with_what_bootstrap_made_and_planned_again_without_changes(
    world: World,
) -> None:
    """Its state is in bootstrap's bucket, its deployer bootstrap's role, and bootstrap's policy bounds its roles."""
    made = world.bootstrap.outputs()
    given = variables("environment", "ephemeral-1-zone")
    # Zones and the newest add-ons are asked of the account, as without tests.
    given = {
        key: value for key, value in given.items() if key not in ("availability_zones", "addon_versions")
    }
    given |= {
        "kubernetes_version": "1.34",
        "deployer_role_arns": [made["role_arns"]["preview"]],
        "permissions_boundary_arn": made["permissions_boundary_arns"]["preview"],
    }
    world.environment = Stack(
        ROOT / "terraform" / "environment",
        world.folder / "environment",
        variables=given,
        backend=S3(
            made["state_bucket"], f"environments/{NAME}/terraform.tfstate", REGION, endpoint=world.url
        ),
        env=account.credentials(world.url),
        overrides=PATH_STYLE,
    )
    world.environment.init()
    assert set(map(tuple, actions(world.plan(world.environment)).values())) == {("create",)}
    world.apply("environment", world.environment)
    assert world.plan(world.environment) == []
    print(len(world.environment.addresses()), "resources and data in environment")
    outputs = world.environment.outputs()
    eks = account.session().client("eks", endpoint_url=world.url)
    cluster = eks.describe_cluster(name=outputs["cluster_name"])["cluster"]
    assert (outputs["cluster_endpoint"], outputs["cluster_version"]) == (
        cluster["endpoint"],
        cluster["version"],
    )
    assert cluster["resourcesVpcConfig"]["vpcId"] == outputs["vpc_id"]


@pytest.mark.parametrize("stack", ["bootstrap", "environment"])
def test_state_is_judged_by_every_policy_with_nothing_unknown(world: World, stack: str) -> None:
    """What a plan had to leave open is known now, and right."""
    one = world.bootstrap if stack == "bootstrap" else environment(world)
    found = judged(one.show(), world.folder / f"{stack}.json")
    open_or_wrong = [result for result in found["results"] if result["outcome"] in ("fail", "unknown")]
    assert [one for one in open_or_wrong if not one.get("waiver")] == []
    assert found["not_evaluated"] == []
    assert (found["outcome"], found["exit"]) == ("pass", 0)
    assert sum(result["outcome"] == "pass" for result in found["results"]) > 30


def test_an_upgrade_of_kubernetes_is_in_place(world: World) -> None:
    """First the cluster, then what follows its version; nothing is replaced, and nothing is left to change."""
    world.environment = replace(
        environment(world), variables={**environment(world).variables, "kubernetes_version": "1.35"}
    )
    planned = actions(world.plan(world.environment))
    assert planned["module.cluster.aws_eks_cluster.this"] == ["update"]
    assert planned["module.nodes.aws_eks_node_group.this"] == ["update"]
    assert {action for one in planned.values() for action in one} == {"update"}
    world.apply("upgrade", world.environment)
    assert world.plan(world.environment) == []


def test_other_nodes_are_made_before_the_old_ones_go(world: World) -> None:
    """Another instance type needs another group, and nothing else is touched."""
    world.environment = replace(
        environment(world), variables={**environment(world).variables, "node_instance_types": ["m7i.large"]}
    )
    assert actions(world.plan(world.environment)) == {
        "module.nodes.aws_eks_node_group.this": ["create", "delete"]
    }
    world.apply("other nodes", world.environment)


def test_a_zone_is_added_around_what_runs(world: World) -> None:
    """Its subnets are new; cluster, network and the other zone's subnets stay as they are."""
    more = {"zones": 2, "node_desired": 2}
    world.environment = replace(environment(world), variables={**environment(world).variables, **more})
    planned = actions(world.plan(world.environment))
    gone = {address for address, what in planned.items() if "delete" in what}
    assert gone <= {"module.nodes.aws_eks_node_group.this"}
    assert planned.get("module.nodes.aws_eks_node_group.this", ["create", "delete"]) == ["create", "delete"]
    assert "module.cluster.aws_eks_cluster.this" not in planned
    assert any("aws_subnet.private" in address and what == ["create"] for address, what in planned.items())
    world.apply("another zone", world.environment)
    assert world.plan(world.environment) == []


def test_destroyed_stacks_leave_nothing_in_the_account(world: World) -> None:
    """Service by service, through the API: what is there afterwards was there before."""
    full = listing.everything(world.url)
    counts = {kind: len(full[kind]) - len(world.before[kind]) for kind in full}
    print("made:", {kind: count for kind, count in counts.items() if count})
    assert counts["clusters"] == counts["node groups"] == counts["VPCs"] == 1
    assert counts["add-ons"] == 5
    began = time.monotonic()
    environment(world).destroy()
    world.seconds["environment destroyed"] = time.monotonic() - began
    assert environment(world).addresses() == []
    after = listing.everything(world.url)
    assert [name for names in after.values() for name in names if f"hallmark-{NAME}" in name] == []
    # As the README tells a person: nothing is logged any more, and what is in the buckets goes.
    s3 = account.session().resource("s3", endpoint_url=world.url)
    buckets = [s3.Bucket(name) for name in set(after["buckets"]) - set(world.before["buckets"])]
    for bucket in buckets:
        bucket.Logging().put(BucketLoggingStatus={})
    for bucket in buckets:
        bucket.object_versions.delete()
    began = time.monotonic()
    world.bootstrap.destroy()
    world.seconds["bootstrap destroyed"] = time.monotonic() - began
    assert listing.everything(world.url) == world.before


def test_lock_files_are_as_they_were(world: World) -> None:
    """No command of the whole story wrote to the checkout, nor to the locks in its copies."""
    for stack in (world.bootstrap, environment(world)):
        lock = (stack.source / ".terraform.lock.hcl").read_bytes()
        assert (stack.folder / ".terraform.lock.hcl").read_bytes() == lock
    done = subprocess.run(
        ["git", "status", "--porcelain", "--", "terraform"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == ""
