"""A release: an image digest, the commit it was built from, and the manifests rendered once for every stage.

Kept under .hallmark/releases/ when it is made, and in each stage's own namespace when it is promoted, so that
a rollback applies the old release's own manifests from whatever machine it is started.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from hallmark.evidence import DIGEST, Subject
from hallmark.outcome import CannotJudge, UsageError
from hallmark.records import write_atomically

MAX_BYTES = 4 * 1024 * 1024


@dataclass(frozen=True)
class Release:
    """`image` is the reference that the manifests name, by digest; `manifests` maps a stage to its YAML text."""

    image: str
    commit: str
    manifests: Mapping[str, str]

    @property
    def digest(self) -> str:
        return self.image.rpartition("@")[2]

    @property
    def subject(self) -> Subject:
        return Subject(self.digest, self.commit)

    @property
    def name(self) -> str:
        """`r-` and 12 digits of the sha256 of everything in it: the same content has the same name."""
        return f"r-{hashlib.sha256(self.to_json().encode()).hexdigest()[:12]}"

    def sha256(self) -> dict[str, str]:
        """The sha256 of the rendered manifests of each stage."""
        return {stage: hashlib.sha256(text.encode()).hexdigest() for stage, text in self.manifests.items()}

    def objects(self, stage: str) -> list[dict[str, Any]]:
        return [item for item in yaml.safe_load_all(self.manifests[stage]) if item]

    def to_json(self) -> str:
        document = {
            "image": self.image,
            "commit": self.commit,
            "manifests": dict(sorted(self.manifests.items())),
        }
        return json.dumps(document, sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> Release:
        """Raises ValueError when the text is no release."""
        read = json.loads(text)
        if not isinstance(read, dict) or set(read) != {"image", "commit", "manifests"}:
            raise ValueError("a release has image, commit and manifests, nothing else")
        if not isinstance(read["manifests"], dict) or not DIGEST.fullmatch(
            str(read["image"]).rpartition("@")[2]
        ):
            raise ValueError("a release names its image by digest and maps stages to manifests")
        return cls(
            str(read["image"]), str(read["commit"]), {str(k): str(v) for k, v in read["manifests"].items()}
        )

    def pack(self) -> str:
        """Compressed and in base64, for a ConfigMap's binaryData. The same release packs to the same text."""
        return base64.b64encode(gzip.compress(self.to_json().encode(), mtime=0)).decode()

    @classmethod
    def unpack(cls, text: str, *, name: str) -> Release:
        """The reverse of `pack`; raises CannotJudge when the content is not the release of that name."""
        try:
            with gzip.GzipFile(fileobj=io.BytesIO(base64.b64decode(text, validate=True))) as stream:
                raw = stream.read(MAX_BYTES + 1)
            if len(raw) > MAX_BYTES:
                raise ValueError(f"larger than {MAX_BYTES} bytes")
            release = cls.from_json(raw.decode())
        except (ValueError, OSError, EOFError) as error:
            raise CannotJudge(f"release {name} cannot be read: {error}") from error
        if release.name != name:
            raise CannotJudge(f"release {name} was changed after it was made: its content is {release.name}")
        return release


@dataclass(frozen=True)
class Shelf:
    """The releases that this checkout made."""

    folder: Path

    def put(self, release: Release) -> Path:
        file = self.folder / release.name / "release.json"
        write_atomically(file, release.to_json())
        return file

    def find(self, digest: str) -> Release:
        """The newest release of an image digest; raises UsageError when this checkout made none."""
        files = sorted(
            self.folder.glob("r-*/release.json"), key=lambda file: file.stat().st_mtime, reverse=True
        )
        for file in files:
            try:
                release = Release.from_json(file.read_text(encoding="utf-8"))
            except (ValueError, OSError) as error:
                raise CannotJudge(f"a release cannot be read: {error}", where=str(file)) from error
            if release.name != file.parent.name:
                raise CannotJudge("a release was changed after it was made", where=str(file))
            if release.digest == digest:
                return release
        raise UsageError(
            f"no release of {digest} here", where=str(self.folder), next_step="./hallmark promote"
        )
