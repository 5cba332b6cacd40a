"""Turns the types of schema.json into functions that say what is wrong with a value.

A checker is made when its type is first needed, and walks plain dictionaries and lists: ten thousand objects take about
a second. It returns nothing for a value that is right, so that no path is built for those.
"""

from __future__ import annotations

import base64
import functools
import re
from collections.abc import Callable, Iterable
from datetime import datetime
from enum import Enum
from typing import Any

from hallmark.policy import kinds

Steps = tuple[str | int, ...]


class Flaw(Enum):
    """What is wrong with a field: it isn't known, it is missing, or its value is of another type."""

    EXTRA = "extra"
    MISSING = "missing"
    WRONG = "wrong"


class Mode(Enum):
    """How strictly a part of an object is read."""

    STRICT = "strict"
    # What the API server overwrites or ignores when an object is made: it may be incomplete.
    STATUS = "status"
    # The decoders of these fields don't know that they are to be strict: other fields are passed over.
    JSON_SCHEMA = "JSON schema"
    # A removed version is held to the types of its successor, whose fields and demands may be others.
    REMOVED = "removed"


Found = list[tuple[Steps, Flaw, str]]
Checker = Callable[[Any], Found | None]
# These parts were the same in every removed version too.
_UNCHANGED = ("core.v1.", "meta.v1.ObjectMeta", "meta.v1.LabelSelector")
# Fields of removed versions that rules read.
_REMOVED_FIELDS = {
    "networking.v1.IngressSpec": {"backend": "networking.v1.IngressBackend"},
    "networking.v1.IngressBackend": {"serviceName": "string", "servicePort": "int-or-string"},
}
# Parts that describe what is to be made: where one is absent, what is required in it is missing.
_DESCRIPTIONS = {"spec", "template", "jobTemplate"}
# The document requires them since Go always writes them. The API server takes objects without them, as tried out
# with one (tests/kit/test_schema.py); in versions that it doesn't serve by default, by analogy.
_MAY_BE_ABSENT = {
    "apiextensions.v1.CustomResourceDefinitionVersion": {"served", "storage"},
    "apiserverinternal.v1alpha1.StorageVersion": {"spec", "status"},
    "apps.v1.ControllerRevision": {"revision"},
    "batch.v1.PodFailurePolicy": {"rules"},
    "core.v1.ClusterTrustBundleProjection": {"path"},
    "core.v1.Event": {"involvedObject"},
    "core.v1.HTTPHeader": {"value"},
    "core.v1.ISCSIPersistentVolumeSource": {"lun"},
    "core.v1.ISCSIVolumeSource": {"lun"},
    "core.v1.LimitRangeSpec": {"limits"},
    "core.v1.PreferredSchedulingTerm": {"preference"},
    "core.v1.ScaleIOPersistentVolumeSource": {"secretRef"},
    "core.v1.ScaleIOVolumeSource": {"secretRef"},
    "core.v1.SleepAction": {"seconds"},
    "core.v1.Sysctl": {"value"},
    "discovery.v1.EndpointSlice": {"endpoints"},
    "discovery.v1.ForZone": {"name"},
    "meta.v1.GroupResource": {"group"},
    "rbac.v1.RoleRef": {"apiGroup"},
    "scheduling.v1.PriorityClass": {"value"},
    "storage.v1.CSIDriver": {"spec"},
    "storage.v1.CSINode": {"spec"},
    "storage.v1.CSINodeSpec": {"drivers"},
    "storage.v1.TokenRequest": {"audience"},
} | {
    f"resource.{version}.{name}": {absent}
    for version in ("v1", "v1beta1", "v1beta2")
    for name, absent in (
        ("CapacityRequestPolicyRange", "min"),
        ("Counter", "value"),
        ("DeviceCapacity", "value"),
        ("DeviceClass", "spec"),
        ("ResourceClaim", "spec"),
        ("ResourceClaimTemplate", "spec"),
        ("ResourceClaimTemplateSpec", "spec"),
        ("ResourcePool", "generation"),
    )
}
JSON_SCHEMA = "apiextensions.v1.JSONSchemaProps"


@functools.cache
def checker_of(kind: str, mode: Mode) -> Checker:
    """The checker for a type of the table."""
    if kind in _SCALARS:
        return _SCALARS[kind]
    if kind.startswith("["):
        return _list(checker_of(kind[1:-1], mode))
    if kind.startswith("{"):
        return _map(checker_of(kind[1:-1], mode))
    if kind.startswith("schema-or-"):
        return _schema_or(kind)
    return _struct(kind, _within(kind, mode))


def _within(name: str, mode: Mode) -> Mode:
    return Mode.STRICT if mode is Mode.REMOVED and name.startswith(_UNCHANGED) else mode


@functools.cache
def _fields(name: str) -> tuple[dict[str, str], frozenset[str]]:
    """The fields of a definition with their types, and those of them that the document requires."""
    raw: dict[str, str] = kinds.table()["definitions"][name]
    return (
        {one.removesuffix("!"): kind for one, kind in raw.items()},
        frozenset(one.removesuffix("!") for one in raw if one.endswith("!")),
    )


def fields_of(name: str) -> dict[str, str]:
    """The fields of a definition, with their types."""
    return _fields(name)[0]


def required(name: str) -> tuple[str, ...]:
    """The fields of a definition that can neither be left out nor be empty, outside of a status."""
    return _required(name, Mode.STRICT)


@functools.cache
def _required(name: str, mode: Mode) -> tuple[str, ...]:
    """What an object cannot do without, in order: also a description in which something is required."""
    mode = _within(name, mode)
    if mode is Mode.STATUS:
        return ()
    known, demanded = _fields(name)
    if mode is Mode.REMOVED:
        demanded = frozenset()
    return tuple(
        one
        for one, kind in known.items()
        if (one in demanded and one not in _MAY_BE_ABSENT.get(name, ()))
        or (one in _DESCRIPTIONS and "." in kind and _required(kind, mode))
    )


def _struct(name: str, mode: Mode) -> Checker:
    known = _fields(name)[0]
    if mode is Mode.REMOVED:
        known = known | _REMOVED_FIELDS.get(name, {})
    required = [(one, _empty(known[one])) for one in _required(name, mode)]
    tolerant = mode in (Mode.JSON_SCHEMA, Mode.REMOVED)
    checkers: dict[str, Checker] = {}

    def check(value: Any) -> Found | None:
        if type(value) is not dict:
            return _wrong("a mapping", value)
        found: Found = []
        for one, inner in value.items():
            checker = checkers.get(one)
            if checker is None:
                if one not in known:
                    if not tolerant:
                        found.append(((one,), Flaw.EXTRA, _nearest(one, known)))
                    continue
                below = Mode.STATUS if one == "status" and mode is Mode.STRICT else mode
                checker = checkers[one] = checker_of(known[one], below)
            if inner is not None:
                wrong = checker(inner)
                if wrong:
                    found += [((one, *path), flaw, text) for path, flaw, text in wrong]
        for one, empty in required:
            given = value.get(one)
            if given is None or given == empty:
                found.append(((one,), Flaw.MISSING, "is missing" if given is None else "is empty"))
        return found

    return check


def _empty(kind: str) -> Any:
    """What is as good as absent to the API server, which decodes into Go's types: empty text, an empty list."""
    return [] if kind.startswith("[") else "" if kind in ("string", "bytes", "int-or-string") else None


def _list(checker: Checker) -> Checker:
    def check(value: Any) -> Found | None:
        if type(value) is not list:
            return _wrong("a list", value)
        found: Found = []
        for number, item in enumerate(value):
            wrong = _NULL_ITEM if item is None else checker(item)
            if wrong:
                found += [((number, *path), flaw, text) for path, flaw, text in wrong]
        return found

    return check


def _map(checker: Checker) -> Checker:
    def check(value: Any) -> Found | None:
        if type(value) is not dict:
            return _wrong("a mapping", value)
        found: Found = []
        for key, inner in value.items():
            if inner is not None:
                wrong = checker(inner)
                if wrong:
                    found += [((key, *path), flaw, text) for path, flaw, text in wrong]
        return found

    return check


def _schema_or(kind: str) -> Checker:
    """For a field that holds a JSON schema, or something else that the kind names."""

    def schema(value: Any) -> Found | None:
        return checker_of(JSON_SCHEMA, Mode.JSON_SCHEMA)(value)

    other, expected, check = {
        "schema-or-list": (list, "a mapping or a list", _list(schema)),
        "schema-or-strings": (list, "a mapping or a list", _list(_string)),
        "schema-or-boolean": (bool, "a mapping, true or false", _anything),
    }[kind]

    def either(value: Any) -> Found | None:
        if type(value) is dict:
            return schema(value)
        return check(value) if type(value) is other else _wrong(expected, value)

    return either


def _anything(_: Any) -> None:
    return None


def _string(value: Any) -> Found | None:
    return None if type(value) is str else _wrong("text", value)


def _boolean(value: Any) -> Found | None:
    return None if type(value) is bool else _wrong("true or false", value)


def _number(value: Any) -> Found | None:
    return None if type(value) in (int, float) else _wrong("a number", value)


def _integer(bits: int) -> Checker:
    limit = 2 ** (bits - 1)

    def check(value: Any) -> Found | None:
        # YAML's 2.0 reaches the API server as 2.
        whole = type(value) is int or (type(value) is float and value.is_integer())
        if whole and -limit <= value < limit:
            return None
        return _wrong(f"a whole number of {bits} bits", value, int, float)

    return check


def _int_or_string(value: Any) -> Found | None:
    fits = type(value) is str or _SCALARS["int32"](value) is None
    return None if fits else _wrong("a whole number of 32 bits, or text", value, int, float)


def _quantity(value: Any) -> Found | None:
    if type(value) in (int, float) or (type(value) is str and _QUANTITY.fullmatch(value.strip())):
        return None
    return _wrong("a quantity such as 500m or 1.5Gi", value, str)


def _bytes(value: Any) -> Found | None:
    try:
        base64.b64decode(value.translate(_NO_LINE_BREAKS), validate=True)
    except (AttributeError, ValueError):
        return _wrong("base64", value, str)
    return None


def _time(form: re.Pattern[str], example: str) -> Checker:
    def check(value: Any) -> Found | None:
        if type(value) is str and form.fullmatch(value):
            try:
                datetime.fromisoformat(value[:19])
            except ValueError:
                pass
            else:
                return None
        return _wrong(f"a time such as {example}", value, str)

    return check


_QUANTITY = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[KMGTPE]i|[numkMGTPE]|[eE][+-]?[0-9]+)?")
_SECONDS = r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}"
_ZONE = r"(?:Z|[+-][0-9]{2}:[0-9]{2})"
_NAMES = {
    dict: "a mapping",
    list: "a list",
    str: "text",
    bool: "a boolean",
    int: "a number",
    float: "a number",
}
_NO_LINE_BREAKS = {10: None, 13: None}
_NULL_ITEM: Found = [((), Flaw.WRONG, "is null, which an item of a list cannot be")]
_SCALARS: dict[str, Checker] = {
    "any": _anything,
    "boolean": _boolean,
    "bytes": _bytes,
    "double": _number,
    "int-or-string": _int_or_string,
    "int32": _integer(32),
    "int64": _integer(64),
    "micro-time": _time(re.compile(rf"{_SECONDS}\.[0-9]{{6}}{_ZONE}"), "2026-01-31T12:00:00.000000Z"),
    "quantity": _quantity,
    "string": _string,
    "time": _time(re.compile(rf"{_SECONDS}(?:\.[0-9]+)?{_ZONE}"), "2026-01-31T12:00:00Z"),
}


def _wrong(expected: str, value: Any, *nearly: type) -> Found:
    """Says what a value should be. The value itself may be secret and is not repeated.

    `nearly` are the types that would have been right if the value were another one.
    """
    actual = "" if type(value) in nearly else f", not {_NAMES[type(value)]}"
    quote = "; quote it" if expected == "text" and type(value) in (bool, int, float) else ""
    return [((), Flaw.WRONG, f"must be {expected}{actual}{quote}")]


def _nearest(name: str, known: Iterable[str]) -> str:
    """The known field that a name most looks like, or nothing."""
    import difflib  # mostly every field is known

    folded = {one.casefold(): one for one in known}
    close = difflib.get_close_matches(name.casefold(), folded, n=1)
    return folded[close[0]] if close else ""
