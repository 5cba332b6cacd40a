"""What a Terraform plan will cost by list prices, and what the state that it starts from costs.

Each resource has a price, costs by its use, is free, or its price is unknown and says why. Unknown is never zero: a
sum with an unknown part is the least that it will be.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from hallmark.outcome import CannotJudge

HOURS_A_MONTH = 730
PRICES = Path(__file__).with_name("prices.toml")
OLD = timedelta(days=365)
GP3_IOPS, GP3_MBPS = 3000, 125  # what a gp3 volume has without further cost
_INDEX = re.compile(r"\[[^\]]*\]")


@dataclass(frozen=True)
class Line:
    """One part of one resource that costs `hourly` dollars an hour, whatever is done with it."""

    address: str
    what: str
    hourly: Decimal


@dataclass(frozen=True)
class Note:
    """A resource whose price is unknown, or that costs by its use; `text` says why or by what."""

    address: str
    text: str


@dataclass(frozen=True)
class Cost:
    """What a set of resources costs: known prices, what costs by use, what nobody knows."""

    lines: tuple[Line, ...] = ()
    usage: tuple[Note, ...] = ()
    unknown: tuple[Note, ...] = ()

    @property
    def hourly(self) -> Decimal:
        """Dollars an hour of all that is known."""
        return sum((line.hourly for line in self.lines), Decimal(0))

    @property
    def monthly(self) -> Decimal:
        """Dollars for 730 hours."""
        return self.hourly * HOURS_A_MONTH


@dataclass(frozen=True)
class Resource:
    """A managed resource of a plan. What a plan does not know of it is missing in `values`."""

    address: str
    type: str
    name: str
    module: str = ""  # its address, with instance keys; empty for the root
    values: Mapping[str, Any] = field(default_factory=dict)

    @property
    def written(self) -> str:
        """The address in the configuration: without instance keys."""
        return ".".join(filter(None, (_INDEX.sub("", self.module), self.type, self.name)))


@dataclass(frozen=True)
class Plan:
    """What a plan makes, what was there before, and by address in the configuration what refers to what."""

    region: str
    after: tuple[Resource, ...]
    before: tuple[Resource, ...]
    references: Mapping[str, Mapping[str, Any]]


@cache
def prices() -> dict[str, Any]:
    """The table as it is written, with exact numbers."""
    return tomllib.loads(PRICES.read_text(encoding="utf-8"), parse_float=Decimal)


def age(today: date) -> str:
    """What is to be said of the table's age; empty while it is young."""
    written: date = prices()["date"]
    return f"the price table is of {written}: older than a year" if today - written > OLD else ""


def read(text: bytes) -> Plan:
    """A plan as `terraform show -json PLAN` writes it. Raises CannotJudge for anything else, or half of one."""
    try:
        document = json.loads(text)
        if not str(document["format_version"]).startswith("1."):
            raise CannotJudge(f"the plan has the format {document['format_version']}, and 1.x is known")
        if document.get("errored") or document.get("complete") is False:
            raise CannotJudge("the plan is not whole: terraform had not planned everything")
        configuration = document["configuration"]
        return Plan(
            _region(document),
            tuple(_resources(document["planned_values"].get("root_module", {}))),
            tuple(_resources((document.get("prior_state") or {}).get("values", {}).get("root_module", {}))),
            dict(_expressions("", configuration.get("root_module", {}))),
        )
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise CannotJudge(
            f"this is no plan: {type(error).__name__}: {error}",
            next_step="terraform show -json PLAN > PLAN.json",
        ) from error


def estimate(
    resources: Iterable[Resource],
    region: str,
    today: date,
    references: Mapping[str, Mapping[str, Any]] | None = None,
) -> Cost:
    """What resources cost in a region by the table; the parts in the order of their addresses."""
    everything = sorted(resources, key=lambda one: one.address)
    table = prices()
    if region not in table["regions"]:
        return Cost(
            unknown=tuple(
                Note(one.address, f"no prices of region {region or 'unknown'}") for one in everything
            )
        )
    known = {**table["everywhere"], **table["regions"][region]}
    scope = _Scope(known, table, today, everything, references or {})
    lines, usage, unknown = [], [], []
    for one in everything:
        if text := table["usage"].get(one.type):
            usage.append(Note(one.address, text))
        pricer = _PRICERS.get(one.type)
        if pricer is None:
            if one.type not in table["free"]["types"] and one.type not in table["usage"]:
                unknown.append(Note(one.address, f"no price of {one.type}"))
            continue
        try:
            lines += [Line(one.address, what, hourly) for what, hourly in pricer(scope, one)]
        except _Unknown as error:
            unknown.append(Note(one.address, str(error)))
    return Cost(tuple(lines), tuple(usage), tuple(unknown))


class _Unknown(Exception):
    """Why a resource has no price."""


@dataclass(frozen=True)
class _Scope:
    known: Mapping[str, Any]
    table: Mapping[str, Any]
    today: date
    resources: list[Resource]
    references: Mapping[str, Mapping[str, Any]]

    def referred(self, one: Resource, *path: str | int) -> list[Resource]:
        """The resources of the same module that an expression of the configuration names."""
        expression: Any = self.references.get(one.written, {})
        for step in path:
            if isinstance(expression, dict):
                expression = expression.get(step)
            else:
                is_there = isinstance(expression, list) and isinstance(step, int) and step < len(expression)
                expression = expression[step] if is_there else None
        named = set((expression or {}).get("references", ()))
        return [
            other
            for other in self.resources
            if other.module == one.module and f"{other.type}.{other.name}" in named
        ]


_Parts = Iterator[tuple[str, Decimal]]


def _fixed(what: str, price: str) -> Callable[[_Scope, Resource], _Parts]:
    def pricer(scope: _Scope, one: Resource) -> _Parts:  # noqa: ARG001
        yield what, scope.known[price]

    return pricer


def _need(values: Mapping[str, Any], key: str) -> Any:
    if values.get(key) is None:
        raise _Unknown(f"{key} is not known")
    return values[key]


def _cluster(scope: _Scope, one: Resource) -> _Parts:
    """One that slides into extended support costs six times as much from then on; STANDARD is upgraded instead."""
    policy = (one.values.get("upgrade_policy") or [{}])[0].get("support_type", "EXTENDED")
    if policy != "STANDARD":
        version = str(_need(one.values, "version"))
        ends = scope.table["standard_support_ends"].get(version)
        if ends is None:
            raise _Unknown(f"no end of standard support is known of Kubernetes {version}")
        if scope.today > ends:
            yield f"control plane, extended support of {version}", scope.known["extended_cluster_hour"]
            return
    yield "control plane", scope.known["cluster_hour"]


def _instance(scope: _Scope, kind: str) -> Decimal:
    price = scope.known["instances"].get(kind)
    if price is None:
        raise _Unknown(f"no price of instance type {kind}")
    return Decimal(price)


def _disk(scope: _Scope, ebs: Mapping[str, Any], size_key: str, type_key: str) -> tuple[str, Decimal]:
    size, kind = _need(ebs, size_key), _need(ebs, type_key)
    if kind != "gp3":
        raise _Unknown(f"no price of volume type {kind}")
    if (ebs.get("iops") or 0) > GP3_IOPS or (ebs.get("throughput") or 0) > GP3_MBPS:
        raise _Unknown(f"no price of a volume with more than {GP3_IOPS} IOPS or {GP3_MBPS} MiB/s")
    return f"{size} GB gp3", Decimal(size) * scope.known["gp3_gb_month"] / HOURS_A_MONTH


def _nodes(scope: _Scope, one: Resource) -> _Parts:
    """The desired number of the first instance type: the one that AWS takes while it has it."""
    if one.values.get("capacity_type") == "SPOT":
        raise _Unknown("the price of spot instances changes by the hour")
    count = _need((one.values.get("scaling_config") or [{}])[0], "desired_size")
    kinds = _need(one.values, "instance_types")
    price = _instance(scope, kinds[0])
    disks = list(_disks(scope, one))
    yield f"{count} x {kinds[0]}", count * price
    for what, hourly in disks:
        yield f"{count} x {what}", count * hourly


def _disks(scope: _Scope, group: Resource) -> _Parts:
    if not group.values.get("launch_template"):
        yield _disk(scope, {"size": group.values.get("disk_size") or 20, "type": "gp3"}, "size", "type")
        return
    templates = [
        other
        for other in scope.referred(group, "launch_template", 0, "id")
        if other.type == "aws_launch_template"
    ]
    if len(templates) != 1:
        raise _Unknown("its launch template is not in the plan, and says which volumes there are")
    mappings = templates[0].values.get("block_device_mappings") or []
    if not mappings:
        raise _Unknown("its launch template leaves the volume to the image")
    for mapping in mappings:
        yield _disk(scope, (mapping.get("ebs") or [{}])[0], "volume_size", "volume_type")


def _single_instance(scope: _Scope, one: Resource) -> _Parts:
    kind = str(_need(one.values, "instance_type"))
    price = _instance(scope, kind)
    disk = _disk(scope, (one.values.get("root_block_device") or [{}])[0], "volume_size", "volume_type")
    yield kind, price
    yield disk


def _volume(scope: _Scope, one: Resource) -> _Parts:
    yield _disk(scope, one.values, "size", "type")


def _endpoint(scope: _Scope, one: Resource) -> _Parts:
    kind = one.values.get("vpc_endpoint_type") or "Gateway"
    if kind == "Gateway":
        return
    if kind != "Interface":
        raise _Unknown(f"no price of endpoints of type {kind}")
    subnets = one.values.get("subnet_ids")
    count = len(subnets) if subnets else len(scope.referred(one, "subnet_ids"))
    if not count:
        raise _Unknown("the number of its subnets is not known")
    yield (
        f"interface in {count} zones" if count > 1 else "interface in 1 zone",
        (count * scope.known["vpc_endpoint_hour"]),
    )


def _balancer(scope: _Scope, one: Resource) -> _Parts:
    kind = one.values.get("load_balancer_type") or "application"
    if kind not in ("application", "network"):
        raise _Unknown(f"no price of load balancers of type {kind}")
    yield f"{kind} load balancer", scope.known["load_balancer_hour"]


def _key(scope: _Scope, one: Resource) -> _Parts:  # noqa: ARG001
    yield "key", scope.known["kms_key_month"] / HOURS_A_MONTH


_PRICERS: Mapping[str, Callable[[_Scope, Resource], _Parts]] = {
    "aws_alb": _balancer,
    "aws_ebs_volume": _volume,
    "aws_eip": _fixed("public IPv4 address", "public_ipv4_hour"),
    "aws_eks_cluster": _cluster,
    "aws_eks_node_group": _nodes,
    "aws_elb": _fixed("classic load balancer", "classic_load_balancer_hour"),
    "aws_instance": _single_instance,
    "aws_kms_key": _key,
    "aws_lb": _balancer,
    "aws_nat_gateway": _fixed("NAT gateway", "nat_gateway_hour"),
    "aws_vpc_endpoint": _endpoint,
}


def _resources(module: Mapping[str, Any]) -> Iterator[Resource]:
    for one in module.get("resources", ()):
        if one["mode"] == "managed":
            module_address = module.get("address", "")
            yield Resource(one["address"], one["type"], one["name"], module_address, one.get("values") or {})
    for inner in module.get("child_modules", ()):
        yield from _resources(inner)


def _expressions(path: str, module: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for one in module.get("resources", ()):
        yield f"{path}{one['address']}", one.get("expressions", {})
    for name, call in module.get("module_calls", {}).items():
        yield from _expressions(f"{path}module.{name}.", call.get("module", {}))


def _region(document: Mapping[str, Any]) -> str:
    """Where the provider works: what its setting is, or the variable that it names; empty when neither says."""
    provider = document["configuration"].get("provider_config", {}).get("aws", {})
    region = provider.get("expressions", {}).get("region", {})
    if constant := region.get("constant_value"):
        return str(constant)
    for name in region.get("references", ()):
        if value := document.get("variables", {}).get(name.removeprefix("var."), {}).get("value"):
            return str(value)
    return ""


def document(region: str, after: Cost, before: Cost, today: date) -> dict[str, Any]:
    """The answer for machines: dollars, hours to 4 digits and months to 2."""
    return {
        "region": region,
        "prices_of": str(prices()["date"]),
        "prices_are_old": bool(age(today)),
        "currency": "USD",
        "hourly": round(float(after.hourly), 4),
        "monthly": round(float(after.monthly), 2),
        "before_hourly": round(float(before.hourly), 4),
        "before_monthly": round(float(before.monthly), 2),
        "difference_hourly": round(float(after.hourly - before.hourly), 4),
        "difference_monthly": round(float(after.monthly - before.monthly), 2),
        "lines": [{**asdict(line), "hourly": round(float(line.hourly), 4)} for line in after.lines],
        "usage": [asdict(note) for note in after.usage],
        "unknown": [asdict(note) for note in after.unknown],
        "unknown_before": [asdict(note) for note in before.unknown],
    }
