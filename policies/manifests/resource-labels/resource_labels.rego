# METADATA
# title: Every object has the required labels
# description: >-
#   Every object, of whatever kind, has the labels that required_labels in policies/parameters.yaml names,
#   with whatever value. Pod templates are not judged. When the list is empty the rule applies to nothing.
# custom:
#   id: resource-labels
#   profile: production
#   severity: low
#   scope: object
#   why: >-
#     Whoever finds an object in the cluster must be able to see what it belongs to and who applies it.
#   fix: >-
#     Set the label, best for all objects at once: in a kustomization under labels.
#   reference: https://kubernetes.io/docs/concepts/overview/working-with-objects/common-labels/
package hallmark.manifests.resource_labels

import data.hallmark.lib.objects
import data.parameters

applies := {id | count(parameters.required_labels) > 0; some id in objects.ids}

violations contains objects.violation(entry.id, ["metadata", "labels"], sprintf("lacks the label %s", [key])) if {
	some entry in input.objects
	some key in parameters.required_labels
	not key in object.keys(object.get(entry.object, ["metadata", "labels"], {}))
}
