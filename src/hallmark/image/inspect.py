"""Read an image archive, and judge what it says of itself."""

from __future__ import annotations

import json
import re
import stat
import tarfile
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from hallmark.image import oci
from hallmark.outcome import CannotJudge, Check, Outcome

if TYPE_CHECKING:
    from hallmark.image.builder import BuiltImage

MAX_BYTES = 400 * 1024 * 1024
_SECRETS = re.compile(r"(^|/)(\.ssh/|id_(rsa|ed25519|ecdsa)$|\.netrc$|\.pypirc$|\.git-credentials$|\.aws/|\.docker/config\.json$)")
_CACHES = re.compile(r"^(var/cache/apt/archives/.+\.deb|var/lib/apt/lists/.+_Packages|root/\.cache/.+)")


@dataclass(frozen=True)
class File:
    """One entry of the final file system. `mode` holds the permission bits with set-user-id and its like."""

    name: str
    mode: int
    is_file: bool
    size_bytes: int


def digest_of(archive: Path) -> str:
    """The digest of the archive's one manifest. Raises CannotJudge when it has none or several."""
    return str(_manifests(archive)[0]["digest"])


def configuration(archive: Path) -> dict[str, Any]:
    """The image's configuration: user, entry point, variables, labels."""
    with tarfile.open(archive) as tar:
        manifest = _read(tar, digest_of(archive))
        found: dict[str, Any] = _read(tar, manifest["config"]["digest"])
        return found


def files(archive: Path) -> dict[str, File]:
    """The final file system: every layer in turn, what a layer deletes is deleted."""
    found: dict[str, File] = {}
    with tarfile.open(archive) as tar:
        for layer in _read(tar, digest_of(archive))["layers"]:
            with tarfile.open(fileobj=_blob(tar, layer["digest"]), mode="r|*") as content:
                for entry in content:
                    _put(found, entry)
    return found


def checks(built: BuiltImage) -> list[Check]:
    """Judge a built image without starting it."""
    settings = configuration(built.archive).get("config", {})
    content = files(built.archive)
    user = str(settings.get("User", ""))
    entry = settings.get("Entrypoint") or []
    variables = [word for word in settings.get("Env", []) if re.match(r"(?i)[^=]*(password|secret|token|api_?key)[^=]*=.", word)]
    raised = [file.name for file in content.values() if file.is_file and file.mode & (stat.S_ISUID | stat.S_ISGID)]
    writable = [file.name for file in content.values() if file.is_file and file.mode & stat.S_IWOTH]
    size = sum(file.size_bytes for file in content.values())
    return [
        _check("the base is named by digest", bool(re.search(r"@sha256:[0-9a-f]{64}$", built.base.reference)), built.base.reference),
        _check("the user is a number and not root", bool(re.fullmatch(r"[1-9]\d*(:\d+)?", user)), f"user {user!r}"),
        _check("the entry point is in exec form", bool(entry) and entry[0] not in ("/bin/sh", "sh"), f"{entry}"),
        _check("no variable holds a secret", not variables, ", ".join(word.partition("=")[0] for word in variables)),
        _check("no file holds a secret", not _matching(content, _SECRETS), ", ".join(_matching(content, _SECRETS)[:3])),
        _check("no package cache is left", not _matching(content, _CACHES), ", ".join(_matching(content, _CACHES)[:3])),
        _check("no program raises its rights", not raised, ", ".join(raised[:3])),
        _check("no file can be changed by everybody", not writable, ", ".join(writable[:3])),
        _check("it is not too large", 0 < size <= MAX_BYTES, f"{size / 2**20:.0f} MiB, allowed are {MAX_BYTES / 2**20:.0f}"),
        _check("it holds files", bool(content), "the image is empty"),
    ]


def _check(name: str, holds: bool, message: str) -> Check:
    return Check(name, Outcome.PASS if holds else Outcome.FAIL, "" if holds else message, "app/Dockerfile")


def _matching(content: dict[str, File], pattern: re.Pattern[str]) -> list[str]:
    return [name for name, file in content.items() if file.is_file and pattern.search(name)]


def _put(found: dict[str, File], entry: tarfile.TarInfo) -> None:
    name = entry.name.removeprefix("./").strip("/")
    folder, _, last = name.rpartition("/")
    if last == ".wh..wh..opq":
        for other in [one for one in found if one.startswith(f"{folder}/")]:
            del found[other]
    elif last.startswith(".wh."):
        gone = f"{folder}/{last[4:]}".lstrip("/")
        for other in [one for one in found if one == gone or one.startswith(f"{gone}/")]:
            del found[other]
    else:
        found[name] = File(name, entry.mode, entry.isfile() or entry.islnk(), entry.size)


def _manifests(archive: Path) -> list[dict[str, Any]]:
    try:
        with tarfile.open(archive) as tar:
            found: list[dict[str, Any]] = json.loads(_open(tar, "index.json").read())["manifests"]
    except (OSError, KeyError, ValueError, tarfile.TarError) as error:
        raise CannotJudge(f"the image archive cannot be read: {error}", where=str(archive)) from error
    if len(found) != 1:
        raise CannotJudge(f"the image archive holds {len(found)} images, not one", where=str(archive))
    return found


def _read(tar: tarfile.TarFile, digest: str) -> Any:
    return json.loads(_blob(tar, digest).read())


def _blob(tar: tarfile.TarFile, digest: str) -> IO[bytes]:
    return _open(tar, oci.blob_path(digest))


def _open(tar: tarfile.TarFile, name: str) -> IO[bytes]:
    found = tar.extractfile(name)
    if found is None:
        raise ValueError(f"{name} is no file")
    return found
