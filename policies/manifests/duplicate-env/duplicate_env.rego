# METADATA
# title: No environment variable twice
# description: >-
#   No name stands twice in env of one container, init and ephemeral ones too. What comes by envFrom is not
#   compared.
# custom:
#   id: duplicate-env
#   profile: production
#   severity: low
#   scope: object
#   why: >-
#     The last one wins silently: which one that is depends on how patches were merged.
#   fix: >-
#     Remove one of the two.
#   reference: https://kubernetes.io/docs/tasks/inject-data-application/define-environment-variable-container/
package hallmark.manifests.duplicate_env

import data.hallmark.lib.workload

applies := workload.ids

violations contains workload.finding(container, ["env", index], sprintf("sets %s twice", [variable.name])) if {
	some container in workload.containers
	some index, variable in container.spec.env
	some earlier, other in container.spec.env
	earlier < index
	other.name == variable.name
}
