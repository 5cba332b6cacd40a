"""The pinned list (pins.toml), parsed strictly, and the key under which each tool is kept.

A key names everything that decides the bytes of a tool: version, module sums, Go version, flags, system. Another
pin is another key, so two checkouts with different pins share one cache without harm.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import sys
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Literal, get_args

from hallmark.outcome import CannotJudge, UsageError

HERE = Path(__file__).parent
PINS_FILE = HERE / "pins.toml"
GO = "go"
# The same for every build: a reproducible binary that names no folder of this machine.
# The linker drops debugging tables (`-s -w`), so compiling without them costs nothing and saves a tenth of the work.
BUILD_FLAGS = ("-mod=readonly", "-trimpath", "-buildvcs=false", "-gcflags=all=-dwarf=false")
LINK_FLAGS = "-s -w"
BUILD_SETTINGS = {"CGO_ENABLED": "0", "GOAMD64": "v1", "GOARM64": "v8.0"}
_MACHINES = {"x86_64": "amd64", "amd64": "amd64", "aarch64": "arm64", "arm64": "arm64"}

# `infra` is for checkouts with Terraform stacks, `test` for the kit's own tests.
Group = Literal["default", "infra", "test"]


@dataclass(frozen=True)
class Platform:
    """An operating system and a processor by Go's names."""

    os: str
    arch: str

    def __str__(self) -> str:
        return f"{self.os}-{self.arch}"


@dataclass(frozen=True)
class Module:
    """A Go module that tools are built from; `folder` holds the go.mod and go.sum that pin all it needs."""

    name: str
    path: str
    version: str
    variables: tuple[str, ...]
    folder: Path


@dataclass(frozen=True)
class Release:
    """Where the publisher offers a tool. `member` is the file inside an archive, empty for a bare binary.

    `sha256` is pinned for this platform, or empty: then `checksum_url` names the publisher's own checksum file.
    """

    url: str
    sha256: str
    checksum_url: str
    member: str


@dataclass(frozen=True)
class Pin:
    """One tool. `release` is None where the publisher offers nothing that could be checked."""

    name: str
    version: str
    purpose: str
    licence: str
    group: Group
    build_s: float
    order: int
    release: Release | None = None
    module: Module | None = None
    package: str = ""
    source: Path | None = None
    key: str = field(default="", compare=False)

    @property
    def build_folder(self) -> Path:
        """The module folder in which the tool is built."""
        folder = self.module.folder if self.module is not None else self.source
        if folder is None:
            raise CannotJudge(f"{self.name} cannot be built: it names no Go module", where=str(PINS_FILE))
        return folder

    @property
    def link_flags(self) -> str:
        """What -ldflags says: no debug tables, and the version where the program asks for it that way."""
        words = [LINK_FLAGS]
        for package in self.module.variables if self.module is not None else ():
            major, minor, _ = self.version.removeprefix("v").split(".", 2)
            values = {
                "gitVersion": self.version,
                "gitMajor": major,
                "gitMinor": minor,
                "gitTreeState": "clean",
                "gitCommit": "gomodule",
                "buildDate": "1970-01-01T00:00:00Z",
            }
            words += [f"-X {package}.{name}={value}" for name, value in values.items()]
        return " ".join(words)


@dataclass(frozen=True)
class Pins:
    """The whole list, in the order of building; `toolchain` is the pin named `go`."""

    tools: Mapping[str, Pin]
    modules: Mapping[str, Module]
    toolchain: Pin
    requirements: Path

    def pin(self, name: str) -> Pin:
        """The pin of `name`; raises UsageError listing the names there are."""
        if name == GO:
            return self.toolchain
        try:
            return self.tools[name]
        except KeyError:
            known = ", ".join([*self.tools, GO])
            raise UsageError(f"no tool is called {name!r}", next_step=f"one of: {known}") from None

    def names(self, group: Group = "default") -> list[str]:
        return [name for name, pin in self.tools.items() if pin.group == group]


def current_platform() -> Platform:
    """This machine. Raises CannotJudge where no tool is pinned for it."""
    machine = os.uname().machine
    if not sys.platform.startswith("linux") or machine not in _MACHINES:
        raise CannotJudge(
            f"the tools are pinned for linux on amd64 and arm64, not for {sys.platform} on {machine}",
            next_step="run the kit on such a machine or in a virtual one",
        )
    return Platform("linux", _MACHINES[machine])


@cache
def load() -> Pins:
    """The list that comes with this checkout, for this machine; read once."""
    return parse(PINS_FILE.read_text(encoding="utf-8"), current_platform())


def parse(text: str, platform: Platform, folder: Path = HERE) -> Pins:
    """Read a list. `folder` is what relative paths in it start from. Raises UsageError naming the first wrong entry."""
    try:
        document = tomllib.loads(text)
        return _parse(document, platform, folder)
    except (tomllib.TOMLDecodeError, ValueError) as error:
        raise UsageError(f"the list of tools is wrong: {error}", where=str(PINS_FILE)) from error


def _parse(document: dict[str, Any], platform: Platform, folder: Path) -> Pins:
    _only(document, "the list", {"toolchain", "module", "tool"})
    modules = {
        name: _module(name, entry, folder / "gomod" / name)
        for name, entry in document.get("module", {}).items()
    }
    chain = document.get("toolchain", {})
    _only(chain, "toolchain", {"version", "requirements", "licence", "purpose", "build_s"})
    requirements = folder / _text(chain, "requirements", "toolchain")
    go_version = _text(chain, "version", "toolchain")
    toolchain = Pin(
        name=GO,
        version=go_version,
        purpose=_text(chain, "purpose", "toolchain"),
        licence=_text(chain, "licence", "toolchain"),
        group="default",
        build_s=float(chain["build_s"]),
        order=-1,
        key=_digest("toolchain", str(platform), requirements.read_bytes()),
    )
    tools: dict[str, Pin] = {}
    for order, (name, listed) in enumerate(document.get("tool", {}).items()):
        tools[name] = _tool(name, listed, order, modules, platform, folder, go_version)
    for own in sorted((folder / "gosrc").glob("*/go.mod")):
        # A Go program of our own needs no entry: its source is its pin.
        name = own.parent.name
        if name not in tools:
            entry: dict[str, Any] = {"source": f"gosrc/{name}", "purpose": "a program of this kit"}
            entry |= {"licence": "Apache-2.0", "build_s": 5}
            tools[name] = _tool(name, entry, len(tools), modules, platform, folder, go_version)
    if not tools:
        raise ValueError("it names no tool")
    return Pins(tools=tools, modules=modules, toolchain=toolchain, requirements=requirements)


def _module(name: str, entry: dict[str, Any], folder: Path) -> Module:
    where = f"module.{name}"
    _only(entry, where, {"path", "version", "variables"})
    variables = tuple(entry.get("variables", ()))
    return Module(name, _text(entry, "path", where), _text(entry, "version", where), variables, folder)


def _tool(
    name: str,
    entry: dict[str, Any],
    order: int,
    modules: Mapping[str, Module],
    platform: Platform,
    folder: Path,
    go_version: str,
) -> Pin:
    where = f"tool.{name}"
    _only(entry, where, {"module", "package", "source", "purpose", "licence", "build_s", "group", "release"})
    if not re.fullmatch(r"[a-z][a-z0-9-]*", name) or name == GO:
        raise ValueError(f"{where}: not a name for a tool")
    if ("module" in entry) == ("source" in entry):
        raise ValueError(f"{where}: needs either module or source")
    group: Group = entry.get("group", "default")
    if group not in get_args(Group):
        raise ValueError(f"{where}: group is one of {', '.join(get_args(Group))}, not {group!r}")
    module: Module | None = None
    source: Path | None = None
    if "module" in entry:
        if entry["module"] not in modules:
            raise ValueError(f"{where}: there is no module.{entry['module']}")
        module = modules[entry["module"]]
        version, package = module.version, _text(entry, "package", where)
        # A main package of our own beside go.mod chooses which of the module's parts are linked.
        own = sorted(module.folder.glob("*.go")) if package == "." else []
        if (package == ".") != bool(own):
            raise ValueError(f"{where}: the package . needs a Go source in {module.folder}")
        sums = [(module.folder / file).read_bytes() for file in ("go.mod", "go.sum")] + _contents(
            module.folder, own
        )
    else:
        source = folder / _text(entry, "source", where)
        files = sorted(path for path in source.rglob("*") if path.is_file())
        version, package = "own", "."
        sums = _contents(source, files)
        if not any(path.suffix == ".go" for path in files):
            raise ValueError(f"{where}: no Go source in {source}")
    pin = Pin(
        name=name,
        version=version,
        purpose=_text(entry, "purpose", where),
        licence=_text(entry, "licence", where),
        group=group,
        build_s=float(entry["build_s"]),
        order=order,
        release=_release(entry.get("release"), where, version, platform),
        module=module,
        package=package,
        source=source,
    )
    recipe = [
        pin.link_flags,
        *BUILD_FLAGS,
        *(f"{k}={v}" for k, v in BUILD_SETTINGS.items()),
        package,
        go_version,
    ]
    release = json.dumps(pin.release.__dict__, sort_keys=True) if pin.release is not None else ""
    key = _digest(name, version, str(platform), release, *recipe, *sums)
    return Pin(**{**pin.__dict__, "key": key})


def _contents(folder: Path, files: Iterable[Path]) -> list[bytes]:
    """The names and the bytes of files."""
    return [
        part for file in files for part in (file.relative_to(folder).as_posix().encode(), file.read_bytes())
    ]


def _release(entry: dict[str, Any] | None, where: str, version: str, platform: Platform) -> Release | None:
    if entry is None:
        return None
    where = f"{where}.release"
    _only(entry, where, {"url", "checksum_url", "member", "sha256"})
    words = {"version": version, "bare": version.removeprefix("v"), "os": platform.os, "arch": platform.arch}
    sums = entry.get("sha256", {})
    for name, value in sums.items():
        if not re.fullmatch(r"[0-9a-f]{64}", str(value)):
            raise ValueError(f"{where}.sha256.{name}: {value!r} is no sha256")
    url = _text(entry, "url", where).format(**words)
    checksum_url = str(entry.get("checksum_url", "")).format(**words)
    if not all(link.startswith("https://") for link in (url, checksum_url) if link):
        raise ValueError(f"{where}: a release is fetched over https")
    sha256 = str(sums.get(str(platform), ""))
    if not sha256 and not checksum_url:
        return None
    return Release(url, sha256, checksum_url, str(entry.get("member", "")).format(**words))


def _only(entry: object, where: str, allowed: set[str]) -> None:
    if not isinstance(entry, dict):
        raise ValueError(f"{where}: a table is wanted")
    if unknown := sorted(set(entry) - allowed):
        raise ValueError(f"{where}: unknown {', '.join(unknown)}; known are {', '.join(sorted(allowed))}")


def _text(entry: Mapping[str, Any], name: str, where: str) -> str:
    value = entry.get(name)
    if not isinstance(value, str) or not value:
        raise ValueError(f"{where}: {name} is missing")
    return value


def _digest(*parts: str | bytes) -> str:
    """A short name for all `parts`; each is framed by its length, so that no two lists share one."""
    whole = hashlib.sha256()
    for part in _as_bytes(parts):
        whole.update(len(part).to_bytes(8, "big") + part)
    return whole.hexdigest()[:16]


def _as_bytes(parts: Sequence[str | bytes]) -> list[bytes]:
    return [part.encode() if isinstance(part, str) else part for part in parts]
