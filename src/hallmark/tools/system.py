"""System packages: what has to come from the distribution because it is part of the machine.

What is missing is found by looking for the programs and files themselves, whoever installed them. On Debian and
Ubuntu, as root, the packages are installed; elsewhere they are named.
"""

from __future__ import annotations

import os
import shutil
import sys
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from hallmark import process
from hallmark.outcome import CannotJudge

INSTALL_DEADLINE_S = 600.0
# Programs of the administrator are not on every user's PATH.
_SEARCH = ("/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin")
_CNI_FOLDERS = ("/usr/lib/cni", "/opt/cni/bin", "/usr/libexec/cni")

_installing = threading.Lock()


@dataclass(frozen=True)
class SystemPackage:
    """A package of Debian and Ubuntu. `users` are the tools (or `image`) that need it; `programs` must be on the
    search path, and one of each group in `files` must exist."""

    name: str
    purpose: str
    users: tuple[str, ...]
    programs: tuple[str, ...] = ()
    files: tuple[tuple[str, ...], ...] = ()

    def absent(self) -> list[str]:
        """The programs and files of this package that are not on this machine."""
        search = os.pathsep.join([os.environ.get("PATH", ""), *_SEARCH])
        programs = [name for name in self.programs if shutil.which(name, path=search) is None]
        return programs + [group[0] for group in self.files if not any(Path(file).exists() for file in group)]


def _plugins(*names: str) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(f"{folder}/{name}" for folder in _CNI_FOLDERS) for name in names)


PACKAGES = (
    SystemPackage("containerd", "runs the containers of a node", ("kubelet",), ("containerd", "ctr")),
    SystemPackage("runc", "starts a container for containerd", ("kubelet",), ("runc",)),
    SystemPackage(
        "containernetworking-plugins",
        "gives pods their network",
        ("kubelet",),
        files=_plugins("ptp", "host-local", "loopback", "portmap"),
    ),
    SystemPackage(
        "iptables", "rules for host ports and masquerading", ("kubelet", "kube-proxy"), ("iptables",)
    ),
    SystemPackage("nftables", "Services and network policies", ("kube-proxy",), ("nft",)),
    SystemPackage("conntrack", "shows and clears connection state", ("kube-proxy",), ("conntrack",)),
    SystemPackage("iproute2", "links, addresses, routes", ("kubelet",), ("ip",)),
    SystemPackage("util-linux", "namespaces and mounts", ("kubelet",), ("unshare", "nsenter")),
    SystemPackage("mount", "mounts", ("kubelet",), ("mount", "umount")),
    SystemPackage("buildah", "builds images without a container engine", ("image",), ("buildah",)),
    SystemPackage("debootstrap", "makes a base image from Debian packages", ("image",), ("debootstrap",)),
)


def missing(users: Iterable[str] | None = None) -> list[SystemPackage]:
    """The packages not on this machine; with `users`, only what those need (tools by name, `image`)."""
    wanted = None if users is None else set(users)
    needed = [package for package in PACKAGES if wanted is None or wanted & set(package.users)]
    return [package for package in needed if package.absent()]


def ensure(
    allow_install: bool = True,
    users: Iterable[str] | None = None,
    *,
    say: Callable[[str], object] = lambda line: print(line, file=sys.stderr, flush=True),
) -> list[str]:
    """Have the system packages there; returns the names of those installed now.

    Installs only as root on Debian or Ubuntu and only if `allow_install`, and says so first. Raises CannotJudge
    naming the packages and the command to run, or with the last lines of apt-get.
    """
    wanted = None if users is None else list(users)
    if not missing(wanted):
        return []
    with _installing:
        absent = missing(wanted)
        if not absent:
            return []
        names = [package.name for package in absent]
        command = f"apt-get install --no-install-recommends {' '.join(names)}"
        where = "; ".join(
            f"{package.name} ({package.purpose}): no {', '.join(package.absent())}" for package in absent
        )
        if not allow_install:
            raise CannotJudge(
                f"system packages are missing, and --no-install was given: {', '.join(names)}",
                where=where,
                next_step=_advice(command),
            )
        if not can_install():
            raise CannotJudge(
                f"system packages are missing: {', '.join(names)}", where=where, next_step=_advice(command)
            )
        say(f"installing system packages: {', '.join(names)}")
        _install(names)
        left = [package.name for package in absent if package.absent()]
        if left:
            raise CannotJudge(
                f"system packages were installed and their programs are still not found: {', '.join(left)}",
                where="; ".join(", ".join(package.absent()) for package in absent if package.absent()),
                next_step="./hallmark doctor",
            )
        return names


def can_install() -> bool:
    """Whether this process may install packages here: root, on Debian or Ubuntu or a relative of theirs."""
    return os.geteuid() == 0 and is_debian()


def is_debian(release: Path = Path("/etc/os-release")) -> bool:
    """Whether `release` names Debian, Ubuntu or something made from them, and apt-get is there."""
    try:
        lines = release.read_text(encoding="utf-8").splitlines()
    except OSError:
        return False
    facts = dict(line.split("=", 1) for line in lines if "=" in line)
    families = f"{facts.get('ID', '')} {facts.get('ID_LIKE', '')}".replace('"', "").split()
    return bool({"debian", "ubuntu"} & set(families)) and shutil.which("apt-get") is not None


def _install(names: list[str]) -> None:
    environment = {"DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C.UTF-8"}
    process.run(["apt-get", "update", "-q"], timeout_s=INSTALL_DEADLINE_S, env=environment)
    # The lock is waited for: another apt may be at work. Configuration files of the user stay as they are.
    words = ["apt-get", "install", "-y", "-q", "--no-install-recommends"]
    words += ["-o", "DPkg::Lock::Timeout=120", "-o", "Dpkg::Options::=--force-confold", *names]
    process.run(words, timeout_s=INSTALL_DEADLINE_S, env=environment)


def _advice(command: str) -> str:
    if is_debian():
        return command if os.geteuid() == 0 else f"sudo {command}"
    return (
        f"install what these Debian packages hold with your package manager ({command.split(maxsplit=3)[3]})"
    )
