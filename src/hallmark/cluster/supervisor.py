"""The first process of an environment's namespaces: makes them, starts the components, keeps them running.

Run by path with `python -I -S`, it imports nothing of the kit and next to nothing of the standard library: it
is on the critical path of every start. What to do comes from a plan (JSON, written by hallmark.cluster.plan):

    supervisor.py enter PLAN    join the cgroup, make the namespaces, wait for their first process
    supervisor.py first PLAN    be that first process (pid 1): mounts, addresses, components, nodes

Every step is an event with a time stamp. A condition is an empty file in the `conditions` folder: components
wait for conditions, probes and finished tasks set them, and all namespaces of the environment see them.
"""

from __future__ import annotations

import ctypes
import json
import os
import signal
import sys
import time

CLONE_NEWNS, CLONE_NEWPID, CLONE_NEWNET = 0x00020000, 0x20000000, 0x40000000
MOUNT_FLAGS = {
    "ro": 1, "nosuid": 2, "nodev": 4, "noexec": 8, "remount": 32,
    "bind": 4096, "rec": 16384, "slave": 1 << 19, "shared": 1 << 20,
}  # fmt: skip
PR_SET_PDEATHSIG = 1
FIRST_BACKOFF_S, LAST_BACKOFF_S, HEALTHY_AFTER_S = 0.1, 5.0, 10.0
FAST_TICK_S, SLOW_TICK_S = 0.01, 1.0
# A look at the API server is a TLS handshake, paid on both sides while the machine has better things to do.
HTTPS_PAUSE_S = 0.05

libc = ctypes.CDLL(None, use_errno=True)


class Events:
    """Appends one JSON object a line; a full disk must never stop the supervisor."""

    def __init__(self, path: str, source: str) -> None:
        self.fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)
        self.source = source

    def write(self, event: str, **details: object) -> None:
        line = json.dumps({"time": time.time(), "source": self.source, "event": event, **details})
        try:
            os.write(self.fd, line.encode() + b"\n")
        except OSError:
            return


def check(result: int, what: str) -> None:
    if result != 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{what}: {os.strerror(number)}")


def unshare(flags: int) -> None:
    check(libc.unshare(flags), "unshare")


def mount(source: str, target: str, kind: str, flags: list[str], data: str) -> None:
    number = 0
    for flag in flags:
        number |= MOUNT_FLAGS[flag]
    done = libc.mount(source.encode(), target.encode(), kind.encode() or None, number, data.encode() or None)
    check(done, f"mount {source} on {target}")


def die_with_parent() -> None:
    libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)


def join(procs_files: list[str]) -> None:
    for path in procs_files:
        with open(path, "w") as file:  # noqa: PTH123 - pathlib is not worth its import time here
            file.write("0")


def write_json(path: str, value: object) -> None:
    with open(path + ".part", "w") as file:  # noqa: PTH123
        json.dump(value, file)
    os.replace(path + ".part", path)  # noqa: PTH105


def enter(plan_path: str, ready_fd: int = -1) -> None:
    """Make the namespaces of a plan and be the parent of their first process until it ends."""
    plan = read_plan(plan_path)
    events = Events(plan["events"], plan["name"])
    try:
        join(plan["cgroup_procs"])
        unshare(CLONE_NEWNS | CLONE_NEWNET | CLONE_NEWPID)
    except OSError as error:
        events.write("failed", component="namespaces", message=str(error))
        sys.exit(1)
    child = os.fork()
    if child == 0:
        die_with_parent()
        os.execv(sys.executable, [sys.executable, "-I", "-S", __file__, "first", plan_path])  # noqa: S606
    write_json(
        plan["process_file"],
        {"outer": os.getpid(), "first": child, "namespaces": {
            kind: os.readlink(f"/proc/self/ns/{link}")  # noqa: PTH115
            for kind, link in (("mnt", "mnt"), ("net", "net"), ("pid", "pid_for_children"))
        }},
    )  # fmt: skip
    if ready_fd >= 0:
        os.write(ready_fd, b"1")
        os.close(ready_fd)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _, status = os.waitpid(child, 0)
    events.write("ended", status=status)
    sys.exit(1)


def read_plan(path: str) -> dict:  # type: ignore[type-arg]
    with open(path) as file:  # noqa: PTH123
        return json.load(file)  # type: ignore[no-any-return]


class Component:
    """One program: started when its conditions hold, started again with growing pauses when it ends."""

    def __init__(self, spec: dict) -> None:  # type: ignore[type-arg]
        self.name: str = spec["name"]
        self.argv: list[str] = spec["argv"]
        self.log: str = spec["log"]
        self.after: list[str] = spec.get("after", [])
        self.once: bool = spec.get("once", False)
        self.sets: str = spec.get("sets", "")
        self.keep_fds: list[int] = spec.get("keep_fds", [])
        self.node: dict | None = spec.get("node")  # type: ignore[type-arg]
        self.pid = 0
        self.started = 0.0
        self.not_before = 0.0
        self.backoff_s = FIRST_BACKOFF_S
        self.exits = 0
        self.finished = False


class Supervisor:
    def __init__(self, plan: dict) -> None:  # type: ignore[type-arg]
        self.plan = plan
        self.events = Events(plan["events"], plan["name"])
        self.conditions: str = plan["conditions"]
        self.known: set[str] = set()
        self.components = [Component(spec) for spec in plan["components"]]
        self.probes: list[dict] = list(plan.get("probes", []))  # type: ignore[type-arg]
        self.ssl_context: object = None

    def holds(self, condition: str) -> bool:
        if condition in self.known:
            return True
        if os.path.exists(f"{self.conditions}/{condition}"):  # noqa: PTH110
            self.known.add(condition)
            return True
        return False

    def set(self, condition: str) -> bool:
        try:
            os.close(os.open(f"{self.conditions}/{condition}", os.O_WRONLY | os.O_CREAT, 0o600))
        except OSError as error:
            self.events.write("condition not written", condition=condition, message=str(error))
            return False
        self.known.add(condition)
        self.events.write(condition)
        return True

    def prepare(self) -> None:
        """Mounts, files and addresses, in the order of the plan."""
        mount("none", "/", "", ["rec", "slave"], "")
        mount("proc", "/proc", "proc", ["nosuid", "nodev", "noexec"], "")
        for step in self.plan["setup"]:
            if step["do"] == "folder":
                os.makedirs(step["path"], mode=step.get("mode", 0o755), exist_ok=True)  # noqa: PTH103
            elif step["do"] == "write":
                with open(step["path"], "w") as file:  # noqa: PTH123
                    file.write(step["text"])
            elif step["do"] == "mount":
                mount(step["source"], step["target"], step["type"], step["flags"], step["data"])
            elif step["do"] == "ip":
                self.ip(step["commands"])
            elif step["do"] == "await link":
                self.await_link(step["name"])
            else:
                raise ValueError(f"unknown step {step['do']}")
        self.events.write("prepared")

    def await_link(self, name: str) -> None:
        deadline = time.monotonic() + 10
        while not os.path.exists(f"/sys/class/net/{name}"):  # noqa: PTH110
            if time.monotonic() > deadline:
                raise OSError(f"link {name} did not appear within 10 s")
            time.sleep(0.002)

    def ip(self, commands: list[str]) -> None:
        reader, writer = os.pipe()
        log = os.open(
            f"{self.plan['logs']}/{self.plan['name']}-ip.log", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600
        )
        child = os.fork()
        if child == 0:
            os.dup2(reader, 0)
            os.dup2(log, 1)
            os.dup2(log, 2)
            os.execv(self.plan["ip"], [self.plan["ip"], "-batch", "-"])  # noqa: S606
        os.close(reader)
        os.close(log)
        os.write(writer, "\n".join(commands).encode() + b"\n")
        os.close(writer)
        _, status = os.waitpid(child, 0)
        if status != 0:
            raise OSError(f"ip -batch ended with status {status}")

    def start(self, component: Component) -> None:
        ready, report = os.pipe() if component.node else (-1, -1)
        child = os.fork()
        if child == 0:
            try:
                self.become(component, report)
            except BaseException as error:  # noqa: BLE001 - this copy must never run on as the supervisor
                os.write(2, f"cannot start {component.argv}: {error}\n".encode())
            os._exit(127)
        component.pid, component.started = child, time.monotonic()
        self.events.write("started", component=component.name, pid=child)
        if component.node:
            os.close(report)
            is_ready = os.read(ready, 1) == b"1"
            os.close(ready)
            if is_ready:
                self.ip([command.replace("{pid}", str(child)) for command in component.node["ip"]])

    def become(self, component: Component, report: int) -> None:
        os.setsid()
        signal.pthread_sigmask(signal.SIG_SETMASK, [])
        log = os.open(component.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        null = os.open("/dev/null", os.O_RDONLY)
        os.dup2(null, 0)
        os.dup2(log, 1)
        os.dup2(log, 2)
        for fd in component.keep_fds:
            os.set_inheritable(fd, True)
        if component.node:
            die_with_parent()
            enter(component.node["plan"], report)
        os.execve(component.argv[0], component.argv, self.plan["environment"])  # noqa: S606

    def reap(self) -> None:
        while True:
            try:
                pid, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return
            if pid == 0:
                return
            for component in self.components:
                if component.pid == pid:
                    self.ended(component, os.waitstatus_to_exitcode(status))

    def ended(self, component: Component, code: int) -> None:
        component.pid = 0
        component.exits += 1
        if component.once and code == 0:
            component.finished = True
            self.events.write("finished", component=component.name)
            if component.sets:
                self.set(component.sets)
            return
        now = time.monotonic()
        if now - component.started > HEALTHY_AFTER_S:
            component.backoff_s = FIRST_BACKOFF_S
        self.events.write("exited", component=component.name, code=code, exits=component.exits)
        component.not_before = now + component.backoff_s
        component.backoff_s = min(component.backoff_s * 2, LAST_BACKOFF_S)

    def probe(self) -> None:
        now = time.monotonic()
        for probe in list(self.probes):
            if probe["kind"] == "https" and now < probe.get("not_before", 0.0):
                continue
            probe["not_before"] = now + HTTPS_PAUSE_S
            if not all(self.holds(condition) for condition in probe.get("after", [])):
                continue
            if self.answers(probe) and self.set(probe["sets"]):
                self.probes.remove(probe)

    def answers(self, probe: dict) -> bool:  # type: ignore[type-arg]
        import socket

        try:
            if probe["kind"] == "unix":
                with socket.socket(socket.AF_UNIX) as peer:
                    peer.connect(probe["path"])
                return True
            if probe["kind"] == "tcp":
                with socket.create_connection((probe["host"], probe["port"]), timeout=1):
                    return True
            return self.https(socket, probe)
        except OSError:
            return False

    def https(self, socket, probe: dict) -> bool:  # type: ignore[type-arg,no-untyped-def]
        with socket.create_connection((probe["host"], probe["port"]), timeout=2) as raw:
            if self.ssl_context is None:
                import ssl

                self.ssl_context = ssl.create_default_context(cafile=probe["ca"])
                self.ssl_context.load_cert_chain(probe["cert"], probe["key"])
            with self.ssl_context.wrap_socket(raw, server_hostname=probe["host"]) as peer:  # type: ignore[attr-defined]
                peer.sendall(f"GET {probe['path']} HTTP/1.0\r\nHost: {probe['host']}\r\n\r\n".encode())
                return b" 200 " in peer.recv(64)

    def run(self) -> None:
        signal.pthread_sigmask(
            signal.SIG_SETMASK, [signal.SIGCHLD, signal.SIGTERM, signal.SIGINT, signal.SIGHUP]
        )
        while True:
            self.reap()
            now = time.monotonic()
            for component in self.components:
                if component.pid or component.finished or now < component.not_before:
                    continue
                if all(self.holds(condition) for condition in component.after):
                    self.start(component)
            self.probe()
            waiting = self.probes or any(not c.pid and not c.finished for c in self.components)
            signal.sigtimedwait([signal.SIGCHLD], FAST_TICK_S if waiting else SLOW_TICK_S)


def first(plan_path: str) -> None:
    """Be process 1 of the namespaces; ends only by being killed, or when the namespaces cannot be prepared."""
    import resource

    plan = read_plan(plan_path)
    supervisor = Supervisor(plan)
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    os.umask(0o022)
    supervisor.events.write("begun")
    for component in supervisor.components:
        for fd in component.keep_fds:
            os.set_inheritable(fd, False)
    try:
        supervisor.prepare()
    except (OSError, ValueError) as error:
        supervisor.events.write("failed", component=plan["name"], message=str(error))
        sys.exit(1)
    os.chdir(plan["folder"])
    supervisor.run()


if __name__ == "__main__":
    {"enter": enter, "first": first}[sys.argv[1]](sys.argv[2])
