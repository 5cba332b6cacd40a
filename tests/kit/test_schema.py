"""The API server agrees: it takes what the schema check takes, and refuses what that refuses.

Every object is sent as a dry run with fieldValidation=Strict, the accepted ones also with each field renamed, retyped
and left out in turn. Uses the environment of HALLMARK_KUBECONFIG if that is set, else starts one of its own.
"""

from __future__ import annotations

import copy
import json
import os
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from hallmark import cluster, documents, tools
from hallmark.cluster import kube
from hallmark.policy import kinds, schema, schema_source

CASES = Path(__file__).parents[1] / "unit/policy/schema"
ACCEPTED = [one.value for one in documents.objects((CASES / "accepted.yaml").read_text(encoding="utf-8"))]
REFUSED = [one["object"] for one in yaml.safe_load((CASES / "refused.yaml").read_text(encoding="utf-8"))]
# An API server with its usual settings doesn't have these.
NOT_BY_DEFAULT = {
    "admissionregistration.k8s.io/v1beta1/MutatingAdmissionPolicy",
    "admissionregistration.k8s.io/v1beta1/MutatingAdmissionPolicyBinding",
    "coordination.k8s.io/v1beta1/LeaseCandidate",
    "resource.k8s.io/v1alpha3/DeviceTaintRule",
}
# What the schema refuses and the server takes: it drops a claim's source without kind, and thinks of a name itself.
STRICTER = {
    ("PersistentVolumeClaim", "spec.dataSource.kind"),
    ("LimitRange", "metadata"),
    ("LimitRange", "metadata.name"),
}
pytestmark = pytest.mark.timeout(600)


@dataclass(frozen=True)
class Server:
    """A running API server and its own OpenAPI document."""

    api: kube.Api
    document: dict[str, Any]

    def collection(self, value: dict[str, Any]) -> str | None:
        """Where objects of its kind are made, in the namespace `default`; None for a kind that isn't served."""
        path = self.api.path_of({**value, "metadata": {"name": "a"}})
        return path.removesuffix("/a") if path else None

    def said(self, value: dict[str, Any]) -> kube.Response:
        """What it answers to an object that is to be made."""
        path = self.collection(value)
        assert path, f"no such kind: {value['apiVersion']} {value['kind']}"
        # As kubectl sends it.
        sent = json.loads(json.dumps(value), parse_float=_whole)
        try:
            return self.api.request("POST", f"{path}?dryRun=All&fieldValidation=Strict", sent, timeout_s=30)
        except kube.Unreachable as error:
            # A few make its own validation panic, such as a Job with a success policy and without completions.
            assert self.api.request("GET", "/livez").ok
            return kube.Response(500, error.what)


def _whole(text: str) -> int | float:
    """2.0 is 2 for kubectl."""
    number = float(text)
    return int(number) if number.is_integer() else number


def is_undecodable(answer: kube.Response) -> bool:
    """Whether an answer is that of the decoder, before anything is validated."""
    return answer.status == 400 and "cannot be handled as a" in answer.message


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    provider, name = cluster.provider("embedded"), f"kit-{secrets.token_hex(3)}"
    given = os.environ.get("HALLMARK_KUBECONFIG")
    try:
        kubeconfig = Path(given) if given else provider.up(name, nodes=1, owner="kit", ttl_s=1800).kubeconfig
        api = kube.api(kubeconfig)
        answer = api.request("GET", "/openapi/v2", timeout_s=60)
        assert answer.ok, answer.message
        yield Server(api, answer.body)
    finally:
        if not given:
            provider.down(name)


def test_table_is_made_from_the_document_of_the_pinned_module() -> None:
    """Exactly the file that the program makes from the source that go.sum proves."""
    source = tools.module_dir(schema_source.MODULE) / schema_source.DOCUMENT
    made = schema_source.table(json.loads(source.read_text(encoding="utf-8")), kinds.version())
    assert schema_source.text(made) == schema_source.TABLE.read_text(encoding="utf-8")


def test_table_is_what_the_running_server_says_of_its_kinds(server: Server) -> None:
    """The kinds that it serves, and all that they lead to, are described by it as they are in the table."""
    known = kinds.table()
    groups = {kinds.split(one.rpartition("/")[0])[0] for one in known["kinds"]}
    # Beside Kubernetes' own there are the kinds of add-ons and of custom resources.
    paths = {
        path: operations
        for path, operations in server.document["paths"].items()
        if (path.split("/")[2] if path.startswith("/apis/") else "") in groups
    }
    served = schema_source.table({**server.document, "paths": paths}, known["version"])
    assert len(served["kinds"]) > 50
    for part in ("kinds", "definitions"):
        assert served[part] == {name: known[part].get(name) for name in served[part]}


def test_server_takes_every_object_that_the_schema_takes(server: Server) -> None:
    """Whole and strictly. Only a binding needs a pod that is there."""
    assert {
        f"{one['apiVersion']}/{one['kind']}" for one in ACCEPTED if not server.collection(one)
    } <= NOT_BY_DEFAULT
    answers = {
        f"{one['kind']} {one.get('metadata', {}).get('name', '')}": server.said(one)
        for one in ACCEPTED
        if server.collection(one)
    }
    refused = {name: answer.message for name, answer in answers.items() if not answer.ok}
    assert refused == {"Binding a": 'pods "a" not found'}


def test_server_refuses_every_object_that_the_schema_refuses(server: Server) -> None:
    """Or doesn't have its kind."""
    taken = [one for one in REFUSED if server.collection(one) and server.said(one).ok]
    assert taken == []


@pytest.mark.parametrize("change", ["renamed", "retyped", "left out"])
def test_server_agrees_on_every_field_of_every_accepted_object(server: Server, change: str) -> None:
    """What the schema refuses the server refuses, and what the server cannot decode the schema refuses."""
    tried = 0
    disagreements = []
    for value in (one for one in ACCEPTED if server.collection(one)):
        for path in places(value):
            changed = copy.deepcopy(value)
            parent: Any = changed
            for step in path[:-1]:
                parent = parent[step]
            before = parent.pop(path[-1])
            if change == "renamed":
                parent[f"{path[-1]}X"] = before
            elif change == "retyped":
                parent[path[-1]] = {} if isinstance(before, list | bool | str) else "text"
            problems = schema.problems(changed)
            answer = server.said(changed)
            tried += 1
            if (problems and answer.ok) or (is_undecodable(answer) and not problems):
                disagreements.append(
                    (value["kind"], schema.dotted(path), [one.message for one in problems], answer.message)
                )
    assert tried > 800
    assert [one for one in disagreements if one[:2] not in STRICTER] == []


def places(value: Any, path: schema.Steps = ()) -> Iterator[schema.Steps]:
    """Every key of every mapping in an object, by its path, but those by which the server knows the kind."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if path or key not in ("apiVersion", "kind"):
                yield (*path, key)
                yield from places(inner, (*path, key))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from places(inner, (*path, number))
