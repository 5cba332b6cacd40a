"""Environments that are killed, interrupted, starved and broken at any moment: nothing is ever left behind.

HALLMARK_REPEATS lowers the counts of the long series; without it they are the promised ones.
"""

# ruff: noqa: ARG001 - some fixtures are asked for what they do, not for what they return

from __future__ import annotations

import json
import os
import random
import re
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from hallmark.cluster import cgroups, embedded
from hallmark.cluster.embedded import Embedded
from hallmark.cluster.journal import boot_id
from hallmark.cluster.place import Place
from hallmark.outcome import CannotJudge, HallmarkError

pytestmark = pytest.mark.timeout(1800)
PREFIX = f"kit{os.getpid()}"
# Starts one environment and says so; everything else about it is the test's business.
UP = """
import sys
from hallmark.cluster.embedded import Embedded
from hallmark.outcome import HallmarkError
print("begin", flush=True)
try:
    Embedded().up(sys.argv[1], nodes=1, owner="kit", ttl_s=600)
except KeyboardInterrupt:
    sys.exit(130)
except HallmarkError as error:
    print(error, flush=True)
    sys.exit(error.code)
print("running", flush=True)
"""
HOST_FOLDERS = (
    "/etc/cni", "/opt", "/var/lib/kubelet", "/var/lib/cni", "/var/lib/containerd", "/var/log/pods",
    "/var/log/containers", "/run/containerd", "/run/netns", "/run/xtables.lock", "/usr/libexec/kubernetes",
)  # fmt: skip
# Counters and clocks of the kernel that change by themselves.
RESTLESS = re.compile(
    r"random|\.nr_|entropy|file-nr|inode|dentry|count|last_pid|sched_domain|uuid|keys|quota|perf_|max_newidle|bpf_stats"
    r"|tainted|lease|netdev_rss|\.conf\.|\.neigh\."
)


def repeats(promised: int) -> int:
    return min(promised, int(os.environ.get("HALLMARK_REPEATS", promised)))


def said(*argv: str) -> str:
    return subprocess.run(argv, capture_output=True, text=True, check=False).stdout


def host() -> dict[str, object]:
    """Everything of the machine that an environment could have changed."""
    settings = [line for line in said("/sbin/sysctl", "-a").splitlines() if not RESTLESS.search(line)]
    folders = {
        name: sorted(map(str, Path(name).iterdir())) if Path(name).is_dir() else Path(name).exists()
        for name in HOST_FOLDERS
    }
    return {
        "links": sorted(map(str, Path("/sys/class/net").iterdir())),
        "mounts": sorted(
            line.split(" ", 4)[4] for line in Path("/proc/self/mountinfo").read_text().splitlines()
        ),
        "nft": said("/usr/sbin/nft", "list", "ruleset"),
        "iptables": said("/usr/sbin/iptables-save"),
        "settings": settings,
        "folders": folders,
    }


def leftovers(state: Path) -> list[str]:
    """Processes, control groups and files of this test run's environments."""
    found = [str(path) for path in cgroups.ROOT.glob(f"*/hallmark-{PREFIX}*")]
    found += [str(path) for path in cgroups.ROOT.glob(f"hallmark-{PREFIX}*")]
    for process in Path("/proc").iterdir():
        if not process.name.isdecimal() or int(process.name) == os.getpid():
            continue
        try:
            words = (process / "cmdline").read_bytes() + (process / "environ").read_bytes()
        except OSError:
            continue
        if f"HALLMARK_ENVIRONMENT={PREFIX}".encode() in words or f"{state}/environments".encode() in words:
            found.append(f"process {process.name}: {words[:200]!r}")
    found += [str(path) for path in (state / "environments").rglob("*")]
    return found


@pytest.fixture
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A state folder of its own; the machine must be afterwards what it was before."""
    monkeypatch.setenv("HALLMARK_STATE", str(tmp_path))
    before = host()
    try:
        yield tmp_path
    finally:
        left = leftovers(tmp_path)
        # A failed test must not leave anything either, whatever became of its state folder.
        for group in {path.name for path in cgroups.ROOT.glob(f"**/hallmark-{PREFIX}*")}:
            cgroups.kill(cgroups.detect(), group)
            cgroups.remove(cgroups.detect(), group)
        for item in Embedded().list():
            Embedded().down(item.name)
    assert left == []
    after = host()
    assert {key: after[key] for key in before} == before


def launch(name: str, *before: str) -> subprocess.Popen[str]:
    """Start an `up` in a process of its own and return when it is about to begin."""
    argv = [*before, sys.executable, "-c", UP, name]
    child = subprocess.Popen(
        argv,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        # As in a terminal: these tests themselves may run as a background job, which ignores SIGINT.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    assert child.stdout is not None
    select.select([child.stdout], [], [], 60)
    assert child.stdout.readline() == "begin\n"
    return child


def finish(child: subprocess.Popen[str]) -> tuple[int, str]:
    out, _ = child.communicate(timeout=300)
    return child.returncode, out


@pytest.fixture(scope="module")
def start_s(tmp_path_factory: pytest.TempPathFactory) -> float:
    """How long a start takes right now: the random moments of the other tests lie within it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HALLMARK_STATE", str(tmp_path_factory.mktemp("measure")))
        began = time.monotonic()
        Embedded().up(f"{PREFIX}-m", nodes=1, owner="kit", ttl_s=600)
        took_s = time.monotonic() - began
        Embedded().down(f"{PREFIX}-m")
    return took_s


def test_up_and_down_in_a_row_leave_nothing(state: Path) -> None:
    """Twenty environments one after the other, each gone before the next."""
    for _ in range(repeats(20)):
        Embedded().up(f"{PREFIX}-row", nodes=1, owner="kit", ttl_s=600)
        Embedded().down(f"{PREFIX}-row")
        assert leftovers(state) == []


def test_three_at_once_do_not_disturb_each_other(state: Path) -> None:
    """Three environments start together, on ports of their own, and go together."""
    names = [f"{PREFIX}-{index}" for index in range(3)]
    children = [launch(name) for name in names]
    try:
        assert [finish(child)[0] for child in children] == [0, 0, 0]
        assert len({item.api for item in Embedded().list() if item.state == "running"}) == 3
    finally:
        for name in names:
            Embedded().down(name)


def test_killed_launcher_then_down_leaves_nothing(state: Path, start_s: float) -> None:
    """kill -9 at twenty random moments of a start: the next `down` finds everything."""
    name = f"{PREFIX}-kill"
    chance = random.Random(4)  # noqa: S311
    count = repeats(20)
    for index in range(count):
        child = launch(name)
        # Most of what is made is made early: half of the moments lie in the first tenth.
        moment = chance.random() * start_s * (0.1 if index % 2 else 1.0)
        time.sleep(moment)
        child.kill()
        finish(child)
        Embedded().down(name)
        assert leftovers(state) == [], f"killed after {moment:.3f} s"
        Embedded().down(name)


def test_interrupted_up_cleans_up_and_exits_130(state: Path, start_s: float) -> None:
    """Ctrl-C (or SIGTERM) at ten moments of a start: it takes everything back by itself."""
    chance = random.Random(5)  # noqa: S311
    for index in range(repeats(10)):
        child = launch(f"{PREFIX}-int")
        moment = chance.random() * start_s * (0.1 if index % 2 else 0.8)
        time.sleep(moment)
        child.send_signal(signal.SIGTERM if index % 3 == 0 else signal.SIGINT)
        code, out = finish(child)
        assert code == 130, f"interrupted after {moment:.3f} s: {out}"
        assert leftovers(state) == [], f"interrupted after {moment:.3f} s"


def test_two_ups_of_one_name_make_one_environment(state: Path) -> None:
    """The second waits for the first and renews it, or says who is in the way."""
    name = f"{PREFIX}-two"
    first, second = launch(name), launch(name)
    (one, _), (two, out) = finish(first), finish(second)
    try:
        codes = {one, two}
        assert codes == {0} or (codes == {0, 2} and "being worked on by process" in out)
        assert [item.state for item in Embedded().list()] == ["running"]
        assert len(Place(name).journal.names("run")) == 1
    finally:
        Embedded().down(name)


def test_state_from_another_boot_is_removed_or_replaced(state: Path) -> None:
    """After a reboot only files are there: `list` says broken, `down` removes them, `up` starts over them."""
    name = f"{PREFIX}-boot"
    provider = Embedded()
    provider.up(name, nodes=1, owner="kit", ttl_s=600)
    place = Place(name)
    (group,) = place.journal.names("cgroup")
    groups = cgroups.detect()
    assert cgroups.kill(groups, group) == set()
    assert cgroups.remove(groups, group) == []
    for file in (place.journal.path, place.record):
        file.write_text(file.read_text().replace(boot_id(), "00000000-0000-0000-0000-000000000000"))
    assert [item.state for item in provider.list()] == ["broken"]
    provider.down(name)
    assert leftovers(state) == []


@pytest.mark.parametrize(
    "content", [None, "", '{"kind": "cgro', '{"kind": "run", "name": "1", "boot": "x"}\n']
)
def test_crashed_state_folder_is_taken_away(state: Path, content: str | None) -> None:
    """Whatever a crash left of the journal, `down` understands it."""
    place = Place(f"{PREFIX}-old")
    place.folder.mkdir(parents=True)
    if content is not None:
        place.journal.path.write_text(content)
    assert [item.state for item in Embedded().list()] == ["broken"]
    Embedded().down(place.name)
    assert leftovers(state) == []


def test_expired_environment_is_reaped(state: Path) -> None:
    """What is past its time goes at the next start."""
    place = Place(f"{PREFIX}-late")
    place.folder.mkdir(parents=True)
    record = {"ttl_s": 1, "created": "2020-01-01T00:00:00.000Z", "renewed": "2020-01-01T00:00:00.000Z"}
    place.record.write_text(json.dumps(record))
    assert Embedded().reap_expired() == [place.name]


def test_component_that_fails_is_named_with_its_last_words(
    state: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A broken program ends the start at once, with its name, its words and nothing left."""
    broken = state.parent / f"{PREFIX}-etcd"
    broken.write_text("#!/bin/sh\necho 'panic: the flux is not capacitated'\nexit 3\n")
    broken.chmod(0o755)
    programs = {**embedded._programs(), "etcd": broken}
    monkeypatch.setattr(embedded, "_programs", lambda: programs)
    began = time.monotonic()
    with pytest.raises(CannotJudge, match=r"etcd: ended 4 times, with 3\n    panic: the flux"):
        Embedded().up(f"{PREFIX}-bad", nodes=1, owner="kit", ttl_s=600)
    assert time.monotonic() - began < 60
    broken.unlink()


@pytest.mark.parametrize("size_kib", [64, 340])
def test_full_disk_is_said_and_nothing_left(state: Path, size_kib: int) -> None:
    """A state folder without space: early, while files are written, or later, by the logs."""
    mount = f'mount -t tmpfs -o size={size_kib}k tmpfs {state} && exec "$@"'
    child = launch(
        f"{PREFIX}-full", "unshare", "--mount", "--propagation", "private", "sh", "-c", mount, "sh"
    )
    code, out = finish(child)
    assert code == 2, out
    assert re.search("space", out), out
    assert "free the disk" in out


def test_no_free_port_is_said(state: Path) -> None:
    """When every local port is taken, the start says so before it makes anything."""
    taken = (
        "import socket, sys, os\n"
        "kept = [socket.socket() for _ in range(2)]\n"
        "for port, item in zip((40000, 40001), kept): item.bind(('127.0.0.1', port)); item.listen()\n"
        "for item in kept: item.set_inheritable(True)\n"
        "os.execvp(sys.argv[1], sys.argv[1:])\n"
    )
    prepare = (
        "ip link set lo up && echo '40000 40001' > /proc/sys/net/ipv4/ip_local_port_range && exec \"$@\""
    )
    around = ["unshare", "--net", "sh", "-c", prepare, "sh", sys.executable, "-c", taken]
    code, out = finish(launch(f"{PREFIX}-port", *around))
    assert code == 2
    assert "no port is free on 127.0.0.1" in out


def test_down_of_nothing_is_no_error(state: Path) -> None:
    """Removing what is not there is done at once."""
    Embedded().down(f"{PREFIX}-none")
    Embedded().down(f"{PREFIX}-none")


def test_not_root_says_what_to_do(state: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without root the start says so, and how to go on."""
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with pytest.raises(HallmarkError, match="sudo, or use --provider existing"):
        Embedded().up(f"{PREFIX}-user", nodes=1, owner="kit", ttl_s=600)
