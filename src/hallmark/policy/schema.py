"""Checks an object against the schema of the pinned Kubernetes, as strictly as its API server decodes one.

What the API server would refuse when asked with fieldValidation=Strict is a problem here: a field that the kind
doesn't have, a value of another type, a required field that is missing. Whether a value makes sense (a port's
range, a name's form) is not looked at. What the API server takes is no problem: null for what is absent, whole
numbers written as 2.0, quantities as numbers.
"""

from __future__ import annotations

import base64
import difflib
import functools
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
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


@dataclass(frozen=True)
class Problem:
    """Something that the schema doesn't allow, at the path of the field itself (that of a missing one too)."""

    path: Steps
    flaw: Flaw
    message: str


@dataclass(frozen=True)
class Readable:
    """What is left of an object without the values of a wrong type, which nobody could read.

    `lists` says which items are left of a list from which some were taken: their numbers before, by its path now.
    """

    value: dict[str, Any]
    lists: Mapping[Steps, Sequence[int]] = field(default_factory=dict)

    def written(self, path: Steps) -> Steps:
        """The path in the whole object of what is at `path` here."""
        found: list[str | int] = []
        for number, step in enumerate(path):
            left = self.lists.get(path[:number])
            found.append(left[step] if left and isinstance(step, int) and step < len(left) else step)
        return tuple(found)


class _Mode(Enum):
    """How strictly a part of an object is read."""

    STRICT = "strict"
    # What the API server overwrites or ignores when an object is made: it may be incomplete.
    STATUS = "status"
    # The decoders of these fields don't know that they are to be strict: other fields are passed over.
    JSON_SCHEMA = "JSON schema"
    # A removed version is held to the types of its successor, whose fields and demands may be others.
    REMOVED = "removed"


_Found = list[tuple[Steps, Flaw, str]]
_Checker = Callable[[Any], _Found | None]
# These parts were the same in every removed version too.
_UNCHANGED = ("core.v1.", "meta.v1.ObjectMeta", "meta.v1.LabelSelector")
# Fields of removed versions that rules read.
_REMOVED_FIELDS = {
    "networking.v1.IngressSpec": {"backend": "networking.v1.IngressBackend"},
    "networking.v1.IngressBackend": {"serviceName": "string", "servicePort": "int-or-string"},
}
# Parts that describe what is to be made: where one is absent, what is required in it is missing.
_DESCRIPTIONS = {"spec", "template", "jobTemplate"}
# Requests for an answer, which are never stored and have no name.
_NAMELESS = ("authentication.k8s.io/", "authorization.k8s.io/")
# The document requires them since Go always writes them. The API server takes objects without them, as tried out
# with one (tests/kit/test_schema.py) and, where it doesn't serve the version, read from its code.
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
_JSON_SCHEMA = "apiextensions.v1.JSONSchemaProps"


def problems(value: Mapping[str, Any]) -> list[Problem]:
    """Every problem of an object that has apiVersion and kind (its `kind`, if that is unknown), in its order."""
    api_version, kind = value["apiVersion"], value["kind"]
    if not kinds.is_known(api_version, kind):
        return [Problem(("kind",), Flaw.WRONG, _unknown_kind(api_version, kind))]
    definition = kinds.definition(api_version, kind)
    if definition:
        mode = _Mode.STRICT if kinds.is_served(api_version, kind) else _Mode.REMOVED
        found = [_problem(kind, *one) for one in _checker(definition, mode)(value) or ()]
    else:
        found = problems_of_metadata(value)
    if not (_is_named(value) or api_version.startswith(_NAMELESS)):
        found.append(Problem(("metadata", "name"), Flaw.MISSING, "metadata.name is missing"))
    return found


def problems_of_metadata(value: Mapping[str, Any]) -> list[Problem]:
    """The problems of the one part that objects of every kind share: all that can be said of a kind unknown here."""
    meta = value.get("metadata")
    found = _checker("meta.v1.ObjectMeta", _Mode.STRICT)(meta) if meta is not None else None
    return [_problem(value["kind"], ("metadata", *path), flaw, text) for path, flaw, text in found or ()]


def readable(value: dict[str, Any], found: Iterable[Problem]) -> Readable:
    """An object without the values that are of a wrong type."""
    cuts = {problem.path for problem in found if problem.flaw is Flaw.WRONG}
    lists: dict[Steps, list[int]] = {}
    return Readable(_without(value, cuts, (), (), lists), lists) if cuts else Readable(value)


def _without(value: Any, cuts: set[Steps], path: Steps, now: Steps, lists: dict[Steps, list[int]]) -> Any:
    if isinstance(value, dict):
        return {
            key: _without(inner, cuts, (*path, key), (*now, key), lists)
            for key, inner in value.items()
            if (*path, key) not in cuts
        }
    if isinstance(value, list):
        left = [number for number in range(len(value)) if (*path, number) not in cuts]
        if len(left) < len(value):
            lists[now] = left
        return [
            _without(value[number], cuts, (*path, number), (*now, place), lists)
            for place, number in enumerate(left)
        ]
    return value


def dotted(path: Steps) -> str:
    """A path as people write it: spec.containers[0].image."""
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path).removeprefix(".")


def _unknown_kind(api_version: str, kind: str) -> str:
    near = kinds.nearest(api_version, kind)
    hint = f"did you mean {near}?" if near else "policies/parameters.yaml may allow it, with a reason"
    return f"{api_version} {kind} is no kind of Kubernetes {kinds.version()}; {hint}"


def _is_named(value: Mapping[str, Any]) -> bool:
    meta = value.get("metadata")
    if meta is None:
        return False
    # What is of another type than it should be is another problem.
    return not isinstance(meta, dict) or any(
        meta.get(one) not in (None, "") for one in ("name", "generateName")
    )


def _problem(kind: str, path: Steps, flaw: Flaw, text: str) -> Problem:
    where = dotted(path) or "the object"
    if flaw is not Flaw.EXTRA:
        return Problem(path, flaw, f"{where} {text}")
    owner = f"{'an' if kind[0] in 'AEIOU' else 'a'} {kind}" + (f"'s {dotted(path[:-1])}" if path[1:] else "")
    hint = f"; did you mean {text}?" if text else ""
    return Problem(path, flaw, f"{where}: no such field of {owner}{hint}")


# Checkers: each returns what is wrong with a value, or nothing. They are made when they are first needed.


@functools.cache
def _checker(kind: str, mode: _Mode) -> _Checker:
    """The checker for a type of the table."""
    if kind in _SCALARS:
        return _SCALARS[kind]
    if kind.startswith("["):
        return _list(_checker(kind[1:-1], mode))
    if kind.startswith("{"):
        return _map(_checker(kind[1:-1], mode))
    if kind.startswith("schema-or-"):
        return _schema_or(kind)
    return _struct(kind, _within(kind, mode))


def _within(name: str, mode: _Mode) -> _Mode:
    return _Mode.STRICT if mode is _Mode.REMOVED and name.startswith(_UNCHANGED) else mode


@functools.cache
def _fields(name: str) -> tuple[dict[str, str], frozenset[str]]:
    """The fields of a definition with their types, and those of them that the document requires."""
    raw: dict[str, str] = kinds.table()["definitions"][name]
    return (
        {one.removesuffix("!"): kind for one, kind in raw.items()},
        frozenset(one.removesuffix("!") for one in raw if one.endswith("!")),
    )


@functools.cache
def _required(name: str, mode: _Mode) -> tuple[str, ...]:
    """What an object cannot do without, in order: also a description in which something is required."""
    mode = _within(name, mode)
    known, demanded = _fields(name)
    if mode is _Mode.STATUS:
        return ()
    if mode is _Mode.REMOVED:
        demanded = frozenset()
    return tuple(
        one
        for one, kind in known.items()
        if (one in demanded and one not in _MAY_BE_ABSENT.get(name, ()))
        or (one in _DESCRIPTIONS and "." in kind and _required(kind, mode))
    )


def _struct(name: str, mode: _Mode) -> _Checker:
    known = _fields(name)[0]
    if mode is _Mode.REMOVED:
        known = known | _REMOVED_FIELDS.get(name, {})
    required = [(one, _empty(known[one])) for one in _required(name, mode)]
    tolerant = mode in (_Mode.JSON_SCHEMA, _Mode.REMOVED)
    checkers: dict[str, _Checker] = {}

    def check(value: Any) -> _Found | None:
        if type(value) is not dict:
            return _wrong("a mapping", value)
        found: _Found = []
        for one, inner in value.items():
            checker = checkers.get(one)
            if checker is None:
                if one not in known:
                    if not tolerant:
                        found.append(((one,), Flaw.EXTRA, _nearest(one, known)))
                    continue
                below = _Mode.STATUS if one == "status" and mode is _Mode.STRICT else mode
                checker = checkers[one] = _checker(known[one], below)
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


def _list(checker: _Checker) -> _Checker:
    def check(value: Any) -> _Found | None:
        if type(value) is not list:
            return _wrong("a list", value)
        found: _Found = []
        for number, item in enumerate(value):
            wrong = _NULL_ITEM if item is None else checker(item)
            if wrong:
                found += [((number, *path), flaw, text) for path, flaw, text in wrong]
        return found

    return check


def _map(checker: _Checker) -> _Checker:
    def check(value: Any) -> _Found | None:
        if type(value) is not dict:
            return _wrong("a mapping", value)
        found: _Found = []
        for key, inner in value.items():
            if inner is not None:
                wrong = checker(inner)
                if wrong:
                    found += [((key, *path), flaw, text) for path, flaw, text in wrong]
        return found

    return check


def _schema_or(kind: str) -> _Checker:
    """For a field that holds a JSON schema, or something else that the kind names."""

    def schema(value: Any) -> _Found | None:
        return _checker(_JSON_SCHEMA, _Mode.JSON_SCHEMA)(value)

    other, expected, check = {
        "schema-or-list": (list, "a mapping or a list", _list(schema)),
        "schema-or-strings": (list, "a mapping or a list", _list(_string)),
        "schema-or-boolean": (bool, "a mapping, true or false", _anything),
    }[kind]

    def either(value: Any) -> _Found | None:
        if type(value) is dict:
            return schema(value)
        return check(value) if type(value) is other else _wrong(expected, value)

    return either


def _anything(_: Any) -> None:
    return None


def _string(value: Any) -> _Found | None:
    return None if type(value) is str else _wrong("text", value)


def _boolean(value: Any) -> _Found | None:
    return None if type(value) is bool else _wrong("true or false", value)


def _number(value: Any) -> _Found | None:
    return None if type(value) in (int, float) else _wrong("a number", value)


def _integer(bits: int) -> _Checker:
    limit = 2 ** (bits - 1)

    def check(value: Any) -> _Found | None:
        # YAML's 2.0 reaches the API server as 2.
        whole = type(value) is int or (type(value) is float and value.is_integer())
        return (
            None
            if whole and -limit <= value < limit
            else _wrong(f"a whole number of {bits} bits", value, int, float)
        )

    return check


def _int_or_string(value: Any) -> _Found | None:
    fits = type(value) is str or _SCALARS["int32"](value) is None
    return None if fits else _wrong("a whole number of 32 bits, or text", value, int, float)


def _quantity(value: Any) -> _Found | None:
    if type(value) in (int, float) or (type(value) is str and _QUANTITY.fullmatch(value.strip())):
        return None
    return _wrong("a quantity such as 500m or 1.5Gi", value, str)


def _bytes(value: Any) -> _Found | None:
    try:
        base64.b64decode(value.translate(_NO_LINE_BREAKS), validate=True)
    except (AttributeError, ValueError):
        return _wrong("base64", value, str)
    return None


def _time(form: re.Pattern[str], example: str) -> _Checker:
    def check(value: Any) -> _Found | None:
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
_NULL_ITEM: _Found = [((), Flaw.WRONG, "is null, which an item of a list cannot be")]
_SCALARS: dict[str, _Checker] = {
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


def _wrong(expected: str, value: Any, *nearly: type) -> _Found:
    """Says what a value should be. The value itself may be secret and is not repeated.

    `nearly` are the types that would have been right if the value were another one.
    """
    actual = "" if type(value) in nearly else f", not {_NAMES[type(value)]}"
    quote = "; quote it" if expected == "text" and type(value) in (bool, int, float) else ""
    return [((), Flaw.WRONG, f"must be {expected}{actual}{quote}")]


def _nearest(name: str, known: Iterable[str]) -> str:
    """The known field that a name most looks like, or nothing."""
    folded = {one.casefold(): one for one in known}
    close = difflib.get_close_matches(name.casefold(), folded, n=1)
    return folded[close[0]] if close else ""
