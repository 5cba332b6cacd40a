"""OCI image archives, written and read with the standard library alone.

`write` makes a one-layer image from files: what the cluster's own programs (pause, CoreDNS, metrics-server)
are imported as. The same files give the same bytes, so the same digest, on any machine.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import os
import platform
import stat
import tarfile
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Any

from hallmark.outcome import CannotJudge, UsageError

INDEX = "application/vnd.oci.image.index.v1+json"
MANIFEST = "application/vnd.oci.image.manifest.v1+json"
CONFIG = "application/vnd.oci.image.config.v1+json"
# Not compressed: such an image travels from one folder of a machine to another, and gzip would cost seconds.
LAYER = "application/vnd.oci.image.layer.v1.tar"
EPOCH = "1970-01-01T00:00:00Z"
SEARCH_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
_CHUNK_BYTES = 1 << 20
_ARCHITECTURES = {"x86_64": "amd64", "amd64": "amd64", "aarch64": "arm64", "arm64": "arm64"}


@dataclass(frozen=True)
class Descriptor:
    """One blob as a manifest names it: `digest` is `sha256:` and 64 hexadecimal digits."""

    media_type: str
    digest: str
    size_bytes: int

    def as_json(self) -> dict[str, Any]:
        return {"mediaType": self.media_type, "digest": self.digest, "size": self.size_bytes}


def architecture() -> str:
    """This machine's architecture in OCI words (`amd64`, `arm64`); raises CannotJudge for any other."""
    machine = platform.machine()
    try:
        return _ARCHITECTURES[machine]
    except KeyError:
        known = ", ".join(sorted(set(_ARCHITECTURES.values())))
        raise CannotJudge(f"no images are made for the architecture {machine!r}: known are {known}") from None


def sha256_of(file: IO[bytes]) -> str:
    """The digest of the rest of an open file, as `sha256:<hex>`."""
    digest = hashlib.sha256()
    while chunk := file.read(_CHUNK_BYTES):
        digest.update(chunk)
    return f"sha256:{digest.hexdigest()}"


def canonical(document: Mapping[str, Any]) -> bytes:
    """JSON whose bytes depend on nothing but its content."""
    return json.dumps(document, sort_keys=True, separators=(",", ":")).encode()


def blob_path(digest: str) -> str:
    """Where a layout keeps a blob: `blobs/sha256/<hex>`."""
    algorithm, _, value = digest.partition(":")
    return f"blobs/{algorithm}/{value}"


def write(
    archive: Path,
    *,
    reference: str,
    entrypoint: Sequence[str],
    user: str,
    files: Mapping[str, Path],
    env: Mapping[str, str] | None = None,
) -> str:
    """Write a one-layer image to `archive` (an OCI layout as a tar file) and return its manifest's digest.

    `files` maps absolute paths in the image to files on this machine; they belong to root, are 0755 when the
    original is executable and 0644 otherwise. `user` is numeric (`uid` or `uid:gid`), as Kubernetes needs it
    to see that it is not root. `reference` is the name under which `ctr images import` files the image. The
    archive appears whole or not at all. Raises UsageError for a wrong argument, CannotJudge for a file that
    is not there.
    """
    _check(reference, entrypoint, user, files)
    variables = {"PATH": SEARCH_PATH, **(env or {})}
    settings = {
        "User": user,
        "Entrypoint": list(entrypoint),
        "Env": [f"{name}={value}" for name, value in variables.items()],
        "WorkingDir": "/",
    }
    return _write_image(archive, reference, settings, lambda layer: _write_layer(layer, files))


def write_tree(archive: Path, *, reference: str, root: Path, labels: Mapping[str, str]) -> str:
    """Write everything under `root` as a one-layer image, like `write`, and return its manifest's digest.

    Owners and modes are kept but for set-user-id and set-group-id bits, which are dropped; times are not.
    Devices, sockets and pipes stay out.
    """
    settings = {"Env": [f"PATH={SEARCH_PATH}"], "Cmd": ["/bin/sh"], "WorkingDir": "/", "Labels": dict(labels)}
    return _write_image(archive, reference, settings, lambda layer: _write_tree_layer(layer, root))


def _write_image(
    archive: Path, reference: str, settings: Mapping[str, Any], write_layer: Callable[[IO[bytes]], None]
) -> str:
    archive.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryFile(dir=archive.parent) as layer:
        write_layer(layer)
        size_bytes = layer.tell()
        layer.seek(0)
        layer_blob = Descriptor(LAYER, sha256_of(layer), size_bytes)
        config = canonical(
            {
                "architecture": architecture(),
                "os": "linux",
                "created": EPOCH,
                "config": settings,
                "rootfs": {"type": "layers", "diff_ids": [layer_blob.digest]},
                "history": [{"created": EPOCH, "created_by": "hallmark"}],
            }
        )
        config_blob = _describe(CONFIG, config)
        manifest = canonical(
            {
                "schemaVersion": 2,
                "mediaType": MANIFEST,
                "config": config_blob.as_json(),
                "layers": [layer_blob.as_json()],
            }
        )
        manifest_blob = _describe(MANIFEST, manifest)
        with (
            replacing(archive) as file,
            tarfile.open(fileobj=file, mode="w", format=tarfile.USTAR_FORMAT) as tar,
        ):
            _add(tar, "oci-layout", canonical({"imageLayoutVersion": "1.0.0"}))
            _add(tar, "index.json", canonical(_index(manifest_blob, reference)))
            _add(tar, blob_path(manifest_blob.digest), manifest)
            _add(tar, blob_path(config_blob.digest), config)
            layer.seek(0)
            tar.addfile(_entry(blob_path(layer_blob.digest), size_bytes=size_bytes), layer)
    return manifest_blob.digest


@contextlib.contextmanager
def replacing(target: Path) -> Iterator[IO[bytes]]:
    """A file beside `target` that takes its place when the block ends well, and vanishes when it does not."""
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
        Path(name).chmod(0o644)
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _check(reference: str, entrypoint: Sequence[str], user: str, files: Mapping[str, Path]) -> None:
    if not reference or any(character.isspace() for character in reference):
        raise UsageError(f"{reference!r} is no image reference")
    if not entrypoint or isinstance(entrypoint, str):
        raise UsageError("an image needs an entrypoint: a list of words, the first a path in the image")
    if not all(part.isdecimal() for part in user.split(":", 1)):
        raise UsageError(f"{user!r} is no numeric user: write uid or uid:gid")
    if not files:
        raise UsageError("an image needs at least one file")
    for target, source in files.items():
        path = PurePosixPath(target)
        if not path.is_absolute() or ".." in path.parts or str(path) != target or target == "/":
            raise UsageError(f"{target!r} is no plain absolute path in an image")
        if not source.is_file():
            raise CannotJudge(f"{target} cannot go into the image: there is no such file", where=str(source))


def _write_layer(layer: IO[bytes], files: Mapping[str, Path]) -> None:
    folders = {parent for target in files for parent in PurePosixPath(target).parents if str(parent) != "/"}
    with tarfile.open(fileobj=layer, mode="w", format=tarfile.PAX_FORMAT) as tar:
        for folder in sorted(map(str, folders)):
            entry = _entry(folder.lstrip("/"), mode=0o755)
            entry.type = tarfile.DIRTYPE
            tar.addfile(entry)
        for target, source in sorted(files.items()):
            with source.open("rb") as file:
                status = os.fstat(file.fileno())
                mode = 0o755 if status.st_mode & 0o100 else 0o644
                tar.addfile(_entry(target.lstrip("/"), mode=mode, size_bytes=status.st_size), file)


def _write_tree_layer(layer: IO[bytes], root: Path) -> None:
    linked: dict[tuple[int, int], str] = {}
    with tarfile.open(fileobj=layer, mode="w", format=tarfile.PAX_FORMAT) as tar:
        for path in sorted(_everything_under(root)):
            status = path.lstat()
            entry = _entry(str(path.relative_to(root)), mode=status.st_mode & 0o1777)
            entry.uid, entry.gid = status.st_uid, status.st_gid
            identity = (status.st_dev, status.st_ino)
            if stat.S_ISDIR(status.st_mode):
                entry.type = tarfile.DIRTYPE
            elif stat.S_ISLNK(status.st_mode):
                entry.type, entry.linkname = tarfile.SYMTYPE, str(path.readlink())
            elif not stat.S_ISREG(status.st_mode):
                continue
            elif identity in linked:
                entry.type, entry.linkname = tarfile.LNKTYPE, linked[identity]
            else:
                linked[identity] = entry.name
                entry.size = status.st_size
                with path.open("rb") as file:
                    tar.addfile(entry, file)
                continue
            tar.addfile(entry)


def _everything_under(root: Path) -> Iterator[Path]:
    def refuse(error: OSError) -> None:
        raise error  # a folder that cannot be read must not be left out in silence

    for folder, folders, files in os.walk(root, onerror=refuse):
        for name in (*folders, *files):
            yield Path(folder) / name


def _entry(name: str, *, mode: int = 0o644, size_bytes: int = 0) -> tarfile.TarInfo:
    """A tar header that tells nothing of the machine: TarInfo's own owner is 0:0 and its time is 0."""
    entry = tarfile.TarInfo(name)
    entry.mode = mode
    entry.size = size_bytes
    return entry


def _add(tar: tarfile.TarFile, name: str, content: bytes) -> None:
    tar.addfile(_entry(name, size_bytes=len(content)), io.BytesIO(content))


def _describe(media_type: str, content: bytes) -> Descriptor:
    return Descriptor(media_type, f"sha256:{hashlib.sha256(content).hexdigest()}", len(content))


def _index(manifest: Descriptor, reference: str) -> dict[str, Any]:
    # containerd files the image under the first annotation; other tools read the second.
    names = {"io.containerd.image.name": reference, "org.opencontainers.image.ref.name": reference}
    described = {
        **manifest.as_json(),
        "platform": {"os": "linux", "architecture": architecture()},
        "annotations": names,
    }
    return {"schemaVersion": 2, "mediaType": INDEX, "manifests": [described]}
