"""Push an image archive to a registry: the very bytes that were built, so that the digest stays what it is.

OCI distribution specification v1.1, one monolithic upload a blob.
"""

from __future__ import annotations

import json
import tarfile
from pathlib import Path
from typing import IO, Any

import httpx

from hallmark.image import oci
from hallmark.outcome import CannotJudge

_TIMEOUT_S = 60.0
_CHUNK_BYTES = 1 << 20


def push_archive(archive: Path, *, registry: str, name: str) -> str:
    """Push the one image of an OCI archive to `http://registry/name`, by digest; returns the digest.

    Raises CannotJudge when the registry cannot be reached, refuses something, or names another digest.
    """
    where = f"http://{registry}/v2/{name}"
    try:
        with tarfile.open(archive) as tar, httpx.Client(timeout=_TIMEOUT_S) as client:
            index = json.loads(_member(tar, "index.json").read())
            digest = str(index["manifests"][0]["digest"])
            raw = _member(tar, oci.blob_path(digest)).read()
            manifest = json.loads(raw)
            for blob in (manifest["config"], *manifest["layers"]):
                _push_blob(client, where, blob, _member(tar, oci.blob_path(blob["digest"])))
            headers = {"Content-Type": manifest["mediaType"]}
            answer = client.put(f"{where}/manifests/{digest}", content=raw, headers=headers)
            _expect(answer, 201, where)
            named = answer.headers.get("Docker-Content-Digest", digest)
    except httpx.HTTPError as error:
        raise CannotJudge(
            f"the registry cannot be reached: {error}", where=where, next_step="./hallmark env list"
        ) from error
    except (KeyError, ValueError, tarfile.TarError, OSError) as error:
        raise CannotJudge(f"the image archive cannot be read: {error}", where=str(archive)) from error
    if named != digest:
        raise CannotJudge(f"the registry names the image {named}, it was built as {digest}", where=where)
    return digest


def _push_blob(client: httpx.Client, where: str, blob: dict[str, Any], content: IO[bytes]) -> None:
    if client.head(f"{where}/blobs/{blob['digest']}").status_code == 200:
        return
    begun = client.post(f"{where}/blobs/uploads/")
    _expect(begun, 202, where)
    target = begun.url.join(begun.headers["Location"]).copy_merge_params({"digest": blob["digest"]})
    headers = {"Content-Type": "application/octet-stream", "Content-Length": str(blob["size"])}
    done = client.put(target, content=iter(lambda: content.read(_CHUNK_BYTES), b""), headers=headers)
    _expect(done, 201, where)


def _expect(answer: httpx.Response, status: int, where: str) -> None:
    if answer.status_code != status:
        raise CannotJudge(f"the registry answers {answer.status_code}: {answer.text[:300]}", where=where)


def _member(tar: tarfile.TarFile, name: str) -> IO[bytes]:
    found = tar.extractfile(name)
    if found is None:
        raise ValueError(f"{name} is no file")
    return found
