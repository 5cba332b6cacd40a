"""Downloads from a real server on loopback: believed only by checksum, resumed when cut, refused when wrong."""

from __future__ import annotations

import hashlib
import io
import socket
import ssl
import stat
import tarfile
import threading
import time
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from hallmark.tools import release, store
from hallmark.tools.pins import Pin

MakePin = Callable[..., Pin]
BODY = hashlib.shake_256(b"a program").digest(300_000)
PATH = "/releases.example/v1.2.3/tool"
GZ_PATH = "/releases.example/v1.2.3/tool.tar.gz"
ZIP_PATH = "/releases.example/v1.2.3/tool.zip"


def parts(cache: Path) -> list[str]:
    folder = cache / "tools" / ".downloads"
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


def test_right_checksum_is_accepted(server: Any, make_pin: MakePin, tmp_path: Path, cache: Path) -> None:
    """The file arrives whole, from the mirror, and nothing unfinished stays."""
    server.offer(PATH, BODY)
    seen: list[float | None] = []
    url = release.fetch(make_pin(BODY), tmp_path / "tool", report=lambda done, _: seen.append(done))
    assert (tmp_path / "tool").read_bytes() == BODY
    assert url == server.url + PATH
    assert seen[-1] == 1.0
    assert parts(cache) == []


def test_wrong_checksum_is_refused_and_removed(
    server: Any, make_pin: MakePin, tmp_path: Path, cache: Path
) -> None:
    """The error names both sums and the bytes are gone."""
    server.offer(PATH, b"another program")
    with pytest.raises(release.Untrusted) as caught:
        release.fetch(make_pin(BODY), tmp_path / "tool")
    assert hashlib.sha256(BODY).hexdigest() in caught.value.what
    assert hashlib.sha256(b"another program").hexdigest() in caught.value.what
    assert "--source build" in caught.value.next_step
    assert parts(cache) == []
    assert not (tmp_path / "tool").exists()


def test_cut_transfer_goes_on_where_it_was(server: Any, make_pin: MakePin, tmp_path: Path) -> None:
    """The second request asks for the rest only."""
    server.offer(PATH, BODY, cuts=[100_000])
    release.fetch(make_pin(BODY), tmp_path / "tool")
    assert (tmp_path / "tool").read_bytes() == BODY
    assert server.ranges_of(PATH) == ["", "bytes=100000-"]


def test_cut_transfer_begins_again_where_ranges_are_not_served(
    server: Any, make_pin: MakePin, tmp_path: Path
) -> None:
    """A server that answers a Range with the whole file is taken at its word."""
    server.offer(PATH, BODY, cuts=[100_000], ranges=False)
    release.fetch(make_pin(BODY), tmp_path / "tool")
    assert (tmp_path / "tool").read_bytes() == BODY


def test_part_of_an_interrupted_run_is_used(
    server: Any, make_pin: MakePin, tmp_path: Path, cache: Path
) -> None:
    """Stopped in the middle, what came is kept and the next run fetches only the rest."""
    server.offer(PATH, BODY, chunk_pause_s=0.001)
    seen: list[float | None] = []
    with pytest.raises(store.Interrupted):
        release.fetch(
            make_pin(BODY),
            tmp_path / "tool",
            stop=lambda: len(seen) > 3,
            report=lambda done, _: seen.append(done),
        )
    assert len(parts(cache)) == 1
    server.offer(PATH, BODY)
    release.fetch(make_pin(BODY), tmp_path / "tool")
    assert (tmp_path / "tool").read_bytes() == BODY
    assert server.ranges_of(PATH)[-1].startswith("bytes=")


@pytest.mark.parametrize("left", [b"x" * 1000, b"x" * 300_000, b"x" * 400_000])
def test_part_of_other_bytes_is_thrown_away(
    server: Any, make_pin: MakePin, tmp_path: Path, cache: Path, left: bytes
) -> None:
    """A damaged leftover costs a second download, not a refusal."""
    server.offer(PATH, BODY)
    folder = cache / "tools" / ".downloads"
    folder.mkdir(parents=True)
    (folder / f"{hashlib.sha256(BODY).hexdigest()[:16]}-tool.part").write_bytes(left)
    release.fetch(make_pin(BODY), tmp_path / "tool")
    assert (tmp_path / "tool").read_bytes() == BODY


def test_server_error_is_tried_again(server: Any, make_pin: MakePin, tmp_path: Path) -> None:
    """A connection that breaks twice is not the end."""
    server.offer(PATH, BODY, cuts=[0, 10])
    release.fetch(make_pin(BODY), tmp_path / "tool")
    assert len(server.requests) == 3


@pytest.mark.parametrize("status", [403, 404, 410])
def test_absent_release_is_unavailable(server: Any, make_pin: MakePin, tmp_path: Path, status: int) -> None:
    """No such file: said at once, without another try."""
    server.offer(PATH, BODY, status=status)
    with pytest.raises(release.Unavailable, match=f"answer {status}"):
        release.fetch(make_pin(BODY), tmp_path / "tool")
    assert len(server.requests) == 1


def test_server_that_is_gone_is_unavailable(
    make_pin: MakePin, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A refused connection is not tried again."""
    monkeypatch.setenv(release.MIRROR, f"http://127.0.0.1:{free_port()}")
    began = time.monotonic()
    with pytest.raises(release.Unavailable, match="refused"):
        release.fetch(make_pin(BODY), tmp_path / "tool")
    assert time.monotonic() - began < 2


def test_slow_server_meets_the_deadline(server: Any, make_pin: MakePin, tmp_path: Path, cache: Path) -> None:
    """A trickle is given up after the deadline, and what came is kept."""
    server.offer(PATH, BODY, chunk_pause_s=0.5)
    with pytest.raises(release.Unavailable, match="not here in time"):
        release.fetch(make_pin(BODY), tmp_path / "tool", deadline_s=2.0)
    assert len(parts(cache)) == 1


def test_redirect_is_followed(server: Any, make_pin: MakePin, tmp_path: Path) -> None:
    """Release hosts hand over to storage hosts."""
    server.offer(PATH, location="/storage/object")
    server.offer("/storage/object", BODY)
    release.fetch(make_pin(BODY), tmp_path / "tool")
    assert (tmp_path / "tool").read_bytes() == BODY


def test_redirect_without_end_is_unavailable(server: Any, make_pin: MakePin, tmp_path: Path) -> None:
    """Five hops and no more."""
    server.offer(PATH, location=PATH)
    with pytest.raises(release.Unavailable, match="redirects"):
        release.fetch(make_pin(BODY), tmp_path / "tool")


def test_redirect_from_https_to_http_is_refused(
    server: Any, make_pin: MakePin, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Even bytes that have a pinned checksum are not fetched in the clear once https was promised."""
    server.offer(PATH, BODY)
    with secure_server(tmp_path, server.url + PATH, monkeypatch) as url:
        monkeypatch.setenv(release.MIRROR, url)
        with pytest.raises(release.Untrusted, match="from https to http"):
            release.fetch(make_pin(BODY), tmp_path / "tool")
    assert server.requests == []


SUM_PATH = "/releases.example/v1.2.3/tool.sha256"
SUM_URL = "https://releases.example/v1.2.3/tool.sha256"


@pytest.mark.parametrize(
    "text", ["{sum}\n", "{sum}  tool\n", "00  other\n{sum} *./tool\n", "{SUM}  dist/tool\n"]
)
def test_publishers_checksum_file_is_used_where_none_is_pinned(
    server: Any, make_pin: MakePin, tmp_path: Path, text: str
) -> None:
    """The usual forms of checksum files are understood."""
    known = hashlib.sha256(BODY).hexdigest()
    server.offer(PATH, BODY)
    server.offer(SUM_PATH, text.format(sum=known, SUM=known.upper()).encode())
    release.fetch(make_pin(sha256="", checksum_url=SUM_URL), tmp_path / "tool")
    assert (tmp_path / "tool").read_bytes() == BODY


@pytest.mark.parametrize("text", [b"", b"<html>", b"0" * 64 + b"  other\n", b"12  tool\n"])
def test_checksum_file_that_says_nothing_makes_the_release_unavailable(
    server: Any, make_pin: MakePin, tmp_path: Path, text: bytes
) -> None:
    """Without a checksum nothing is downloaded at all."""
    server.offer(PATH, BODY)
    server.offer(SUM_PATH, text)
    with pytest.raises(release.Unavailable, match="names no sha256 of tool"):
        release.fetch(make_pin(sha256="", checksum_url=SUM_URL), tmp_path / "tool")
    assert server.ranges_of(PATH) == []


def test_absent_checksum_file_makes_the_release_unavailable(
    server: Any, make_pin: MakePin, tmp_path: Path
) -> None:
    """First use is not trusted."""
    server.offer(PATH, BODY)
    with pytest.raises(release.Unavailable, match="answer 404, and no checksum is pinned"):
        release.fetch(make_pin(sha256="", checksum_url=SUM_URL), tmp_path / "tool")
    assert server.ranges_of(PATH) == []


def test_wrong_published_checksum_is_refused(server: Any, make_pin: MakePin, tmp_path: Path) -> None:
    """A checksum file and a file that do not belong together."""
    server.offer(PATH, BODY)
    server.offer(SUM_PATH, b"0" * 64)
    with pytest.raises(release.Untrusted, match="wrong checksum"):
        release.fetch(make_pin(sha256="", checksum_url=SUM_URL), tmp_path / "tool")


def test_program_is_taken_out_of_an_archive(
    server: Any, make_pin: MakePin, tmp_path: Path, cache: Path
) -> None:
    """Only the named member, wherever it stands in the archive, of both kinds."""
    entries = ("README", b"read"), ("./tool-1/tool", BODY), ("last", b"")
    for path, body in ((GZ_PATH, archive(*entries)), (ZIP_PATH, zipped(*entries))):
        server.offer(path, body)
        into = tmp_path / f"from-{Path(path).name}"
        release.fetch(make_pin(body, file=Path(path).name, member="tool-1/tool"), into)
        assert into.read_bytes() == BODY
        assert parts(cache) == []


@pytest.mark.parametrize(
    ("entries", "message"),
    [
        ((("../outside", b"x"), ("tool", BODY)), "'../outside', a path outside the archive"),
        ((("tool", BODY), ("/etc/outside", b"x")), "'/etc/outside', a path outside the archive"),
        ((("a/../../outside", b"x"), ("tool", BODY)), "a path outside the archive"),
        ((("other", BODY),), "it holds no 'tool'"),
        ((("tool", "/bin/true"),), "'tool' in it is no regular file"),
    ],
)
def test_archive_that_reaches_outside_is_refused(
    server: Any,
    make_pin: MakePin,
    tmp_path: Path,
    cache: Path,
    entries: tuple[tuple[str, bytes | str], ...],
    message: str,
) -> None:
    """Whatever its checksum says, and even if the program itself would be fine."""
    for path, body in ((GZ_PATH, archive(*entries)), (ZIP_PATH, zipped(*entries))):
        server.offer(path, body)
        with pytest.raises(release.Untrusted, match=message):
            release.fetch(make_pin(body, file=Path(path).name, member="tool"), tmp_path / "tool")
        assert parts(cache) == []
        assert not (tmp_path.parent / "outside").exists()


def test_broken_archive_is_refused(server: Any, make_pin: MakePin, tmp_path: Path) -> None:
    """Cut in the middle, though the checksum fits."""
    for path, whole in ((GZ_PATH, archive(("tool", BODY))), (ZIP_PATH, zipped(("tool", BODY)))):
        body = whole[:5000]
        server.offer(path, body)
        with pytest.raises(release.Untrusted, match="cannot be read"):
            release.fetch(make_pin(body, file=Path(path).name, member="tool"), tmp_path / "tool")


def test_hosts_that_do_not_answer_are_found_once_and_together(monkeypatch: pytest.MonkeyPatch) -> None:
    """Many tools of many hosts cost one short wait, and the next question none."""
    monkeypatch.delenv(release.MIRROR, raising=False)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        hosts = [f"127.0.0.1:{silent.getsockname()[1]}", f"127.0.0.1:{free_port()}"]
        urls = [f"http://{host}/{n}" for n in range(5) for host in hosts]
        began = time.monotonic()
        why = release.unreachable(urls, timeout_s=0.3)
        assert time.monotonic() - began < 1.5
        assert set(why) == set(hosts)
        began = time.monotonic()
        assert release.unreachable(urls, timeout_s=0.3) == why
        assert time.monotonic() - began < 0.1


@pytest.mark.usefixtures("server")
def test_host_that_answers_is_reachable() -> None:
    """Whatever it answers."""
    assert release.unreachable(["https://releases.example/v1.2.3/tool"]) == {}


def zipped(*entries: tuple[str, bytes | str]) -> bytes:
    """A zip of files (bytes) and symbolic links (text)."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in entries:
            info = zipfile.ZipInfo(name)
            kind = stat.S_IFLNK if isinstance(content, str) else stat.S_IFREG
            info.external_attr = (kind | 0o755) << 16
            packed.writestr(info, content)
    return target.getvalue()


def archive(*entries: tuple[str, bytes | str]) -> bytes:
    """A tar.gz of files (bytes) and symbolic links (text)."""
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode="w:gz") as tar:
        for name, content in entries:
            info = tarfile.TarInfo(name)
            if isinstance(content, str):
                info.type, info.linkname = tarfile.SYMTYPE, content
                tar.addfile(info)
            else:
                info.size = len(content)
                tar.addfile(info, io.BytesIO(content))
    return target.getvalue()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


class secure_server:
    """An https server with a certificate of its own that sends everybody to `target`."""

    def __init__(self, folder: Path, target: str, monkeypatch: pytest.MonkeyPatch) -> None:
        class Handler(BaseHTTPRequestHandler):
            def log_message(self, format: str, *args: object) -> None: ...

            def do_GET(self) -> None:
                self.send_response(302)
                self.send_header("Location", target)
                self.end_headers()

        certificate = folder / "server.pem"
        certificate.write_bytes(own_certificate())
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        self._server = HTTPServer(("127.0.0.1", 0), Handler)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True
        )

    def __enter__(self) -> str:
        self._thread.start()
        return f"https://127.0.0.1:{self._server.server_address[1]}"

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def own_certificate() -> bytes:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "releases")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return private + certificate.public_bytes(serialization.Encoding.PEM)
