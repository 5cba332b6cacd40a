"""Which kinds there are: those of the pinned Kubernetes, and those that it had once."""

from __future__ import annotations

import pytest

from hallmark.policy import kinds


@pytest.mark.parametrize(
    ("api_version", "kind", "is_known", "is_served", "is_namespaced"),
    [
        ("v1", "Pod", True, True, True),
        ("v1", "Node", True, True, False),
        ("v1", "Namespace", True, True, False),
        ("apps/v1", "Deployment", True, True, True),
        ("rbac.authorization.k8s.io/v1", "ClusterRole", True, True, False),
        ("extensions/v1beta1", "Deployment", True, False, True),
        ("extensions/v1beta1", "Ingress", True, False, True),
        ("policy/v1beta1", "PodSecurityPolicy", True, False, False),
        ("settings.k8s.io/v1alpha1", "PodPreset", True, False, True),
        ("batch/v2alpha1", "CronJob", True, False, True),
        ("storage.k8s.io/v1beta1", "CSIDriver", True, False, False),
        ("apps/v1beta1", "DaemonSet", False, False, True),
        ("apps/v1alpha1", "PetSet", False, False, True),
        ("extensions/v1", "Deployment", False, False, True),
        ("example.org/v1", "PodSecurityPolicy", False, False, True),
        ("policy/v1", "Eviction", False, False, True),
        ("v1", "PodList", False, False, True),
    ],
)
def test_kind_is_known_by_its_exact_version(
    api_version: str, kind: str, is_known: bool, is_served: bool, is_namespaced: bool
) -> None:
    """What is served, what was removed, and what never was; an unknown kind is taken to live in a namespace."""
    said = kinds.is_known(api_version, kind), kinds.is_served(api_version, kind)
    assert said == (is_known, is_served)
    assert kinds.is_namespaced(api_version, kind) is is_namespaced


@pytest.mark.parametrize(
    ("api_version", "kind", "definition"),
    [
        ("apps/v1", "Deployment", "apps.v1.Deployment"),
        ("extensions/v1beta1", "Deployment", "apps.v1.Deployment"),
        ("extensions/v1beta1", "Ingress", "networking.v1.Ingress"),
        ("autoscaling/v2beta2", "HorizontalPodAutoscaler", "autoscaling.v2.HorizontalPodAutoscaler"),
        ("events.k8s.io/v1beta1", "Event", "events.v1.Event"),
        ("coordination.k8s.io/v1alpha1", "LeaseCandidate", "coordination.v1beta1.LeaseCandidate"),
        ("policy/v1beta1", "PodSecurityPolicy", ""),
    ],
)
def test_kind_removed_has_the_definition_of_its_successor(
    api_version: str, kind: str, definition: str
) -> None:
    """The newest version of the own group, else of any; none where nothing followed."""
    assert kinds.definition(api_version, kind) == definition


def test_kind_removed_is_not_served_again() -> None:
    """The list of what was removed and the table don't contradict each other."""
    removed = {f"{version}/{kind}" for version, named in kinds.REMOVED.items() for kind in named.split()}
    assert removed.isdisjoint(kinds.table()["kinds"])
