# METADATA
# title: No role reaches nodes/proxy
# description: >-
#   No rule grants anything on nodes/proxy. Role and ClusterRole are read alike: wildcards count (pods/* and
#   */* too, of which the authorizer makes nothing), a restriction by resourceNames doesn't excuse, and a rule
#   without apiGroups is one of every group.
# custom:
#   id: rbac-nodes-proxy
#   profile: restricted
#   severity: high
#   scope: object
#   why: >-
#     nodes/proxy is the kubelet's own API: commands in every pod of the node, past admission and past the
#     audit log.
#   fix: >-
#     Grant nodes/metrics, nodes/stats or nodes/log instead.
#   reference: https://kubernetes.io/docs/concepts/security/rbac-good-practices/
package hallmark.manifests.rbac_nodes_proxy

import data.hallmark.lib.rbac

applies := rbac.role_ids

violations contains rbac.finding(entry, [], "grants a right on nodes/proxy") if {
	some entry in rbac.rules
	rbac.names(entry.rule, {"group": "", "resources": {"nodes/proxy"}})
}
