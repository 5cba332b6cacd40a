# METADATA
# title: Every apiVersion is one to rely on
# description: >-
#   No object has an apiVersion that Kubernetes has deprecated or removed by 1.32 (by its migration guide and,
#   for what never came out of alpha, by the marks on its types), or removed since in the version that the
#   schema is of. What was only deprecated later is not judged. An object of a removed version is judged by
#   every other rule as well.
# custom:
#   id: stable-api-version
#   profile: baseline
#   severity: high
#   scope: object
#   why: >-
#     The API server of today doesn't have it: the object is never made, or stops half of a release; what is
#     deprecated goes with one of the next versions.
#   fix: >-
#     Write the version that is served (kubectl api-resources), and what the migration guide says has changed
#     in it.
#   reference: https://kubernetes.io/docs/reference/using-api/deprecation-guide/
package hallmark.manifests.stable_api_version

import data.hallmark.lib.objects

applies := objects.ids

violations contains objects.violation(entry.id, ["apiVersion"], sprintf("%s %s is deprecated or removed", [entry.object.apiVersion, entry.object.kind])) if {
	some entry in input.objects
	_is_going(entry.object)
}

_is_going(thing) if thing.apiVersion in _versions

_is_going(thing) if thing.kind in _kinds[thing.apiVersion]

# Versions with every kind in them.
_versions := {
	"apiextensions.k8s.io/v1beta1",
	"apiregistration.k8s.io/v1beta1",
	"apps/v1beta1",
	"apps/v1beta2",
	"auditregistration.k8s.io/v1alpha1",
	"authentication.k8s.io/v1alpha1",
	"authentication.k8s.io/v1beta1",
	"authorization.k8s.io/v1beta1",
	"autoscaling/v2alpha1",
	"autoscaling/v2beta1",
	"autoscaling/v2beta2",
	"batch/v1beta1",
	"batch/v2alpha1",
	"coordination.k8s.io/v1alpha1",
	"discovery.k8s.io/v1alpha1",
	"discovery.k8s.io/v1beta1",
	"events.k8s.io/v1beta1",
	"extensions/v1beta1",
	"flowcontrol.apiserver.k8s.io/v1alpha1",
	"flowcontrol.apiserver.k8s.io/v1beta1",
	"flowcontrol.apiserver.k8s.io/v1beta2",
	"flowcontrol.apiserver.k8s.io/v1beta3",
	"networking.k8s.io/v1alpha1",
	"node.k8s.io/v1alpha1",
	"node.k8s.io/v1beta1",
	"policy/v1alpha1",
	"policy/v1beta1",
	"rbac.authorization.k8s.io/v1alpha1",
	"rbac.authorization.k8s.io/v1beta1",
	"resource.k8s.io/v1alpha1",
	"resource.k8s.io/v1alpha2",
	"scheduling.k8s.io/v1beta1",
	"settings.k8s.io/v1alpha1",
	"storage.k8s.io/v1alpha1",
	"storagemigration.k8s.io/v1alpha1",
}

# Kinds of versions that have others still.
_kinds := {
	"v1": {"ComponentStatus"},
	"admissionregistration.k8s.io/v1alpha1": {
		"ExternalAdmissionHookConfiguration",
		"InitializerConfiguration",
		"ValidatingAdmissionPolicy",
		"ValidatingAdmissionPolicyBinding",
	},
	"admissionregistration.k8s.io/v1beta1": {
		"MutatingWebhookConfiguration",
		"ValidatingAdmissionPolicy",
		"ValidatingAdmissionPolicyBinding",
		"ValidatingWebhookConfiguration",
	},
	"certificates.k8s.io/v1alpha1": {"PodCertificateRequest"},
	"certificates.k8s.io/v1beta1": {"CertificateSigningRequest"},
	"coordination.k8s.io/v1beta1": {"Lease"},
	"networking.k8s.io/v1beta1": {"Ingress", "IngressClass"},
	"resource.k8s.io/v1alpha3": {
		"DeviceClass",
		"PodSchedulingContext",
		"ResourceClaim",
		"ResourceClaimTemplate",
		"ResourceSlice",
	},
	"scheduling.k8s.io/v1alpha1": {"PriorityClass"},
	"storage.k8s.io/v1beta1": {
		"CSIDriver",
		"CSINode",
		"CSIStorageCapacity",
		"StorageClass",
		"VolumeAttachment",
	},
}
