"""The kinds that Kubernetes 1.35 serves, and those it served once: what is neither is unknown and is never passed.

A removed version stays known, so that its objects are judged by every rule and refused by `stable-api-version`.
"""

from __future__ import annotations

# "group": (versions ever served, namespaced kinds, cluster-wide kinds)
_GROUPS: dict[str, tuple[str, str, str]] = {
    "": (
        "v1",
        "Binding ConfigMap Endpoints Event LimitRange PersistentVolumeClaim Pod PodTemplate ReplicationController "
        "ResourceQuota Secret Service ServiceAccount",
        "ComponentStatus Namespace Node PersistentVolume",
    ),
    "admissionregistration.k8s.io": (
        "v1 v1beta1 v1alpha1",
        "",
        "MutatingAdmissionPolicy MutatingAdmissionPolicyBinding MutatingWebhookConfiguration "
        "ValidatingAdmissionPolicy ValidatingAdmissionPolicyBinding ValidatingWebhookConfiguration",
    ),
    "apiextensions.k8s.io": ("v1 v1beta1", "", "CustomResourceDefinition"),
    "apiregistration.k8s.io": ("v1 v1beta1", "", "APIService"),
    "apps": (
        "v1 v1beta1 v1beta2",
        "ControllerRevision DaemonSet Deployment ReplicaSet StatefulSet",
        "",
    ),
    "autoscaling": ("v1 v2 v2beta1 v2beta2", "HorizontalPodAutoscaler", ""),
    "batch": ("v1 v1beta1 v2alpha1", "CronJob Job", ""),
    "certificates.k8s.io": (
        "v1 v1beta1 v1alpha1",
        "PodCertificateRequest",
        "CertificateSigningRequest ClusterTrustBundle",
    ),
    "coordination.k8s.io": ("v1 v1beta1 v1alpha2", "Lease LeaseCandidate", ""),
    "discovery.k8s.io": ("v1 v1beta1", "EndpointSlice", ""),
    "events.k8s.io": ("v1 v1beta1", "Event", ""),
    "extensions": (
        "v1beta1",
        "DaemonSet Deployment Ingress NetworkPolicy ReplicaSet",
        "PodSecurityPolicy",
    ),
    "flowcontrol.apiserver.k8s.io": (
        "v1 v1beta1 v1beta2 v1beta3",
        "",
        "FlowSchema PriorityLevelConfiguration",
    ),
    "networking.k8s.io": (
        "v1 v1beta1",
        "Ingress NetworkPolicy",
        "IPAddress IngressClass ServiceCIDR",
    ),
    "node.k8s.io": ("v1 v1beta1", "", "RuntimeClass"),
    "policy": ("v1 v1beta1", "PodDisruptionBudget", "PodSecurityPolicy"),
    "rbac.authorization.k8s.io": (
        "v1 v1beta1 v1alpha1",
        "Role RoleBinding",
        "ClusterRole ClusterRoleBinding",
    ),
    "resource.k8s.io": (
        "v1 v1beta1 v1beta2 v1alpha3",
        "ResourceClaim ResourceClaimTemplate",
        "DeviceClass DeviceTaintRule ResourceSlice",
    ),
    "scheduling.k8s.io": ("v1 v1beta1 v1alpha1", "Workload", "PriorityClass"),
    "storage.k8s.io": (
        "v1 v1beta1 v1alpha1",
        "CSIStorageCapacity",
        "CSIDriver CSINode StorageClass VolumeAttachment VolumeAttributesClass",
    ),
}
_NAMESPACED = {(group, kind): True for group, (_, kinds, _) in _GROUPS.items() for kind in kinds.split()} | {
    (group, kind): False for group, (_, _, kinds) in _GROUPS.items() for kind in kinds.split()
}


def split(api_version: str) -> tuple[str, str]:
    """The group and version in an apiVersion; the group of `v1` is empty."""
    group, _, version = api_version.rpartition("/")
    return group, version


def is_known(api_version: str, kind: str) -> bool:
    """Whether Kubernetes serves, or ever served, this kind in this version of its group."""
    group, version = split(api_version)
    return (group, kind) in _NAMESPACED and version in _GROUPS[group][0].split()


def is_namespaced(api_version: str, kind: str) -> bool:
    """Whether objects of a known kind live in a namespace; an unknown kind is taken to."""
    return _NAMESPACED.get((split(api_version)[0], kind), True)
