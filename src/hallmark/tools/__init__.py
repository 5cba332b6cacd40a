"""External tools: pinned, verified, kept in the user's cache and shared by all checkouts (docs/tools.md).

tools.ensure(["opa", "kubectl"])        # fetches what is missing, returns the paths
tools.path("opa")                       # the verified binary; never fetches
fetching = tools.start(tools.names())   # in the background …
fetching.wait("opa")                    # … while what is there already can be used
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from hallmark.outcome import CannotJudge
from hallmark.tools import known, store

# Most commands only ask for a path, and are done before a list is parsed and an HTTP client imported.
if TYPE_CHECKING:
    from hallmark.tools.fetching import Fetching, Source
    from hallmark.tools.pins import Group, Pin
    from hallmark.tools.progress import Progress

__all__ = [
    "ensure",
    "module_dir",
    "names",
    "path",
    "start",
    "verify",
]


def names(group: Group = "default") -> list[str]:
    """The names of all tools of a group, in the order in which they are built."""
    from hallmark.tools import pins

    return pins.load().names(group)


def path(name: str) -> Path:
    """The installed binary of a tool, checked. Costs one stat when nothing changed; never fetches.

    Raises CannotJudge when it is not installed or was changed, UsageError when there is no such tool.
    """
    pin = known.recall(name) or _listed(name)
    found = store.find(pin)
    if found is None:
        raise CannotJudge(
            f"{name} {pin.version} is not installed",
            where=str(store.home(pin)),
            next_step=f"./hallmark tools fetch {name}",
        )
    return found.path


def _listed(name: str) -> Pin:
    from hallmark.tools import pins

    pin = pins.load().pin(name)
    if pin.module is not None or pin.source is not None:  # the toolchain is built from nothing
        known.note(pin)
    return pin


def start(wanted: Iterable[str], *, progress: Progress | None = None, source: Source = "auto") -> Fetching:
    """Begin to fetch what is missing of `wanted` in the background; `wait` for single tools, `close` when done.

    `source` is `auto` (the release, else a build), `release` or `build`.
    """
    from hallmark.tools import pins
    from hallmark.tools.fetching import Fetching

    return Fetching(pins.load(), list(wanted), source, progress)


def ensure(
    wanted: Iterable[str],
    progress: Progress | None = None,
    allow_system_install: bool = True,
    *,
    source: Source = "auto",
) -> dict[str, Path]:
    """Fetch what is missing of `wanted` and return the path of each.

    A tool that runs on top of system packages (kubelet: containerd and others) has those looked for first, and
    installed when `allow_system_install` and this is root on Debian or Ubuntu. Raises CannotJudge naming what cannot
    be had, release.Untrusted when something came that is not what was promised. A changed tool is fetched again.
    """
    from hallmark.tools import system

    wanted = list(wanted)
    system.ensure(allow_system_install, users=wanted)
    return start(wanted, progress=progress, source=source).wait_all()


def verify(wanted: Iterable[str] | None = None) -> dict[str, store.Installed | None]:
    """Read every byte of the installed tools; None stands for one that is not installed. Raises store.Changed."""
    from hallmark.tools import pins

    listed = pins.load()
    chosen = list(wanted) if wanted is not None else [*listed.tools, pins.GO]
    return {name: store.find(listed.pin(name), thorough=True) for name in chosen}


def module_dir(module: str) -> Path:
    """The source folder of a pinned Go module (`kubernetes`), checked against go.sum and fetched when missing."""
    from hallmark.tools import gobuild, pins

    listed = pins.load()
    if module not in listed.modules:
        raise CannotJudge(f"no module is called {module!r}", next_step=f"one of: {', '.join(listed.modules)}")
    toolchain = gobuild.install_toolchain(listed).path
    return gobuild.module_source(listed, module, toolchain)
