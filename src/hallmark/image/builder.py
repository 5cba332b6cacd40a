"""Build the service's image from its Dockerfile: by buildah without an engine, or by the engine that is there.

What is built is what git knows of the service's folder, with modes and times normalised; the result is one OCI
archive, kept in the cache under its digest. The same commit gives the same digest.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import stat
import tarfile
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from hallmark import config, process
from hallmark.config import Project
from hallmark.image import base, inspect, oci
from hallmark.image.base import Base
from hallmark.image.space import isolated, locked
from hallmark.outcome import CannotJudge, Refused, UsageError

Report = Callable[[str], None]
BUILD_TIMEOUT_S = 900.0
# What pip on this machine was told, and what the build is lent of it (never kept in the image).
_PIP_VARIABLES = ("index-url", "extra-index-url", "find-links", "trusted-host", "timeout")


@dataclass(frozen=True)
class BuiltImage:
    """An image as it was built. `archive` is an OCI archive that holds exactly the manifest named by `digest`."""

    digest: str
    archive: Path
    base: Base
    builder: str
    duration_s: float


@dataclass(frozen=True)
class Work:
    """The folders of one build: the context, what is lent to it, and where the result goes."""

    context: Path
    lent: Path
    result: Path

    @property
    def certificates(self) -> Path:
        return self.lent / "ca"

    @property
    def pip(self) -> Path:
        return self.lent / "pip"


def build(project: Project, *, report: Report = lambda _: None, cold: bool = False) -> BuiltImage:
    """Build the image of the checkout; `cold` ignores every layer of earlier builds.

    Raises Refused with the failing step when the Dockerfile fails, CannotJudge when it could not be tried.
    """
    began = time.monotonic()
    cache = config.cache_home() / "images"
    builder = choose(project.settings.image.builder)
    with locked(cache / "build.lock", "another image is being built", report):
        chosen = base.choose(project.settings.image.base, cache, report)
        with _work(project, cache) as work:
            report(f"building with {builder}")
            tag = f"localhost/hallmark/{project.settings.service.name}:latest"
            if builder == "buildah":
                _with_buildah(work, cache, chosen, tag, cold=cold)
            else:
                _with_engine(builder, work, chosen, tag, cold=cold)
            digest = inspect.digest_of(work.result)
            archive = cache / "built" / f"{digest.replace(':', '-')}.tar"
            archive.parent.mkdir(parents=True, exist_ok=True)
            work.result.replace(archive)
    return BuiltImage(digest, archive, chosen, builder, time.monotonic() - began)


def choose(setting: str) -> str:
    """The builder that `[image] builder` asks for; `auto` takes an engine that answers, else buildah."""
    if setting == "auto":
        for engine in ("podman", "docker"):
            if shutil.which(engine) and process.run([engine, "info"], timeout_s=15, check=False).ok:
                return engine
        setting = "buildah"
    process.which(setting)
    if setting == "buildah" and os.geteuid() != 0:
        raise CannotJudge(
            "buildah builds without an engine only as root",
            next_step="re-run with sudo, or start podman or docker and set [image] builder",
        )
    return setting


def buildah_words(cache: Path) -> list[str | Path]:
    """buildah with a storage of the kit's own, so that nothing on this machine is touched."""
    return ["buildah", "--root", cache / "storage", "--runroot", cache / "run"]


def buildah_build(cache: Path, work: Work, chosen: Base, tag: str, *, cold: bool) -> list[str | Path]:
    words: list[str | Path] = [*buildah_words(cache), "build", "--isolation", "chroot", "--format", "oci"]
    words += ["--timestamp", "0", "--layers", "--force-rm", "--pull-never" if chosen.archive else "--pull-always"]
    if cold:
        words.append("--no-cache")
    words += ["--build-arg", f"BASE_IMAGE={chosen.reference}", "--secret", f"id=ca,src={work.certificates}"]
    words += ["--secret", f"id=pip,src={work.pip}", "--tag", tag, "--file", work.context / "Dockerfile"]
    return [*words, work.context]


def engine_build(engine: str, work: Work, chosen: Base, tag: str, *, cold: bool) -> list[str | Path]:
    """podman takes buildah's own flags; docker needs buildx and writes the archive itself."""
    secrets = ["--secret", f"id=ca,src={work.certificates}", "--secret", f"id=pip,src={work.pip}"]
    common = ["--build-arg", f"BASE_IMAGE={chosen.reference}", *secrets, "--file", work.context / "Dockerfile"]
    cache = ["--no-cache"] if cold else []
    if engine == "podman":
        flags = ["--format", "oci", "--timestamp", "0", "--layers", "--force-rm", "--tag", tag]
        return ["podman", "build", *flags, *cache, *common, work.context]
    output = f"type=oci,dest={work.result},rewrite-timestamp=true"
    flags = ["--provenance=false", "--sbom=false", "--build-arg", "SOURCE_DATE_EPOCH=0", "--output", output]
    return ["docker", "buildx", "build", *flags, *cache, *common, work.context]


def _with_buildah(work: Work, cache: Path, chosen: Base, tag: str, *, cold: bool) -> None:
    buildah = buildah_words(cache)
    if chosen.archive is not None:
        known = process.run([*buildah, "images", "--quiet", "--no-trunc", chosen.reference], timeout_s=60, check=False)
        if not known.ok or not known.stdout.strip():
            pull = [*buildah, "pull", "--quiet", f"oci-archive:{chosen.archive}"]
            process.run(isolated(pull), timeout_s=BUILD_TIMEOUT_S)
    # A build that was killed leaves its working container; nobody else uses this storage.
    process.run([*buildah, "rm", "--all"], timeout_s=120, check=False)
    _judge(process.run(isolated(buildah_build(cache, work, chosen, tag, cold=cold)), timeout_s=BUILD_TIMEOUT_S, check=False))
    # Not compressed: a compressor's version must not change the digest.
    push = [*buildah, "push", "--quiet", "--format", "oci", "--disable-compression", tag, f"oci-archive:{work.result}"]
    process.run(push, timeout_s=BUILD_TIMEOUT_S)


def _with_engine(engine: str, work: Work, chosen: Base, tag: str, *, cold: bool) -> None:
    if chosen.archive is not None:
        load = ["podman", "pull", f"oci-archive:{chosen.archive}"]
        if engine == "docker":
            raise CannotJudge(
                "docker cannot build on a base made from packages",
                next_step='name a base that it can pull in hallmark.toml: [image] base = "NAME@sha256:..."',
            )
        process.run(load, timeout_s=BUILD_TIMEOUT_S)
    _judge(process.run(engine_build(engine, work, chosen, tag, cold=cold), timeout_s=BUILD_TIMEOUT_S, check=False))
    if engine == "podman":
        save = ["podman", "push", "--disable-content-trust", "--format", "oci", tag, f"oci-archive:{work.result}"]
        process.run(save, timeout_s=BUILD_TIMEOUT_S)


def _judge(done: process.Completed) -> None:
    """A build that fails is the Dockerfile's fault: say the step, and the last words before the end."""
    if done.ok:
        return
    said = [line.strip() for line in f"{done.stdout}\n{done.stderr}".splitlines() if line.strip()]
    steps = [line for line in said if re.match(r"(\[\d+/\d+\] )?STEP \d+|#\d+ \[", line)]
    errors = [line for line in said if re.search(r"(?i)error|fail", line)]
    words = [f"at {steps[-1]}" if steps else "before the first step", *dict.fromkeys([*errors[-2:], said[-1] if said else ""])]
    raise Refused("the Dockerfile fails\n" + "\n".join(word[:300] for word in words if word)[:900], where="Dockerfile")


@contextlib.contextmanager
def _work(project: Project, cache: Path) -> Iterator[Work]:
    if not (project.source / "Dockerfile").is_file():
        raise UsageError("there is no Dockerfile", where=str(project.source))
    cache.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=cache, prefix="work-") as folder:
        work = Work(Path(folder) / "context", Path(folder) / "lent", Path(folder) / "image.tar")
        _copy_context(project, work.context)
        work.lent.mkdir(mode=0o700)
        bundle = base.certificates()
        work.certificates.write_bytes(bundle.read_bytes() if bundle else b"")
        work.pip.write_text(_pip_settings(), encoding="utf-8")
        yield work


def _copy_context(project: Project, target: Path) -> None:
    """What git tracks below the source folder and what it does not ignore, as it is in the working tree."""
    words = ["git", "-c", f"safe.directory={project.root}", "-C", project.source, "ls-files", "-z"]
    listed = process.run([*words, "--cached", "--others", "--exclude-standard"], timeout_s=60).stdout
    target.mkdir()
    for name in sorted(filter(None, listed.split("\0"))):
        file, copy = project.source / name, target / name
        if not file.exists() and not file.is_symlink():
            continue  # tracked, and deleted in the working tree
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(file, copy, follow_symlinks=False)
        if not copy.is_symlink():
            copy.chmod(0o755 if file.stat().st_mode & stat.S_IXUSR else 0o644)
    for folder in [target, *(path for path in target.rglob("*") if path.is_dir() and not path.is_symlink())]:
        folder.chmod(0o755)


def _pip_settings() -> str:
    """This machine's own package index, as pip is told of it by variables; lent to the build as a file."""
    lines = ["[global]"]
    for name in _PIP_VARIABLES:
        value = os.environ.get("PIP_" + name.upper().replace("-", "_"))
        if value and name != "find-links":
            lines.append(f"{name} = {value}")
    return "\n".join(lines) + "\n"
