package hallmark.manifests.stable_api_version_test

import data.hallmark.manifests.stable_api_version
import data.hallmark.testing

_places(set) := testing.places(set, found) if {
	found := stable_api_version.violations with input as set
}

# A set of one object of this version and kind.
_set(version, kind) := {"objects": [{"id": 7, "type": sprintf("group/%s", [kind]), "object": {"apiVersion": version, "kind": kind}}]}

# What the migration guide names, release by release.
_guide := {
	"1.16": {
		"extensions/v1beta1": "DaemonSet Deployment NetworkPolicy PodSecurityPolicy ReplicaSet",
		"apps/v1beta1": "Deployment ReplicaSet StatefulSet",
		"apps/v1beta2": "DaemonSet Deployment ReplicaSet StatefulSet",
	},
	"1.22": {
		"admissionregistration.k8s.io/v1beta1": "MutatingWebhookConfiguration ValidatingWebhookConfiguration",
		"apiextensions.k8s.io/v1beta1": "CustomResourceDefinition",
		"apiregistration.k8s.io/v1beta1": "APIService",
		"authentication.k8s.io/v1beta1": "TokenReview",
		"authorization.k8s.io/v1beta1": "LocalSubjectAccessReview SelfSubjectAccessReview SelfSubjectRulesReview SubjectAccessReview",
		"certificates.k8s.io/v1beta1": "CertificateSigningRequest",
		"coordination.k8s.io/v1beta1": "Lease",
		"extensions/v1beta1": "Ingress",
		"networking.k8s.io/v1beta1": "Ingress IngressClass",
		"rbac.authorization.k8s.io/v1beta1": "ClusterRole ClusterRoleBinding Role RoleBinding",
		"scheduling.k8s.io/v1beta1": "PriorityClass",
		"storage.k8s.io/v1beta1": "CSIDriver CSINode StorageClass VolumeAttachment",
	},
	"1.25": {
		"autoscaling/v2beta1": "HorizontalPodAutoscaler",
		"batch/v1beta1": "CronJob",
		"discovery.k8s.io/v1beta1": "EndpointSlice",
		"events.k8s.io/v1beta1": "Event",
		"node.k8s.io/v1beta1": "RuntimeClass",
		"policy/v1beta1": "PodDisruptionBudget PodSecurityPolicy",
	},
	"1.26": {
		"autoscaling/v2beta2": "HorizontalPodAutoscaler",
		"flowcontrol.apiserver.k8s.io/v1beta1": "FlowSchema PriorityLevelConfiguration",
	},
	"1.27": {"storage.k8s.io/v1beta1": "CSIStorageCapacity"},
	"1.29": {"flowcontrol.apiserver.k8s.io/v1beta2": "FlowSchema PriorityLevelConfiguration"},
	"1.32": {"flowcontrol.apiserver.k8s.io/v1beta3": "FlowSchema PriorityLevelConfiguration"},
	"deprecated by 1.32": {
		"v1": "ComponentStatus",
		"admissionregistration.k8s.io/v1beta1": "ValidatingAdmissionPolicy ValidatingAdmissionPolicyBinding",
		"authentication.k8s.io/v1beta1": "SelfSubjectReview",
		"networking.k8s.io/v1alpha1": "IPAddress ServiceCIDR",
		"storage.k8s.io/v1alpha1": "VolumeAttributesClass",
	},
	"removed alphas": {
		"admissionregistration.k8s.io/v1alpha1": "ExternalAdmissionHookConfiguration InitializerConfiguration ValidatingAdmissionPolicy ValidatingAdmissionPolicyBinding",
		"auditregistration.k8s.io/v1alpha1": "AuditSink",
		"authentication.k8s.io/v1alpha1": "SelfSubjectReview",
		"autoscaling/v2alpha1": "HorizontalPodAutoscaler",
		"batch/v2alpha1": "CronJob",
		"certificates.k8s.io/v1alpha1": "PodCertificateRequest",
		"coordination.k8s.io/v1alpha1": "LeaseCandidate",
		"discovery.k8s.io/v1alpha1": "EndpointSlice",
		"flowcontrol.apiserver.k8s.io/v1alpha1": "FlowSchema PriorityLevelConfiguration",
		"networking.k8s.io/v1alpha1": "ClusterCIDR",
		"node.k8s.io/v1alpha1": "RuntimeClass",
		"policy/v1alpha1": "PodDisruptionBudget",
		"rbac.authorization.k8s.io/v1alpha1": "ClusterRole ClusterRoleBinding Role RoleBinding",
		"resource.k8s.io/v1alpha1": "ResourceClaim",
		"resource.k8s.io/v1alpha2": "ResourceClaim ResourceClass",
		"resource.k8s.io/v1alpha3": "DeviceClass PodSchedulingContext ResourceClaim ResourceClaimTemplate ResourceSlice",
		"scheduling.k8s.io/v1alpha1": "PriorityClass",
		"settings.k8s.io/v1alpha1": "PodPreset",
		"storage.k8s.io/v1alpha1": "CSIStorageCapacity VolumeAttachment",
		"storagemigration.k8s.io/v1alpha1": "StorageVersionMigration",
	},
}

test_denies_what_is_deprecated_or_removed if {
	every versions in _guide {
		every version, kinds in versions {
			every kind in split(kinds, " ") {
				_places(_set(version, kind)) == {sprintf("%s: apiVersion", [kind])}
			}
		}
	}
}

test_allows_what_is_served if {
	served := {
		"v1": "ConfigMap Endpoints Event Namespace Pod Secret Service ServiceAccount",
		"admissionregistration.k8s.io/v1": "MutatingWebhookConfiguration ValidatingAdmissionPolicy ValidatingWebhookConfiguration",
		"admissionregistration.k8s.io/v1alpha1": "MutatingAdmissionPolicy MutatingAdmissionPolicyBinding",
		"admissionregistration.k8s.io/v1beta1": "MutatingAdmissionPolicy MutatingAdmissionPolicyBinding",
		"apiextensions.k8s.io/v1": "CustomResourceDefinition",
		"apps/v1": "ControllerRevision DaemonSet Deployment ReplicaSet StatefulSet",
		"autoscaling/v1": "HorizontalPodAutoscaler",
		"autoscaling/v2": "HorizontalPodAutoscaler",
		"batch/v1": "CronJob Job",
		"certificates.k8s.io/v1": "CertificateSigningRequest",
		"certificates.k8s.io/v1alpha1": "ClusterTrustBundle",
		"certificates.k8s.io/v1beta1": "ClusterTrustBundle",
		"coordination.k8s.io/v1": "Lease",
		"coordination.k8s.io/v1alpha2": "LeaseCandidate",
		"coordination.k8s.io/v1beta1": "LeaseCandidate",
		"flowcontrol.apiserver.k8s.io/v1": "FlowSchema",
		"networking.k8s.io/v1": "Ingress NetworkPolicy",
		"networking.k8s.io/v1beta1": "IPAddress ServiceCIDR",
		"policy/v1": "PodDisruptionBudget",
		"rbac.authorization.k8s.io/v1": "ClusterRole Role",
		"resource.k8s.io/v1alpha3": "DeviceTaintRule",
		"resource.k8s.io/v1beta1": "ResourceClaim",
		"scheduling.k8s.io/v1alpha1": "Workload",
		"storage.k8s.io/v1": "StorageClass",
		"storage.k8s.io/v1beta1": "VolumeAttributesClass",
		"example.org/v1beta1": "Deployment",
	}
	every version, kinds in served {
		every kind in split(kinds, " ") {
			_places(_set(version, kind)) == set()
		}
	}
}

test_denies_both_of_two if {
	one := _set("extensions/v1beta1", "Deployment")
	set := testing.joined(one, one)
	found := stable_api_version.violations with input as set
	{violation.object | some violation in found} == {7, 1007}
}

test_allows_what_is_as_it_should_be if {
	_places(testing.all) == set()
}

test_applies_to_every_object if {
	found := stable_api_version.applies with input as testing.all
	found == {entry.id | some entry in testing.all.objects}
}
