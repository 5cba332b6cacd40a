"""Builds the service's image from its Dockerfile: with docker or podman where one answers, else with buildah alone.

A builder only turns (context, Dockerfile, base) into layers; which files go in, what stays out, and the manifest
whose digest is promoted are the same for all of them (context.py, layout.py).
"""

from __future__ import annotations

import configparser
import os
import re
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from hallmark import process
from hallmark.config import Project
from hallmark.folders import cache_home
from hallmark.image import base as bases
from hallmark.image import context
from hallmark.image.base import Base
from hallmark.image.layout import Layout, adopt_docker_archive, adopt_folder
from hallmark.image.space import isolated, locked
from hallmark.outcome import CannotJudge, HallmarkError, Refused

BUILD_TIMEOUT_S = 900.0
STEP_TIMEOUT_S = 300.0
ASK_TIMEOUT_S = 10.0
# Every image a build leaves behind is a cached step; past this many the store begins afresh.
MAX_CACHED_IMAGES = 120
# What of the host's pip settings is lent to the build: where packages come from, not what pip does with them.
LENT_PIP_SETTINGS = ("index-url", "extra-index-url", "trusted-host", "proxy", "timeout", "retries")
_PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY")

Words = list[str | os.PathLike[str]]
Report = Callable[[str], None]


@dataclass(frozen=True)
class BuiltImage:
    """An image in a layout. `base` is what FROM named; `builder` is `buildah`, `podman` or `docker`."""

    digest: str
    layout: Path
    base: str
    base_digest: str
    builder: str
    duration_s: float


@dataclass(frozen=True)
class Order:
    """What every builder is given. `work` is scratch that is removed; `secrets` maps ids to files lent to RUN."""

    context: Path
    base: Base
    name: str
    work: Path
    secrets: dict[str, Path]
    log: Path


def build(project: Project, *, report: Report = lambda _: None, fresh: bool = False) -> BuiltImage:
    """Build the image of the checkout as it is now.

    `fresh` uses no cached step, in a store of its own that is removed: what a machine that never built it would
    do. One build runs at a time on a cache; a second waits. Raises Refused when the Dockerfile fails, naming the
    step, and CannotJudge when there is no builder, no base, or no time left.
    """
    began = time.monotonic()
    cache = cache_home() / "images"
    with ExitStack() as stack:
        stack.enter_context(locked(cache / "build.lock", "another image is being built", report))
        _sweep(cache)
        work = Path(stack.enter_context(tempfile.TemporaryDirectory(dir=cache, prefix="work-")))
        settings = project.settings.image
        builder = choose(settings.builder)
        chosen = _base_for(builder, settings.builder, settings.base, cache, report)
        if isinstance(chosen, str):
            builder, chosen = chosen, bases.choose("debian", cache, report)
        context.collect(project.source, work / "context")
        if not (work / "context" / "Dockerfile").is_file():
            raise Refused("there is no Dockerfile", where=str(project.source / "Dockerfile"))
        log = cache / "build.log"
        log.unlink(missing_ok=True)
        order = Order(
            work / "context",
            chosen,
            f"localhost/hallmark/{project.settings.service.name}",
            work,
            _lend(work),
            log,
        )
        layout = Layout(cache / "layout")
        report(f"building with {builder}")
        if builder == "docker":
            digest = _with_docker(order, layout, fresh=fresh)
        else:
            store = stack.enter_context(_store(builder, work / "store" if fresh else cache / builder))
            digest = _with_store(store, order, layout, report)
    took = time.monotonic() - began
    return BuiltImage(digest, layout.root, chosen.reference, chosen.digest, builder, took)


def choose(setting: str) -> str:
    """The builder to use: the one asked for, or for `auto` docker or podman when one answers, else buildah."""
    if setting != "auto":
        process.which(setting)
        return setting
    for engine, question in (
        ("docker", ["docker", "version", "--format", "{{.Server.Version}}"]),
        ("podman", ["podman", "info", "--format", "{{.Version.Version}}"]),
    ):
        if shutil.which(engine) is None:
            continue
        with suppress(process.CommandFailed):
            if process.run(question, timeout_s=ASK_TIMEOUT_S, check=False).ok:
                return engine
    if shutil.which("buildah") is None:
        raise CannotJudge(
            "there is nothing to build an image with: no docker or podman that answers, and no buildah",
            next_step="./hallmark doctor",
        )
    return "buildah"


def _base_for(builder: str, asked: str, base: str, cache: Path, report: Report) -> Base | str:
    """The base for a builder; the name of another builder when only that one can use the base there is."""
    if builder != "docker" or base not in ("auto", "debian"):
        return bases.choose(base, cache, report)
    if base == "auto" and bases.is_reachable(bases.PUBLIC_REGISTRY):
        return bases.choose(base, cache, report)
    if asked == "auto" and shutil.which("buildah") is not None:
        return "buildah"
    raise CannotJudge(
        "docker cannot build on a base made from packages, and no public registry can be reached",
        next_step='hallmark.toml: [image] builder = "buildah", or base = "NAME@sha256:..." docker can pull',
    )


def build_words(order: Order) -> list[str | os.PathLike[str]]:
    """The part of the command line that buildah, podman and docker share."""
    words: Words = ["--file", order.context / "Dockerfile", "--tag", order.name]
    words += ["--build-arg", f"BASE_IMAGE={order.base.reference}"]
    for name, file in sorted(order.secrets.items()):
        words += ["--secret", f"id={name},src={file}"]
    return words


@dataclass(frozen=True)
class Store:
    """Where buildah or podman keeps layers for us: apart from the user's own images."""

    program: str
    root: Path
    driver: str

    def words(self, *rest: str | os.PathLike[str]) -> Words:
        options: Words = ["--root", self.root / "data", "--runroot", self.root / "run"]
        # Only root may make namespaces like this; podman makes its own when it is not root.
        words: Words = [self.program, *options, "--storage-driver", self.driver, *rest]
        return isolated(words) if os.geteuid() == 0 else words

    def run(
        self, *rest: str | os.PathLike[str], log: Path | None = None, timeout_s: float = STEP_TIMEOUT_S
    ) -> str:
        # Temporary files of a killed builder lie in the store, and go with the next sweep.
        scratch = self.root / "tmp"
        scratch.mkdir(parents=True, exist_ok=True)
        return process.run(
            self.words(*rest), timeout_s=timeout_s, log=log, env={"TMPDIR": str(scratch)}
        ).stdout


@contextmanager
def _store(program: str, root: Path) -> Iterator[Store]:
    """A store in working order, left without working containers however the block ends."""
    if program == "buildah" and os.geteuid() != 0:
        raise CannotJudge(
            "buildah builds only as root here",
            next_step="re-run with sudo, or install podman or docker, which build as a user too",
        )
    root.mkdir(parents=True, exist_ok=True)
    store = Store(program, root, _driver(program, root))
    _tidy(store)
    if len(store.run("images", "--all", "--quiet").split()) > MAX_CACHED_IMAGES:
        store.run("rmi", "--all", "--force")
    try:
        yield store
    finally:
        _tidy(store)


def _tidy(store: Store) -> None:
    """Remove what a build that was broken off left in the store: working containers and temporary files."""
    if (store.root / "data").exists():
        store.run("rm", "--all")
    shutil.rmtree(store.root / "tmp", ignore_errors=True)


def _driver(program: str, root: Path) -> str:
    """`overlay` where the file system bears it, else `vfs`, which copies; remembered in the store."""
    noted = root / "driver"
    if noted.is_file():
        return noted.read_text(encoding="utf-8")
    driver = "overlay"
    try:
        Store(program, root, driver).run("images", "--quiet")
    except process.CommandFailed as error:
        if "overlay" not in error.output:
            raise
        shutil.rmtree(root / "data", ignore_errors=True)
        shutil.rmtree(root / "run", ignore_errors=True)
        driver = "vfs"
    noted.write_text(driver, encoding="utf-8")
    return driver


def _with_store(store: Store, order: Order, layout: Layout, report: Report) -> str:
    if order.base.archive is not None:
        known = store.run("images", "--no-trunc", "--format", "{{.Digest}}").split()
        if order.base.digest not in known:
            report("unpacking the base image")
            store.run("pull", "--quiet", f"oci-archive:{order.base.archive}")
    words: Words = ["build", "--timestamp", "0", "--layers", "--force-rm", "--format", "oci"]
    words += ["--pull-never" if order.base.archive else "--pull"]
    if store.program == "buildah":
        # No container runtime, no network namespace, no cgroup: a root folder and the host's network.
        words += ["--isolation", "chroot"]
    words += [*build_words(order), order.context]
    _explaining(lambda: store.run(*words, log=order.log, timeout_s=BUILD_TIMEOUT_S), order)
    report("writing the image")
    target = order.work / "image"
    plain = ["--disable-compression"] if store.program == "buildah" else []
    store.run("push", "--quiet", "--format", "oci", *plain, order.name, f"dir:{target}")
    return adopt_folder(layout, target, _annotations(order))


def _with_docker(order: Order, layout: Layout, *, fresh: bool) -> str:
    words: Words = ["docker", "build", "--progress", "plain", *(["--no-cache"] if fresh else [])]
    words += ["--provenance=false", "--build-arg", "SOURCE_DATE_EPOCH=0", *build_words(order)]
    for name in _PROXIES:
        if value := os.environ.get(name) or os.environ.get(name.lower()):
            words += ["--build-arg", f"{name}={value}"]
    words.append(order.context)
    kit = {"DOCKER_BUILDKIT": "1"}
    _explaining(lambda: process.run(words, log=order.log, timeout_s=BUILD_TIMEOUT_S, env=kit), order)
    archive = order.work / "image.tar"
    try:
        process.run(["docker", "save", "--output", archive, order.name], timeout_s=STEP_TIMEOUT_S)
    finally:
        process.run(["docker", "image", "rm", "--force", order.name], timeout_s=STEP_TIMEOUT_S, check=False)
    return adopt_docker_archive(layout, archive, order.work, _annotations(order))


def _explaining(run: Callable[[], object], order: Order) -> None:
    try:
        run()
    except process.CommandFailed as error:
        text = (
            order.log.read_text(encoding="utf-8", errors="replace") if order.log.is_file() else error.output
        )
        raise explain(text, (order.context / "Dockerfile").read_text(encoding="utf-8"), order.log) from error


def explain(output: str, dockerfile: str, log: Path) -> HallmarkError:
    """A failed build in three lines: which step and why, where it stands, what to do next.

    A base that cannot be had and a build past its time are no judgement of the Dockerfile: CannotJudge.
    """
    steps = re.findall(r"(?m)^(?:\[\d+/\d+\] )?STEP \d+/\d+: (.+)$|^#\d+ \[[^\]]*\d+/\d+\] (.+)$", output)
    step = next((a or b for a, b in reversed(steps)), "")
    wrapping = r"(error: )?(error )?(building|build) at|time=|exit status|subprocess "
    noise = re.compile(rf"(?i)^((\[\d+/\d+\] )?STEP |-->|#\d+ |\s*$|{wrapping})")
    causes = [line.strip() for line in output.splitlines() if not noise.match(line)]
    cause = next((line for line in reversed(causes) if re.search(r"(?i)error|fail|not found", line)), "")
    cause = cause or (causes[-1] if causes else "it said nothing")
    # The builder prints a step on one line and with its arguments filled in: its first words are enough.
    begins = " ".join(step.split())[:24]
    numbered = enumerate(dockerfile.splitlines(), 1)
    line = next((number for number, text in numbered if begins and text.startswith(begins)), 0)
    kind = CannotJudge if not step or step.upper().startswith("FROM ") else Refused
    shown = re.sub(r"\s+", " ", step)
    shown = f"{shown[:100]}..." if len(shown) > 100 else shown
    what = (
        f"the Dockerfile fails at {shown!r}: {cause[:300]}"
        if step
        else f"the build did not begin: {cause[:300]}"
    )
    return kind(what, where=f"Dockerfile:{line}" if line else "Dockerfile", next_step=f"read {log}")


def _annotations(order: Order) -> dict[str, str]:
    return {
        "org.opencontainers.image.base.name": order.base.reference.partition("@")[0],
        "org.opencontainers.image.base.digest": order.base.digest,
    }


def _lend(work: Path) -> dict[str, Path]:
    """Files that RUN steps may read and no layer holds: the machine's certificates, its package index settings."""
    lent = {}
    bundle = bases.certificates()
    if bundle is not None:
        lent["ca"] = work / "ca"
        shutil.copyfile(bundle, lent["ca"])
    settings = pip_settings(os.environ, [Path("/etc/pip.conf"), *_user_files()])
    if settings:
        parser = configparser.RawConfigParser()
        parser["global"] = settings
        lent["pip"] = work / "pip"
        with lent["pip"].open("w", encoding="utf-8") as file:
            parser.write(file)
        # An index address may hold a password.
        lent["pip"].chmod(0o600)
    return lent


def _user_files() -> list[Path]:
    home = Path.home()
    configured = Path(os.environ.get("XDG_CONFIG_HOME") or home / ".config")
    named = os.environ.get("PIP_CONFIG_FILE")
    return [home / ".pip/pip.conf", configured / "pip/pip.conf", *([Path(named)] if named else [])]


def pip_settings(environ: Mapping[str, str], files: Sequence[Path]) -> dict[str, str]:
    """The host's settings of LENT_PIP_SETTINGS: later files win over earlier ones, PIP_* variables over all."""
    found: dict[str, str] = {}
    for file in files:
        parser = configparser.RawConfigParser()
        with suppress(configparser.Error, OSError, UnicodeDecodeError):
            parser.read(file, encoding="utf-8")
        for section in ("global", "install"):
            if parser.has_section(section):
                found.update(
                    (key, value) for key, value in parser[section].items() if key in LENT_PIP_SETTINGS
                )
    for key in LENT_PIP_SETTINGS:
        if value := environ.get(f"PIP_{key.replace('-', '_').upper()}"):
            found[key] = value
    return found


def _sweep(cache: Path) -> None:
    """Remove the scratch folders of builds that were killed; the lock is ours, so none is in use."""
    for left in cache.glob("work-*"):
        shutil.rmtree(left, ignore_errors=True)
