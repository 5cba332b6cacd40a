"""Turns what a user points at into objects with a place: files, folders, kustomize folders, standard input."""

from __future__ import annotations

import stat
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from hallmark.outcome import HallmarkError
from hallmark.policy import files, plain
from hallmark.policy.result import ObjectReference
from hallmark.values import dataclass

if TYPE_CHECKING:
    from hallmark import config, documents
    from hallmark.manifests import Rendered

SUFFIXES = (".yaml", ".yml", ".json")
KUSTOMIZATIONS = ("kustomization.yaml", "kustomization.yml", "Kustomization")
Input: TypeAlias = "Path | str | Rendered"


@dataclass(frozen=True)
class Subject:
    """An object that is to be judged, without its value: of many objects that would be too much to keep."""

    reference: ObjectReference
    source: documents.Source | plain.Object

    def line_of(self, path: plain.Steps) -> int:
        return self.source.line_of(path)

    def named(self, path: plain.Steps) -> plain.Steps:
        steps: list[str | int] = []
        at: Any = self.source.value() if any(isinstance(step, int) for step in path) else None
        for step in path:
            inside = isinstance(step, int) and isinstance(at, list) and step < len(at)
            at = at.get(step) if isinstance(at, dict) else at[step] if inside else None
            name = at.get("name") if inside and isinstance(at, dict) else None
            steps.append(name if isinstance(name, str) else step)
        return tuple(steps)


Stream: TypeAlias = "Iterable[documents.Located] | plain.Objects"
Refuse = Callable[[str, str, int], None]


def read(inputs: Sequence[Input], refuse: Refuse) -> Iterator[tuple[str, Stream]]:
    """The objects of every stream that the inputs name, with its name; `refuse` is told what cannot be read, and why.

    The objects of a stream are read while they are asked for, and raise documents.Malformed where it isn't well. Those
    of a plain file have been found to be without problems.
    """
    if not inputs:
        refuse("", "no input was given", 0)

    def enters(folder: Path) -> bool:
        """Whether a folder inside of another is looked into: parts of a kustomization are no objects by themselves."""
        if _is_kustomization(folder):
            reason = "a kustomize folder inside of another folder: name it itself, to be rendered"
            refuse(str(folder), reason, 0)
            return False
        return True

    reader = files.Reader(
        _is_manifest, f"named *{', *'.join(SUFFIXES)}", enters, lambda file, reason: refuse(file, reason, 0)
    )
    for one in inputs:
        if not isinstance(one, Path | str):
            yield str(one.file), one.located
        elif _is_kustomization(Path(one)):
            if reader.is_new(str(one)):
                for text in _rendered(str(one), refuse):
                    yield str(one), _objects(str(one), text)
        else:
            yield from _found(reader, str(one))


def _found(reader: files.Reader, given: str) -> Iterator[tuple[str, Stream]]:
    names = reader.find(given)
    program = plain.reader() if given != files.STANDARD_INPUT else None
    answers = program.answers(names) if program is not None else ((name, None) for name in names)
    for name, objects in answers:
        if objects is not None:
            yield name, objects
            continue
        for found in reader.text(name, given):
            yield found.name, _objects(found.name, found.text)


def _objects(name: str, text: str) -> Iterator[documents.Located]:
    from hallmark import documents  # what reads every YAML takes long to import, and most is plain

    one = None
    try:
        for one in documents.objects(text):
            yield one
    except documents.Malformed as error:
        raise documents.Malformed(error.what + _hint(name, text), error.line) from error
    if one is None:
        raise documents.Malformed("no object: nothing but comments and empty documents", 0)


def subject(name: str, located: documents.Located | plain.Object) -> Subject:
    """The object, found in the stream of this name."""
    if isinstance(located, plain.Object):
        said = ObjectReference(name, located.line, located.kind, located.namespace, located.name)
        return Subject(said, located)
    meta = located.value.get("metadata")
    meta = meta if isinstance(meta, dict) else {}
    reference = ObjectReference(
        file=name,
        line=located.line,
        kind=located.value["kind"],
        namespace=str(meta.get("namespace") or ""),
        name=str(meta.get("name") or meta.get("generateName") or ""),
    )
    return Subject(reference, located.source)


def _is_manifest(file: Path) -> bool:
    return file.name.lower().endswith(SUFFIXES)


def _is_kustomization(folder: Path) -> bool:
    return any(files.is_seen_as(stat.S_ISREG, folder / name) for name in KUSTOMIZATIONS)


def _hint(name: str, text: str) -> str:
    """What a file that is no objects may be instead."""
    if Path(name).name in KUSTOMIZATIONS:
        return "; a kustomization is judged as what it renders to: give its folder"
    if "{{" in text:
        return "; a template is judged as what it renders to"
    return ""


def _rendered(folder: str, refuse: Refuse) -> Iterator[str]:
    """A kustomize folder is judged as what it renders to, the way it would be applied.

    The overlay of a stage takes its image when it is promoted; it is judged with a stand-in for that.
    """
    from hallmark import manifests, process, tools  # mostly nothing is rendered

    try:
        project = _project_of(Path(folder))
        if project is not None:
            yield manifests.preview(project, Path(folder).resolve().name)
            return
        done = process.run(
            [tools.path("kubectl"), "kustomize", "--", folder],
            timeout_s=manifests.RENDER_TIMEOUT_S,
            env={"PATH": ""},
            check=False,
        )
    except HallmarkError as error:
        refuse(folder, error.what, 0)
        return
    if done.ok:
        yield done.stdout
    else:
        refuse(folder, f"kustomize: {' '.join(done.stderr.split()).removeprefix('error: ')[-400:]}", 0)


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
