package hallmark.plan.eks_nodes_private_subnets_test

import data.hallmark.plan.eks_nodes_private_subnets
import data.hallmark.testing.plans

_violations(example) := plans.places(set, found) if {
	set := plans.of("eks-nodes-private-subnets", example)
	found := eks_nodes_private_subnets.violations with input as set
}

_unknowns(example) := plans.places(set, found) if {
	set := plans.of("eks-nodes-private-subnets", example)
	found := eks_nodes_private_subnets.unknowns with input as set
}

_applies(example) := plans.addresses(set, found) if {
	set := plans.of("eks-nodes-private-subnets", example)
	found := eks_nodes_private_subnets.applies with input as set
}

test_denies_what_breaks_the_demand if {
	_violations("fail") == {
		"aws_eks_node_group.both: subnet_ids",
		"aws_eks_node_group.mapped: subnet_ids",
		"aws_eks_node_group.routed: subnet_ids",
	}
	_unknowns("fail") == set()
}

test_allows_what_is_as_it_should_be if {
	_violations("pass") == set()
	_unknowns("pass") == set()
}

test_leaves_open_what_is_known_after_apply_only if {
	_violations("unknown") == set()
	_unknowns("unknown") == {
		"aws_eks_node_group.either: subnet_ids",
		"aws_eks_node_group.elsewhere: subnet_ids",
		"aws_eks_node_group.foreign: subnet_ids",
		"aws_eks_node_group.local: subnet_ids",
		"aws_eks_node_group.open: subnet_ids",
	}
}

test_applies_to_its_types_only if {
	_applies("fail") == {
		"aws_eks_node_group.both",
		"aws_eks_node_group.mapped",
		"aws_eks_node_group.routed",
	}
	_applies("pass") == {
		"aws_eks_node_group.alone",
		"aws_eks_node_group.private",
	}
	_applies("unknown") == {
		"aws_eks_node_group.either",
		"aws_eks_node_group.elsewhere",
		"aws_eks_node_group.foreign",
		"aws_eks_node_group.local",
		"aws_eks_node_group.open",
	}
}

# A state: a group in the subnet s, which is associated with the table t, whose route leads to a gateway.
_state := {
	"group": {"type": "aws_eks_node_group", "values": {"subnet_ids": ["s"]}},
	"subnet": {"type": "aws_subnet", "values": {"id": "s", "map_public_ip_on_launch": false}},
	"association": {"type": "aws_route_table_association", "values": {"subnet_id": "s", "route_table_id": "t"}},
	"table": {"type": "aws_route_table", "values": {"id": "t", "route": []}},
	"route": {"type": "aws_route", "values": {"route_table_id": "t", "gateway_id": "igw-0a"}},
}

_set(changes, without) := {"objects": [entry |
	some name, one in object.union(_state, changes)
	not name in without
	entry := object.union({"id": name, "address": name, "exists": true, "document": 0, "computed": []}, one)
]}

_denied(set) := plans.places(set, found) if {
	found := eks_nodes_private_subnets.violations with input as set
}

_open(set) := plans.places(set, found) if {
	found := eks_nodes_private_subnets.unknowns with input as set
}

_outcome(set) := "fail" if {
	_denied(set) == {"group: subnet_ids"}
	_open(set) == set()
} else := "unknown" if {
	_open(set) == {"group: subnet_ids"}
	_denied(set) == set()
} else := "pass" if {
	_open(set) == set()
	_denied(set) == set()
}

_values(name, values) := {name: {"values": values}}

_to(resources, types, opaque) := {"$unknown": {"references": ["r"], "resources": resources, "types": types, "opaque": opaque}}

test_follows_every_step_to_the_gateway if {
	_outcome(_set({}, [])) == "fail"
	every step in ["association", "route"] {
		_outcome(_set({}, [step])) == "pass"
	}
	_outcome(_set({}, ["table"])) == "unknown"
	_outcome(_set({}, ["subnet"])) == "unknown"
	_outcome(_set(_values("route", {"gateway_id": "vgw-0a"}), [])) == "pass"
	_outcome(_set({"route": {"values": {"nat_gateway_id": "nat-0a"}}, "table": {"values": {"route": [{"gateway_id": "igw-0a"}]}}}, [])) == "fail"
	_outcome(_set(_values("subnet", {"map_public_ip_on_launch": true}), ["association"])) == "fail"
}

test_stays_in_the_document if {
	_outcome(_set({"subnet": {"document": 1}}, [])) == "unknown"
	_outcome(_set({"route": {"document": 1}}, [])) == "pass"
}

test_leaves_open_every_link if {
	opaque := _to([], [], true)
	every change in [
		_values("association", {"subnet_id": opaque}),
		_values("association", {"route_table_id": opaque}),
		_values("route", {"route_table_id": opaque}),
		_values("route", {"gateway_id": opaque}),
		_values("route", {"gateway_id": _to(["a", "b"], ["aws_internet_gateway", "aws_vpn_gateway"], false)}),
		_values("group", {"subnet_ids": opaque}),
		_values("group", {"subnet_ids": [opaque]}),
	] {
		_outcome(_set(change, [])) == "unknown"
	}
	_outcome(_set(_values("route", {"gateway_id": _to(["a"], ["aws_internet_gateway"], false)}), [])) == "fail"
}

test_leaves_open_no_link_to_what_is_harmless if {
	opaque := _to([], [], true)
	harmless := _values("route", {"gateway_id": "vgw-0a"})
	_outcome(_set(object.union(harmless, _values("association", {"subnet_id": opaque})), [])) == "pass"
	_outcome(_set(_values("route", {"gateway_id": "vgw-0a", "route_table_id": opaque}), [])) == "pass"
}

test_judges_a_subnet_without_a_table_by_the_main_one if {
	main := {"table": {"type": "aws_default_route_table"}}
	_outcome(_set(main, ["association"])) == "unknown"
	_outcome(_set(object.union(main, {"group": {"values": {"subnet_ids": ["s"]}}}), [])) == "fail"
	_outcome(_set(main, ["association", "route"])) == "pass"
	other := {"table": {"type": "aws_default_route_table", "document": 1}, "route": {"document": 1}}
	_outcome(_set(other, ["association"])) == "pass"
}

test_judges_every_subnet_of_a_group if {
	private := {"private": {"type": "aws_subnet", "values": {"id": "p"}}}
	_outcome(_set(object.union(private, _values("group", {"subnet_ids": ["p"]})), [])) == "pass"
	_outcome(_set(object.union(private, _values("group", {"subnet_ids": ["p", "s"]})), [])) == "fail"
	_outcome(_set(object.union(private, _values("group", {"subnet_ids": ["p", "elsewhere"]})), [])) == "unknown"
	_outcome(_set(_values("group", {"subnet_ids": ["s", "elsewhere"]}), [])) == "fail"
	_outcome(_set(object.union(private, _values("group", {"subnet_ids": ["p", _to(["subnet"], ["aws_subnet"], false)]})), [])) == "fail"
}

test_knows_what_a_reference_leads_to if {
	private := {"private": {"type": "aws_subnet", "values": {}}}
	both := _to(["private", "subnet"], ["aws_subnet"], false)
	_outcome(_set(object.union(private, _values("group", {"subnet_ids": both})), [])) == "unknown"
	_outcome(_set(object.union(private, _values("group", {"subnet_ids": _to(["private"], ["aws_subnet"], false)})), [])) == "pass"
	_outcome(_set(object.union(private, _values("group", {"subnet_ids": _to(["private"], ["aws_subnet"], true)})), [])) == "unknown"
	_outcome(_set(object.union(private, _values("group", {"subnet_ids": _to(["a", "private"], ["aws_subnet", "terraform_data"], false)})), [])) == "unknown"
}

test_says_whose_subnets_are_open if {
	found := eks_nodes_private_subnets.unknowns with input as _set({}, ["subnet"])
	{one.message | some one in found} == {"whether all subnets of group are private is not in the document"}
}
