# METADATA
# title: A StatefulSet has a Service for its names
# description: >-
#   serviceName of every StatefulSet is a headless Service (clusterIP: None) of the set, in the same
#   namespace, that selects its pods.
# custom:
#   id: statefulset-service-name
#   profile: production
#   severity: medium
#   scope: namespace
#   why: >-
#     The names of the replicas come from that Service: where it is missing or is for others, none of them
#     resolves.
#   fix: >-
#     Add a Service with clusterIP: None and the template's labels as its selector, and name it in
#     serviceName.
#   reference: https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#stable-network-id
package hallmark.manifests.statefulset_service_name

import data.hallmark.lib.objects
import data.hallmark.lib.service

applies := {entry.id | some entry in objects.of["apps/StatefulSet"]}

violations contains objects.violation(entry.id, ["spec", "serviceName"], "it is no headless Service of the set that selects its pods") if {
	some entry in objects.of["apps/StatefulSet"]
	not _has_names(entry)
}

_has_names(entry) if [objects.namespace(entry), entry.object.spec.serviceName, entry.id] in _served

# By namespace and name, the headless Services, each with what it selects.
_served := {[objects.namespace(entry), objects.name(entry), id] |
	some entry in service.selecting
	entry.object.spec.clusterIP == "None"
	some id in service.pods(entry)
}
