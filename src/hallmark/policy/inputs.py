"""Turns what a user points at into objects with a place: files, folders, kustomize folders, standard input."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hallmark import documents, process, tools
from hallmark.manifests import RENDER_TIMEOUT_S, Rendered
from hallmark.outcome import CannotJudge
from hallmark.policy.report import NotEvaluated, ObjectReference

SUFFIXES = (".yaml", ".yml", ".json")
KUSTOMIZATIONS = ("kustomization.yaml", "kustomization.yml", "Kustomization")
STANDARD_INPUT = "-"
Input = Path | str | Rendered


@dataclass(frozen=True)
class Subject:
    """An object that is to be judged."""

    reference: ObjectReference
    located: documents.Located

    @property
    def value(self) -> dict[str, Any]:
        value: dict[str, Any] = self.located.value
        return value

    def line_of(self, path: documents.Path) -> int:
        return self.located.line_of(path)

    def named(self, path: documents.Path) -> documents.Path:
        steps: list[str | int] = []
        at: Any = self.value
        for step in path:
            inside = isinstance(step, int) and isinstance(at, list) and step < len(at)
            at = at.get(step) if isinstance(at, dict) else at[step] if inside else None
            name = at.get("name") if inside and isinstance(at, dict) else None
            steps.append(name if isinstance(name, str) else step)
        return tuple(steps)


@dataclass
class Gathered:
    """All objects of the inputs, and whatever could not be read."""

    subjects: list[Subject] = field(default_factory=list)
    not_evaluated: list[NotEvaluated] = field(default_factory=list)

    def refuse(self, file: str, reason: str, line: int = 0) -> None:
        self.not_evaluated.append(NotEvaluated(file, line, reason))


def gather(inputs: Sequence[Input]) -> Gathered:
    """Read every input; nothing is raised, what cannot be read is named in `not_evaluated`."""
    gathered = Gathered()
    if not inputs:
        gathered.refuse("", "no input was given")
    seen: set[Path] = set()
    for one in inputs:
        if isinstance(one, Rendered):
            _keep(gathered, str(one.file), one.located)
        elif str(one) == STANDARD_INPUT:
            _read_text(gathered, STANDARD_INPUT, sys.stdin.read())
        else:
            _gather_path(gathered, Path(one), seen)
    return gathered


def _gather_path(gathered: Gathered, path: Path, seen: set[Path]) -> None:
    if path.is_dir():
        if any((path / name).is_file() for name in KUSTOMIZATIONS):
            _render(gathered, path)
            return
        files = list(_files(path))
        if not files:
            gathered.refuse(str(path), f"no file here ends in {', '.join(SUFFIXES)}")
    else:
        files = [path]
    for file in files:
        # The same file by two ways is one set of objects, not two that clash.
        if file.resolve() not in seen:
            seen.add(file.resolve())
            _read_file(gathered, file)


def _files(folder: Path) -> Iterator[Path]:
    """Every manifest below a folder, in order; hidden files and folders are left out."""
    for file in sorted(folder.rglob("*")):
        hidden = any(part.startswith(".") for part in file.relative_to(folder).parts)
        if file.suffix in SUFFIXES and not hidden and file.is_file():
            yield file


def _read_file(gathered: Gathered, file: Path) -> None:
    try:
        if file.stat().st_size > documents.SIZE_LIMIT_BYTES:
            gathered.refuse(str(file), f"larger than the limit of {documents.SIZE_LIMIT_BYTES} bytes")
            return
        text = file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        gathered.refuse(str(file), "not UTF-8 text")
    except OSError as error:
        gathered.refuse(str(file), f"cannot be read: {error.strerror}")
    else:
        _read_text(gathered, str(file), text)


def _read_text(gathered: Gathered, name: str, text: str) -> None:
    try:
        located = documents.objects(text)
    except documents.Malformed as error:
        gathered.refuse(name, error.what, error.line)
        return
    _keep(gathered, name, located)


def _keep(gathered: Gathered, name: str, located: Sequence[documents.Located]) -> None:
    if not located:
        gathered.refuse(name, "no object: nothing but comments and empty documents")
    for one in located:
        meta = one.value.get("metadata")
        meta = meta if isinstance(meta, dict) else {}
        reference = ObjectReference(
            file=name,
            line=one.line,
            kind=one.value["kind"],
            namespace=str(meta.get("namespace") or ""),
            name=str(meta.get("name") or meta.get("generateName") or ""),
        )
        gathered.subjects.append(Subject(reference, one))


def _render(gathered: Gathered, folder: Path) -> None:
    """A kustomize folder is judged as what it renders to, the way it would be applied."""
    try:
        done = process.run(
            [tools.path("kubectl"), "kustomize", folder],
            timeout_s=RENDER_TIMEOUT_S,
            env={"PATH": ""},
            check=False,
        )
    except CannotJudge as error:
        gathered.refuse(str(folder), error.what)
        return
    if done.ok:
        _read_text(gathered, str(folder), done.stdout)
    else:
        gathered.refuse(
            str(folder), f"kustomize: {' '.join(done.stderr.split()).removeprefix('error: ')[-400:]}"
        )
