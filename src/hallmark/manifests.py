"""Renders a stage's overlay, once, with the image's digest in it: the exact text that is judged and then applied.

Kustomize does the composing. What the kit adds (digest, annotations, the namespace of an ephemeral environment)
is a small kustomization of its own on top of the overlay, written outside the sources.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hallmark import documents, process, tools
from hallmark.outcome import CannotJudge, Refused, UsageError

if TYPE_CHECKING:
    from hallmark.config import Project

DIGEST_ANNOTATION = "hallmark.dev/image-digest"
COMMIT_ANNOTATION = "hallmark.dev/commit"
TEMPLATE_KINDS = "Deployment|StatefulSet|DaemonSet|ReplicaSet|ReplicationController|Job"
RENDER_TIMEOUT_S = 60.0
# What an overlay is looked at with before there is an image: the name that promote gives it, and a digest of nothing.
STAND_IN = "registry.hallmark.internal/{service}@sha256:" + "0" * 64
_PINNED = re.compile(r"[a-z0-9][^\s@]*@sha256:[0-9a-f]{64}")
_NAMESPACE = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")
_COMMIT = re.compile(r"[0-9a-zA-Z][0-9a-zA-Z._+-]{0,99}")


@dataclass(frozen=True)
class Rendered:
    """What would be applied. `file` holds `text`; `objects` are its objects in the order in which they stand."""

    stage: str
    namespace: str
    image: str
    commit: str
    text: str
    file: Path
    located: tuple[documents.Located, ...]

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.text.encode()).hexdigest()

    @property
    def objects(self) -> list[dict[str, Any]]:
        return [one.value for one in self.located]


def render(
    project: Project,
    stage: str,
    *,
    image: str,
    commit: str,
    namespace: str | None = None,
    overlay: str | None = None,
) -> Rendered:
    """Render the overlay of `stage` (or `overlay`) with `image`, which must be name@sha256:<64 hex digits>.

    With `namespace` every object, the Namespace itself included, moves there: an ephemeral environment that
    differs in nothing else. The text is kept in `.hallmark/rendered/`. The same input gives the same bytes.

    Raises UsageError for wrong arguments; CannotJudge when kustomize fails, when nothing is rendered, or when no
    container uses the service's image; Refused when any image of the result is not pinned by digest.
    """
    folder = project.manifests / "overlays" / (overlay or stage)
    _check_arguments(project, folder, image, commit, namespace)
    target = namespace or _namespace_of(folder) or stage
    text = _kustomize(project, folder, _composition(project, image, commit, namespace))
    file = project.output / "rendered" / f"{namespace or stage}.yaml"
    _write(file, text)
    try:
        located = list(documents.objects(text))
    except documents.Malformed as error:
        raise CannotJudge(
            f"kustomize rendered what cannot be read: {error.what}", where=f"{file}:{error.line}"
        ) from error
    _check_result(located, folder, file, image)
    return Rendered(stage, target, image, commit, text, file, tuple(located))


def preview(project: Project, stage: str) -> str:
    """The text of a stage's overlay as `render` makes it, with a stand-in for the image; for looking at, not for use.

    Raises UsageError when there is no such overlay, CannotJudge when kustomize fails.
    """
    folder = project.manifests / "overlays" / stage
    image, commit = STAND_IN.format(service=project.settings.service.name), "0" * 40
    _check_arguments(project, folder, image, commit, None)
    return _kustomize(project, folder, _composition(project, image, commit, None))


def images(value: Any) -> Iterator[str]:
    """Every image named by a container, an init or ephemeral container, or an image volume, at any depth."""
    if isinstance(value, list):
        for item in value:
            yield from images(item)
    if not isinstance(value, dict):
        return
    for key, inner in value.items():
        if key in ("containers", "initContainers", "ephemeralContainers") and isinstance(inner, list):
            yield from (str(one.get("image", "")) for one in inner if isinstance(one, dict))
        if key == "volumes" and isinstance(inner, list):
            volumes = (one.get("image") for one in inner if isinstance(one, dict))
            yield from (str(one.get("reference", "")) for one in volumes if isinstance(one, dict))
        yield from images(inner)


def _check_arguments(project: Project, folder: Path, image: str, commit: str, namespace: str | None) -> None:
    if not _PINNED.fullmatch(image):
        raise UsageError(
            f"the image {image!r} is not pinned: name@sha256: and 64 hexadecimal digits",
            where=f"render of {folder.name}",
        )
    if not _COMMIT.fullmatch(commit):
        raise UsageError(f"{commit!r} is no commit", where=f"render of {folder.name}")
    if namespace is not None and not _NAMESPACE.fullmatch(namespace):
        raise UsageError(f"{namespace!r} is no namespace: a DNS label of at most 63 characters")
    if not (folder / "kustomization.yaml").is_file():
        there = sorted(
            one.parent.name for one in (project.manifests / "overlays").glob("*/kustomization.yaml")
        )
        raise UsageError(
            f"there is no overlay {folder.name!r}",
            where=str(folder / "kustomization.yaml"),
            next_step=f"one of: {', '.join(there) or 'none is there'}",
        )


def _composition(project: Project, image: str, commit: str, namespace: str | None) -> dict[str, Any]:
    """The kit's own layer over the overlay; `resources` is added by the caller, who knows where it is written."""
    name, _, digest = image.partition("@")
    annotations = {DIGEST_ANNOTATION: digest, COMMIT_ANNOTATION: commit}
    template = {"metadata": {"annotations": annotations}}
    return {
        "apiVersion": "kustomize.config.k8s.io/v1beta1",
        "kind": "Kustomization",
        "images": [{"name": project.settings.service.name, "newName": name, "digest": digest}],
        "patches": [
            _patch(TEMPLATE_KINDS, {"spec": {"template": template}}),
            _patch("CronJob", {"spec": {"jobTemplate": {"spec": {"template": template}}}}),
            _patch("Pod", template),
        ],
        **({"namespace": namespace} if namespace else {}),
    }


def _patch(kinds: str, change: dict[str, Any]) -> dict[str, Any]:
    # A strategic merge needs a head of its own; with a target it is not compared with anything.
    head = {"apiVersion": "any/v1", "kind": "Any", "metadata": {"name": "any"}}
    merged = {**head, **change, "metadata": {**head["metadata"], **change.get("metadata", {})}}  # type: ignore[dict-item]
    return {"target": {"kind": kinds}, "patch": json.dumps(merged)}


def _kustomize(project: Project, folder: Path, composition: dict[str, Any]) -> str:
    project.output.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="render-", dir=project.output) as scratch:
        here = Path(scratch).resolve()
        # Kustomize refuses absolute resources.
        relative = os.path.relpath(folder.resolve(), here)
        (here / "kustomization.yaml").write_text(
            json.dumps({**composition, "resources": [relative]}, indent=1)
        )
        # Resources over the network would be neither pinned nor repeatable: no program to fetch them is found.
        done = process.run(
            [tools.path("kubectl"), "kustomize", here],
            timeout_s=RENDER_TIMEOUT_S,
            env={"PATH": ""},
            check=False,
        )
    if not done.ok:
        where, cause = _diagnosis(project.manifests, folder, done.stderr)
        raise CannotJudge(
            f"the overlay {folder.name} cannot be rendered: {cause}",
            where=where,
            next_step=f"kubectl kustomize {os.path.relpath(folder, project.root)}",
        )
    return done.stdout


def _diagnosis(manifests: Path, folder: Path, output: str) -> tuple[str, str]:
    """The place and the innermost cause of a kustomize error, which itself nests every folder on the way."""
    for file in sorted(manifests.rglob("*.y*ml")):
        try:
            list(documents.objects(file.read_text(encoding="utf-8")))
        except documents.Malformed as error:
            # Patches and kustomizations are objects too; only what cannot be parsed at all is told apart here.
            if error.what.startswith(("invalid YAML", "duplicate key")):
                return f"{file}:{error.line}", error.what
        except (OSError, UnicodeDecodeError) as error:
            return str(file), str(error)
    text = " ".join(output.split()).removeprefix("error: ")
    unknown = re.search(r'unknown field "[^"]*"', text)
    cause = unknown[0] if unknown else re.split(r"(?:': |' : |\berr=')", text)[-1].strip(" '")
    named = [Path(match) for match in re.findall(r"'(/[^']+)'", text)]
    inside = [one for one in named if one.is_relative_to(manifests.resolve())]
    if unknown:
        guilty = _files_with(manifests, unknown[0].split('"')[1])
        return (guilty or str(inside[-1] if inside else folder)), f"a kustomization has the {cause}"
    return str(inside[-1] if inside else folder / "kustomization.yaml"), cause[:400]


def _files_with(manifests: Path, field: str) -> str:
    for file in sorted(manifests.rglob("kustomization.y*ml")):
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
            if re.match(rf"\s*(- )?{re.escape(field)}\s*:", line):
                return f"{file}:{number}"
    return ""


def _namespace_of(folder: Path) -> str | None:
    found = list(documents.objects((folder / "kustomization.yaml").read_text(encoding="utf-8")))
    value = found[0].value.get("namespace") if found else None
    return str(value) if value else None


def _check_result(located: list[documents.Located], folder: Path, file: Path, image: str) -> None:
    if not located:
        raise CannotJudge(
            f"the overlay {folder.name} renders no object at all", where=str(folder / "kustomization.yaml")
        )
    seen: dict[tuple[str, ...], int] = {}
    for one in located:
        meta = one.value.get("metadata") or {}
        group = one.value["apiVersion"].rpartition("/")[0]
        key = (group, one.value["kind"], str(meta.get("namespace", "")), str(meta.get("name", "")))
        if key in seen:
            raise CannotJudge(
                f"{key[1]} {key[3]} is rendered twice", where=f"{file}:{seen[key]} and {one.line}"
            )
        seen[key] = one.line
        for reference in images(one.value):
            if not _PINNED.fullmatch(reference):
                raise Refused(
                    f"{key[1]} {key[3]} uses the image {reference!r}, which is not pinned by digest",
                    where=f"{file}:{one.line}",
                    next_step=f"name it with @sha256: in {folder}",
                )
    if not any(image == reference for one in located for reference in images(one.value)):
        raise CannotJudge(
            f"no container of the overlay {folder.name} uses the service's image",
            where=str(file),
            next_step="name the image of the service's container like the service (hallmark.toml: service.name)",
        )


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    partial = file.with_name(f".{file.name}.{os.getpid()}")
    partial.write_text(text, encoding="utf-8")
    partial.replace(file)
