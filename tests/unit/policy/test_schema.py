"""The schema check: neither laxer than the API server nor wrong, and no rule passes what could not be read whole."""

from __future__ import annotations

import copy
import json
import random
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from fixture import FIXTURE, ROOT  # type: ignore[import-not-found]
from hypothesis import given
from hypothesis import strategies as st

from hallmark import documents, policy
from hallmark.outcome import Outcome
from hallmark.policy import kinds, schema
from hallmark.policy.schema import Flaw

CASES = Path(__file__).with_name("schema")
REFUSED = yaml.safe_load((CASES / "refused.yaml").read_text(encoding="utf-8"))
# Served only by an API server that was told to, in versions whose successor is tried out, or only to be read.
UNTRIED = {
    "admissionregistration.k8s.io/v1alpha1/MutatingAdmissionPolicy",
    "admissionregistration.k8s.io/v1alpha1/MutatingAdmissionPolicyBinding",
    "certificates.k8s.io/v1alpha1/ClusterTrustBundle",
    "certificates.k8s.io/v1beta1/ClusterTrustBundle",
    "certificates.k8s.io/v1beta1/PodCertificateRequest",
    "coordination.k8s.io/v1alpha2/LeaseCandidate",
    "internal.apiserver.k8s.io/v1alpha1/StorageVersion",
    "networking.k8s.io/v1beta1/IPAddress",
    "networking.k8s.io/v1beta1/ServiceCIDR",
    "resource.k8s.io/v1beta1/DeviceClass",
    "resource.k8s.io/v1beta1/ResourceClaim",
    "resource.k8s.io/v1beta1/ResourceClaimTemplate",
    "resource.k8s.io/v1beta1/ResourceSlice",
    "resource.k8s.io/v1beta2/DeviceClass",
    "resource.k8s.io/v1beta2/ResourceClaim",
    "resource.k8s.io/v1beta2/ResourceClaimTemplate",
    "resource.k8s.io/v1beta2/ResourceSlice",
    "scheduling.k8s.io/v1alpha1/Workload",
    "storage.k8s.io/v1beta1/VolumeAttributesClass",
    "storagemigration.k8s.io/v1beta1/StorageVersionMigration",
    "v1/ComponentStatus",
}
# Fields that hold a map of free keys, in the objects that are changed at random.
MAPS = {"labels", "annotations", "matchLabels", "selector", "data", "requests", "limits", "hard"}
MAPS |= {"default", "defaultRequest", "max", "min"}


def read(file: Path) -> list[dict[str, Any]]:
    return [one.value for one in documents.objects(file.read_text(encoding="utf-8"))]


def label(value: dict[str, Any]) -> str:
    return f"{value['apiVersion']}/{value['kind']}"


def said(value: dict[str, Any]) -> dict[str, str]:
    return {schema.dotted(one.path): one.message for one in schema.problems(value)}


ACCEPTED = read(CASES / "accepted.yaml")
OLD = read(CASES / "removed.yaml")
RENDERED = [one["object"] for one in json.loads(FIXTURE.read_text(encoding="utf-8"))["rendered"]]
POD = {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "a"}}


def test_accepted_has_every_kind_that_is_served() -> None:
    """No kind is left untried but those named."""
    assert set(kinds.table()["kinds"]) == {label(one) for one in ACCEPTED} | UNTRIED


@pytest.mark.parametrize("value", ACCEPTED, ids=label)
def test_schema_of_a_valid_object_finds_nothing(value: dict[str, Any]) -> None:
    """Whatever an API server takes is right, nulls and numbers for quantities included."""
    assert said(value) == {}


@pytest.mark.parametrize("value", OLD, ids=label)
def test_schema_of_a_removed_version_finds_nothing(value: dict[str, Any]) -> None:
    """Out of date is no schema error: the rule stable-api-version says it."""
    assert said(value) == {}


@pytest.mark.parametrize("case", REFUSED, ids=lambda case: label(case["object"]))
def test_schema_of_an_invalid_object_names_every_place(case: dict[str, Any]) -> None:
    """Everything that is wrong is said, with the path and the nearest known name, and nothing else."""
    assert said(case["object"]) == case["problems"]


@pytest.mark.parametrize(
    ("spec", "expected"),
    [
        ({}, {"spec.template": "spec.template is missing"}),
        (
            {"template": {"spec": {"containers": [{"name": "a", "securityContex": {}}]}}},
            {
                "spec.template.spec.containers[0].securityContex": "spec.template.spec.containers[0].securityContex: "
                "no such field of a Deployment's spec.template.spec.containers[0]; did you mean securityContext?"
            },
        ),
        (
            {"replicas": "2", "template": {"spec": {"containers": [{"name": "a"}]}}},
            {"spec.replicas": "spec.replicas must be a whole number of 32 bits, not text"},
        ),
    ],
)
def test_schema_of_a_removed_version_still_checks_pods_and_types(
    spec: dict[str, Any], expected: dict[str, str]
) -> None:
    """What a rule reads of an old object has the type that the rule relies on, and its pod is there."""
    old = {"apiVersion": "extensions/v1beta1", "kind": "Deployment", "metadata": {"name": "a"}, "spec": spec}
    assert said(old) == expected


def test_schema_of_a_removed_kind_without_successor_checks_its_metadata() -> None:
    """Nothing is known of its spec, but every kind has the same metadata."""
    old = {"apiVersion": "policy/v1beta1", "kind": "PodSecurityPolicy", "metadata": {"labels": []}, "spec": 5}
    assert said(old) == {
        "metadata.labels": "metadata.labels must be a mapping, not a list",
        "metadata.name": "metadata.name is missing",
    }


def test_schema_of_an_ingress_of_a_removed_version_checks_what_rules_read() -> None:
    """The fields that the current version has under other names."""
    (rule,) = [{"http": {"paths": [{"backend": {"serviceName": ["a"], "servicePort": True}}]}}]
    old = {"apiVersion": "extensions/v1beta1", "kind": "Ingress", "metadata": {"name": "a"}}
    path = "spec.rules[0].http.paths[0].backend"
    assert said({**old, "spec": {"backend": [], "rules": [rule]}}) == {
        "spec.backend": "spec.backend must be a mapping, not a list",
        f"{path}.serviceName": f"{path}.serviceName must be text, not a list",
        f"{path}.servicePort": f"{path}.servicePort must be a whole number of 32 bits, or text, not a boolean",
    }


def test_schema_of_everything_that_the_kit_has_finds_nothing() -> None:
    """Every example of a rule and the rendered stage."""
    examples = sorted((ROOT / "policies/manifests").glob("*/examples/*.yaml"))
    assert len(examples) > 100
    assert [file for file in examples if any(said(one) for one in read(file))] == []
    assert [said(one) for one in RENDERED if said(one)] == []


def places(value: Any, path: schema.Steps = ()) -> Iterator[schema.Steps]:
    """Every field with a fixed name in an object, by its path."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if not (path and path[-1] in MAPS and "matchLabels" not in value):
                yield (*path, key)
            yield from places(inner, (*path, key))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from places(inner, (*path, number))


PLACES = [(number, path) for number, one in enumerate(RENDERED) for path in places(one) if path[0] != "kind"]
PLACES = [(number, path) for number, path in PLACES if path[0] != "apiVersion"]


def parent_of(value: Any, path: schema.Steps) -> Any:
    for step in path[:-1]:
        value = value[step]
    return value


@given(place=st.sampled_from(PLACES), ending=st.sampled_from(["x", "X", "_", "s s"]))
def test_schema_of_a_rendered_object_with_a_renamed_field_names_it(
    place: tuple[int, schema.Steps], ending: str
) -> None:
    """Whichever field is misspelt is reported at its path; beside it at most that the right one is missing."""
    value = copy.deepcopy(RENDERED[place[0]])
    path = place[1]
    parent = parent_of(value, path)
    wrong = f"{path[-1]}{ending}"
    parent[wrong] = parent.pop(path[-1])
    found = {(one.path, one.flaw) for one in schema.problems(value)}
    assert ((*path[:-1], wrong), Flaw.EXTRA) in found
    assert found - {((*path[:-1], wrong), Flaw.EXTRA)} <= {
        (path, Flaw.MISSING),
        (("metadata", "name"), Flaw.MISSING),
    }


@given(place=st.sampled_from(PLACES), name=st.text("abcdefghijklmnopqrstuvwxyz", min_size=12, max_size=16))
def test_schema_of_a_rendered_object_with_an_added_field_names_it(
    place: tuple[int, schema.Steps], name: str
) -> None:
    """A field that isn't there in Kubernetes is reported at its path, wherever it stands, and nothing else is."""
    value = copy.deepcopy(RENDERED[place[0]])
    parent_of(value, place[1])[name] = {"a": ["b"]}
    assert [(one.path, one.flaw) for one in schema.problems(value)] == [((*place[1][:-1], name), Flaw.EXTRA)]


@given(place=st.sampled_from(PLACES), data=st.data())
def test_schema_of_a_rendered_object_with_a_retyped_field_names_it(
    place: tuple[int, schema.Steps], data: st.DataObject
) -> None:
    """A value of another type is reported at its path, and nothing else is."""
    value = copy.deepcopy(RENDERED[place[0]])
    path = place[1]
    parent = parent_of(value, path)
    before = parent[path[-1]]
    # Some fields take text and numbers alike.
    others: dict[type, list[Any]] = {
        dict: [[], ["a"], "text", 1, True],
        list: [{}, {"a": "b"}, "text", 1, True],
        str: [[], {}, ["a"], True],
        bool: ["true", 1, [], {}],
        int: [1.5, [], {}, True],
    }
    parent[path[-1]] = data.draw(st.sampled_from(others[type(before)]))
    assert [(one.path, one.flaw) for one in schema.problems(value)] == [(path, Flaw.WRONG)]


def test_readable_leaves_wrong_values_out_and_knows_where_the_rest_was() -> None:
    """Items that are left keep the number that they have in the file."""
    value = {
        **POD,
        "spec": {"hostPID": "yes", "containers": ["a", {"name": "b", "args": [1, "c"]}, None, {"name": "d"}]},
    }
    left = schema.readable(value, schema.problems(value))
    assert left.value == {**POD, "spec": {"containers": [{"name": "b", "args": ["c"]}, {"name": "d"}]}}
    assert left.written(("spec", "containers", 0, "args", 0)) == ("spec", "containers", 1, "args", 1)
    assert left.written(("spec", "containers", 1, "name")) == ("spec", "containers", 3, "name")
    assert left.written(("spec", "containers", 9)) == ("spec", "containers", 9)
    assert left.written(("metadata", "name")) == ("metadata", "name")


def test_readable_of_a_value_that_an_alias_repeats_leaves_it_where_it_is_right() -> None:
    """What is text in one place may be wrong in another that shares it."""
    shared = ["a"]
    value = {**POD, "spec": {"containers": [{"name": "a", "command": shared, "env": shared}]}}
    left = schema.readable(value, schema.problems(value))
    assert left.value["spec"]["containers"] == [{"name": "a", "command": ["a"], "env": []}]


def judge(tmp_path: Path, text: str, **choice: Any) -> policy.Report:
    file = tmp_path / "input.yaml"
    file.write_text(text, encoding="utf-8")
    return policy.check_manifests([file], **choice)


def lines(report: policy.Report) -> list[tuple[str, str, str, int]]:
    return [(one.rule, str(one.outcome), one.path, one.line) for one in report.results]


def test_check_object_with_an_unknown_field_keeps_its_passes(tmp_path: Path) -> None:
    """It was read whole; its schema error alone keeps it from passing."""
    text = (
        "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  hostpid: true\n  containers: [{name: a}]\n"
    )
    report = judge(tmp_path, text, rules=["host-pid", "privileged"])
    assert lines(report) == [
        ("schema", "unknown", "spec.hostpid", 5),
        ("host-pid", "pass", "", 1),
        ("privileged", "pass", "", 1),
    ]
    assert report.outcome is Outcome.UNKNOWN
    assert report.not_evaluated == ()


def test_check_object_with_a_wrong_type_is_judged_and_never_passed(tmp_path: Path) -> None:
    """What fails fails, at the place where it stands in the file; what would pass is unknown."""
    text = (
        "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  hostPID: 'false'\n  containers:\n  - null\n"
        "  - name: a\n    securityContext:\n      privileged: true\n"
    )
    report = judge(tmp_path, text, rules=["host-pid", "privileged"])
    assert lines(report) == [
        ("schema", "unknown", "spec.hostPID", 5),
        ("schema", "unknown", "spec.containers[0]", 7),
        ("host-pid", "unknown", "", 1),
        ("privileged", "fail", "spec.containers[1].securityContext.privileged", 10),
    ]
    assert report.outcome is Outcome.FAIL
    assert "could not be read whole" in report.results[2].message


def test_check_object_without_its_containers_is_unknown(tmp_path: Path) -> None:
    """Where nothing is, nothing is right."""
    text = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\nspec: {selector: {}}\n"
    report = judge(tmp_path, text, rules=["privileged"])
    assert lines(report) == [("schema", "unknown", "spec.template", 4), ("privileged", "unknown", "", 1)]
    assert report.outcome is Outcome.UNKNOWN


def test_check_kind_that_is_unknown_is_given_to_no_rule(tmp_path: Path) -> None:
    """A misspelt kind is one unknown result, and no rule says anything about it."""
    text = "apiVersion: v1\nkind: Pods\nmetadata: {name: a}\n---\napiVersion: v1\nkind: Pod\nmetadata: {name: b}\n"
    report = judge(tmp_path, text + "spec: {containers: [{name: a}]}\n", rules=["privileged"])
    assert [(one.rule, str(one.outcome), one.object.kind) for one in report.results] == [
        ("schema", "unknown", "Pods"),
        ("privileged", "pass", "Pod"),
    ]
    assert report.outcome is Outcome.UNKNOWN


def test_check_kind_that_is_allowed_is_given_to_the_rules(tmp_path: Path) -> None:
    """All that is known of it is its metadata. To allow a kind of Kubernetes itself takes it out of no check."""
    home = tmp_path / "policies"
    for name in ("lib", "manifests/default-namespace"):
        shutil.copytree(ROOT / "policies" / name, home / name)
    shutil.copy(ROOT / "policies/report.rego", home)
    parameters = yaml.safe_load((ROOT / "policies/parameters.yaml").read_text(encoding="utf-8"))
    parameters["allowed_kinds"] = [
        {"apiVersion": "example.org/v1", "kind": "Thing", "reason": "ours"},
        {"apiVersion": "v1", "kind": "ConfigMap", "reason": "not needed"},
    ]
    (home / "parameters.yaml").write_text(yaml.safe_dump(parameters), encoding="utf-8")
    text = (
        "apiVersion: example.org/v1\nkind: Thing\nmetadata: {name: a, namespace: b}\nanything: [1]\n---\n"
        "apiVersion: example.org/v1\nkind: Thing\nmetadata: {name: a, namespace: [b]}\n---\n"
        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, namespace: b}\nanything: [1]\n"
    )
    assert lines(judge(tmp_path, text, policies=home)) == [
        ("schema", "unknown", "metadata.namespace", 8),
        ("schema", "unknown", "anything", 13),
        ("default-namespace", "pass", "", 1),
        ("default-namespace", "fail", "metadata.namespace", 8),
        ("default-namespace", "pass", "", 10),
    ]


SCALARS = [None, True, 0, -1, 1.5, "", ":", "@", "a/b@sha256:x", "*"]
JUNK: list[Any] = [*SCALARS, [], {}, [None], ["a"], {"a": None}, [{}], [[]]]


def mangled(value: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    """A copy with one to three of its fields or items left out, replaced or followed by something."""
    changed = copy.deepcopy(value)
    for _ in range(chance.randint(1, 3)):
        ways = [path for path in everywhere(changed) if path not in (("apiVersion",), ("kind",))]
        path = chance.choice(ways)
        parent = parent_of(changed, path)
        act = chance.random()
        if act < 0.2:
            del parent[path[-1]]
        elif act < 0.3 and isinstance(parent, list):
            parent.append(chance.choice(JUNK))
        else:
            parent[path[-1]] = copy.deepcopy(chance.choice(JUNK))
    return changed


def everywhere(value: Any, path: schema.Steps = ()) -> Iterator[schema.Steps]:
    """Every key and item in an object, by its path."""
    keys = value if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    for key in keys:
        yield (*path, key)
        yield from everywhere(value[key], (*path, key))


def test_rules_answer_on_whatever_the_schema_leaves_of_an_object(tmp_path: Path) -> None:
    """No value that a rule doesn't expect gets through to it: the run ends with an answer to everything."""
    chance = random.Random(5)  # noqa: S311 - the same every time
    pool = [*RENDERED, *OLD, *(one for one in ACCEPTED if one.get("metadata"))]
    values = [mangled(chance.choice(pool), chance) for _ in range(300)]
    sets = []
    for number, value in enumerate(values):
        file = tmp_path / f"{number}.json"
        file.write_text(json.dumps(value), encoding="utf-8")
        sets.append([file])
    reports = policy.check_each(sets, profile="all")
    assert [report.not_evaluated for report in reports if report.not_evaluated] == []
    for value, report in zip(values, reports, strict=True):
        problems = schema.problems(value)
        found = [one for one in report.results if one.rule == "schema"]
        assert [(one.message, str(one.outcome)) for one in found] == [
            (one.message, "unknown") for one in problems
        ]
        if any(one.flaw is not Flaw.EXTRA for one in problems):
            assert {str(one.outcome) for one in report.results} <= {"fail", "unknown", "not-applicable"}
