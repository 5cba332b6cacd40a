"""Remembers which key a tool has, so that saying where it is doesn't take reading the whole list of pins.

What is remembered holds while every byte that decides the key is the same: the list, the program that reads it, the
tool's own folder, and the kind of machine. The tool itself is checked as always.
"""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from hallmark import folders

if TYPE_CHECKING:
    from hallmark.tools.pins import Pin

HERE = Path(__file__).parent


class Known(NamedTuple):
    """As much of a pin as it takes to find the tool."""

    name: str
    version: str
    key: str


def recall(name: str) -> Known | None:
    """What is remembered of a tool, if it still holds."""
    try:
        said = json.loads(_memory(name).read_bytes())
        holds = said["decided_by"] == _digest(HERE / said["folder"])
        return Known(name, said["version"], said["key"]) if holds else None
    except (OSError, ValueError, LookupError, TypeError):
        return None


def note(pin: Pin) -> None:
    """Remember a pin of the list that stands here. What cannot be written costs time only."""
    try:
        folder = pin.build_folder.relative_to(HERE)
        said = {
            "version": pin.version,
            "key": pin.key,
            "folder": str(folder),
            "decided_by": _digest(HERE / folder),
        }
        memory = _memory(pin.name)
        memory.parent.mkdir(parents=True, exist_ok=True)
        partial = memory.with_name(f"{memory.name}.{os.getpid()}")
        partial.write_text(json.dumps(said), encoding="utf-8")
        partial.replace(memory)
    except (OSError, ValueError):
        return


def _memory(name: str) -> Path:
    """One file for each checkout and tool."""
    checkout = hashlib.sha256(os.fsencode(HERE)).hexdigest()[:16]
    return folders.cache_home() / "known" / checkout / f"{name}.json"


def _digest(folder: Path) -> str:
    whole = hashlib.sha256(os.uname().machine.encode())
    deciding = (HERE / "pins.py", HERE / "pins.toml", HERE / "go-toolchain.txt")
    for file in (*deciding, *sorted(one for one in folder.rglob("*") if one.is_file())):
        content = file.read_bytes()
        whole.update(f"\0{file.relative_to(HERE)}\0{len(content)}\0".encode() + content)
    return whole.hexdigest()
