# METADATA
# title: A cluster logs everything that its control plane can log
# description: >-
#   enabled_cluster_log_types of every EKS cluster holds api, audit, authenticator, controllerManager and
#   scheduler.
# custom:
#   id: eks-logging-all-types
#   profile: production
#   severity: medium
#   scope: object
#   why: >-
#     What was not logged cannot be found out after an incident.
#   fix: >-
#     Set enabled_cluster_log_types to all five.
#   reference: https://docs.aws.amazon.com/eks/latest/userguide/control-plane-logs.html
package hallmark.plan.eks_logging_all_types

import data.hallmark.lib.plan

applies := plan.ids({"aws_eks_cluster"})

violations contains plan.violation(entry, _path, sprintf("%s is not logged", [type])) if {
	some entry in plan.of_types({"aws_eks_cluster"})
	some type in _types
	_logged(entry, type) == "fail"
}

unknowns contains plan.unknown(entry, _path) if {
	some entry in plan.of_types({"aws_eks_cluster"})
	some type in _types
	_logged(entry, type) == "unknown"
}

_path := ["enabled_cluster_log_types"]

_types := {"api", "audit", "authenticator", "controllerManager", "scheduler"}

_logged(entry, type) := "pass" if {
	type in plan.value(entry, _path, [])
} else := "unknown" if {
	plan.has_mark(plan.value(entry, _path, []))
} else := "fail"
