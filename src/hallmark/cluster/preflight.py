"""Whether this machine can run an embedded environment: every ability is tried, each lack named with its cure."""

from __future__ import annotations

import ctypes
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from hallmark import folders
from hallmark.cluster import cgroups
from hallmark.cluster.plan import SEARCH_PATH
from hallmark.outcome import CannotJudge

CNI_FOLDERS = (Path("/usr/lib/cni"), Path("/opt/cni/bin"), Path("/usr/libexec/cni"))
CNI_PLUGINS = ("ptp", "host-local", "loopback", "portmap")
PACKAGES = {
    "ip": "iproute2", "nft": "nftables", "containerd": "containerd", "ctr": "containerd", "runc": "runc",
}  # fmt: skip
# Mounts of a node hide these; what the kit needs must not lie below them.
HIDDEN = ("/run", "/var/lib", "/var/log", "/var/run", "/proc", "/sys", "/dev")
_CAPABILITIES = {"CAP_NET_ADMIN": 12, "CAP_SYS_CHROOT": 18, "CAP_SYS_ADMIN": 21}
_CLONE_NEWNS, _CLONE_NEWNET = 0x00020000, 0x40000000


@dataclass(frozen=True)
class Finding:
    """One ability: what it is, whether it is there, and when it is not, what was seen and what to do."""

    name: str
    is_there: bool
    message: str = ""
    next_step: str = ""


def program(name: str) -> Path | None:
    """A system program, looked for where root's are too."""
    found = shutil.which(name, path=f"{os.environ.get('PATH', '')}:{SEARCH_PATH}")
    return Path(found).absolute() if found else None


def cni_folder() -> Path | None:
    """The folder that holds every CNI plugin needed."""
    for folder in CNI_FOLDERS:
        if all((folder / name).is_file() for name in CNI_PLUGINS):
            return folder
    return None


def preflight() -> list[Finding]:
    """Everything an embedded environment needs of this machine. Changes nothing; takes about 50 ms."""
    findings = [_root(), *(_program(name) for name in PACKAGES), _cni(), _groups(), _folders()]
    if findings[0].is_there:
        findings += _kernel()
    return findings


def require(findings: list[Finding]) -> None:
    """Raise CannotJudge naming every lack at once."""
    lacking = [finding for finding in findings if not finding.is_there]
    if not lacking:
        return
    what = "; ".join(f"{finding.name}: {finding.message}" for finding in lacking)
    raise CannotJudge(
        f"this machine cannot run an embedded environment: {what}",
        where="the checks of ./hallmark doctor",
        next_step="; ".join(dict.fromkeys(finding.next_step for finding in lacking)),
    )


def _root() -> Finding:
    again = "run it again with sudo, or use --provider existing with a kubeconfig"
    if os.geteuid() != 0:
        return Finding("root", False, "namespaces and control groups need root, and this is not root", again)
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii")
        effective = int(status.split("CapEff:")[1].split()[0], 16)
    except (OSError, IndexError, ValueError) as error:
        return Finding("root", False, f"the capabilities cannot be read: {error}", "mount /proc")
    lacking = [name for name, bit in _CAPABILITIES.items() if not effective >> bit & 1]
    if lacking:
        return Finding(
            "root", False, f"root without {', '.join(lacking)}", "start the container with --privileged"
        )
    return Finding("root", True)


def _program(name: str) -> Finding:
    if program(name):
        return Finding(name, True)
    return Finding(name, False, f"the program {name} is not installed", f"apt-get install {PACKAGES[name]}")


def _cni() -> Finding:
    if cni_folder():
        return Finding("cni plugins", True)
    looked = ", ".join(map(str, CNI_FOLDERS))
    message = f"{', '.join(CNI_PLUGINS)} are not in any of {looked}"
    return Finding("cni plugins", False, message, "apt-get install containernetworking-plugins")


def _groups() -> Finding:
    try:
        lacking = cgroups.detect().missing()
    except (CannotJudge, OSError) as error:
        return Finding("control groups", False, str(error).splitlines()[0], "mount them on /sys/fs/cgroup")
    if lacking:
        message = f"the controllers {', '.join(lacking)} are not enabled at the root"
        return Finding(
            "control groups", False, message, "enable them in /sys/fs/cgroup/cgroup.subtree_control"
        )
    return Finding("control groups", True)


def _folders() -> Finding:
    for variable, folder in (
        ("HALLMARK_STATE", folders.state_home()),
        ("HALLMARK_CACHE", folders.cache_home()),
    ):
        resolved = folder.resolve()
        if any(resolved.is_relative_to(hidden) for hidden in HIDDEN):
            message = (
                f"{resolved} cannot be seen from inside a node, which has its own {', '.join(HIDDEN[:3])}"
            )
            return Finding("folders", False, message, f"set {variable} to a folder elsewhere")
    return Finding("folders", True)


def _kernel() -> list[Finding]:
    """What only the kernel can answer is tried in namespaces of a child's own, which vanish with it."""
    ip, nft = program("ip"), program("nft")
    tries: list[tuple[str, str, Callable[[], bool]]] = [
        ("overlay", "overlay file systems cannot be mounted", _try_overlay),
        ("bridge", "a bridge cannot be made", lambda: _ends_well(ip, "link", "add", "b0", "type", "bridge")),
        ("veth", "a pair of veth links cannot be made",
         lambda: _ends_well(ip, "link", "add", "v0", "type", "veth", "peer", "name", "v1")),
        ("nftables", "an nftables table cannot be made", lambda: _ends_well(nft, "add", "table", "ip", "hallmark")),
    ]  # fmt: skip
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.close(reader)
            libc = ctypes.CDLL(None, use_errno=True)
            if (
                libc.unshare(_CLONE_NEWNS | _CLONE_NEWNET) == 0
                and libc.mount(b"none", b"/", None, 0x84000, None) == 0
            ):
                marks = "n" + "".join("1" if attempt() else "0" for _, _, attempt in tries)
                os.write(writer, marks.encode())
        finally:
            os._exit(0)
    os.close(writer)
    with os.fdopen(reader, "rb") as file:
        marks = file.read().decode()
    os.waitpid(child, 0)
    if not marks:
        message = "mount and network namespaces cannot be made"
        return [
            Finding("namespaces", False, message, "run outside this container, or start it with --privileged")
        ]
    cure = {
        "overlay": "modprobe overlay",
        "bridge": "modprobe bridge",
        "veth": "modprobe veth",
        "nftables": "modprobe nf_tables",
    }
    return [Finding("namespaces", True)] + [
        Finding(name, mark == "1", "" if mark == "1" else message, "" if mark == "1" else cure[name])
        for (name, message, _), mark in zip(tries, marks[1:].ljust(len(tries), "0"), strict=True)
    ]


def _ends_well(path: Path | None, *words: str) -> bool:
    if path is None:
        return False
    null = os.open("/dev/null", os.O_RDWR)
    actions = [(os.POSIX_SPAWN_DUP2, null, 1), (os.POSIX_SPAWN_DUP2, null, 2)]
    child = os.posix_spawn(path, [path.name, *words], os.environ, file_actions=actions)
    os.close(null)
    return os.waitpid(child, 0)[1] == 0


def _try_overlay() -> bool:
    libc = ctypes.CDLL(None, use_errno=True)
    # In the child's own mount namespace, so /tmp of the machine is only covered for the child.
    if libc.mount(b"tmpfs", b"/tmp", b"tmpfs", 0, None) != 0:
        return False
    for name in ("lower", "upper", "work", "merged"):
        Path("/tmp", name).mkdir()  # noqa: S108
    options = b"lowerdir=/tmp/lower,upperdir=/tmp/upper,workdir=/tmp/work"
    return bool(libc.mount(b"overlay", b"/tmp/merged", b"overlay", 0, options) == 0)
