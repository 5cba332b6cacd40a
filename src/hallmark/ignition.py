"""Starts OPA the way the last check did, before anything else is imported.

OPA takes as long to read the rules as Python takes to import what a check needs, so the two begin together: without
that the check of 300 manifests takes a sixth longer. Nothing is decided here. A check finds out by itself how its OPA
is to be started, and takes this one only if that is word for word how it was; else it is killed and another one
started. The program is the one that was checked last time, or at least the file system says so, as tools/store.py
asks it to.
"""

from __future__ import annotations

import ctypes
import os
import sys
import time
from collections.abc import Sequence

# Garbage is collected only near the limit, which makes OPA a third faster; past it as often as it takes.
MEMORY = {"GOGC": "off", "GOMEMLIMIT": "384MiB"}
# A socket's path has at most 107 characters.
_LONGEST_FOLDER = 50
_PR_SET_PDEATHSIG, _SIGKILL = 1, 9
_libc = ctypes.CDLL(None, use_errno=True)


class Lit:
    """An OPA that was started: what with, where its socket will be, the open file with what it says, its process."""

    def __init__(self, argv: Sequence[str], folder: str, log: int, pid: int) -> None:
        self.argv = argv
        self.folder = folder
        self.log = log
        self.pid = pid


_lit: list[Lit] = []


def light(words: Sequence[str]) -> None:
    """Start what a check with these words needs, if that is remembered. Policies elsewhere are not."""
    if any(one.startswith("--policies") for one in words):
        return
    try:
        with open(_memory(words[0]), encoding="utf-8") as file:  # noqa: PTH123 - pathlib is slow to import
            seen, *argv = file.read().split("\0")
        if seen == _seen(argv[0]):
            _lit.append(_start(argv))
    except (OSError, ValueError, IndexError):
        return  # nothing is lost but time


def keep_bytecode() -> None:
    """Keep what is compiled of this program, where PYTHONDONTWRITEBYTECODE forbids that, in the cache.

    To compile everything anew takes a third of a check of 300 manifests.
    """
    if sys.dont_write_bytecode and sys.pycache_prefix is None:
        sys.pycache_prefix = f"{cache_home()}/bytecode"
        sys.dont_write_bytecode = False


def take(argv: Sequence[str]) -> Lit | None:
    """The OPA that was started with exactly these words, for the caller to end; None when there is none."""
    return _lit.pop() if _lit and _lit[-1].argv == [*argv] else None


def put_out() -> None:
    """End what nobody took."""
    while _lit:
        one = _lit.pop()
        os.kill(one.pid, _SIGKILL)
        os.waitpid(one.pid, 0)
        os.close(one.log)
        remove(one.folder)


def note(family: str, argv: Sequence[str]) -> None:
    """Remember how the OPA of a family was started, its program having been checked."""
    memory = _memory(family)
    try:
        os.makedirs(os.path.dirname(memory), exist_ok=True)  # noqa: PTH103, PTH120
        with open(f"{memory}.{os.getpid()}", "w", encoding="utf-8") as file:  # noqa: PTH123
            file.write("\0".join([_seen(argv[0]), *argv]))
        os.replace(file.name, memory)  # noqa: PTH105
    except (OSError, ValueError):
        return


def socket(folder: str) -> str:
    """Where OPA listens."""
    return f"{folder}/socket"


def address(folder: str) -> str:
    """The last word with which OPA is started, which tells it so."""
    return f"--addr=unix://{socket(folder)}"


def new_folder() -> str:
    """A new folder that only this user enters, with a short path."""
    usual = os.environ.get("TMPDIR", "")
    place = usual if usual.startswith("/") and len(usual) <= _LONGEST_FOLDER else "/tmp"  # noqa: S108
    folder = f"{place}/hallmark-opa-{os.getpid()}-{time.time_ns()}"
    os.mkdir(folder, mode=0o700)  # noqa: PTH102
    return folder


def remove(folder: str) -> None:
    """Remove such a folder, if it is still there."""
    for ends, what in ((os.unlink, socket(folder)), (os.rmdir, folder)):
        try:
            ends(what)
        except OSError:
            continue  # OPA didn't come so far, or it's done already


def _memory(family: str) -> str:
    """One file for each checkout and family."""
    name = f"opa {family} {__file__}".replace("/", "%")
    return f"{cache_home()}/known/{name}"


def cache_home() -> str:
    """The same as folders.cache_home."""
    default = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")  # noqa: PTH111
    return os.environ.get("HALLMARK_CACHE") or f"{default}/hallmark"


def _seen(program: str) -> str:
    """What betrays a change of a program (see tools/store.py)."""
    found = os.lstat(program)
    return f"{found.st_size} {found.st_mtime_ns} {found.st_ctime_ns} {found.st_ino} {found.st_mode}"


def _start(argv: list[str]) -> Lit:
    """Start it like process.running does: in a group of its own, to be killed by the kernel when this thread ends."""
    folder = new_folder()
    log = os.memfd_create("opa", os.MFD_CLOEXEC)
    nothing = os.open(os.devnull, os.O_RDONLY)
    parent = os.getpid()
    pid = os.fork()
    if pid == 0:
        try:
            os.setpgid(0, 0)
            for number, file in enumerate((nothing, log, log)):
                os.dup2(file, number)
            os.closerange(3, 256)
            _libc.prctl(_PR_SET_PDEATHSIG, _SIGKILL)
            if os.getppid() == parent:
                os.execve(argv[0], [*argv, address(folder)], {**os.environ, **MEMORY})  # noqa: S606
        finally:
            os._exit(127)
    os.close(nothing)
    try:  # noqa: SIM105 - contextlib is slow to import
        os.setpgid(pid, pid)  # whoever kills its group must find one
    except OSError:
        pass  # it is OPA already, in the group that it made itself
    return Lit(argv, folder, log, pid)
