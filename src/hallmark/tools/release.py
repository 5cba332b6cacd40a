"""Upstream releases: downloaded, resumed when cut, and believed only by checksum.

Two kinds of failure are told apart. `Unavailable`: nothing to be had here (no network, no such file, too slow); the
caller builds instead. `Untrusted`: something came, and it is not what was promised; it is removed and reported,
never replaced in silence.
"""

from __future__ import annotations

import ipaddress
import os
import re
import stat
import tarfile
import threading
import time
import zipfile
import zlib
from collections.abc import Callable, Iterable
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path, PurePosixPath
from typing import IO, TYPE_CHECKING, NamedTuple, NoReturn
from urllib.parse import urlsplit

from hallmark.outcome import CannotJudge
from hallmark.tools import store
from hallmark.tools.pins import Pin, Release

if TYPE_CHECKING:
    from collections.abc import Iterator

    import httpx

MIRROR = "HALLMARK_RELEASE_MIRROR"
CONNECT_S = 3.0
STALL_S = 15.0
DEADLINE_S = 300.0
ATTEMPTS = 4
LARGEST_BYTES = 512 * 1024 * 1024
_CHUNK_BYTES = 256 * 1024

Stop = Callable[[], bool]
# Hears the part done (0 to 1) and the seconds left; None where it cannot be known.
Report = Callable[[float | None, float | None], None]

_hosts: dict[str, str] = {}
_hosts_lock = threading.Lock()


class Unavailable(Exception):
    """The release cannot be had here and now; the message says why."""


class Untrusted(CannotJudge):
    """What came is not what the publisher promised. Nothing of it was kept."""


def _never() -> bool:
    return False


def _untold(_done: float | None, _eta_s: float | None) -> None:
    """Nobody wants to hear how far it is."""


def location(url: str) -> str:
    """Where `url` is fetched from: itself, or the same host and path below HALLMARK_RELEASE_MIRROR."""
    mirror = os.environ.get(MIRROR, "").rstrip("/")
    if not mirror:
        return url
    parts = urlsplit(url)
    return f"{mirror}/{parts.netloc}{parts.path}"


def host_of(url: str) -> str:
    """The `host:port` that answers for `url`: the mirror's when there is one."""
    return urlsplit(location(url)).netloc


def unreachable(urls: Iterable[str], timeout_s: float = CONNECT_S) -> dict[str, str]:
    """Which of the hosts of `urls` do not answer within `timeout_s`, and why; all are asked at once.

    What was found stays for the life of this process, so that a machine that reaches package registries only
    waits once. The answer is by `host:port`.
    """
    first = {urlsplit(location(url)).netloc: location(url) for url in urls}
    with _hosts_lock:
        new = {host: url for host, url in first.items() if host not in _hosts}
        answers: dict[str, str] = {}

        def ask(host: str, url: str) -> None:
            answers[host] = _ask(url, timeout_s)

        # A name that does not resolve can hold its thread for long: the threads are left behind, not joined.
        threads = [threading.Thread(target=ask, args=pair, daemon=True) for pair in new.items()]
        for thread in threads:
            thread.start()
        limit = time.monotonic() + timeout_s
        for thread in threads:
            thread.join(max(0.0, limit - time.monotonic()))
        for host in new:
            _hosts[host] = answers.get(host, f"no answer within {timeout_s:g} s")
        return {host: _hosts[host] for host in first if _hosts[host]}


def forget_hosts() -> None:
    """Ask every host again the next time."""
    with _hosts_lock:
        _hosts.clear()


def fetch(
    pin: Pin,
    into: Path,
    *,
    stop: Stop = _never,
    report: Report = _untold,
    deadline_s: float = DEADLINE_S,
) -> str:
    """Put the released program at `into` and return the URL it came from.

    Raises Unavailable or Untrusted; store.Interrupted when `stop` becomes true (what came so far is kept and
    resumed the next time).
    """
    release = pin.release
    if release is None:
        raise Unavailable("the publisher offers nothing that can be checked")
    limit = time.monotonic() + deadline_s
    url = location(release.url)
    with _client() as client:
        wanted = release.sha256 or _published_sum(client, release)
        folder = store.downloads()
        folder.mkdir(parents=True, exist_ok=True)
        part = folder / f"{wanted[:16]}-{PurePosixPath(urlsplit(url).path).name}.part"
        resumed = part.exists()
        _download(client, url, part, limit, stop, report)
        if store.sha256_of(part) != wanted and resumed:
            # A part that an earlier run left may be of other bytes: once more from the beginning.
            part.unlink()
            _download(client, url, part, limit, stop, report)
    found = store.sha256_of(part)
    if found != wanted:
        part.unlink()
        raise Untrusted(
            f"the release of {pin.name} {pin.version} has the wrong checksum and was removed:\n"
            f"  sha256 promised {wanted}\n  sha256 received {found}",
            where=url,
            next_step=f"./hallmark tools fetch {pin.name} --source build  (and find out who served those bytes)",
        )
    if release.member:
        _unpack(pin, part, release.member, into, url)
        part.unlink()
    else:
        part.replace(into)
    return url


@contextmanager
def _client() -> Iterator[httpx.Client]:
    """A client that believes the system's certificate authorities and never goes from https to http."""
    import ssl

    import httpx

    started_safe: set[bool] = set()

    def stay_safe(request: httpx.Request) -> None:
        started_safe.add(request.url.scheme == "https")
        if True in started_safe and request.url.scheme != "https":
            raise Untrusted("the server sends us from https to http", where=str(request.url))

    context = ssl.create_default_context()
    if not context.cert_store_stats()["x509_ca"] and not os.environ.get("SSL_CERT_FILE"):
        import certifi

        context.load_verify_locations(certifi.where())
    timeout = httpx.Timeout(STALL_S, connect=CONNECT_S)
    hooks = {"request": [stay_safe]}
    with httpx.Client(
        follow_redirects=True, max_redirects=5, timeout=timeout, verify=context, event_hooks=hooks
    ) as client:
        yield client


def _ask(url: str, timeout_s: float) -> str:
    """Why the host of `url` cannot be used; empty when it answers, whatever it answers."""
    import httpx

    try:
        with _client() as client:
            client.head(url, timeout=timeout_s, follow_redirects=False)
    except (httpx.HTTPError, OSError) as error:
        return str(error) or type(error).__name__
    return ""


def _published_sum(client: httpx.Client, release: Release) -> str:
    """The checksum in the publisher's own file beside the release."""
    import httpx

    url = location(release.checksum_url)
    parts = urlsplit(url)
    if parts.scheme != "https" and not _is_loopback(parts.hostname or ""):
        raise Unavailable(f"a checksum file is believed over https only: {url}")
    try:
        answer = client.get(url)
    except httpx.HTTPError as error:
        raise Unavailable(f"{url}: {error or type(error).__name__}") from error
    if answer.status_code != 200:
        raise Unavailable(f"{url}: answer {answer.status_code}, and no checksum is pinned")
    name = PurePosixPath(urlsplit(release.url).path).name
    lines = [line.split() for line in answer.text[:65536].splitlines() if line.strip()]
    for words in lines:
        named = words[-1].lstrip("*").removeprefix("./") if len(words) > 1 else name
        if re.fullmatch(r"[0-9a-fA-F]{64}", words[0]) and PurePosixPath(named).name == name:
            return words[0].lower()
    raise Unavailable(f"{url}: names no sha256 of {name}")


def _download(
    client: httpx.Client,
    url: str,
    part: Path,
    limit: float,
    stop: Stop,
    report: Report,
) -> None:
    """Fill `part` with the file at `url`, going on where an earlier try ended."""
    import httpx

    why = ""
    for attempt in range(ATTEMPTS):
        if attempt:
            _pause(min(2.0 ** (attempt - 1), limit - time.monotonic()) / 2, stop)
        _check_time(limit, why, url)
        try:
            if _try_download(client, url, part, limit, stop, report):
                return
            why = "the server answered with an error"
        except (httpx.TransportError, httpx.TooManyRedirects) as error:
            why = str(error) or type(error).__name__
            if isinstance(error, httpx.ConnectError | httpx.ConnectTimeout | httpx.TooManyRedirects):
                break
    raise Unavailable(f"{url}: {why}")


def _try_download(
    client: httpx.Client,
    url: str,
    part: Path,
    limit: float,
    stop: Stop,
    report: Report,
) -> bool:
    """One request. True when the file is whole; False when the server failed and may do better next time."""
    have = part.stat().st_size if part.exists() else 0
    headers = {"Accept-Encoding": "identity"}
    if have:
        headers["Range"] = f"bytes={have}-"
    with client.stream("GET", url, headers=headers) as answer:
        if answer.status_code == 416:
            part.unlink(missing_ok=True)
            return False
        if answer.status_code >= 500 or answer.status_code == 429:
            return False
        if answer.status_code not in (200, 206):
            raise Unavailable(f"{url}: answer {answer.status_code}")
        begin = _range_start(answer.headers.get("Content-Range", "")) if answer.status_code == 206 else 0
        if begin not in (0, have):
            part.unlink(missing_ok=True)
            return False
        length = answer.headers.get("Content-Length")
        total = begin + int(length) if length is not None and length.isdigit() else None
        began, start = time.monotonic(), begin
        with part.open("r+b" if part.exists() else "wb") as file:
            file.seek(begin)
            file.truncate()
            for chunk in answer.iter_raw():
                file.write(chunk)
                begin += len(chunk)
                if begin > LARGEST_BYTES:
                    raise Unavailable(f"{url}: larger than {LARGEST_BYTES} bytes")
                if stop():
                    raise store.Interrupted
                _check_time(limit, "too slow", url)
                _tell(report, begin, total, (begin - start) / max(time.monotonic() - began, 0.001))
            file.flush()
            os.fsync(file.fileno())
    return total is None or begin == total


def _tell(report: Report, have: int, total: int | None, rate_bytes_s: float) -> None:
    if total:
        report(have / total, (total - have) / max(rate_bytes_s, 1.0))
    else:
        report(None, None)


def _check_time(limit: float, why: str, url: str) -> None:
    if time.monotonic() > limit:
        raise Unavailable(
            f"{url}: not here in time{f' ({why})' if why else ''}; what came is kept for the next try"
        )


def _pause(seconds: float, stop: Stop) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if stop():
            raise store.Interrupted
        time.sleep(0.05)


def _range_start(content_range: str) -> int:
    match = re.fullmatch(r"bytes (\d+)-\d+/(?:\d+|\*)", content_range)
    return int(match[1]) if match else -1


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _unpack(pin: Pin, archive: Path, member: str, into: Path, url: str) -> None:
    """Copy one regular file out of an archive. An archive that reaches outside itself is refused as a whole."""

    def refuse(why: str) -> NoReturn:
        archive.unlink(missing_ok=True)
        raise Untrusted(f"the archive of {pin.name} {pin.version} was refused and removed: {why}", where=url)

    try:
        with ExitStack() as stack:
            wanted: _Member | None = None
            for entry in _members(archive, PurePosixPath(urlsplit(url).path).suffix, stack):
                path = PurePosixPath(entry.name)
                if path.is_absolute() or ".." in path.parts:
                    refuse(f"it holds {entry.name!r}, a path outside the archive")
                if str(path) == member:
                    wanted = entry
            if wanted is None:
                refuse(f"it holds no {member!r}")
            file = wanted.open() if wanted.open is not None else None
            if file is None:
                refuse(f"{member!r} in it is no regular file")
            if wanted.size_bytes > LARGEST_BYTES:
                refuse(f"{member!r} in it is larger than {LARGEST_BYTES} bytes")
            with file, into.open("wb") as target:
                while chunk := file.read(_CHUNK_BYTES):
                    target.write(chunk)
    except (tarfile.TarError, zipfile.BadZipFile, zlib.error, EOFError, ValueError) as error:
        refuse(f"it cannot be read: {error}")


class _Member(NamedTuple):
    """One entry of an archive; only a regular file can be opened."""

    name: str
    size_bytes: int
    open: Callable[[], IO[bytes] | None] | None


def _members(archive: Path, suffix: str, stack: ExitStack) -> Iterator[_Member]:
    """The entries of a zip or else a tar archive, which stays open as long as `stack`."""
    if suffix == ".zip":
        packed = stack.enter_context(zipfile.ZipFile(archive))
        for info in packed.infolist():
            # Where the packing system keeps no modes, a file is a file.
            is_file = stat.S_IFMT(info.external_attr >> 16) in (0, stat.S_IFREG) and not info.is_dir()
            yield _Member(info.filename, info.file_size, partial(packed.open, info) if is_file else None)
        return
    tar = stack.enter_context(tarfile.open(archive, mode="r:*"))  # noqa: SIM115 - the stack closes it
    for entry in tar:
        yield _Member(entry.name, entry.size, partial(tar.extractfile, entry) if entry.isreg() else None)
