# METADATA
# title: The API of a cluster is not open to the whole Internet
# description: >-
#   The public endpoint of an EKS cluster, which is on by default, is off or has public_access_cidrs that are not the
#   whole Internet, neither in one nor in parts. Left out they are 0.0.0.0/0.
# custom:
#   id: eks-endpoint-public
#   profile: baseline
#   severity: high
#   scope: object
#   why: >-
#     Everybody can try stolen credentials, and the next flaw of the API server, on an endpoint that is open to all.
#   fix: >-
#     Set endpoint_public_access = false in vpc_config, or list the addresses that need it in public_access_cidrs.
#   reference: https://docs.aws.amazon.com/eks/latest/userguide/cluster-endpoint.html
package hallmark.plan.eks_endpoint_public

import data.hallmark.lib.cidr
import data.hallmark.lib.plan

applies := plan.ids({"aws_eks_cluster"})

violations contains plan.violation(entry, _ranges, "the public endpoint is open to the whole Internet") if {
	some entry in _public
	_open(entry) == "fail"
	not plan.is_open(entry, _switch)
}

unknowns contains plan.unknown(entry, _switch) if {
	some entry in _public
	_open(entry) != "pass"
	plan.is_open(entry, _switch)
}

unknowns contains plan.unknown(entry, _ranges) if {
	some entry in _public
	_open(entry) == "unknown"
	not plan.is_open(entry, _switch)
}

_switch := ["vpc_config", 0, "endpoint_public_access"]

_ranges := ["vpc_config", 0, "public_access_cidrs"]

# The clusters whose public endpoint is on, or may be.
_public := [entry | some entry in plan.of_types({"aws_eks_cluster"}); plan.verdict(entry, _switch, true, {false}) != "pass"]

_open(entry) := "unknown" if {
	plan.is_open(entry, _ranges)
} else := "fail" if {
	plan.value(entry, _ranges, []) == []
} else := cidr.internet(plan.value(entry, _ranges, []))
