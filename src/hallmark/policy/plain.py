"""Has plain and valid manifests read by a program of ours, which takes a tenth of the time that Python takes.

The program (gosrc/manifest-reader) only answers where there is no doubt. What is not plain YAML, and everything that is
wrong, is read by `documents` and checked by `schema`, which would say the same of the rest. So it is when the program
is missing, fails or is too slow: it can make a check faster, but decides nothing.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import json
import os
import select
import subprocess
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from hallmark import folders, process, tools
from hallmark.outcome import CannotJudge
from hallmark.policy.memory import remember

PROGRAM = "manifest-reader"
# A file that takes longer is read without it.
TIMEOUT_S = 10.0
# So many files are asked for at a time, and so many times before the first answer is waited for: as much as the pipes
# and the program can hold.
_AT_ONCE = 64
_AHEAD = 16
_HERE = Path(__file__).parent
_TABLE_MADE_FROM = ("schema.json", "checkers.py", "kinds.py", "plain.py")
Steps = tuple[str | int, ...]


class Object(NamedTuple):
    """An object without problems: what the rules see of it, or the members of that, and the lines of its parts."""

    line: int
    kind: str
    namespace: str
    name: str
    is_namespaced: bool
    entry: str
    lines: bytes

    def line_of(self, path: Sequence[str | int]) -> int:
        """The line of what is at `path`, or of the nearest part of the way to it that is written."""
        line, below = self.line, _lines(self.lines)
        for step in path:
            found: Any = None
            if isinstance(below, dict):
                found = below.get(str(step))
            elif isinstance(below, list) and isinstance(step, int) and step < len(below):
                found = below[step]
            if found is None:
                break
            line, below = found
        return line

    def value(self) -> Any:
        """The value, read again."""
        whole = self.entry if self.entry.startswith("{") else f"{{{self.entry}}}"
        return json.loads(whole)["object"]


# What is wrong with one object is mostly said several times, one after the other.
@functools.lru_cache(maxsize=8)
def _lines(text: bytes) -> Any:
    return json.loads(text)


class Objects(list[Object]):
    """All objects of a file, in order."""


class Reader:
    """The running program."""

    def __init__(self, child: subprocess.Popen[bytes]) -> None:
        self._child: subprocess.Popen[bytes] | None = child
        self._said = bytearray()

    def answers(self, names: Iterable[str]) -> Iterator[tuple[str, Objects | None]]:
        """For each file its objects, or None when it must be read without the program."""
        asked: deque[list[str]] = deque()
        rest = iter(names)
        while batch := list(islice(rest, _AT_ONCE)):
            self._ask(batch)
            asked.append(batch)
            if len(asked) == _AHEAD:
                yield from ((name, self._answer()) for name in asked.popleft())
        for batch in asked:
            yield from ((name, self._answer()) for name in batch)

    def _ask(self, names: Sequence[str]) -> None:
        text = "".join(f"{json.dumps(name)}\n" for name in names).encode()
        try:
            if self._child is not None and self._child.stdin is not None:
                self._child.stdin.write(text)
                self._child.stdin.flush()
        except OSError:
            self._child = None

    def _answer(self) -> Objects | None:
        if self._child is None:
            return None
        try:
            head = json.loads(self._line())
            if not head["plain"]:
                return None
            return Objects(self._object(one) for one in head["objects"])
        except (OSError, EOFError, ValueError, LookupError, TypeError):
            self._child = None
            return None

    def _object(self, said: dict[str, Any]) -> Object:
        entry = str(self._take(said["entry"]), "utf-8")
        lines = bytes(self._take(said["lines"]))
        return Object(
            said["line"], said["kind"], said["namespace"], said["name"], said["namespaced"], entry, lines
        )

    def _line(self) -> bytes:
        seen = 0
        while (end := self._said.find(b"\n", seen)) < 0:
            seen = len(self._said)
            self._more()
        return bytes(self._take(end + 1))

    def _take(self, size: int) -> bytearray:
        while len(self._said) < size:
            self._more()
        taken = self._said[:size]
        del self._said[:size]
        return taken

    def _more(self) -> None:
        if self._child is None or self._child.stdout is None:
            raise EOFError
        output = self._child.stdout.fileno()
        if not select.select([output], [], [], TIMEOUT_S)[0]:
            raise TimeoutError
        more = os.read(output, 1 << 20)
        if not more:
            raise EOFError
        self._said += more


_early: list[Reader] = []


@contextlib.contextmanager
def early() -> Iterator[None]:
    """Have the program ready for what is read in this block; it starts while what asks for it is imported."""
    with contextlib.ExitStack() as stack:
        with contextlib.suppress(CannotJudge, OSError):
            argv = [tools.path(PROGRAM), _table()]
            _early.append(Reader(stack.enter_context(process.conversing(argv))))
            stack.callback(_early.clear)
        yield


def reader() -> Reader | None:
    """The program of the block around, if there is one."""
    return _early[-1] if _early else None


def _table() -> Path:
    """The file with what the program must know of Kubernetes' kinds, made once."""
    made_from = hashlib.sha256(b"\0".join((_HERE / one).read_bytes() for one in _TABLE_MADE_FROM)).hexdigest()
    file = folders.cache_home() / "manifest-reader" / f"{made_from[:32]}.json"
    if not file.exists():
        remember(file, table())
    return file


def table() -> dict[str, Any]:
    """Every kind that is served, with its definition; of every definition the fields and those that are required."""
    from hallmark.policy import checkers, kinds  # only where the table is made

    whole = kinds.table()
    return {
        "kinds": {
            kind: {"definition": definition, "namespaced": where == "namespaced"}
            for kind, (definition, where) in whole["kinds"].items()
        },
        "definitions": {
            name: {"fields": checkers.fields_of(name), "required": checkers.required(name)}
            for name in whole["definitions"]
            if name != checkers.JSON_SCHEMA
        },
    }
