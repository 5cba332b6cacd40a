"""The folder of built images (an OCI layout): takes over what a builder wrote, reads it, forgets the oldest.

Whatever the builder, layers are kept uncompressed and the manifest is written here: a digest then depends on the
content alone, not on somebody's gzip.
"""

from __future__ import annotations

import json
import shutil
import tarfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from hallmark.image import oci
from hallmark.outcome import CannotJudge

KEPT = 10


@dataclass(frozen=True)
class Layout:
    """An OCI layout at `root`; several images share their blobs in it."""

    root: Path

    def blob(self, digest: str) -> Path:
        return self.root / oci.blob_path(digest)

    def document(self, digest: str) -> dict[str, Any]:
        """A manifest or a config, checked against its digest; raises CannotJudge when it is damaged or gone."""
        try:
            raw = self.blob(digest).read_bytes()
        except OSError as error:
            raise CannotJudge(f"{digest} is not among the built images", where=str(self.root)) from error
        if f"sha256:{sha256(raw).hexdigest()}" != digest:
            raise CannotJudge(
                f"{digest} is damaged", where=str(self.blob(digest)), next_step="build it again"
            )
        document: dict[str, Any] = json.loads(raw)
        return document

    def blobs_of(self, digest: str) -> list[oci.Descriptor]:
        """The layers and, last, the config of a manifest: the order in which they are pushed."""
        manifest = self.document(digest)
        listed = [*manifest["layers"], manifest["config"]]
        return [oci.Descriptor(blob["mediaType"], blob["digest"], blob["size"]) for blob in listed]

    def put(self, raw: bytes) -> str:
        digest = f"sha256:{sha256(raw).hexdigest()}"
        target = self.blob(digest)
        if not target.is_file():
            target.parent.mkdir(parents=True, exist_ok=True)
            with oci.replacing(target) as file:
                file.write(raw)
        return digest

    def take(self, source: Path) -> oci.Descriptor:
        """Move a layer's tar file in, under its digest."""
        with source.open("rb") as file:
            digest = oci.sha256_of(file)
        target = self.blob(digest)
        target.parent.mkdir(parents=True, exist_ok=True)
        size_bytes = source.stat().st_size
        shutil.move(source, target)
        return oci.Descriptor(oci.LAYER, digest, size_bytes)

    def record(self, config: bytes, layers: list[oci.Descriptor], annotations: Mapping[str, str]) -> str:
        """Write the manifest of an image whose layers are in, note it as the newest, and return its digest."""
        config_digest = self.put(config)
        manifest = {
            "schemaVersion": 2,
            "mediaType": oci.MANIFEST,
            "config": oci.Descriptor(oci.CONFIG, config_digest, len(config)).as_json(),
            "layers": [layer.as_json() for layer in layers],
            "annotations": dict(annotations),
        }
        raw = oci.canonical(manifest)
        digest = self.put(raw)
        self._note(oci.Descriptor(oci.MANIFEST, digest, len(raw)))
        return digest

    def _note(self, newest: oci.Descriptor) -> None:
        index = self.root / "index.json"
        known = json.loads(index.read_text(encoding="utf-8"))["manifests"] if index.is_file() else []
        older = [entry for entry in known if entry["digest"] != newest.digest]
        kept = [newest.as_json(), *older][:KEPT]
        with oci.replacing(index) as file:
            file.write(oci.canonical({"schemaVersion": 2, "mediaType": oci.INDEX, "manifests": kept}))
        with oci.replacing(self.root / "oci-layout") as file:
            file.write(oci.canonical({"imageLayoutVersion": "1.0.0"}))
        needed = {entry["digest"] for entry in kept}
        needed |= {blob.digest for entry in kept for blob in self.blobs_of(entry["digest"])}
        for path in (self.root / "blobs/sha256").iterdir():
            if f"sha256:{path.name}" not in needed:
                path.unlink()


def adopt_folder(layout: Layout, folder: Path, annotations: Mapping[str, str]) -> str:
    """Take over what `push ... dir:FOLDER` wrote (manifest.json, blobs by their hexadecimal digits)."""
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    config = (folder / manifest["config"]["digest"].partition(":")[2]).read_bytes()
    layers = []
    for layer in manifest["layers"]:
        if layer["mediaType"] != oci.LAYER:
            raise CannotJudge(f"the builder wrote a layer of type {layer['mediaType']}", where=str(folder))
        layers.append(layout.take(folder / layer["digest"].partition(":")[2]))
    _compare(config, layers, folder)
    return layout.record(config, layers, annotations)


def adopt_docker_archive(layout: Layout, archive: Path, work: Path, annotations: Mapping[str, str]) -> str:
    """Take over what `docker save` wrote, its layers' times set to 0: that engine stamps them with now."""
    with tarfile.open(archive) as tar:
        (entry,) = json.load(_member(tar, "manifest.json"))
        config = json.load(_member(tar, entry["Config"]))
        layers = []
        for number, name in enumerate(entry["Layers"]):
            plain = work / f"layer-{number}.tar"
            with tarfile.open(fileobj=_member(tar, name), mode="r:*") as layer:
                _without_times(layer, plain)
            layers.append(layout.take(plain))
    config["created"] = oci.EPOCH
    config["rootfs"]["diff_ids"] = [layer.digest for layer in layers]
    for step in config.get("history", []):
        step["created"] = oci.EPOCH
    return layout.record(oci.canonical(config), layers, annotations)


def entries(layout: Layout, digest: str) -> Iterator[tarfile.TarInfo]:
    """Every entry of every layer, lowest layer first. What an upper layer hides is shipped all the same."""
    for layer in layout.blobs_of(digest)[:-1]:
        with tarfile.open(layout.blob(layer.digest)) as tar:
            yield from tar


def _without_times(layer: tarfile.TarFile, target: Path) -> None:
    with tarfile.open(target, "w", format=tarfile.PAX_FORMAT) as tar:
        for entry in layer:
            entry.mtime = 0
            entry.uname = entry.gname = ""
            times = ("mtime", "atime", "ctime")
            entry.pax_headers = {key: value for key, value in entry.pax_headers.items() if key not in times}
            tar.addfile(entry, layer.extractfile(entry) if entry.isreg() else None)


def _compare(config: bytes, layers: list[oci.Descriptor], folder: Path) -> None:
    if json.loads(config)["rootfs"]["diff_ids"] != [layer.digest for layer in layers]:
        raise CannotJudge("the builder wrote layers that its own config does not name", where=str(folder))


def _member(tar: tarfile.TarFile, name: str) -> Any:
    file = tar.extractfile(name)
    if file is None:
        raise CannotJudge(f"the builder's archive has no file {name}")
    return file
