"""The embedded provider: a real cluster in namespaces of this machine, started in seconds, gone without a trace.

Crash safety rests on three things. Everything is in the journal before it exists. Every process is in the
environment's control group before it becomes its program, so that `down` finds all of them whatever was killed.
And the lock of the environment is held, through an inherited descriptor, by each new process until it is there.
"""

from __future__ import annotations

import contextlib
import errno
import fcntl
import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from types import FrameType
from typing import Any

from hallmark import config, folders, tools
from hallmark.cluster import (
    Environment,
    EnvironmentStatus,
    Report,
    State,
    addons,
    addresses,
    cgroups,
    kube,
    pki,
    plan,
)
from hallmark.cluster import preflight as machine
from hallmark.cluster.components import TUNED, Layout, Tuning
from hallmark.cluster.journal import Journal, boot_id
from hallmark.outcome import CannotJudge, UsageError
from hallmark.records import format_time, now, parse_time, write_atomically

TOOLS = (
    "etcd", "kube-apiserver", "kube-controller-manager", "kube-scheduler", "kubelet", "kube-proxy", "registry",
    "coredns", "metrics-server", "pause",
)  # fmt: skip
PROGRAMS = ("containerd", "ctr", "runc", "ip")
START_TIMEOUT_S = 120.0
LOCK_TIMEOUT_S = 30.0
POLL_S = 0.03
# A component that ended so often while the environment started will not come up by itself.
HOPELESS_EXITS = 4
PROOF_TIMEOUT_S = 5.0
_SIGNALS = (signal.SIGINT, signal.SIGTERM)
# The parents of first processes that this process started: kept so that they are waited for when they end.
_children: dict[str, subprocess.Popen[bytes]] = {}


@dataclass(frozen=True)
class Place:
    """Where the state of one environment is."""

    name: str

    @property
    def folder(self) -> Path:
        return _home() / self.name

    @property
    def journal(self) -> Journal:
        return Journal(self.folder / "journal.jsonl")

    @property
    def record(self) -> Path:
        return self.folder / "environment.json"

    @property
    def kubeconfig(self) -> Path:
        return self.folder / "kubeconfig"

    def read(self) -> dict[str, Any] | None:
        """What the last start wrote down of itself; None when there is nothing, or nothing whole."""
        try:
            found = json.loads(self.record.read_text(encoding="utf-8"))
        except (FileNotFoundError, NotADirectoryError, ValueError):
            return None
        return found if isinstance(found, dict) else None


class Embedded:
    """See hallmark.cluster.Provider. `tuning` is for the benchmark, which also measures upstream's defaults."""

    def __init__(self, tuning: Tuning = TUNED) -> None:
        self.tuning = tuning

    def up(
        self, name: str, *, nodes: int, owner: str, ttl_s: float, report: Report = lambda _: None
    ) -> Environment:
        config.check_name(name)
        if not 1 <= nodes <= addresses.MOST_NODES:
            raise UsageError(f"{nodes} nodes: an embedded environment has 1 to {addresses.MOST_NODES}")
        machine.require(machine.preflight())
        self.reap_expired(report, keep=name)
        place = Place(name)
        with _interruptible(), _locked(name, report):
            if self._state(place) == "running":
                report("it runs already; its time begins anew")
                return self._renew(place, ttl_s)
            if place.folder.exists():
                report("removing what an earlier start left")
                self._remove(place, report)
            try:
                self._start(place, nodes, owner, ttl_s, report)
                return self.find(name)
            except OSError as error:
                with _undisturbed():
                    self._remove(place, report)
                raise _explain(name, place, error) from error
            except BaseException:
                with _undisturbed():
                    self._remove(place, report)
                raise

    def down(self, name: str, report: Report = lambda _: None) -> None:
        config.check_name(name)
        with _locked(name, report), _undisturbed():
            self._remove(Place(name), report)

    def find(self, name: str) -> Environment:
        place = Place(name)
        found = place.read()
        if found is None or self._state(place) != "running":
            raise UsageError(f"no environment {name} is running", next_step=f"./hallmark up {name}")
        return Environment(
            name=name,
            provider="embedded",
            kubeconfig=place.kubeconfig,
            owner=found["owner"],
            created=found["created"],
            ttl_s=found["ttl_s"],
            registry_push=found["registry_push"],
            registry_pull=addresses.REGISTRY,
            renewed=found["renewed"],
            nodes=found["nodes"],
        )

    def list(self) -> list[EnvironmentStatus]:
        if not _home().is_dir():
            return []
        return [self._status(Place(folder.name)) for folder in sorted(_home().iterdir()) if folder.is_dir()]

    @contextmanager
    def service(self, environment: Environment, namespace: str, service: str, port: int) -> Iterator[str]:
        """The forward stays for the environment's life: the same Service has the same port every time."""
        path = f"/api/v1/namespaces/{namespace}/services/{service}"
        found = kube.request(environment.kubeconfig, "GET", path)
        if not found.ok:
            raise CannotJudge(
                f"service {service} is not there: {found.status}", where=f"namespace {namespace}"
            )
        target = f"{found.body['spec']['clusterIP']}:{port}"
        yield f"http://127.0.0.1:{_forward(Place(environment.name).folder, target)}"

    def logs(self, name: str, component: str | None = None) -> str:
        folder = Place(name).folder / "logs"
        names = sorted(file.stem for file in folder.glob("*.log"))
        if not names:
            raise UsageError(f"environment {name} has no logs", next_step="./hallmark env list")
        if component is None:
            return "\n".join(names)
        if component not in names:
            raise UsageError(f"{component!r} has no log", next_step=f"choose one of {', '.join(names)}")
        return (folder / f"{component}.log").read_text(encoding="utf-8", errors="replace")

    def record_namespace(self, name: str, namespace: str) -> None:
        Place(name).journal.record("kubernetes namespace", namespace)

    def reap_expired(self, report: Report = lambda _: None, *, keep: str = "") -> Sequence[str]:
        """Take down every environment past its time but `keep`; returns their names."""
        expired = [item.name for item in self.list() if item.expires_in_s < 0 and item.name != keep]
        for name in expired:
            report(f"taking down {name}, which is past its time")
            self.down(name, report)
        return expired

    def _start(self, place: Place, nodes: int, owner: str, ttl_s: float, report: Report) -> None:
        began = now()
        programs = _programs()
        cni = machine.cni_folder()
        if cni is None:
            raise CannotJudge("the CNI plugins are missing", next_step="./hallmark doctor")
        place.folder.mkdir(parents=True, mode=0o700)
        groups = cgroups.detect()
        run_id = secrets.token_hex(4)
        group = f"hallmark-{place.name}-{run_id}"
        journal = place.journal
        journal.record_all([("run", run_id), ("cgroup", group), ("file", str(place.folder))])
        layout = Layout(place.folder, group, programs, cni, self.tuning)
        images = addons.archives(folders.cache_home() / "system-images", programs)
        with contextlib.ExitStack() as stack:
            api, registry = (stack.enter_context(_listener()) for _ in range(2))
            ports = {item: int(item.getsockname()[1]) for item in (api, registry)}
            run = plan.Run(
                name=place.name,
                id=run_id,
                layout=layout,
                nodes=nodes,
                images=images,
                listeners=[
                    (api.fileno(), f"127.0.0.1:{addresses.API_PORT}"),
                    (registry.fileno(), f"127.0.0.1:{addresses.REGISTRY_PORT}"),
                ],
                cgroup_folders=[folder.parent for folder in groups.folders(group)],
            )
            journal.record_all([*plan.things(run), *(("port", str(port)) for port in ports.values())])
            self._write(run, place)
            write_atomically(
                place.kubeconfig,
                pki.kubeconfig(layout.pki, "admin", f"https://127.0.0.1:{ports[api]}"),
                0o600,
            )
            record = {
                "run": run_id,
                "group": group,
                "boot": boot_id(),
                "owner": owner,
                "nodes": nodes,
                "created": format_time(began),
                "renewed": format_time(began),
                "ttl_s": ttl_s,
                "api": f"https://127.0.0.1:{ports[api]}",
                "registry_push": f"127.0.0.1:{ports[registry]}",
                "state": "starting",
            }
            write_atomically(place.record, json.dumps(record), 0o600)
            groups.create(group)
            for part in plan.groups(run):
                groups.create(f"{group}/{part}")
            report("starting the control plane and the nodes")
            _spawn(run, [api.fileno(), registry.fileno()])
        self._wait(place, nodes, report)
        write_atomically(place.record, json.dumps({**record, "state": "running"}), 0o600)

    def _write(self, run: plan.Run, place: Place) -> None:
        pki.copy(folders.cache_home() / "pki", run.layout.pki)
        for folder in ("logs", "conditions", "processes", "plans", "registry"):
            (place.folder / folder).mkdir(mode=0o700)
        for file, text in plan.files(run).items():
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        for file, document in plan.plans(run).items():
            file.write_text(json.dumps(document), encoding="utf-8")

    def _wait(self, place: Place, nodes: int, report: Report) -> None:
        """Wait for the API, then install the add-ons while the nodes come, then for everything to answer."""
        deadline = time.monotonic() + START_TIMEOUT_S
        api = kube.api(place.kubeconfig)

        def until(what: str, is_there: Any) -> None:
            while True:
                with contextlib.suppress(kube.Unreachable):
                    if is_there():
                        _event(place, what)
                        report(f"{what} after {_age_s(place):.1f} s")
                        return
                _raise_if_hopeless(place)
                if time.monotonic() > deadline:
                    raise _failure(
                        place, f"{what} did not come within {START_TIMEOUT_S:g} s", _suspect(place)
                    )
                time.sleep(POLL_S)

        until(
            "API server ready",
            lambda: (place.folder / "conditions" / "readyz").exists() and api.request("GET", "/readyz").ok,
        )
        addons.install(api, addons.network(_programs()))
        until("nodes ready", lambda: _ready_nodes(api) >= nodes)
        until("registry ready", lambda: _registry_answers(place))
        until("DNS ready", lambda: _is_available(api, "coredns") and _dns_answers(place))
        # Last: it is the heaviest to start, and the first pods would wait for it.
        addons.install(api, addons.metrics(_programs()))
        # Its first figures come one resolution (10 s) later: usage is the difference of two looks.
        until("metrics ready", lambda: _metrics_answer(api))

    def _renew(self, place: Place, ttl_s: float) -> Environment:
        found = place.read()
        if found is None:
            raise CannotJudge(f"environment {place.name} has lost its record", where=str(place.record))
        write_atomically(
            place.record, json.dumps({**found, "ttl_s": ttl_s, "renewed": format_time(now())}), 0o600
        )
        return self.find(place.name)

    def _state(self, place: Place) -> State:
        found = place.read()
        is_alive = found is not None and found.get("boot") == boot_id() and _first_process_lives(place)
        if is_alive and found is not None and found["state"] == "running":
            return "running"
        # Half an environment is being made (or removed) by whoever holds its lock, else it is what a crash left.
        return "starting" if _is_locked(place.name) else "broken"

    def _status(self, place: Place) -> EnvironmentStatus:
        found = place.read() or {}
        moment = now()
        ttl_s = float(found.get("ttl_s", 0))
        created = parse_time(found["created"]) if "created" in found else moment
        renewed = parse_time(found["renewed"]) if "renewed" in found else moment
        memory = 0
        with contextlib.suppress(OSError, KeyError, CannotJudge):
            memory = cgroups.detect().anonymous_bytes(found["group"])
        return EnvironmentStatus(
            name=place.name,
            provider="embedded",
            state=self._state(place),
            owner=str(found.get("owner", "")),
            age_s=(moment - created).total_seconds(),
            ttl_s=ttl_s,
            expires_in_s=(renewed + timedelta(seconds=ttl_s) - moment).total_seconds(),
            memory_bytes=memory,
            nodes=int(found.get("nodes", 0)),
            api=str(found.get("api", "")),
        )

    def _remove(self, place: Place, report: Report) -> None:
        """Undo everything that the journal names, and prove it. The caller holds the lock."""
        journal = place.journal
        groups = cgroups.detect()
        left: list[str] = []
        with _traces(place) as known:
            for group in journal.names("cgroup"):
                # A group's name carries the run's own id: it is nobody else's, whatever boot it is from.
                left += [f"process {pid}" for pid in sorted(cgroups.kill(groups, group))]
                if child := _children.pop(group, None):
                    child.wait()
                left += [f"control group {folder}" for folder in cgroups.remove(groups, group)]
            left += _left_in_kernel(place.folder, known)
        if not left:
            _delete(place.folder)
        if left or place.folder.exists():
            what = ", ".join(left or [str(place.folder)])
            raise CannotJudge(
                f"environment {place.name} is not gone: {what} is left",
                where=str(place.folder),
                next_step=f"./hallmark down {place.name}",
            )
        report("nothing is left")


@dataclass(frozen=True)
class Traces:
    """By what the parts of a run are known in the kernel: its control groups, its ids, its namespaces."""

    groups: frozenset[str]
    runs: frozenset[str]
    namespaces: frozenset[str]


@contextmanager
def _traces(place: Place) -> Iterator[Traces]:
    """By what to look for a run's remains. Its namespaces are held open meanwhile: the kernel gives the number of
    one that is gone to the next one made, which is somebody else's."""
    entries = place.journal.entries()
    with contextlib.ExitStack() as held:
        namespaces: set[str] = set()
        for file in (place.folder / "processes").glob("*.json"):
            with contextlib.suppress(OSError, ValueError, KeyError):
                found = json.loads(file.read_text())
                for kind in ("net", "mnt", "pid"):
                    number = str(found["namespaces"][kind])
                    fd = os.open(f"/proc/{found['first']}/ns/{kind}", os.O_RDONLY | os.O_CLOEXEC)
                    held.callback(os.close, fd)
                    if number == str(Path(f"/proc/self/fd/{fd}").readlink()):
                        namespaces.add(number)
        yield Traces(
            frozenset(entry.name for entry in entries if entry.kind == "cgroup"),
            frozenset(f"HALLMARK_RUN={entry.name}" for entry in entries if entry.kind == "run"),
            frozenset(namespaces),
        )


def _left_in_kernel(folder: Path, known: Traces) -> list[str]:
    """Processes that belong to the run in any way, and mounts; what is still ending is given a moment."""
    deadline = time.monotonic() + PROOF_TIMEOUT_S
    while True:
        left = [f"process {pid} ({why})" for pid, why in _belonging(known)]
        left += [f"mount {mount}" for mount in _mounts_below(folder)]
        if not left or time.monotonic() > deadline:
            return left
        time.sleep(0.02)


def _belonging(known: Traces) -> Iterator[tuple[int, str]]:
    if not known.groups and not known.runs:
        return
    for process in Path("/proc").iterdir():
        if not process.name.isdecimal():
            continue
        with contextlib.suppress(OSError):
            joined = (process / "cgroup").read_text()
            if any(group in joined for group in known.groups):
                yield int(process.name), "in the control group"
                continue
            if "/hallmark-" in joined:
                # Another environment's. The kernel gives the number of a namespace that is gone to a new one.
                continue
            spaces = {str((process / "ns" / kind).readlink()) for kind in ("net", "mnt", "pid")}
            if spaces & known.namespaces:
                yield int(process.name), "in a namespace"
                continue
            words = (process / "environ").read_bytes().split(b"\0")
            if known.runs.intersection(word.decode(errors="replace") for word in words):
                yield int(process.name), "started by the run"


def _delete(folder: Path) -> None:
    """Remove a state folder, the journal last: a crash in between must leave what a second `down` reads."""
    if not folder.exists():
        return
    for entry in folder.iterdir():
        if entry.name != "journal.jsonl":
            shutil.rmtree(entry) if entry.is_dir() and not entry.is_symlink() else entry.unlink(
                missing_ok=True
            )
    shutil.rmtree(folder)


def _explain(name: str, place: Place, error: OSError) -> CannotJudge:
    is_full = error.errno in (errno.ENOSPC, errno.EDQUOT)
    return CannotJudge(
        f"environment {name} cannot be started: {error.strerror or error}",
        where=str(error.filename or place.folder),
        next_step="free the disk, or set HALLMARK_STATE to another folder"
        if is_full
        else "./hallmark doctor",
    )


@contextmanager
def _interruptible() -> Iterator[None]:
    """Let SIGTERM end a start as Ctrl-C does, unless the program has its own answer to it."""
    is_main = threading.current_thread() is threading.main_thread()
    if not is_main or signal.getsignal(signal.SIGTERM) is not signal.SIG_DFL:
        yield
        return

    def interrupt(_number: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)


@contextmanager
def _undisturbed() -> Iterator[None]:
    """A second Ctrl-C must not cut the removal that the first one began."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = [(number, signal.signal(number, signal.SIG_IGN)) for number in _SIGNALS]
    try:
        yield
    finally:
        for number, handler in before:
            signal.signal(number, handler)


def _home() -> Path:
    return folders.state_home() / "environments"


def _programs() -> dict[str, Path]:
    found = {name: tools.path(name) for name in TOOLS}
    for name in PROGRAMS:
        path = machine.program(name)
        if path is None:
            raise CannotJudge(f"{name} is not installed", next_step="./hallmark doctor")
        found[name] = path
    return found


@contextmanager
def _locked(name: str, report: Report) -> Iterator[int]:
    """Hold the environment's lock; yields its descriptor, which new processes inherit until they are there."""
    home = _home()
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    file = home / f"{name}.lock"
    deadline = time.monotonic() + LOCK_TIMEOUT_S
    told = False
    while True:
        fd = os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.read(fd, 32).decode(errors="replace").strip() or "unknown"
            os.close(fd)
            if not told:
                report(f"waiting for process {holder}, which is working on {name}")
                told = True
            if time.monotonic() > deadline:
                raise CannotJudge(
                    f"environment {name} is being worked on by process {holder}",
                    where=str(file),
                    next_step="wait for it to end, or end it",
                ) from None
            time.sleep(0.1)
            continue
        # Whoever held it before may have removed the file: only the one that has the name counts.
        if _is_same(fd, file):
            break
        os.close(fd)
    try:
        os.ftruncate(fd, 0)
        os.pwrite(fd, str(os.getpid()).encode(), 0)
        yield fd
    finally:
        if not (home / name).exists():
            file.unlink(missing_ok=True)
        os.close(fd)


def _is_locked(name: str) -> bool:
    """Whether somebody holds the environment's lock right now."""
    try:
        fd = os.open(_home() / f"{name}.lock", os.O_RDWR | os.O_CLOEXEC)
    except FileNotFoundError:
        return False
    try:
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(fd)
    return False


def _is_same(fd: int, file: Path) -> bool:
    try:
        there = file.stat()
    except FileNotFoundError:
        return False
    mine = os.fstat(fd)
    return (mine.st_dev, mine.st_ino) == (there.st_dev, there.st_ino)


@contextmanager
def _listener() -> Iterator[socket.socket]:
    """A socket that already listens: the port cannot be taken by anybody between choosing and using it."""
    with socket.socket() as found:
        found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            found.bind(("127.0.0.1", 0))
            found.listen(512)
        except OSError as error:
            raise CannotJudge(
                f"no port is free on 127.0.0.1: {error.strerror}",
                where="net.ipv4.ip_local_port_range",
                next_step="end programs that listen there: ss -ltnp",
            ) from error
        yield found


def _spawn(run: plan.Run, fds: list[int]) -> None:
    """Start the supervisor in its control group; it is in there before it is anything but a copy of this process."""
    procs = run.procs_files(f"{run.layout.group}/system")
    entry = run.layout.state / "plans" / "cluster.json"
    argv = [*plan.python(), str(plan.HERE / "supervisor.py"), "enter", str(entry)]

    def join() -> None:
        # Until here the child is a copy of this process, and holds its lock; from here `down` finds it.
        for file in procs:
            handle = os.open(file, os.O_WRONLY)
            os.write(handle, b"0")
            os.close(handle)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _SIGNALS)

    # An interrupt between fork and exec would leave a child that nobody knows: it waits until the child is there.
    signal.pthread_sigmask(signal.SIG_BLOCK, _SIGNALS)
    try:
        with (run.layout.logs / "supervisor.log").open("ab") as log:
            _children[run.layout.group] = subprocess.Popen(
                argv,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                pass_fds=fds,
                preexec_fn=join,
                start_new_session=True,
                cwd="/",
            )
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _SIGNALS)


def _events(place: Place) -> list[dict[str, Any]]:
    found = []
    with contextlib.suppress(OSError):
        for line in (
            (place.folder / "events.jsonl").read_text(encoding="utf-8", errors="replace").splitlines()
        ):
            with contextlib.suppress(ValueError):
                found.append(json.loads(line))
    return found


def _event(place: Place, what: str) -> None:
    line = json.dumps({"time": time.time(), "source": "up", "event": what})
    with (place.folder / "events.jsonl").open("a", encoding="utf-8") as file:
        file.write(f"{line}\n")


def _age_s(place: Place) -> float:
    found = place.read()
    return (now() - parse_time(found["created"])).total_seconds() if found else 0.0


def _raise_if_hopeless(place: Place) -> None:
    if os.statvfs(place.folder).f_bavail == 0:
        raise OSError(errno.ENOSPC, "no space is left for the state", str(place.folder))
    for event in _events(place):
        if event["event"] == "failed":
            raise _failure(place, str(event.get("message", "it failed")), str(event["component"]))
        if event["event"] == "exited" and event.get("exits", 0) >= HOPELESS_EXITS:
            raise _failure(
                place, f"ended {event['exits']} times, with {event['code']}", str(event["component"])
            )
    found = place.read() or {}
    child = _children.get(str(found.get("group")))
    if child is not None and child.poll() is not None:
        raise _failure(place, f"ended with {child.returncode}", "supervisor")


def _suspect(place: Place) -> str:
    """The component that ended most recently, or else the API server: everything waits for it."""
    ended = [str(event["component"]) for event in _events(place) if event["event"] == "exited"]
    return ended[-1] if ended else "kube-apiserver"


def _failure(place: Place, what: str, component: str) -> CannotJudge:
    log = place.folder / "logs" / f"{component}.log"
    lines: list[str] = []
    with contextlib.suppress(OSError):
        lines = log.read_text(encoding="utf-8", errors="replace").strip().splitlines()[-5:]
    said = "".join(f"\n    {line[:300]}" for line in lines)
    return CannotJudge(
        f"environment {place.name} did not start: {component}: {what}{said}",
        where=str(log),
        next_step="./hallmark doctor; everything that this start made is removed",
    )


def _first_process_lives(place: Place) -> bool:
    try:
        found = json.loads((place.folder / "processes" / "cluster.json").read_text())
        return str(Path(f"/proc/{found['first']}/ns/net").readlink()) == str(found["namespaces"]["net"])
    except (OSError, ValueError, KeyError):
        return False


def _ready_nodes(api: kube.Api) -> int:
    found = api.request("GET", "/api/v1/nodes")
    items = found.body["items"] if found.ok else []
    return sum(_has(item, "Ready") for item in items)


def _is_available(api: kube.Api, name: str) -> bool:
    found = api.request("GET", f"/apis/apps/v1/namespaces/kube-system/deployments/{name}")
    return found.ok and _has(found.body, "Available")


def _has(item: dict[str, Any], kind: str) -> bool:
    conditions = item.get("status", {}).get("conditions", [])
    return any(one["type"] == kind and one["status"] == "True" for one in conditions)


def _metrics_answer(api: kube.Api) -> bool:
    return api.request("GET", "/apis/metrics.k8s.io/v1beta1/nodes").ok


def _registry_answers(place: Place) -> bool:
    import http.client

    found = place.read()
    if found is None:
        return False
    connection = http.client.HTTPConnection(found["registry_push"], timeout=2)
    try:
        connection.request("GET", "/v2/")
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _dns_answers(place: Place) -> bool:
    """Ask the cluster's DNS, at its Service address and over TCP, for the address of the API server."""
    name = (
        b"".join(bytes([len(part)]) + part for part in b"kubernetes.default.svc.cluster.local".split(b"."))
        + b"\0"
    )
    question = b"\x12\x34\x01\x00\x00\x01\x00\x00\x00\x00\x00\x00" + name + b"\x00\x01\x00\x01"
    try:
        port = _forward(place.folder, f"{addresses.DNS_SERVICE}:53")
        with socket.create_connection(("127.0.0.1", port), timeout=1) as peer:
            peer.settimeout(1)
            peer.sendall(len(question).to_bytes(2, "big") + question)
            answer = peer.recv(512)
    except (OSError, CannotJudge):
        return False
    return answer[-4:] == socket.inet_aton(addresses.API_SERVICE)


def _forward(folder: Path, target: str) -> int:
    """The loopback port that leads to `target` inside the environment's network, opened when there is none."""
    answer = _ask_forwarder(folder, target, None)
    if answer is None:
        with _listener() as listener:
            answer = _ask_forwarder(folder, target, listener)
    if answer is None:
        raise CannotJudge("the forwarder does not open a port", where=str(folder / "forward.sock"))
    return answer


def _ask_forwarder(folder: Path, target: str, listener: socket.socket | None) -> int | None:
    message = json.dumps({"target": target}).encode()
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        with socket.socket(socket.AF_UNIX) as peer:
            peer.settimeout(5)
            # Through the folder's descriptor: the path of a socket may have 107 bytes only.
            peer.connect(f"/proc/self/fd/{handle}/forward.sock")
            socket.send_fds(peer, [message], [listener.fileno()] if listener else [])
            port = json.loads(peer.recv(4096))["port"]
    except (OSError, ValueError) as error:
        raise CannotJudge(
            f"the forwarder does not answer: {error}", where=str(folder / "forward.sock")
        ) from error
    finally:
        os.close(handle)
    return int(port) if port else None


def _mounts_below(folder: Path) -> list[str]:
    """Mount points of this mount namespace inside a folder."""
    points = [line.split()[4] for line in Path("/proc/self/mountinfo").read_text().splitlines()]
    return [point for point in points if point == str(folder) or point.startswith(f"{folder}/")]
