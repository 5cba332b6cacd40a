"""policies/parameters.yaml: what rules need to know of the organisation that uses them. Every key is required."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from hallmark import folders
from hallmark.outcome import CannotJudge
from hallmark.policy.memory import remember
from hallmark.values import dataclass


@dataclass(frozen=True)
class AllowedKind:
    """A kind that Kubernetes itself doesn't have and that may be in the input, with the reason."""

    apiVersion: str
    kind: str
    reason: str


@dataclass(frozen=True)
class Parameters:
    """Image references begin with one of `image_registries`; what is required are keys that every object must have."""

    image_registries: tuple[str, ...]
    required_labels: tuple[str, ...]
    required_annotations: tuple[str, ...]
    required_tags: tuple[str, ...]
    supported_eks_versions: tuple[str, ...]
    lasting_environments: tuple[str, ...]
    cluster_administrators: tuple[str, ...]
    expiring_image_tags: tuple[str, ...]
    allowed_kinds: tuple[AllowedKind, ...]


def read(file: Path) -> Parameters:
    """Read the file; raises CannotJudge naming the first thing that is wrong with it, and its line.

    What was found valid is remembered by its digest.
    """
    try:
        content = file.read_bytes()
    except OSError as error:
        raise _unreadable(str(error.strerror), file) from error
    memory = folders.cache_home() / "policy" / f"parameters-{_digest(content)}.json"
    if (known := _remembered(memory)) is not None:
        return known
    found = _read(file, content)
    remember(memory, {**vars(found), "allowed_kinds": [vars(one) for one in found.allowed_kinds]})
    return found


def _digest(content: bytes) -> str:
    """Of the file, and of this reader: a stricter one forgets what an older one accepted."""
    return hashlib.sha256(Path(__file__).read_bytes() + b"\0" + content).hexdigest()


def _remembered(memory: Path) -> Parameters | None:
    try:
        said = json.loads(memory.read_text(encoding="utf-8"))
        kinds = tuple(AllowedKind(**one) for one in said.pop("allowed_kinds"))
        return Parameters(allowed_kinds=kinds, **{key: tuple(value) for key, value in said.items()})
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return None


def _read(file: Path, content: bytes) -> Parameters:
    from hallmark import documents  # it is slow to import, and mostly the file is the one of last time

    line = 1
    try:
        located = documents.document(content.decode("utf-8"))
        if located is None:
            raise ValueError("there is nothing in it")
        line = located.line
        given = _keys(located.value, Parameters, "the file")
        lists: dict[str, Any] = {}
        for key, value in given.items():
            line = located.line_of((key,))
            lists[key] = _kinds(value) if key == "allowed_kinds" else _texts(value, key)
    except documents.Malformed as error:
        raise _unreadable(error.what, file, error.line) from error
    except UnicodeDecodeError as error:
        raise _unreadable("not UTF-8 text", file) from error
    except ValueError as error:
        raise _unreadable(str(error), file, line) from error
    return Parameters(**lists)


def _unreadable(cause: str, file: Path, line: int = 0) -> CannotJudge:
    where = f"{file}:{line}" if line else str(file)
    return CannotJudge(f"the rules' parameters cannot be read: {cause}", where=where)


def _keys(value: Any, record: type, what: str) -> dict[str, Any]:
    expected = set(record.__annotations__)
    if not isinstance(value, dict):
        raise ValueError(f"{what} must have the keys {', '.join(sorted(expected))}")
    if lacking := sorted(expected - value.keys()):
        raise ValueError(f"{what} lacks {', '.join(lacking)}")
    if unknown := sorted(value.keys() - expected):
        raise ValueError(f"{what} has the unknown {', '.join(unknown)}")
    return value


def _texts(value: Any, key: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(one, str) and one for one in value):
        raise ValueError(f"{key} must be a list of text")
    return tuple(value)


def _kinds(value: Any) -> tuple[AllowedKind, ...]:
    if not isinstance(value, list):
        raise ValueError("allowed_kinds must be a list")
    found = []
    for one in value:
        given = _keys(one, AllowedKind, "a kind of allowed_kinds")
        if not all(isinstance(text, str) and text.strip() for text in given.values()):
            raise ValueError(
                "a kind of allowed_kinds must have an apiVersion, a kind and a reason, all of them text"
            )
        found.append(AllowedKind(**given))
    return tuple(found)
