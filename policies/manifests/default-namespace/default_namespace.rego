# METADATA
# title: Nothing lives in the namespace default
# description: >-
#   Every object that lives in a namespace names one in metadata.namespace, and not default. What lives in
#   none is not judged.
# custom:
#   id: default-namespace
#   profile: production
#   severity: medium
#   scope: object
#   why: >-
#     What names no namespace lands wherever the applier happens to be, beside everything else that forgot.
#   fix: >-
#     Set metadata.namespace, or the kustomization's namespace.
#   reference: https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/
package hallmark.manifests.default_namespace

import data.hallmark.lib.objects

applies := {entry.id | some entry in input.objects; entry.namespaced}

violations contains objects.violation(entry.id, ["metadata", "namespace"], "it is in the namespace default, or names none") if {
	some entry in input.objects
	entry.namespaced
	objects.namespace(entry) in {"", "default"}
}
