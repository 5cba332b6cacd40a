"""The embedded provider: a real cluster in namespaces of this machine, started in seconds, gone without a trace.

Crash safety rests on three things. Everything is in the journal before it exists. Every process is in the
environment's control group before it becomes its program, so that `down` finds all of them whatever was killed.
And the lock of the environment is held, through an inherited descriptor, by each new process until it is there.
"""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import signal
import subprocess
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
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
    ports,
    readiness,
    starting,
    traces,
)
from hallmark.cluster import place as places
from hallmark.cluster import preflight as machine
from hallmark.cluster.components import TUNED, Layout, Tuning
from hallmark.cluster.journal import boot_id
from hallmark.cluster.place import Place
from hallmark.outcome import CannotJudge, UsageError
from hallmark.records import format_time, now, parse_time, write_atomically

TOOLS = (
    "etcd", "kube-apiserver", "kube-controller-manager", "kube-scheduler", "kubelet", "kube-proxy", "registry",
    "coredns", "metrics-server", "pause",
)  # fmt: skip
PROGRAMS = ("containerd", "ctr", "runc", "ip")
START_TIMEOUT_S = 120.0
POLL_S = 0.03
_SIGNALS = (signal.SIGINT, signal.SIGTERM)
# The parents of first processes that this process started: kept so that they are waited for when they end.
_children: dict[str, subprocess.Popen[bytes]] = {}


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
        with _interruptible(), places.locked(name, report):
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
                raise starting.explain(place, error) from error
            except BaseException:
                with _undisturbed():
                    self._remove(place, report)
                raise

    def down(self, name: str, report: Report = lambda _: None) -> None:
        config.check_name(name)
        with places.locked(name, report), _undisturbed():
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
        if not places.home().is_dir():
            return []
        return [
            self._status(Place(folder.name)) for folder in sorted(places.home().iterdir()) if folder.is_dir()
        ]

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
        yield f"http://127.0.0.1:{ports.forward(Place(environment.name).folder, target)}"

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
        expired = [item.name for item in self.list() if (item.expires_in_s or 0) < 0 and item.name != keep]
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
            api, registry = (stack.enter_context(ports.listener()) for _ in range(2))
            taken = {item: int(item.getsockname()[1]) for item in (api, registry)}
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
            journal.record_all([*plan.things(run), *(("port", str(port)) for port in taken.values())])
            self._write(run, place)
            write_atomically(
                place.kubeconfig,
                pki.kubeconfig(layout.pki, "admin", f"https://127.0.0.1:{taken[api]}"),
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
                "api": f"https://127.0.0.1:{taken[api]}",
                "registry_push": f"127.0.0.1:{taken[registry]}",
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
        first = _children.get(str((place.read() or {}).get("group")))

        def until(what: str, is_there: Any) -> None:
            while True:
                with contextlib.suppress(kube.Unreachable):
                    if is_there():
                        starting.note(place, what)
                        report(f"{what} after {starting.age_s(place):.1f} s")
                        return
                starting.raise_if_hopeless(place, first)
                if time.monotonic() > deadline:
                    raise starting.failure(
                        place, f"{what} did not come within {START_TIMEOUT_S:g} s", starting.suspect(place)
                    )
                time.sleep(POLL_S)

        until(
            "API server ready",
            lambda: (place.folder / "conditions" / "readyz").exists() and api.request("GET", "/readyz").ok,
        )
        addons.install(api, addons.network(_programs()))
        until("nodes ready", lambda: readiness.ready_nodes(api) >= nodes)
        until("registry ready", lambda: readiness.registry_answers(place))
        until("DNS ready", lambda: readiness.is_available(api, "coredns") and readiness.dns_answers(place))
        # Last: it is the heaviest to start, and the first pods would wait for it.
        addons.install(api, addons.metrics(_programs()))
        # Its first figures come one resolution (10 s) later: usage is the difference of two looks.
        until("metrics ready", lambda: readiness.metrics_answer(api))

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
        return "starting" if places.is_locked(place.name) else "broken"

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
        with traces.known(place) as known:
            for group in journal.names("cgroup"):
                # A group's name carries the run's own id: it is nobody else's, whatever boot it is from.
                left += [f"process {pid}" for pid in sorted(cgroups.kill(groups, group))]
                if child := _children.pop(group, None):
                    child.wait()
                left += [f"control group {folder}" for folder in cgroups.remove(groups, group)]
            left += traces.left_in_kernel(place.folder, known)
        if not left:
            traces.delete(place.folder)
        if left or place.folder.exists():
            what = ", ".join(left or [str(place.folder)])
            raise CannotJudge(
                f"environment {place.name} is not gone: {what} is left",
                where=str(place.folder),
                next_step=f"./hallmark down {place.name}",
            )
        report("nothing is left")


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


def _programs() -> dict[str, Path]:
    found = {name: tools.path(name) for name in TOOLS}
    for name in PROGRAMS:
        path = machine.program(name)
        if path is None:
            raise CannotJudge(f"{name} is not installed", next_step="./hallmark doctor")
        found[name] = path
    return found


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


def _first_process_lives(place: Place) -> bool:
    try:
        found = json.loads((place.folder / "processes" / "cluster.json").read_text())
        return str(Path(f"/proc/{found['first']}/ns/net").readlink()) == str(found["namespaces"]["net"])
    except (OSError, ValueError, KeyError):
        return False
