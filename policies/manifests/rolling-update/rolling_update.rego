# METADATA
# title: A strategy that is set is RollingUpdate
# description: >-
#   Where a Deployment sets a strategy, or a StatefulSet or DaemonSet an updateStrategy, its type is
#   RollingUpdate or left out.
# custom:
#   id: rolling-update
#   profile: production
#   severity: medium
#   scope: object
#   why: >-
#     Recreate stops every pod before the first new one starts, and OnDelete leaves the old ones running until
#     somebody deletes each.
#   fix: >-
#     Set the type to RollingUpdate, or leave the strategy out.
#   reference: https://kubernetes.io/docs/concepts/workloads/controllers/deployment/
package hallmark.manifests.rolling_update

import data.hallmark.lib.objects

applies := {entry.id | some type, _ in _fields; some entry in objects.of[type]}

violations contains objects.violation(entry.id, ["spec", field], "its type is not RollingUpdate") if {
	some type, field in _fields
	some entry in objects.of[type]
	entry.object.spec[field].type != "RollingUpdate"
}

_fields := {"apps/DaemonSet": "updateStrategy", "apps/Deployment": "strategy", "apps/StatefulSet": "updateStrategy"}
