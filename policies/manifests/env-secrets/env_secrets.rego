# METADATA
# title: No Secret is handed over in the environment
# description: >-
#   No container has a secretKeyRef in env or a secretRef in envFrom. An opinion: many programs take their
#   secrets in no other way.
# custom:
#   id: env-secrets
#   profile: all
#   severity: low
#   scope: object
#   why: >-
#     The environment is inherited by every child process, shown by crash reports, and stays as it was when the
#     Secret changes.
#   fix: >-
#     Mount the Secret as a volume.
#   reference: https://kubernetes.io/docs/concepts/security/secrets-good-practices/
package hallmark.manifests.env_secrets

import data.hallmark.lib.workload

applies := workload.ids

violations contains workload.finding(container, ["env", index], "has a secretKeyRef in env") if {
	some container in workload.containers
	some index, variable in container.spec.env
	variable.valueFrom.secretKeyRef
}

violations contains workload.finding(container, ["envFrom", index], "has a secretRef in envFrom") if {
	some container in workload.containers
	some index, source in container.spec.envFrom
	source.secretRef
}
