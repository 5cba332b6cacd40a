# METADATA
# title: No role approves certificates
# description: >-
#   No rule grants update or patch on certificatesigningrequests/approval, or approve on signers: each is half
#   of the right to approve, and neither is of any other use. Signing (sign on signers) needs the signer's key
#   and is allowed. Role and ClusterRole are read alike: wildcards count (pods/* and */* too, of which the
#   authorizer makes nothing), a restriction by resourceNames doesn't excuse, and a rule without apiGroups is
#   one of every group.
# custom:
#   id: rbac-csr-approve
#   profile: restricted
#   severity: high
#   scope: object
#   why: >-
#     Who approves a request for a client certificate becomes any user, until the certificate expires: it
#     cannot be revoked.
#   fix: >-
#     Leave approval to the cluster's own controllers.
#   reference: https://kubernetes.io/docs/concepts/security/rbac-good-practices/
package hallmark.manifests.rbac_csr_approve

import data.hallmark.lib.rbac

applies := rbac.role_ids

violations contains rbac.finding(entry, [], "grants approving certificate signing requests") if {
	some entry in rbac.rules
	some right in _rights
	rbac.grants(entry.rule, right)
}

_rights := [
	{"group": _group, "resources": {"certificatesigningrequests/approval"}, "verbs": {"patch", "update"}},
	{"group": _group, "resources": {"signers"}, "verbs": {"approve"}},
]

_group := "certificates.k8s.io"
