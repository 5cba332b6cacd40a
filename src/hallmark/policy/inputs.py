"""Turns what a user points at into objects with a place: files, folders, kustomize folders, standard input."""

from __future__ import annotations

import stat
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hallmark import documents, manifests, process, tools
from hallmark.manifests import RENDER_TIMEOUT_S, Rendered
from hallmark.outcome import HallmarkError
from hallmark.policy import files
from hallmark.policy.report import NotEvaluated, ObjectReference

if TYPE_CHECKING:
    from hallmark import config

SUFFIXES = (".yaml", ".yml", ".json")
KUSTOMIZATIONS = ("kustomization.yaml", "kustomization.yml", "Kustomization")
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

    def enters(self, folder: Path) -> bool:
        """Whether a folder inside of another is looked into: parts of a kustomization are no objects by themselves."""
        if _is_kustomization(folder):
            self.refuse(
                str(folder), "a kustomize folder inside of another folder: name it itself, to be rendered"
            )
            return False
        return True


def gather(inputs: Sequence[Input]) -> Gathered:
    """Read every input; nothing is raised, what cannot be read is named in `not_evaluated`."""
    gathered = Gathered()
    if not inputs:
        gathered.refuse("", "no input was given")
    reader = files.Reader(_is_manifest, f"named *{', *'.join(SUFFIXES)}", gathered.enters, gathered.refuse)
    for one in inputs:
        if isinstance(one, Rendered):
            _keep(gathered, str(one.file), one.located)
        elif _is_kustomization(Path(one)):
            if reader.is_new(str(one)):
                _render(gathered, str(one))
        else:
            for text in reader.read(str(one)):
                _read_text(gathered, text.name, text.text)
    return gathered


def _is_manifest(file: Path) -> bool:
    return file.name.lower().endswith(SUFFIXES)


def _is_kustomization(folder: Path) -> bool:
    return any(files.is_seen_as(stat.S_ISREG, folder / name) for name in KUSTOMIZATIONS)


def _read_text(gathered: Gathered, name: str, text: str) -> None:
    try:
        located = list(documents.objects(text))
    except documents.Malformed as error:
        gathered.refuse(name, error.what + _hint(name, text), error.line)
        return
    _keep(gathered, name, located)


def _hint(name: str, text: str) -> str:
    """What a file that is no objects may be instead."""
    if Path(name).name in KUSTOMIZATIONS:
        return "; a kustomization is judged as what it renders to: give its folder"
    if "{{" in text:
        return "; a template is judged as what it renders to"
    return ""


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


def _render(gathered: Gathered, folder: str) -> None:
    """A kustomize folder is judged as what it renders to, the way it would be applied.

    The overlay of a stage takes its image when it is promoted; it is judged with a stand-in for that.
    """
    try:
        project = _project_of(Path(folder))
        if project is not None:
            _read_text(gathered, folder, manifests.preview(project, Path(folder).resolve().name))
            return
        done = process.run(
            [tools.path("kubectl"), "kustomize", "--", folder],
            timeout_s=RENDER_TIMEOUT_S,
            env={"PATH": ""},
            check=False,
        )
    except HallmarkError as error:
        gathered.refuse(folder, error.what)
        return
    if done.ok:
        _read_text(gathered, folder, done.stdout)
    else:
        gathered.refuse(folder, f"kustomize: {' '.join(done.stderr.split()).removeprefix('error: ')[-400:]}")


def _project_of(folder: Path) -> config.Project | None:
    """The checkout in which this folder is the overlay of a stage; None when it is anything else."""
    from hallmark import config  # what reads the settings is slow to import, and only this needs it

    folder = folder.resolve()
    try:
        project = config.load(config.find_root(folder))
    except HallmarkError:
        return None
    overlays = project.manifests.resolve() / "overlays"
    return project if folder.parent == overlays and folder.name in project.settings.stage_names() else None
