"""The kinds that the pinned Kubernetes has, and those it had once: what is neither is unknown and is never passed.

Which there are and what fields they have stands in schema.json, made by schema_source.py. A removed version stays
known, so that its objects are judged by every rule and refused by `stable-api-version`.
"""

from __future__ import annotations

import functools
import json
import re
from pathlib import Path
from typing import Any

_FILE = Path(__file__).with_name("schema.json")
# Versions that are served no more, with their kinds (https://kubernetes.io/docs/reference/using-api/deprecation-guide/
# and, for what was never more than alpha, the changelogs). What had containers in a form that no rule reads, such as
# PetSet, is left out, to be unknown.
REMOVED = {
    "admissionregistration.k8s.io/v1alpha1": "ExternalAdmissionHookConfiguration InitializerConfiguration "
    "ValidatingAdmissionPolicy ValidatingAdmissionPolicyBinding",
    "admissionregistration.k8s.io/v1beta1": "MutatingWebhookConfiguration ValidatingAdmissionPolicy "
    "ValidatingAdmissionPolicyBinding ValidatingWebhookConfiguration",
    "apiextensions.k8s.io/v1beta1": "CustomResourceDefinition",
    "apiregistration.k8s.io/v1beta1": "APIService",
    "apps/v1beta1": "ControllerRevision Deployment ReplicaSet StatefulSet",
    "apps/v1beta2": "ControllerRevision DaemonSet Deployment ReplicaSet StatefulSet",
    "auditregistration.k8s.io/v1alpha1": "AuditSink",
    "authentication.k8s.io/v1alpha1": "SelfSubjectReview",
    "authentication.k8s.io/v1beta1": "SelfSubjectReview TokenReview",
    "authorization.k8s.io/v1beta1": "LocalSubjectAccessReview SelfSubjectAccessReview SelfSubjectRulesReview "
    "SubjectAccessReview",
    "autoscaling/v2alpha1": "HorizontalPodAutoscaler",
    "autoscaling/v2beta1": "HorizontalPodAutoscaler",
    "autoscaling/v2beta2": "HorizontalPodAutoscaler",
    "batch/v1beta1": "CronJob",
    "batch/v2alpha1": "CronJob",
    "certificates.k8s.io/v1alpha1": "PodCertificateRequest",
    "certificates.k8s.io/v1beta1": "CertificateSigningRequest",
    "coordination.k8s.io/v1alpha1": "LeaseCandidate",
    "coordination.k8s.io/v1beta1": "Lease",
    "discovery.k8s.io/v1alpha1": "EndpointSlice",
    "discovery.k8s.io/v1beta1": "EndpointSlice",
    "events.k8s.io/v1beta1": "Event",
    "extensions/v1beta1": "DaemonSet Deployment Ingress NetworkPolicy PodSecurityPolicy ReplicaSet ThirdPartyResource",
    "flowcontrol.apiserver.k8s.io/v1alpha1": "FlowSchema PriorityLevelConfiguration",
    "flowcontrol.apiserver.k8s.io/v1beta1": "FlowSchema PriorityLevelConfiguration",
    "flowcontrol.apiserver.k8s.io/v1beta2": "FlowSchema PriorityLevelConfiguration",
    "flowcontrol.apiserver.k8s.io/v1beta3": "FlowSchema PriorityLevelConfiguration",
    "networking.k8s.io/v1alpha1": "ClusterCIDR IPAddress ServiceCIDR",
    "networking.k8s.io/v1beta1": "Ingress IngressClass",
    "node.k8s.io/v1alpha1": "RuntimeClass",
    "node.k8s.io/v1beta1": "RuntimeClass",
    "policy/v1alpha1": "PodDisruptionBudget",
    "policy/v1beta1": "PodDisruptionBudget PodSecurityPolicy",
    "rbac.authorization.k8s.io/v1alpha1": "ClusterRole ClusterRoleBinding Role RoleBinding",
    "rbac.authorization.k8s.io/v1beta1": "ClusterRole ClusterRoleBinding Role RoleBinding",
    "resource.k8s.io/v1alpha1": "PodScheduling ResourceClaim ResourceClaimTemplate ResourceClass",
    "resource.k8s.io/v1alpha2": "PodSchedulingContext ResourceClaim ResourceClaimParameters ResourceClaimTemplate "
    "ResourceClass ResourceClassParameters ResourceSlice",
    "resource.k8s.io/v1alpha3": "DeviceClass PodSchedulingContext ResourceClaim ResourceClaimTemplate ResourceSlice",
    "scheduling.k8s.io/v1alpha1": "PriorityClass",
    "scheduling.k8s.io/v1beta1": "PriorityClass",
    "settings.k8s.io/v1alpha1": "PodPreset",
    "storage.k8s.io/v1alpha1": "CSIStorageCapacity VolumeAttachment VolumeAttributesClass",
    "storage.k8s.io/v1beta1": "CSIDriver CSINode CSIStorageCapacity StorageClass VolumeAttachment",
    "storagemigration.k8s.io/v1alpha1": "StorageVersionMigration",
}
# Of the removed kinds that have no version left: those that lived in no namespace.
_CLUSTER_WIDE = {
    *("AuditSink", "ClusterCIDR", "ExternalAdmissionHookConfiguration", "InitializerConfiguration"),
    *("PodSecurityPolicy", "ResourceClass", "ThirdPartyResource"),
}


@functools.cache
def table() -> dict[str, Any]:
    """What schema.json holds; schema_source.py documents it."""
    made: dict[str, Any] = json.loads(_FILE.read_text(encoding="utf-8"))
    return made


def version() -> str:
    """The Kubernetes whose kinds these are, such as v1.35.4."""
    return str(table()["version"])


def split(api_version: str) -> tuple[str, str]:
    """The group and version in an apiVersion; the group of `v1` is empty."""
    group, _, version = api_version.rpartition("/")
    return group, version


def is_served(api_version: str, kind: str) -> bool:
    """Whether the pinned Kubernetes has this kind in exactly this version."""
    return f"{api_version}/{kind}" in table()["kinds"]


def is_known(api_version: str, kind: str) -> bool:
    """Whether Kubernetes has, or ever had, this kind in this version of its group."""
    return is_served(api_version, kind) or kind in REMOVED.get(api_version, "").split()


def definition(api_version: str, kind: str) -> str:
    """The definition of a known kind in the table; of a removed version that of its successor, if there is one."""
    current = _current(api_version, kind)
    return str(table()["kinds"][current][0]) if current else ""


def is_namespaced(api_version: str, kind: str) -> bool:
    """Whether objects of a known kind live in a namespace; an unknown kind is taken to."""
    if not is_known(api_version, kind):
        return True
    current = _current(api_version, kind)
    return table()["kinds"][current][1] == "namespaced" if current else kind not in _CLUSTER_WIDE


def nearest(api_version: str, kind: str) -> str:
    """The served kind that an unknown one most looks like, as `apps/v1 Deployment`, or nothing."""
    served = list(table()["kinds"])
    same = [key for key in served if key.endswith(f"/{kind}")]
    import difflib  # mostly every kind is known

    close = difflib.get_close_matches(f"{api_version}/{kind}", same or served, n=1, cutoff=0.75)
    return " ".join(close[0].rsplit("/", 1)) if close else ""


@functools.cache
def _current(api_version: str, kind: str) -> str:
    """The kind itself when it is served, else the same kind in the newest version, of its own group if that has it."""
    key = f"{api_version}/{kind}"
    if key in table()["kinds"]:
        return key
    same = [one for one in table()["kinds"] if one.endswith(f"/{kind}")]
    group = split(api_version)[0]
    of_group = [one for one in same if one.startswith(f"{group}/")]
    return max(of_group or same, key=_newness, default="")


def _newness(key: str) -> tuple[bool, str]:
    """Orders versions: v1alpha2 < v1beta1 < v1 < v2."""
    name = key.split("/")[-2]
    return re.fullmatch(r"v\d+", name) is not None, name
