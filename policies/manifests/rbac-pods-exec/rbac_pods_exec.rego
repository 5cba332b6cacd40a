# METADATA
# title: No role enters pods
# description: >-
#   No rule grants create or get on pods/exec or pods/attach. Role and ClusterRole are read alike: wildcards
#   count (pods/* and */* too, of which the authorizer makes nothing), a restriction by resourceNames doesn't
#   excuse, and a rule without apiGroups is one of every group.
# custom:
#   id: rbac-pods-exec
#   profile: production
#   severity: high
#   scope: object
#   why: >-
#     Who runs commands in a pod acts with its service account, its Secrets and its network.
#   fix: >-
#     Take the right from the role; look into a pod by its logs, or by a copy of it elsewhere.
#   reference: https://kubernetes.io/docs/concepts/security/rbac-good-practices/
package hallmark.manifests.rbac_pods_exec

import data.hallmark.lib.rbac

applies := rbac.role_ids

violations contains rbac.finding(entry, [], "grants running commands in pods") if {
	some entry in rbac.rules
	rbac.grants(entry.rule, rbac.enters_pods)
}
