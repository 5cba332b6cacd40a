# METADATA
# title: Nodes are in private subnets
# description: >-
#   No subnet of a node group gives its instances public addresses, or is associated with a route table that
#   has a route to an Internet gateway. Subnets are found by id, or by reference where they are made in the
#   same plan; one that isn't in the plan is unknown, and so is a group that refers to both kinds.
# custom:
#   id: eks-nodes-private-subnets
#   profile: production
#   severity: high
#   scope: set
#   why: >-
#     A node with a way in from the Internet is scanned all day, and one wrong security group opens it.
#   fix: >-
#     Put the nodes into subnets whose route to the Internet is a NAT gateway, with map_public_ip_on_launch =
#     false.
#   reference: https://docs.aws.amazon.com/eks/latest/best-practices/subnets.html
package hallmark.plan.eks_nodes_private_subnets

import data.hallmark.lib.plan

applies := plan.ids({_group})

violations contains plan.violation(entry, ["subnet_ids"], "has subnets that the Internet reaches") if {
	some entry in plan.of_types({_group})
	_verdict(entry) == "fail"
}

unknowns contains {"object": entry.id, "path": ["subnet_ids"], "message": sprintf("whether all subnets of %s are private is not in the document", [entry.address])} if {
	some entry in plan.of_types({_group})
	_verdict(entry) == "unknown"
}

_group := "aws_eks_node_group"

_association := "aws_route_table_association"

# An id that is known leads to one subnet; of what is open it is only known on which subnets it depends.
_verdict(entry) := "fail" if {
	some link in _links(entry)
	_judged(entry, link) == {"fail"}
} else := "unknown" if {
	some link in _links(entry)
	_judged(entry, link) != {"pass"}
} else := "pass"

_links(entry) := [ids] if {
	ids := plan.value(entry, ["subnet_ids"], [])
	not is_array(ids)
} else := plan.value(entry, ["subnet_ids"], [])

# The verdicts on what a link leads to: none when that is not in the document, "unknown" too when it may be more.
_judged(entry, link) := {_subnets[subnet.id] | some subnet in _led_to(entry, link)} | {"unknown" | _is_loose(link)}

_led_to(entry, link) := [subnet |
	some subnet in plan.of_types({"aws_subnet"})
	subnet.document == entry.document
	_leads(link, subnet)
]

_leads(link, subnet) if link == subnet.values.id

_leads(link, subnet) if subnet.address in link["$unknown"].resources

_is_loose(link) if link["$unknown"].opaque

_is_loose(link) if link["$unknown"].types != ["aws_subnet"]

_subnets := {subnet.id: _private(subnet) | some subnet in plan.of_types({"aws_subnet"})}

_private(subnet) := plan.worst({plan.verdict(subnet, ["map_public_ip_on_launch"], false, {false}), _routed(subnet)})

# By the tables with which it is associated; without any the main one of the VPC, which the plan may make its own.
_routed(subnet) := plan.worst({_associations[association.id] | some association in found.sure} | {"unknown" |
	some association in found.possible
	_associations[association.id] != "pass"
}) if {
	found := plan.companions(subnet, _association, "subnet_id")
	count(found.sure) + count(found.possible) > 0
} else := "unknown" if {
	some table in plan.of_types({"aws_default_route_table"})
	table.document == subnet.document
	_tables[table.id] != "pass"
} else := "pass"

# On each association, that on its table.
_associations := {association.id: _associated(association) | some association in plan.of_types({_association})}

_associated(association) := _tables[table.id] if {
	some table in _made
	some one in plan.companions(table, _association, "route_table_id").sure
	one.id == association.id
} else := "unknown"

_made := plan.of_types({"aws_route_table", "aws_default_route_table"})

# On each table: "fail" when a route leads to an Internet gateway.
_tables := {table.id: _table(table) | some table in _made}

_table(table) := plan.worst((({_gateway(block.value) | some block in plan.blocks(table, "route")} | {_gateway(route.values) | some route in found.sure}) | {"unknown" |
	some route in found.possible
	_gateway(route.values) != "pass"
})) if {
	found := plan.companions(table, "aws_route", "route_table_id")
}

_gateway(route) := "fail" if {
	is_string(route.gateway_id)
	startswith(route.gateway_id, "igw-")
} else := "fail" if {
	route.gateway_id["$unknown"].types == ["aws_internet_gateway"]
} else := "unknown" if {
	plan.is_mark(route.gateway_id)
} else := "pass"
