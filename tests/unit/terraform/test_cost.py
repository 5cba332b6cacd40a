"""What a plan costs: every part by name, what costs by use and what nobody knows named, and never zero."""

from __future__ import annotations

import json
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hallmark.cli import verbs
from hallmark.outcome import CannotJudge, ExitCode, HallmarkError
from hallmark.terraform import cost
from hallmark.terraform.cost import Resource, estimate, prices

PLANS = Path(__file__).parent / "plans"
TODAY = date(2026, 11, 1)
REGION = "eu-central-1"


def one(kind: str, values: dict[str, Any] | None = None, name: str = "this") -> Resource:
    return Resource(f"{kind}.{name}", kind, name, "", values or {})


def cost_of(*resources: Resource, **words: Any) -> cost.Cost:
    return estimate(resources, REGION, words.pop("today", TODAY), **words)


def of_plan(name: str) -> cost.Cost:
    plan = cost.read((PLANS / f"{name}.json").read_bytes())
    return estimate(plan.after, plan.region, TODAY, plan.references)


def test_cost_of_a_small_environment_counts_endpoints_by_zone_and_nodes_with_their_disks() -> None:
    """A real plan: ids are unknown in it, and what refers to them is counted by the configuration."""
    found = of_plan("small")
    parts: dict[str, Decimal] = {}
    for line in found.lines:
        parts[line.what] = parts.get(line.what, Decimal(0)) + line.hourly
    disk, key = Decimal("40") * Decimal("0.0952") / 730, Decimal(1) / 730
    assert parts == {
        "control plane": Decimal("0.10"),
        "interface in 1 zone": Decimal("0.096"),
        "1 x t3.medium": Decimal("0.0480"),
        "1 x 40 GB gp3": disk,
        "key": key,
    }
    assert not found.unknown
    assert round(found.monthly, 2) == Decimal("182.93")
    assert {note.address for note in found.usage} >= {"module.observability.aws_flow_log.this"}


def test_cost_of_a_large_environment_has_a_gateway_and_an_address_in_every_zone() -> None:
    """A real plan of production."""
    found = of_plan("large")
    assert [line.what for line in found.lines].count("NAT gateway") == 3
    assert [line.what for line in found.lines].count("public IPv4 address") == 3
    assert not found.unknown


@pytest.mark.parametrize(
    ("resource", "why"),
    [
        (one("aws_db_instance"), "no price of aws_db_instance"),
        (one("aws_instance", {"instance_type": "z9.huge"}), "no price of instance type z9.huge"),
        (one("aws_instance"), "instance_type is not known"),
        (one("aws_instance", {"instance_type": "t3.medium"}), "volume_size is not known"),
        (one("aws_ebs_volume", {"size": 9, "type": "io2"}), "no price of volume type io2"),
        (one("aws_ebs_volume", {"type": "gp3"}), "size is not known"),
        (one("aws_ebs_volume", {"size": 9, "type": "gp3", "iops": 9000}), "more than 3000 IOPS"),
        (one("aws_lb", {"load_balancer_type": "gateway"}), "no price of load balancers of type gateway"),
        (one("aws_vpc_endpoint", {"vpc_endpoint_type": "Interface"}), "number of its subnets is not known"),
        (
            one("aws_vpc_endpoint", {"vpc_endpoint_type": "Resource"}),
            "no price of endpoints of type Resource",
        ),
        (one("aws_eks_cluster", {"version": "1.99"}), "no end of standard support is known"),
        (one("aws_eks_node_group", {"capacity_type": "SPOT"}), "spot"),
        (one("aws_eks_node_group", {"instance_types": ["t3.medium"]}), "desired_size is not known"),
        (
            one(
                "aws_eks_node_group",
                {
                    "instance_types": ["t3.medium"],
                    "scaling_config": [{"desired_size": 1}],
                    "launch_template": [{}],
                },
            ),
            "launch template is not in the plan",
        ),
    ],
)
def test_cost_of_what_has_no_price_is_unknown_by_name_and_never_zero(resource: Resource, why: str) -> None:
    """No part of it is counted either: half a price would look like a whole one."""
    found = cost_of(resource)
    assert [note.address for note in found.unknown] == [resource.address]
    assert why in found.unknown[0].text
    assert not found.lines


def test_cost_in_a_region_without_prices_is_unknown_of_everything() -> None:
    """What is free elsewhere too: the table knows nothing of that region."""
    found = estimate([one("aws_nat_gateway"), one("aws_vpc")], "mars-1", TODAY)
    assert [note.text for note in found.unknown] == ["no prices of region mars-1"] * 2


@pytest.mark.parametrize(
    ("policy", "today", "hourly"),
    [
        ("EXTENDED", date(2026, 12, 2), "0.10"),
        ("EXTENDED", date(2026, 12, 3), "0.60"),
        ("STANDARD", date(2026, 12, 3), "0.10"),
    ],
)
def test_cost_of_a_cluster_in_extended_support_is_the_higher_one(
    policy: str, today: date, hourly: str
) -> None:
    """From the day after the end of standard support, unless it is upgraded by then."""
    values = {"version": "1.34", "upgrade_policy": [{"support_type": policy}]}
    assert cost_of(one("aws_eks_cluster", values), today=today).hourly == Decimal(hourly)


def test_cost_of_a_node_group_without_a_template_has_the_disk_of_the_default() -> None:
    """20 GB a node, as EKS gives."""
    values = {"instance_types": ["t3.medium", "t3.large"], "scaling_config": [{"desired_size": 3}]}
    found = cost_of(one("aws_eks_node_group", values))
    assert [line.what for line in found.lines] == ["3 x t3.medium", "3 x 20 GB gp3"]


def test_cost_of_nothing_is_nothing_and_of_what_is_free_too() -> None:
    """Nothing is unknown about it."""
    assert cost_of() == cost.Cost()
    assert cost_of(one("aws_vpc"), one("aws_vpc_endpoint")).hourly == 0


PRICED: st.SearchStrategy[tuple[str, dict[str, Any]]] = st.sampled_from(
    [
        ("aws_nat_gateway", {}),
        ("aws_eip", {}),
        ("aws_kms_key", {}),
        ("aws_lb", {"load_balancer_type": "network"}),
        ("aws_ebs_volume", {"size": 7, "type": "gp3"}),
        ("aws_eks_node_group", {"instance_types": ["t3.large"], "scaling_config": [{"desired_size": 2}]}),
        ("aws_db_instance", {}),
        ("aws_vpc", {}),
        ("aws_cloudwatch_log_group", {}),
    ]
)
SETS = st.lists(PRICED, max_size=12).map(
    lambda found: [one(kind, values, f"r{at}") for at, (kind, values) in enumerate(found)]
)


@given(resources=SETS, at=st.integers(0, 12))
def test_cost_is_additive(resources: list[Resource], at: int) -> None:
    """Of two halves it is the cost of the whole, to the last digit, and so is what is unknown."""
    whole, left, right = cost_of(*resources), cost_of(*resources[:at]), cost_of(*resources[at:])
    assert abs(whole.hourly - left.hourly - right.hourly) < Decimal("1e-20")
    assert sorted(map(str, whole.unknown)) == sorted(map(str, (*left.unknown, *right.unknown)))
    assert sorted(map(str, whole.lines)) == sorted(map(str, (*left.lines, *right.lines)))


@given(resources=SETS, data=st.data())
def test_cost_does_not_depend_on_the_order(resources: list[Resource], data: st.DataObject) -> None:
    """Nor does what is said of it."""
    assert cost_of(*data.draw(st.permutations(resources))) == cost_of(*resources)


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"[]",
        b"{}",
        b'{"format_version": "2.0"}',
        (PLANS / "small.json").read_bytes()[:-20],
        b'{"format_version": "1.2", "planned_values": {}, "configuration": {}, "errored": true}',
        b'{"format_version": "1.2", "planned_values": {}, "configuration": {}, "complete": false}',
        b'{"format_version": "1.2", "values": {}}',
    ],
)
def test_cost_of_what_is_no_whole_plan_is_refused(text: bytes) -> None:
    """It never costs nothing."""
    with pytest.raises(CannotJudge):
        cost.read(text)


def test_the_table_says_when_it_is_old() -> None:
    """A year after its date."""
    written = prices()["date"]
    assert not cost.age(written + timedelta(days=365))
    assert "older than a year" in cost.age(written + timedelta(days=366))


def ask(plan: Path, *words: str) -> int:
    return verbs.call(["env", "cost", str(plan), *words])


def write(folder: Path, after: list[Resource], before: list[Resource]) -> Path:
    def module(found: list[Resource]) -> dict[str, Any]:
        return {
            "root_module": {
                "resources": [
                    {
                        "address": r.address,
                        "mode": "managed",
                        "type": r.type,
                        "name": r.name,
                        "values": r.values,
                    }
                    for r in found
                ]
            }
        }

    provider = {"aws": {"expressions": {"region": {"constant_value": REGION}}}}
    file = folder / "plan.json"
    document = {
        "format_version": "1.2",
        "planned_values": module(after),
        "prior_state": {"values": module(before)},
        "configuration": {"provider_config": provider},
    }
    file.write_text(json.dumps(document))
    return file


def test_env_cost_says_the_sum_and_the_difference_from_the_state(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """By the month of 730 hours and by the hour."""
    gateways = [one("aws_nat_gateway", name=name) for name in ("a", "b", "c")]
    plan = write(tmp_path, gateways[:1], gateways)
    assert ask(plan, "--json") == ExitCode.PASS
    document = json.loads(capsys.readouterr().out)
    assert (document["hourly"], document["monthly"]) == (0.052, 37.96)
    assert (document["before_hourly"], document["before_monthly"]) == (0.156, 113.88)
    assert document["difference_monthly"] == -75.92
    assert document["unknown"] == []


@pytest.mark.parametrize(
    ("kinds", "most", "code"),
    [
        (["aws_nat_gateway"], "37.96", ExitCode.PASS),
        (["aws_nat_gateway"], "37.95", ExitCode.REFUSED),
        (["aws_nat_gateway", "aws_db_instance"], "100", ExitCode.UNKNOWN),
        (["aws_nat_gateway", "aws_db_instance"], "10", ExitCode.REFUSED),
    ],
)
def test_env_cost_over_the_limit_is_refused_and_with_an_unknown_price_not_judged(
    tmp_path: Path, kinds: list[str], most: str, code: ExitCode
) -> None:
    """What is over by the known part alone is over whatever the rest costs."""
    plan = write(tmp_path, [one(kind) for kind in kinds], [])
    if code is ExitCode.PASS:
        assert ask(plan, "--max-monthly", most) == code
        return
    with pytest.raises(HallmarkError) as refusal:
        ask(plan, "--max-monthly", most)
    assert refusal.value.code == code


def test_env_cost_names_what_is_unknown_and_what_costs_by_use(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The sum says that it is the least."""
    plan = write(tmp_path, [one("aws_db_instance"), one("aws_cloudwatch_log_group")], [])
    assert ask(plan) == ExitCode.PASS
    said = capsys.readouterr().err
    assert "unknown   aws_db_instance.this: no price of aws_db_instance" in said
    assert "by use    aws_cloudwatch_log_group.this" in said
    assert "at least" in said
