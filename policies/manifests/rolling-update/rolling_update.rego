# METADATA
# title: A strategy that is set is RollingUpdate
# description: >-
#   A strategy that is set is RollingUpdate.
# custom:
#   id: rolling-update
#   profile: production
#   severity: medium
#   scope: object
#   why: >-
#     Recreate stops every pod before the first new one starts.
#   fix: >-
#     Set strategy.type: RollingUpdate.
#   reference: https://kubernetes.io/docs/concepts/workloads/controllers/deployment/
package hallmark.manifests.rolling_update

import data.hallmark.lib.objects

applies := {entry.id | some entry in objects.of["apps/Deployment"]}

violations contains objects.violation(entry.id, ["spec", "strategy"], "the strategy is not RollingUpdate") if {
	some entry in objects.of["apps/Deployment"]
	object.get(entry.object.spec, ["strategy", "type"], "RollingUpdate") != "RollingUpdate"
}
