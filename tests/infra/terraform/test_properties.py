"""What holds of every environment that the variables allow, tried on many at once: one plan holds them all, each as a
module, because the start of the provider is what takes the time.
"""

from __future__ import annotations

import json
import shutil
from collections import defaultdict
from collections.abc import Iterator, Mapping
from ipaddress import IPv4Network
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from hallmark import config
from hallmark.terraform import offline
from hallmark.terraform.stack import LOCK_FILE, MODULES

ROOT = Path(__file__).resolve().parents[3]
STACKS = ROOT / "terraform"
EXAMPLES = 12
REGION = "eu-central-1"
PRIVATE = [IPv4Network(text) for text in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16")]
# The same for all; what is varied stands in `environments`.
FIXED = json.loads((STACKS / "environment/tests/ephemeral-1-zone.tfvars.json").read_text(encoding="utf-8"))

MAIN = """variable "examples" {
  type = any
}

provider "aws" {
  region = "eu-central-1"

  default_tags {
    tags = { Everywhere = "yes" }
  }
}

module "example" {
  source   = "./environment"
  for_each = var.examples

%s
}
"""

Example = dict[str, Any]
Planned = Mapping[str, list[dict[str, Any]]]


@st.composite
def environments(draw: st.DrawFn) -> Example:
    """Variables that the stack must take: any private network, any zones, any way out, any sizes that go together."""
    within = draw(st.sampled_from(PRIVATE))
    prefix = draw(st.integers(max(16, within.prefixlen), 20))
    number = draw(st.integers(0, 2 ** (prefix - within.prefixlen) - 1))
    first = int(within.network_address) + (number << (32 - prefix))
    zones = draw(st.integers(1, 3))
    letters = draw(st.lists(st.sampled_from("abcdef"), min_size=max(2, zones), max_size=6, unique=True))
    sizes = sorted(draw(st.lists(st.integers(1, 100), min_size=3, max_size=3)))
    varied: Example = {
        "name": draw(st.from_regex(r"[a-z][a-z0-9-]{0,28}[a-z0-9]", fullmatch=True)),
        "cidr": str(IPv4Network((first, prefix))),
        "zones": zones,
        "availability_zones": [REGION + letter for letter in letters],
        "nat": draw(st.sampled_from(["none", "single", "per-zone"])),
        "node_min": sizes[0],
        "node_desired": sizes[1],
        "node_max": sizes[2],
    }
    return {**FIXED, **varied}


def _drawn() -> list[Example]:
    """The same examples each time, with a name of its own each."""
    found: list[Example] = []

    @settings(
        max_examples=2 * EXAMPLES,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(environments())
    def draw(example: Example) -> None:
        if example["name"] not in {one["name"] for one in found} and len(found) < EXAMPLES:
            found.append(example)

    draw()
    return found


@pytest.fixture(scope="module")
def examples() -> dict[str, Example]:
    """What was drawn, by a number."""
    return {f"{number:02}": example for number, example in enumerate(_drawn())}


@pytest.fixture(scope="module")
def planned(examples: dict[str, Example], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Planned]:
    """What is planned of each example by its type, and by its `type.name` too."""
    folder = tmp_path_factory.mktemp("properties")
    root = folder / "examples"
    for part in ("environment", MODULES):
        shutil.copytree(STACKS / part, root / part)
    (root / "environment" / "providers.tf").unlink()  # what is made more than once has none of its own
    words = "\n".join(f"  {name} = each.value.{name}" for name in next(iter(examples.values())))
    (root / "main.tf").write_text(MAIN % words)
    mirror = config.load(ROOT).settings.terraform.provider_mirror
    lock = STACKS / "environment" / LOCK_FILE
    stack = offline.stack(root, folder / "work", {"examples": examples}, mirror=mirror, lock_file=lock)
    stack.init()
    document = json.loads(stack.show(stack.plan(folder / "plan").file))
    found: dict[str, dict[str, list[dict[str, Any]]]] = {number: defaultdict(list) for number in examples}
    for one in document["resource_changes"]:
        if one["mode"] == "managed":
            number = one["address"].split('"')[1]
            for kind in (one["type"], f"{one['type']}.{one['name']}"):
                found[number][kind].append(one["change"]["after"])
    return {number: dict(kinds) for number, kinds in found.items()}


def _each(
    planned: dict[str, Planned], examples: dict[str, Example], kind: str
) -> Iterator[tuple[Example, list[dict[str, Any]]]]:
    """Every example with what it has of a type, or of a `type.name`."""
    assert len(planned) == EXAMPLES
    for number, example in examples.items():
        yield example, planned[number].get(kind, [])


def test_examples_are_many_and_differ(examples: dict[str, Example]) -> None:
    """Not one small environment over and over."""
    assert len(examples) == EXAMPLES
    for name, least in (("name", EXAMPLES), ("cidr", 6), ("zones", 3), ("nat", 3), ("node_max", 6)):
        assert len({example[name] for example in examples.values()}) >= least, name


def test_subnets_never_overlap(planned: dict[str, Planned], examples: dict[str, Example]) -> None:
    """All lie in the network, none has an address of another's, and AWS takes their size."""
    for example, subnets in _each(planned, examples, "aws_subnet"):
        networks = [IPv4Network(subnet["cidr_block"]) for subnet in subnets]
        assert all(network.subnet_of(IPv4Network(example["cidr"])) for network in networks), example
        assert all(network.prefixlen <= 28 for network in networks), example
        assert not [pair for pair in combinations(networks, 2) if pair[0].overlaps(pair[1])], example


@pytest.mark.parametrize("kind", ["private", "public", "control_plane"])
def test_subnets_of_a_kind_are_in_zones_of_their_own(
    planned: dict[str, Planned], examples: dict[str, Example], kind: str
) -> None:
    """One for each zone with nodes, two for the control plane, and public ones where something leads out."""
    for example, subnets in _each(planned, examples, f"aws_subnet.{kind}"):
        zones = [subnet["availability_zone"] for subnet in subnets]
        wanted = {
            "private": example["zones"],
            "public": 0 if example["nat"] == "none" else example["zones"],
            "control_plane": 2,
        }[kind]
        assert sorted(zones) == sorted(example["availability_zones"][:wanted]), example


def test_ways_out_are_as_many_as_were_asked_for(
    planned: dict[str, Planned], examples: dict[str, Example]
) -> None:
    """No gateway without need, and no private network without its route."""
    for example, gateways in _each(planned, examples, "aws_nat_gateway"):
        wanted = {"none": 0, "single": 1, "per-zone": example["zones"]}[example["nat"]]
        assert len(gateways) == wanted, example
    for example, routes in _each(planned, examples, "aws_route.private"):
        assert len(routes) == (example["zones"] if example["nat"] != "none" else 0), example


def test_nodes_are_as_many_as_the_variables_say(
    planned: dict[str, Planned], examples: dict[str, Example]
) -> None:
    """Whatever the sizes are, they arrive."""
    for example, groups in _each(planned, examples, "aws_eks_node_group"):
        assert [group["scaling_config"] for group in groups] == [
            [
                {
                    "desired_size": example["node_desired"],
                    "max_size": example["node_max"],
                    "min_size": example["node_min"],
                }
            ]
        ], example


def test_names_fit_and_no_two_environments_share_one(
    planned: dict[str, Planned], examples: dict[str, Example]
) -> None:
    """The longest name is not too long for IAM, and everything is its own environment's."""
    owner: dict[str, str] = {}
    for kind, most in (("aws_iam_role", 64), ("aws_eks_cluster", 100), ("aws_cloudwatch_log_group", 512)):
        for example, found in _each(planned, examples, kind):
            for name in (one["name"] for one in found):
                assert len(name) <= most, name
                assert f"hallmark-{example['name']}" in name
                assert owner.setdefault(f"{kind} {name}", example["name"]) == example["name"]
    assert len(owner) >= 8 * EXAMPLES


def test_nothing_escapes_the_providers_tags(
    planned: dict[str, Planned], examples: dict[str, Example]
) -> None:
    """What the provider tags by default, and what the nodes' instances and volumes are told, is everywhere."""
    untagged = [
        (example["name"], one)
        for number, example in examples.items()
        for kind, found in planned[number].items()
        for one in found
        if "." in kind and "tags_all" in one and "Everywhere" not in (one["tags_all"] or {})
    ]
    assert untagged == []
    for example, templates in _each(planned, examples, "aws_launch_template"):
        (template,) = templates
        for specification in template["tag_specifications"]:
            assert specification["tags"]["Environment"] == example["name"]
