"""Where tools are kept: tools/<name>/<key>/ in the user's cache, whole or not at all, and checked before every use.

`installed.json` beside the binary records its sha256 and what the file system said of it at that moment (size,
times, inode, mode). While that is unchanged a use costs one stat; else the bytes are read again, and a file with
other bytes is refused. Every command looks for a tool and few install one: what only that needs is imported there.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import json
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hallmark import folders
from hallmark.outcome import CannotJudge
from hallmark.values import dataclass

if TYPE_CHECKING:
    from hallmark.tools.known import Known
    from hallmark.tools.pins import Pin

RECORD = "installed.json"
_FORMAT = 1
_STAGING = ".new-"
_OLD = ".old-"


class Changed(CannotJudge):
    """An installed tool no longer is what was installed."""


class Interrupted(Exception):
    """The caller gave up; nothing was left half done."""


@dataclass(frozen=True)
class Installed:
    """A tool in the cache. `source` is `release` or `build`; `origin` is the URL or the Go package."""

    name: str
    version: str
    path: Path
    sha256: str
    size_bytes: int
    source: str
    origin: str


def root() -> Path:
    """The folder of all tools. Absolute, for programs run elsewhere are given paths in it."""
    return folders.cache_home().absolute() / "tools"


def home(pin: Pin | Known) -> Path:
    """The folder of this tool with this key."""
    return root() / pin.name / pin.key


def downloads() -> Path:
    """Where unfinished downloads wait to be resumed."""
    return root() / ".downloads"


def find(pin: Pin | Known, *, thorough: bool = False) -> Installed | None:
    """The installed tool, or None when there is none.

    Raises Changed when its bytes are not those that were installed. With `thorough` every byte is read.
    """
    folder = home(pin)
    try:
        record = json.loads((folder / RECORD).read_bytes())
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise _changed(pin, folder / RECORD, f"its record cannot be read: {error}") from error
    files = record.get("files") if isinstance(record, dict) else None
    if not isinstance(files, dict) or record.get("format") != _FORMAT or record.get("key") != pin.key:
        raise _changed(pin, folder / RECORD, "its record is not one of this kit")
    moved = False
    for name, known in files.items():
        moved |= _check_file(pin, folder / name, known, thorough)
    if thorough and record.get("manifest"):
        _check_manifest(pin, folder / record["manifest"]["path"], record["manifest"]["sha256"])
    if moved:
        # The same bytes in another place (a restored cache): remembered, so that the next use is cheap again.
        for name in files:
            files[name]["stat"] = _stat_of(folder / name)
        with contextlib.suppress(OSError):
            _write_record(folder, record)
    entry = files[record["entry"]]
    return Installed(
        name=pin.name,
        version=pin.version,
        path=folder / record["entry"],
        sha256=entry["sha256"],
        size_bytes=entry["stat"][0],
        source=record["source"],
        origin=record["origin"],
    )


@contextlib.contextmanager
def locked(
    name: str, *, stop: Callable[[], bool], waiting: Callable[[], None] | None = None, poll_s: float = 0.1
) -> Iterator[None]:
    """Hold the lock of one tool; another process that fetches it is waited for.

    Raises Interrupted when `stop` becomes true meanwhile. The kernel frees the lock when the holder dies.
    """
    folder = root() / name
    folder.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(folder / ".lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        told = False
        while True:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if waiting is not None and not told:
                    waiting()
                    told = True
                if stop():
                    raise Interrupted from None
                time.sleep(poll_s)
        yield
    finally:
        os.close(descriptor)


@contextlib.contextmanager
def staging(pin: Pin) -> Iterator[Path]:
    """A fresh folder beside the tool's place, gone afterwards.

    Call it with the lock held: what a killed run left there is removed.
    """
    import shutil
    import tempfile

    folder = root() / pin.name
    folder.mkdir(parents=True, exist_ok=True)
    for left in [*folder.glob(f"{_STAGING}*"), *folder.glob(f"{_OLD}*")]:
        shutil.rmtree(left, ignore_errors=True)
    place = Path(tempfile.mkdtemp(prefix=_STAGING, dir=folder))
    place.chmod(0o755)
    try:
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)


def publish(
    pin: Pin,
    place: Path,
    *,
    entry: str,
    source: str,
    origin: str,
    also: tuple[str, ...] = (),
    manifest: str = "",
) -> Installed:
    """Move a staged folder to the tool's place in one step; it appears whole and written to disk, or not at all.

    `entry` is the program, `also` are further files checked at every use, `manifest` a wheel's RECORD for the rest.
    """
    import shutil

    files: dict[str, Any] = {}
    for name in (entry, *also):
        path = place / name
        path.chmod(0o755)
        _sync(path)
        files[name] = {"sha256": sha256_of(path), "stat": _stat_of(path)}
    record: dict[str, Any] = {
        "format": _FORMAT,
        "key": pin.key,
        "name": pin.name,
        "version": pin.version,
        "source": source,
        "origin": origin,
        "entry": entry,
        "files": files,
    }
    if manifest:
        record["manifest"] = {"path": manifest, "sha256": sha256_of(place / manifest)}
    _write_record(place, record)
    target = home(pin)
    old = target.with_name(f"{_OLD}{pin.key}-{os.getpid()}")
    if target.exists():
        target.rename(old)
    place.rename(target)
    _sync(target.parent)
    shutil.rmtree(old, ignore_errors=True)
    installed = find(pin)
    if installed is None:
        raise CannotJudge(f"{pin.name} vanished while it was installed", where=str(target))
    return installed


def sha256_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _check_file(pin: Pin | Known, path: Path, known: dict[str, Any], thorough: bool) -> bool:
    """Whether the file was moved; raises Changed when its bytes differ or it can no longer be run."""
    try:
        now = _stat_of(path)
        moved = bool(now != known["stat"])
        found = sha256_of(path) if moved or thorough else known["sha256"]
    except OSError as error:
        raise _changed(pin, path, f"it cannot be read: {error.strerror}") from error
    if found != known["sha256"]:
        raise _changed(pin, path, f"its sha256 was {known['sha256']} and is {found}")
    if not now[-1] & 0o100 or now[-1] & 0o022:
        raise _changed(pin, path, f"its mode was 0755 and is {now[-1] & 0o7777:04o}")
    return moved


def _check_manifest(pin: Pin | Known, path: Path, sha256: str) -> None:
    """Check every file that a wheel's RECORD names, and the RECORD itself."""
    import base64
    import binascii
    import csv

    try:
        found = sha256_of(path)
        rows = list(csv.reader(path.read_text(encoding="utf-8").splitlines()))
    except OSError as error:
        raise _changed(pin, path, f"it cannot be read: {error.strerror}") from error
    if found != sha256:
        raise _changed(pin, path, f"its sha256 was {sha256} and is {found}")
    for name, claim, *_ in rows:
        file = path.parent.parent / name
        # Rows outside the tree (a start script) and rows without a sum (RECORD itself) prove nothing.
        if not claim.startswith("sha256=") or not name.startswith(f"{pin.name}/"):
            continue
        try:
            wanted = base64.urlsafe_b64decode(claim.removeprefix("sha256=") + "=").hex()
            found = sha256_of(file)
        except (OSError, binascii.Error) as error:
            raise _changed(pin, file, f"it cannot be read: {error}") from error
        if found != wanted:
            raise _changed(pin, file, f"its sha256 was {wanted} and is {found}")


def _changed(pin: Pin | Known, path: Path, why: str) -> Changed:
    return Changed(
        f"{pin.name} was changed after it was installed and is not used: {why}",
        where=str(path),
        next_step=f"./hallmark tools fetch {pin.name}",
    )


def _stat_of(path: Path) -> list[int]:
    """What betrays a change: size, both times (mtime can be set back, ctime cannot), inode, mode."""
    found = path.stat(follow_symlinks=False)
    return [found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino, found.st_mode]


def _write_record(folder: Path, record: dict[str, Any]) -> None:
    import tempfile

    descriptor, name = tempfile.mkstemp(prefix=".record-", dir=folder)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(record, file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    Path(name).chmod(0o644)
    Path(name).rename(folder / RECORD)
    _sync(folder)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
