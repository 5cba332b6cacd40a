"""What a lock file must be: every direct dependency pinned, every entry with its sha256, no address named."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator

from hallmark.layers.finding import Finding

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_PINNED = re.compile(r"([A-Za-z0-9][A-Za-z0-9._-]*)(?:\[[^]]*\])?==\S+")
_HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}(?:\s|$)")
_ADDRESS = re.compile(r"://|^\s*(?:-i|-f|--index-url|--extra-index-url|--find-links)\b")


def of_project(manifest: str) -> list[tuple[int, str]]:
    """The direct dependencies in the text of a pyproject.toml, extras included, each with its line.

    Raises TOMLDecodeError.
    """
    project = tomllib.loads(manifest).get("project", {})
    groups = [project.get("dependencies", []), *project.get("optional-dependencies", {}).values()]
    return [(_line_of(manifest, text), text) for group in groups for text in group]


def of_list(requirements: str) -> list[tuple[int, str]]:
    """The direct dependencies in the text of a requirements.in, each with its line."""
    lines = (line.partition("#")[0].strip() for line in requirements.splitlines())
    return [(number, text) for number, text in enumerate(lines, start=1) if text and not text.startswith("-")]


def find_missing(direct: Iterable[tuple[int, str]], lock: str, name: str) -> list[Finding]:
    """Those of the direct dependencies of the file `name` that the lock file text `lock` does not pin."""
    pinned = {_normal(match[1]) for _, entry in _entries(lock) if (match := _PINNED.match(entry))}
    names = [(line, text, _NAME.match(text)) for line, text in direct]
    return [
        Finding(name, line, f"{text} is not in the lock")
        for line, text, match in names
        if match is None or _normal(match[0]) not in pinned
    ]


def find_loose(lock: str, name: str) -> list[Finding]:
    """The entries of the lock file text `lock`, called `name`, without exact version or sha256, and addresses."""
    findings = [
        Finding(name, number, "names an index or an address")
        for number, line in enumerate(lock.splitlines(), start=1)
        if _ADDRESS.search(line)
    ]
    entries = list(_entries(lock))
    if not entries:
        findings.append(Finding(name, 0, "has no entry"))
    for number, entry in entries:
        if _PINNED.match(entry) is None:
            findings.append(Finding(name, number, f"{entry.split()[0]} has no exact version"))
        elif _HASH.search(entry) is None:
            findings.append(Finding(name, number, f"{entry.split()[0]} has no sha256"))
    return sorted(findings, key=lambda finding: finding.line)


def _entries(lock: str) -> Iterator[tuple[int, str]]:
    """Each requirement with the number of its first line; one goes on over lines that end with a backslash."""
    entry, first = "", 0
    for number, line in enumerate(lock.splitlines(), start=1):
        first = first if entry else number
        entry += line.partition("#")[0].strip()
        if entry.endswith("\\"):
            entry = entry[:-1] + " "
            continue
        if entry and not entry.startswith("-"):
            yield first, entry
        entry = ""
    if entry:
        yield first, entry


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _line_of(text: str, requirement: str) -> int:
    lines = text.splitlines()
    return next((number for number, line in enumerate(lines, start=1) if f'"{requirement}"' in line), 0)
