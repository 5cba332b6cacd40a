"""Reads JSON strictly, and knows on which line each part of it stands."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from hallmark.documents import Malformed

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{}:,]|[^\s"\[\]{}:,]+')


@dataclass
class _Node:
    """Where a value begins in the text, or the key before it, and what is in it by key or index."""

    begin: int
    inside: dict[str | int, _Node] = field(default_factory=dict)


@dataclass
class JsonText:
    """A JSON document: its value, and the lines of its parts."""

    text: str
    value: Any

    def line_of(self, path: Sequence[str | int]) -> int:
        """The line of the value at `path`, or of the nearest part of the way to it that is there; from 1."""
        node = self._tree
        for step in path:
            if step not in node.inside:
                break
            node = node.inside[step]
        return self.text.count("\n", 0, node.begin) + 1

    @cached_property
    def _tree(self) -> _Node:
        if "\n" not in self.text.strip():
            return _Node(0)  # what Terraform writes is one line
        root = _Node(0)
        around: list[tuple[_Node, bool]] = []
        key: str | int | None = None
        begin = 0
        for match in _TOKEN.finditer(self.text):
            mark = match[0]
            if mark in "]}":
                around.pop()
                key = None
            elif mark == ",":
                key = None
            elif mark != ":":
                parent, is_list = around[-1] if around else (root, False)
                if around and not is_list and key is None:
                    key, begin = json.loads(mark), match.start()
                    continue
                if is_list:
                    key, begin = len(parent.inside), match.start()
                node = root
                if key is not None:
                    node = parent.inside[key] = _Node(begin)
                else:
                    root.begin = match.start()
                if mark in "[{":
                    around.append((node, mark == "["))
                    key = None
        return root


def read(text: str) -> JsonText:
    """Raises Malformed for what is no JSON, with its line: a duplicate key and a number that is none among it."""
    try:
        value = json.loads(text, object_pairs_hook=_object, parse_constant=_refuse)
    except json.JSONDecodeError as error:
        raise Malformed(f"invalid JSON: {error.msg}", error.lineno) from error
    except RecursionError as error:
        raise Malformed("invalid JSON: nested too deep", 1) from error
    except ValueError as error:
        raise Malformed(f"invalid JSON: {error}", 1) from error
    return JsonText(text, value)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        seen: set[str] = set()
        twice = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
        raise ValueError(f"duplicate key {twice!r}")
    return made


def _refuse(name: str) -> Any:
    raise ValueError(f"{name} is no number")
