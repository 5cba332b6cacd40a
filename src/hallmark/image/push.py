"""Puts a built image into a registry, by digest, and believes the registry only when its digest is the same."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator
from pathlib import Path

import httpx

from hallmark.image import oci
from hallmark.image.builder import BuiltImage
from hallmark.image.layout import Layout
from hallmark.outcome import CannotJudge

TIMEOUT_S = 60.0
CONNECT_TIMEOUT_S = 5.0
_CHUNK_BYTES = 1 << 20


def push(built: BuiltImage, *, registry: str, name: str) -> str:
    """Push `built` to `registry` (`HOST:PORT`; plain http on loopback, else https) as `name`; return its digest.

    Blobs that are there are not sent again. Raises CannotJudge when the registry does not answer, refuses, or
    stores something of another digest.
    """
    layout = Layout(built.layout)
    address = f"{_scheme(registry)}://{registry}"
    limits = httpx.Timeout(TIMEOUT_S, connect=CONNECT_TIMEOUT_S)
    try:
        # The machine's proxy settings are not for a registry on this machine.
        with httpx.Client(base_url=address, timeout=limits, trust_env=address.startswith("https")) as client:
            for blob in layout.blobs_of(built.digest):
                _push_blob(client, name, blob, layout.blob(blob.digest))
            manifest = layout.blob(built.digest).read_bytes()
            path = f"/v2/{name}/manifests/{built.digest}"
            answer = client.put(path, content=manifest, headers={"content-type": oci.MANIFEST})
            _expect(answer, 201)
            kept = client.head(path, headers={"accept": oci.MANIFEST})
            _expect(kept, 200)
    except httpx.TransportError as error:
        raise CannotJudge(
            f"the registry does not answer: {error or type(error).__name__}",
            where=address,
            next_step="./hallmark env list",
        ) from error
    stored = {answer.headers.get("docker-content-digest"), kept.headers.get("docker-content-digest")}
    if stored != {built.digest}:
        raise CannotJudge(f"the registry stored {stored} instead of {built.digest}", where=f"{address}{path}")
    return built.digest


def _push_blob(client: httpx.Client, name: str, blob: oci.Descriptor, file: Path) -> None:
    if client.head(f"/v2/{name}/blobs/{blob.digest}").status_code == httpx.codes.OK:
        return
    started = client.post(f"/v2/{name}/blobs/uploads/")
    _expect(started, 202)
    place = httpx.URL(started.headers["location"]).copy_merge_params({"digest": blob.digest})
    headers = {"content-type": "application/octet-stream", "content-length": str(blob.size_bytes)}
    _expect(client.put(place, content=_chunks(file), headers=headers), 201)


def _chunks(file: Path) -> Iterator[bytes]:
    with file.open("rb") as opened:
        while chunk := opened.read(_CHUNK_BYTES):
            yield chunk


def _expect(answer: httpx.Response, status: int) -> None:
    if answer.status_code != status:
        text = f": {answer.text.strip()[:200]}" if answer.text.strip() else ""
        request = answer.request
        raise CannotJudge(
            f"the registry answered {answer.status_code} instead of {status}{text}",
            where=f"{request.method} {request.url}",
        )


def _scheme(registry: str) -> str:
    host = registry.rpartition(":")[0] or registry
    try:
        return "http" if ipaddress.ip_address(host.strip("[]")).is_loopback else "https"
    except ValueError:
        return "http" if host == "localhost" else "https"
