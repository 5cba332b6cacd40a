"""Makes schema.json, which holds what the check of manifests needs to know of the pinned Kubernetes.

    python -m hallmark.policy.schema_source [SWAGGER]

reads Kubernetes' own OpenAPI document (of the pinned module, or the one named) and writes the table beside this
file. The table has one line for each kind and one for each definition. A field's type is written so:

    string boolean int32 int64 double bytes time micro-time quantity int-or-string any    as JSON has it
    core.v1.Container                    an object with the fields of that definition
    [T] {T}                              a list, a map of T
    schema-or-list schema-or-boolean schema-or-strings    what a JSON schema may hold in three of its fields

`!` behind a field's name: the document requires it.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from hallmark import tools
from hallmark.tools import pins

MODULE = "kubernetes"
DOCUMENT = "api/openapi-spec/swagger.json"
TABLE = Path(__file__).with_name("schema.json")
# Objects whose decoders read something else than an object with known fields, and which the document cannot describe.
_SPECIAL = {
    "apiextensions.v1.JSON": "any",
    "apiextensions.v1.JSONSchemaPropsOrArray": "schema-or-list",
    "apiextensions.v1.JSONSchemaPropsOrBool": "schema-or-boolean",
    "apiextensions.v1.JSONSchemaPropsOrStringArray": "schema-or-strings",
    "meta.v1.FieldsV1": "any",
    "meta.v1.MicroTime": "micro-time",
    "meta.v1.Time": "time",
    "resource.Quantity": "quantity",
    "runtime.RawExtension": "any",
    "intstr.IntOrString": "int-or-string",
}
# Objects that have no field at all. What else is an object without fields is of a kind that must be looked at first.
_EMPTY = {
    "apiextensions.v1.CustomResourceSubresourceStatus",
    "apiserverinternal.v1alpha1.StorageVersionSpec",
    "scheduling.v1alpha1.BasicSchedulingPolicy",
}
_SCALARS = {
    ("string", None): "string",
    ("string", "byte"): "bytes",
    ("boolean", None): "boolean",
    ("integer", "int32"): "int32",
    ("integer", "int64"): "int64",
    ("number", "double"): "double",
}
# A collection's path: /apis/GROUP/VERSION/[namespaces/{namespace}/]RESOURCE. Longer ones are subresources.
_COLLECTION = re.compile(r"/apis?(?:/[^/]+){1,2}/(?P<namespaces>namespaces/\{namespace\}/)?[a-z]+")
Table = dict[str, Any]


def table(document: Mapping[str, Any], version: str) -> Table:
    """What validation needs of an OpenAPI document (version 2): its kinds and the definitions that they lead to.

    Raises ValueError for a type that this program doesn't know: a new one must be understood, not passed over.
    """
    raw = {_short(name): one for name, one in document["definitions"].items()}
    named = {
        _kind(one): name
        for name, body in raw.items()
        for one in body.get("x-kubernetes-group-version-kind", ())
    }
    kinds = {kind: [named[kind], scope] for kind, scope in sorted(_collections(document["paths"]))}
    definitions: dict[str, dict[str, str]] = {}
    waiting = [definition for definition, _ in kinds.values()]
    while waiting:
        name = waiting.pop()
        if name not in definitions:
            definitions[name] = _fields(name, raw[name])
            waiting += [leaf for kind in definitions[name].values() if "." in (leaf := kind.strip("[]{}"))]
    return {"version": version, "kinds": kinds, "definitions": dict(sorted(definitions.items()))}


def text(made: Table) -> str:
    """A table as it is kept: JSON, with a line for each kind and each definition."""
    parts = [f' "version": {json.dumps(made["version"])}']
    for part in ("kinds", "definitions"):
        lines = ",\n".join(f"  {json.dumps(name)}: {json.dumps(one)}" for name, one in made[part].items())
        parts.append(f" {json.dumps(part)}: {{\n{lines}\n }}")
    return "{\n" + ",\n".join(parts) + "\n}\n"


def _collections(paths: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Every kind of which there is a collection, and whether its objects live in a namespace."""
    for path, operations in paths.items():
        found = _COLLECTION.fullmatch(path)
        if not found:
            continue
        # Beside the collection of a namespace there is the one of all namespaces, which looks like a cluster's.
        in_namespaces = found["namespaces"] or _in_namespaces(path, paths)
        for operation in operations.values():
            if isinstance(operation, dict) and operation.get("x-kubernetes-action") in ("list", "post"):
                kind = _kind(operation["x-kubernetes-group-version-kind"])
                yield kind, "namespaced" if in_namespaces else "cluster"


def _in_namespaces(path: str, paths: Mapping[str, Any]) -> bool:
    base, _, resource = path.rpartition("/")
    return f"{base}/namespaces/{{namespace}}/{resource}" in paths


def _kind(one: Mapping[str, str]) -> str:
    """An apiVersion and kind in one word: `v1/Pod`, `apps/v1/Deployment`."""
    return "/".join(part for part in (one["group"], one["version"], one["kind"]) if part)


def _fields(name: str, definition: Mapping[str, Any]) -> dict[str, str]:
    if not definition.get("properties") and name not in _EMPTY:
        raise ValueError(f"{name} has no fields: what its decoder reads is unknown here")
    required = definition.get("required", ())
    return {
        f"{field}!" if field in required else field: _type(one)
        for field, one in sorted(definition.get("properties", {}).items())
    }


def _type(one: Mapping[str, Any]) -> str:
    if one.get("x-kubernetes-preserve-unknown-fields"):
        return "any"
    if "$ref" in one:
        name = _short(one["$ref"])
        return _SPECIAL.get(name, name)
    if one.get("type") == "array":
        return f"[{_type(one['items'])}]"
    if one.get("type") == "object" and "additionalProperties" in one:
        return f"{{{_type(one['additionalProperties'])}}}"
    found = _SCALARS.get((str(one.get("type")), one.get("format")))
    if found is None:
        raise ValueError(f"a field of a type that is unknown here: {json.dumps(one)[:300]}")
    return found


def _short(name: str) -> str:
    """`core.v1.Pod` for `io.k8s.api.core.v1.Pod`, and `resource.Quantity` for what has no version."""
    parts = name.rpartition("/")[2].split(".")
    return ".".join(parts[-3:] if re.fullmatch(r"v\d.*", parts[-2]) else parts[-2:])


def main(arguments: list[str]) -> None:
    source = Path(arguments[0]) if arguments else tools.module_dir(MODULE) / DOCUMENT
    document = json.loads(source.read_text(encoding="utf-8"))
    TABLE.write_text(text(table(document, pins.load().modules[MODULE].version)), encoding="utf-8")
    print(TABLE)


if __name__ == "__main__":
    main(sys.argv[1:])
