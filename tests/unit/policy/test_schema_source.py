"""The table that the schema check reads is made from the document of exactly the Kubernetes that is pinned."""

from __future__ import annotations

import json
from typing import Any

import pytest

from hallmark.policy import kinds, schema_source
from hallmark.tools import pins

KIND = "x-kubernetes-group-version-kind"
PODS = {"group": "", "version": "v1", "kind": "Pod"}
NODES = {"group": "", "version": "v1", "kind": "Node"}
SCALES = {"group": "autoscaling", "version": "v1", "kind": "Scale"}


def document(**pod: Any) -> dict[str, Any]:
    """An OpenAPI document of two kinds: `pod` are the fields of one of them."""

    def operation(action: str, kind: dict[str, str]) -> dict[str, Any]:
        return {"x-kubernetes-action": action, KIND: kind}

    return {
        "paths": {
            "/api/v1/pods": {"get": operation("list", PODS)},
            "/api/v1/namespaces/{namespace}/pods": {"post": operation("post", PODS), "parameters": []},
            "/api/v1/nodes": {"post": operation("post", NODES)},
            "/api/v1/namespaces/{namespace}/pods/{name}/scale": {"post": operation("post", SCALES)},
        },
        "definitions": {
            "io.k8s.api.core.v1.Pod": {"properties": pod, "required": ["part"], KIND: [PODS]},
            "io.k8s.api.core.v1.Node": {"properties": {"name": {"type": "string"}}, KIND: [NODES]},
            "io.k8s.api.core.v1.Part": {"properties": {"name": {"type": "string"}}},
            "io.k8s.api.core.v1.Unused": {"properties": {"name": {"type": "string"}}},
            "io.k8s.api.core.v1.New": {"type": "object"},
            "io.k8s.apimachinery.pkg.api.resource.Quantity": {"type": "string"},
        },
    }


def test_table_is_of_the_pinned_version() -> None:
    """If this fails: python -m hallmark.policy.schema_source, and look at what changed."""
    assert kinds.version() == pins.load().modules[schema_source.MODULE].version
    assert kinds.version().startswith("v1.35.")


def test_table_is_written_the_one_way_that_shows_changes() -> None:
    """The file is what the program writes: one line for each kind and definition, in order, and small."""
    text = schema_source.TABLE.read_text(encoding="utf-8")
    made = json.loads(text)
    assert schema_source.text(made) == text
    assert [list(made[part]) for part in ("kinds", "definitions")] == [
        sorted(made["kinds"]),
        sorted(made["definitions"]),
    ]
    assert len(text.splitlines()) == len(made["kinds"]) + len(made["definitions"]) + 7
    assert len(text) < 400_000


def test_table_holds_kinds_and_the_definitions_that_they_lead_to() -> None:
    """Types are named, required fields marked, namespaced kinds told apart, subresources and unused parts left out."""
    part = {"$ref": "#/definitions/io.k8s.api.core.v1.Part"}
    quantity = {"$ref": "#/definitions/io.k8s.apimachinery.pkg.api.resource.Quantity"}
    made = schema_source.table(
        document(
            part=part,
            parts={"type": "array", "items": part},
            amounts={"type": "object", "additionalProperties": quantity},
            sizes={"type": "array", "items": {"type": "integer", "format": "int32"}},
            raw={"type": "string", "format": "byte"},
            free={"type": "object", "x-kubernetes-preserve-unknown-fields": True},
        ),
        "v9.9.9",
    )
    assert made == {
        "version": "v9.9.9",
        "kinds": {"v1/Node": ["core.v1.Node", "cluster"], "v1/Pod": ["core.v1.Pod", "namespaced"]},
        "definitions": {
            "core.v1.Node": {"name": "string"},
            "core.v1.Part": {"name": "string"},
            "core.v1.Pod": {
                "amounts": "{quantity}",
                "free": "any",
                "part!": "core.v1.Part",
                "parts": "[core.v1.Part]",
                "raw": "bytes",
                "sizes": "[int32]",
            },
        },
    }


@pytest.mark.parametrize(
    ("field", "reason"),
    [
        ({"type": "integer"}, "unknown here"),
        ({"type": "string", "format": "duration"}, "unknown here"),
        ({"type": "object"}, "unknown here"),
        ({}, "unknown here"),
        ({"$ref": "#/definitions/io.k8s.api.core.v1.New"}, "core.v1.New has no fields"),
    ],
)
def test_table_of_a_type_that_is_new_is_an_error(field: dict[str, Any], reason: str) -> None:
    """What the program doesn't understand stops it, so that no field is taken for another."""
    with pytest.raises(ValueError, match=reason):
        schema_source.table(document(field=field), "v9.9.9")
