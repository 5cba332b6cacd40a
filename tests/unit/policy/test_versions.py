"""An object of a version that Kubernetes has removed is refused for that, and judged by every other rule as well."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from fixture import FIXTURE  # type: ignore[import-not-found]

from hallmark import policy
from hallmark.policy import kinds

OBJECTS = [one["object"] for one in json.loads(FIXTURE.read_text(encoding="utf-8"))["rendered"]]
RULE = "stable-api-version"
# Versions with the fields that today's has.
REMOVED = [
    ("DaemonSet", "extensions/v1beta1"),
    ("Deployment", "extensions/v1beta1"),
    ("Deployment", "apps/v1beta1"),
    ("Deployment", "apps/v1beta2"),
    ("ReplicaSet", "extensions/v1beta1"),
    ("StatefulSet", "apps/v1beta1"),
    ("StatefulSet", "apps/v1beta2"),
    ("CronJob", "batch/v1beta1"),
    ("CronJob", "batch/v2alpha1"),
    ("HorizontalPodAutoscaler", "autoscaling/v2beta2"),
    ("NetworkPolicy", "extensions/v1beta1"),
    ("PodDisruptionBudget", "policy/v1beta1"),
    ("ClusterRole", "rbac.authorization.k8s.io/v1beta1"),
    ("ClusterRoleBinding", "rbac.authorization.k8s.io/v1beta1"),
]


def rendered() -> list[dict[str, Any]]:
    """The fixture's objects, made worse in places, with a DaemonSet and a ReplicaSet like the Deployment."""
    objects: list[dict[str, Any]] = json.loads(json.dumps(OBJECTS))
    for one in objects:
        if one["kind"] in ("Deployment", "StatefulSet"):
            one["spec"]["template"]["spec"]["containers"][0]["securityContext"]["privileged"] = True
        if one["kind"] == "ClusterRole":
            one["rules"][0]["verbs"].append("*")
        if one["kind"] == "NetworkPolicy":
            one["spec"]["podSelector"] = {"matchLabels": {"app.kubernetes.io/name": "nobody"}}
        if one["kind"] == "HorizontalPodAutoscaler":
            one["spec"]["minReplicas"] = 1
        if one["kind"] == "PodDisruptionBudget":
            one["spec"]["maxUnavailable"] = 0
    deployment = next(one for one in objects if one["kind"] == "Deployment")
    spec = {key: deployment["spec"][key] for key in ("selector", "template")}
    return [*objects, *({**deployment, "kind": kind, "spec": spec} for kind in ("DaemonSet", "ReplicaSet"))]


def write(folder: Path, objects: list[dict[str, Any]]) -> Path:
    folder.mkdir()
    (folder / "set.yaml").write_text("---\n".join(json.dumps(one) + "\n" for one in objects))
    return folder


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> list[policy.Report]:
    """The set of today, then the same with one kind in each of the removed versions."""
    folder = tmp_path_factory.mktemp("versions")
    sets = [write(folder / "today", rendered())]
    for number, (kind, version) in enumerate(REMOVED):
        changed = [
            {**one, "apiVersion": version if one["kind"] == kind else one["apiVersion"]} for one in rendered()
        ]
        sets.append(write(folder / str(number), changed))
    return policy.check_each([[one] for one in sets], profile="all")


def said(report: policy.Report) -> list[tuple[str, str, str, str]]:
    """What every rule but the one about versions says, wherever the set stands."""
    return [
        (one.rule, str(one.object), str(one.outcome), one.path) for one in report.results if one.rule != RULE
    ]


@pytest.mark.parametrize("number", range(len(REMOVED)), ids=["-".join(one) for one in REMOVED])
def test_removed_version_is_refused_and_judged_like_todays(number: int, judged: list[policy.Report]) -> None:
    """The ledger of the whole set is the same, save for the version's own rule."""
    kind, _ = REMOVED[number]
    today, report = judged[0], judged[number + 1]
    assert report.not_evaluated == ()
    assert said(report) == said(today)
    refused = {one.object.kind for one in report.results if (one.rule, str(one.outcome)) == (RULE, "fail")}
    assert refused == {kind}
    assert {str(one.outcome) for one in today.results if one.rule == RULE} == {"pass"}


def test_every_removed_version_is_refused(tmp_path: Path) -> None:
    """What is known to be served no more fails by the rule about versions: it is no hole and not merely unknown."""
    removed = [(version, kind) for version, names in kinds.REMOVED.items() for kind in names.split()]
    files = []
    for number, (version, kind) in enumerate(removed):
        metadata = {"name": "x", "namespace": "production"}
        files.append(tmp_path / f"{number}.json")
        files[-1].write_text(json.dumps({"apiVersion": version, "kind": kind, "metadata": metadata}))
    reports = policy.check_each([[file] for file in files], rules=[RULE])
    said = [[str(one.outcome) for one in report.results if one.rule == RULE] for report in reports]
    assert [one for one, outcomes in zip(removed, said, strict=True) if outcomes != ["fail"]] == []
