"""The enforcing program on real network namespaces of its own, against an API server made for the purpose.

No cluster: a node, an edge and pods are network namespaces joined by veth pairs, all below one namespace that the
test makes, so the machine's own network is never touched. Real: the kernel's rules, nft, TLS, list and watch.
"""

from __future__ import annotations

import base64
import contextlib
import ctypes
import datetime
import errno
import functools
import ipaddress
import json
import os
import queue
import signal
import socket
import ssl
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import parse_qs, urlsplit

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from hallmark import process
from hallmark.cluster import netpol

T = TypeVar("T")
REACTION_S = 0.5  # a change must be in force by then; the aim is 0.1 s, the rest is for a busy machine

# ---- places ----


class Place:
    """A network namespace, held by a process that only sleeps."""

    def __init__(self) -> None:
        self.holder = subprocess.Popen(["unshare", "--net", "--kill-child", "sleep", "600"])
        host = Path("/proc/self/ns/net").readlink()
        wait_for(lambda: Path(f"/proc/{self.holder.pid}/ns/net").readlink() != host, "a network namespace")

    @property
    def pid(self) -> str:
        return str(self.holder.pid)

    def ip(self, words: str) -> None:
        process.run(["nsenter", "-t", self.pid, "-n", "ip", *words.split()], timeout_s=5)

    def call(self, work: Callable[[], T]) -> T:
        """Run `work` in a thread that has entered this namespace; sockets made there stay there."""
        results: queue.Queue[tuple[T | None, BaseException | None]] = queue.Queue()

        def enter() -> None:
            try:
                handle = os.open(f"/proc/{self.pid}/ns/net", os.O_RDONLY)
                try:
                    if ctypes.CDLL(None, use_errno=True).setns(handle, 0x40000000):  # CLONE_NEWNET
                        raise OSError(ctypes.get_errno(), "setns")
                finally:
                    os.close(handle)
                results.put((work(), None))
            except BaseException as error:  # noqa: BLE001 - handed to the caller
                results.put((None, error))

        threading.Thread(target=enter, daemon=True).start()
        value, error = results.get(timeout=30)
        if error is not None:
            raise error
        return value  # type: ignore[return-value]

    def close(self) -> None:
        self.holder.kill()
        self.holder.wait()


def wait_for(holds: Callable[[], bool], what: str, timeout_s: float = 10.0) -> float:
    """The seconds until `holds`."""
    began = time.monotonic()
    while not holds():
        assert time.monotonic() - began < timeout_s, f"not within {timeout_s} s: {what}"
        time.sleep(0.005)
    return time.monotonic() - began


def connects(place: Place, target: str, port: int = 8080, timeout_s: float = 0.25) -> bool:
    """Whether a TCP connection is answered; a refusal is an answer of the target too."""

    def attempt() -> bool:
        with socket.socket() as client:
            client.settimeout(timeout_s)
            return client.connect_ex((target, port)) in (0, errno.ECONNREFUSED)

    return place.call(attempt)


# ---- the API server ----


class FakeApi:
    """Lists and watches as the API server does: versions, bookmarks, 410 for versions it has forgotten."""

    def __init__(self, listener: socket.socket, tls: ssl.SSLContext) -> None:
        self.version = 100
        self.oldest = 0
        self.objects: dict[str, dict[str, dict[str, Any]]] = {path: {} for path in netpol.RESOURCES.values()}
        self.history: dict[str, list[tuple[int, dict[str, Any]]]] = {path: [] for path in self.objects}
        self.changed = threading.Condition()
        self.requests: list[str] = []
        self.streams: set[socket.socket] = set()
        self.forbidden = False
        api = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                with contextlib.suppress(OSError):
                    api.answer(self)

            def log_message(self, *_: object) -> None: ...

        class Server(ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, *_: object) -> None: ...  # connections are cut on purpose

        self.server = Server(("127.0.0.1", 0), Handler, bind_and_activate=False)
        self.server.socket.close()
        self.server.socket = tls.wrap_socket(listener, server_side=True)
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()

    def answer(self, request: BaseHTTPRequestHandler) -> None:
        url = urlsplit(request.path)
        query = {key: values[0] for key, values in parse_qs(url.query).items()}
        kind = next(name for name, path in netpol.RESOURCES.items() if path == url.path)
        self.requests.append(f"{'watch' if 'watch' in query else 'list'} {kind}")
        if self.forbidden:
            self._send(request, 403, {"kind": "Status", "code": 403, "message": "not yet"})
        elif "watch" in query:
            self._stream(request, url.path, int(query["resourceVersion"]))
        else:
            self._page(request, url.path, query)

    def _page(self, request: BaseHTTPRequestHandler, path: str, query: dict[str, str]) -> None:
        """Two objects a page, whatever limit was asked for, so that every list needs its pages."""
        with self.changed:
            start = int(query.get("continue", "0"))
            items = list(self.objects[path].values())
            metadata: dict[str, str] = {"resourceVersion": str(self.version)}
            if start + 2 < len(items):
                metadata["continue"] = str(start + 2)
            body = {"metadata": metadata, "items": items[start : start + 2]}
        self._send(request, 200, body)

    def _send(self, request: BaseHTTPRequestHandler, status: int, body: dict[str, Any]) -> None:
        raw = json.dumps(body).encode()
        request.send_response(status)
        request.send_header("Content-Length", str(len(raw)))
        request.end_headers()
        request.wfile.write(raw)

    def _stream(self, request: BaseHTTPRequestHandler, path: str, since: int) -> None:
        request.send_response(200)
        request.send_header("Transfer-Encoding", "chunked")
        request.end_headers()
        self.streams.add(request.connection)
        bookmarked = False
        while True:
            with self.changed:
                if since < self.oldest:
                    events = [
                        {"type": "ERROR", "object": {"kind": "Status", "code": 410, "message": "too old"}}
                    ]
                else:
                    events = [event for version, event in self.history[path] if version > since]
                    since = self.version
                if not events and bookmarked:
                    self.changed.wait(1)
                    continue
            if not bookmarked:
                events.append({"type": "BOOKMARK", "object": {"metadata": {"resourceVersion": str(since)}}})
                bookmarked = True
            for event in events:
                line = json.dumps(event).encode() + b"\n"
                request.wfile.write(f"{len(line):x}\r\n".encode() + line + b"\r\n")
            if events[0]["type"] == "ERROR":
                request.wfile.write(b"0\r\n\r\n")
                return

    def put(self, kind: str, source: dict[str, Any], event: str = "MODIFIED") -> None:
        path = netpol.RESOURCES[kind]
        key = f"{source['metadata'].get('namespace')}/{source['metadata']['name']}"
        with self.changed:
            self.version += 1
            source["metadata"]["resourceVersion"] = str(self.version)
            if event == "DELETED":
                del self.objects[path][key]
            else:
                self.objects[path][key] = source
            self.history[path].append((self.version, {"type": event, "object": source}))
            self.changed.notify_all()

    def delete(self, kind: str, source: dict[str, Any]) -> None:
        self.put(kind, source, "DELETED")

    def forget(self) -> None:
        """Every version handed out so far becomes too old to watch from."""
        with self.changed:
            self.version += 1
            self.oldest = self.version
            for events in self.history.values():
                events.clear()
        self.cut()

    def cut(self) -> None:
        """Break every watch, as a restart of the server does."""
        for stream in self.streams:
            with contextlib.suppress(OSError):
                stream.shutdown(socket.SHUT_RDWR)
        self.streams = set()

    def close(self) -> None:
        self.server.shutdown()
        self.cut()
        self.server.server_close()


def certificate() -> tuple[bytes, bytes]:
    """A self-signed certificate for 127.0.0.1 and its key, PEM."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "test")])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), False
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), True)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return made.public_bytes(serialization.Encoding.PEM), private


# ---- a node with two pods ----


class Node:
    """A node with eth0, an edge beside it, and pods; the program under test runs in the node's namespace."""

    def __init__(self, folder: Path, stack: contextlib.ExitStack) -> None:
        self.stack, self.folder = stack, folder
        self.place, self.edge = self._place(), self._place()
        self.edge.ip(f"link add node type veth peer name eth0 netns {self.place.pid}")
        for words in (
            "addr add 10.200.0.1/24 dev node",
            "link set node up",
            "route add 10.244.0.0/16 via 10.200.0.11",
        ):
            self.edge.ip(words)
        for words in ("link set lo up", "addr add 10.200.0.11/24 dev eth0", "link set eth0 up"):
            self.place.ip(words)
        process.run(
            ["nsenter", "-t", self.place.pid, "-n", "sysctl", "-qw", "net.ipv4.ip_forward=1"], timeout_s=5
        )
        self.records = folder / "results"
        self.log = folder / "log"
        self.ready = folder / "ready"
        cert, key = certificate()
        (folder / "pair.pem").write_bytes(cert + key)
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        tls.load_cert_chain(folder / "pair.pem")
        listener = self.place.call(lambda: socket.create_server(("127.0.0.1", 0)))
        port = listener.getsockname()[1]
        self.api = FakeApi(listener, tls)
        stack.callback(self.api.close)
        self.kubeconfig = folder / "kubeconfig"
        cluster = {
            "server": f"https://127.0.0.1:{port}",
            "certificate-authority-data": base64.b64encode(cert).decode(),
        }
        self.kubeconfig.write_text(
            json.dumps(
                {
                    "current-context": "x",
                    "contexts": [{"name": "x", "context": {"cluster": "c", "user": "u"}}],
                    "clusters": [{"name": "c", "cluster": cluster}],
                    "users": [{"name": "u", "user": {"token": "t"}}],
                }
            )
        )
        self.api.put("namespaces", {"metadata": {"name": "app", "labels": {"team": "red"}}})

    def _place(self) -> Place:
        place = Place()
        self.stack.callback(place.close)
        return place

    def pod(self, number: int) -> Place:
        """A namespace with the address 10.244.1.`number`, joined to the node by a veth pair and a host route."""
        place = self._place()
        self.place.ip(f"link add pod{number} type veth peer name eth0 netns {place.pid}")
        for words in (
            f"link set pod{number} up",
            f"addr add 10.244.1.1/32 dev pod{number}",
            f"route add 10.244.1.{number} dev pod{number}",
        ):
            self.place.ip(words)
        for words in (
            "link set lo up",
            f"addr add 10.244.1.{number}/32 dev eth0",
            "link set eth0 up",
            "route add 10.244.1.1 dev eth0",
            "route add default via 10.244.1.1",
        ):
            place.ip(words)
        return place

    def program(self, *more: str) -> list[str]:
        words = [
            f"--kubeconfig={self.kubeconfig}",
            "--node=node1",
            "--pod-cidr=10.244.1.0/24",
            f"--ready-file={self.ready}",
            f"--cni-results={self.records}",
        ]
        inside = ["nsenter", "-t", self.place.pid, "-n", "--"]
        python = str(Path(getattr(sys, "_base_executable", sys.executable)).resolve())
        return [*inside, python, "-I", "-S", str(Path(netpol.__file__)), *words, *more]

    def start(self) -> subprocess.Popen[bytes]:
        with self.log.open("ab") as log:
            child = subprocess.Popen(
                self.program("--node-address=10.200.0.11"), stdout=log, stderr=subprocess.STDOUT
            )

        def end() -> None:
            child.kill()
            child.wait()

        self.stack.callback(end)
        return child

    def started(self) -> subprocess.Popen[bytes]:
        child = self.start()
        wait_for(self.ready.exists, f"ready; the log says: {self.log.read_text()}")
        return child

    def applied(self) -> int:
        """How many times rules have been applied so far."""
        return self.log.read_text().count("applied in")

    def has_applied(self, times: int) -> bool:
        return self.applied() >= times

    def rules(self) -> str:
        words = ["nsenter", "-t", self.place.pid, "-n", "nft", "list", "table", "ip", netpol.TABLE]
        return process.run(words, timeout_s=5, check=False).stdout


@pytest.fixture
def node(tmp_path: Path) -> Iterator[Node]:
    assert os.geteuid() == 0, "network namespaces need root: run these tests with sudo"
    with contextlib.ExitStack() as stack:
        yield Node(tmp_path, stack)


def pod(name: str, number: int | None, **labels: str) -> dict[str, Any]:
    status = {"phase": "Running", "podIP": f"10.244.1.{number}"} if number else {"phase": "Pending"}
    return {
        "metadata": {"namespace": "app", "name": name, "uid": name, "labels": labels},
        "spec": {"nodeName": "node1", "containers": [{"ports": [{"name": "http", "containerPort": 8080}]}]},
        "status": status,
    }


def deny(name: str = "deny", **spec: Any) -> dict[str, Any]:
    return {
        "metadata": {"namespace": "app", "name": name},
        "spec": {"podSelector": {"matchLabels": {"app": "web"}}, "policyTypes": ["Ingress"], **spec},
    }


WEB, CLIENT = "10.244.1.2", "10.244.1.3"


@pytest.fixture
def pods(node: Node) -> tuple[Place, Place]:
    """A server's and a client's namespace, both known to the API server."""
    node.api.put("pods", pod("web", 2, app="web"))
    node.api.put("pods", pod("client", 3, app="client"))
    return node.pod(2), node.pod(3)


def test_closed_until_the_first_sync(node: Node, pods: tuple[Place, Place]) -> None:
    """Started while the API server refuses: pods get nothing; as soon as it answers they get what is theirs."""
    node.api.forbidden = True
    node.start()
    wait_for(lambda: "closed" in node.log.read_text(), "the closed rules")
    assert not connects(pods[1], WEB)
    assert not connects(node.edge, WEB)
    assert connects(node.place, WEB), "the node itself must reach its pods: the kubelet's probes"
    assert not node.ready.exists()
    node.api.forbidden = False
    wait_for(lambda: connects(pods[1], WEB), "the client passes")
    assert node.ready.exists()
    assert "403" in node.log.read_text()


def test_a_change_of_policy_acts_within_the_limit(node: Node, pods: tuple[Place, Place]) -> None:
    """Deny, allow by label, deny again, removed: each by its watch event and each in time."""
    _, client = pods
    node.started()
    assert connects(client, WEB)
    rule = {"from": [{"podSelector": {"matchLabels": {"app": "client"}}}], "ports": [{"port": "http"}]}
    changes: list[tuple[Callable[[], None], bool]] = [
        (lambda: node.api.put("policies", deny()), False),
        (lambda: node.api.put("policies", deny("allow", ingress=[rule])), True),
        (lambda: node.api.delete("policies", deny("allow")), False),
        (lambda: node.api.delete("policies", deny()), True),
    ]
    took = []
    for applied, (change, passes) in enumerate(changes, start=node.applied()):
        change()
        took.append(wait_for(functools.partial(node.has_applied, applied + 1), "the new rules"))
        assert connects(client, WEB) is passes
    print("seconds from event to rules:", [round(seconds, 3) for seconds in took])
    assert max(took) < REACTION_S
    assert [one for one in node.api.requests if one.startswith("list policies")] == ["list policies"]


def test_a_change_ends_flows_that_it_no_longer_allows(node: Node, pods: tuple[Place, Place]) -> None:
    """A connection that was open before the policy carries nothing more from the client after it."""
    web, client = pods
    node.started()
    listener = web.call(lambda: socket.create_server(("0.0.0.0", 8080)))
    with listener, client.call(lambda: socket.create_connection((WEB, 8080), timeout=2)) as asking:
        answering, _ = listener.accept()
        with answering:
            asking.sendall(b"before")
            assert answering.recv(16) == b"before"
            node.api.put("policies", deny())
            wait_for(lambda: "ingress_0" in node.rules(), "the rules")
            asking.sendall(b"after")
            answering.settimeout(0.6)
            with pytest.raises(TimeoutError):
                answering.recv(16)
            node.api.delete("policies", deny())
            answering.settimeout(5)
            assert answering.recv(16) == b"after"


def test_answers_pass_where_the_other_direction_is_denied(node: Node, pods: tuple[Place, Place]) -> None:
    """A pod with no ingress still gets the answers to what it asks, over TCP and UDP."""
    web, client = pods
    node.api.put("policies", deny(podSelector={"matchLabels": {"app": "client"}}))
    node.started()
    assert not connects(web, CLIENT)
    assert connects(client, WEB)
    with (
        web.call(lambda: socket.socket(type=socket.SOCK_DGRAM)) as server,
        client.call(lambda: socket.socket(type=socket.SOCK_DGRAM)) as asking,
    ):
        server.bind(("0.0.0.0", 5353))
        for one in (server, asking):
            one.settimeout(2)
        asking.sendto(b"?", (WEB, 5353))
        question, address = server.recvfrom(16)
        server.sendto(b"!", address)
        assert (question, asking.recv(16)) == (b"?", b"!")


def test_a_new_pod_is_closed_until_it_is_known(node: Node, pods: tuple[Place, Place]) -> None:
    """Its address in use but unknown: nothing. The CNI's record makes it known before the status does."""
    web, _ = pods
    node.started()
    late = node.pod(4)
    node.api.put("pods", pod("late", None, app="late"))
    assert not connects(late, WEB)
    assert not connects(web, "10.244.1.4")
    record = {
        "cniArgs": [["K8S_POD_NAMESPACE", "app"], ["K8S_POD_NAME", "late"], ["K8S_POD_UID", "late"]],
        "result": {"ips": [{"version": "4", "address": "10.244.1.4/32"}]},
    }
    (node.records / "hallmark-1-eth0").write_text(json.dumps(record))
    took = wait_for(lambda: "10.244.1.4" in node.rules(), "the address is known")
    assert connects(late, WEB)
    (node.records / "hallmark-1-eth0").unlink()
    wait_for(lambda: "10.244.1.4" not in node.rules(), "the address is forgotten")
    assert not connects(late, WEB)
    print("seconds from record to rules:", round(took, 3))
    assert took < REACTION_S


def test_it_catches_up_after_forgotten_versions_and_cut_connections(
    node: Node, pods: tuple[Place, Place]
) -> None:
    """410 leads to a new list; a cut watch continues where it was; nothing is missed in between."""
    _, client = pods
    node.started()
    node.api.put("policies", deny())
    node.api.cut()
    wait_for(lambda: not connects(client, WEB), "the policy set just before the cut")
    before = node.api.requests.count("list policies")
    node.api.forget()
    wait_for(lambda: node.api.requests.count("list policies") > before, "a new list")
    node.api.delete("policies", deny())
    wait_for(lambda: connects(client, WEB), "the policy's removal")


def test_rules_stay_when_the_api_server_or_the_program_is_gone(node: Node, pods: tuple[Place, Place]) -> None:
    """Neither loss opens anything or closes what was open; a restarted program doesn't close it either."""
    web, client = pods
    node.api.put("policies", deny(ingress=[{"from": [{"podSelector": {"matchLabels": {"app": "client"}}}]}]))
    child = node.started()
    node.api.forbidden = True
    node.api.cut()
    wait_for(lambda: "403" in node.log.read_text(), "the loss is noticed")
    assert connects(client, WEB)
    assert not connects(node.edge, WEB)
    child.send_signal(signal.SIGKILL)
    child.wait()
    assert connects(client, WEB)
    assert not connects(node.edge, WEB)
    node.start()
    wait_for(lambda: node.log.read_text().count("403") > 1, "the new program asks")
    assert connects(client, WEB)
    assert not connects(node.edge, WEB)
    assert connects(web, CLIENT)


def test_a_burst_of_events_becomes_few_transactions(node: Node, pods: tuple[Place, Place]) -> None:
    """Two hundred changes at once are carried together, and the last state is in force at the end."""
    _, client = pods
    node.started()
    for number in range(200):
        port = {"ports": [{"port": 8000 + number}]}
        node.api.put("policies", deny(ingress=[port]))
    wait_for(lambda: "8199" in node.rules(), "the last of them")
    assert connects(client, WEB, 8199)
    assert not connects(client, WEB, 8080)
    assert node.applied() < 50


def test_it_is_small(node: Node, pods: tuple[Place, Place]) -> None:
    """One runs on every node: its private memory stays below 20 MiB."""
    del pods
    child = node.started()
    rollup = Path(f"/proc/{child.pid}/smaps_rollup").read_text()
    sizes = {words[0].rstrip(":"): int(words[1]) for words in map(str.split, rollup.splitlines()[1:])}
    print("kB:", {key: sizes[key] for key in ("Rss", "Pss", "Anonymous")})
    assert sizes["Anonymous"] < 20 * 1024


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        (["--node-address=10.200.0.12"], "eth0 has 10.200.0.11 here, not 10.200.0.12"),
        (["--node-address=10.200.0.11", "--host-netns=HERE"], "host's network namespace"),
    ],
)
def test_it_refuses_a_namespace_that_is_not_the_nodes(node: Node, more: list[str], reason: str) -> None:
    """Wrong address, or the namespace that the caller has forbidden: exit code 2 and not one rule."""
    here = str(Path(f"/proc/{node.place.pid}/ns/net").readlink())
    done = process.run(
        node.program(*[word.replace("HERE", here) for word in more]), timeout_s=10, check=False
    )
    assert (done.returncode, reason in done.stdout, node.rules()) == (2, True, "")
