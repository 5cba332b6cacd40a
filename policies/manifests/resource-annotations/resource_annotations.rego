# METADATA
# title: Every object has the required annotations
# description: >-
#   Every object, of whatever kind, has the annotations that required_annotations in policies/parameters.yaml
#   names, with whatever value. Pod templates are not judged. When the list is empty the rule applies to
#   nothing. An opinion: which annotations say anything is each organisation's own matter.
# custom:
#   id: resource-annotations
#   profile: all
#   severity: low
#   scope: object
#   why: >-
#     Whoever finds an object in the cluster must be able to see whom to ask about it.
#   fix: >-
#     Set the annotation, best for all objects at once: by a transformer of the kustomization.
#   reference: https://kubernetes.io/docs/concepts/overview/working-with-objects/annotations/
package hallmark.manifests.resource_annotations

import data.hallmark.lib.objects
import data.parameters

applies := {id | count(parameters.required_annotations) > 0; some id in objects.ids}

violations contains objects.violation(entry.id, ["metadata", "annotations"], sprintf("lacks the annotation %s", [key])) if {
	some entry in input.objects
	some key in parameters.required_annotations
	not key in object.keys(object.get(entry.object, ["metadata", "annotations"], {}))
}
