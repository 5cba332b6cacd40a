"""Thin access to a Kubernetes API: one cheap request for polling, and the full client for everything else."""

from __future__ import annotations

import atexit
import base64
import http.client
import json
import os
import ssl
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from hallmark import process
from hallmark.outcome import CannotJudge, UsageError

if TYPE_CHECKING:
    from kubernetes.client import ApiClient

MERGE_PATCH = "application/merge-patch+json"
APPLY_PATCH = "application/apply-patch+yaml"


@dataclass(frozen=True)
class Response:
    """What the API answered: the HTTP status, and the body, parsed when it is JSON, else text."""

    status: int
    body: Any

    @property
    def ok(self) -> bool:
        return 200 <= self.status < 300

    @property
    def message(self) -> str:
        """What the API says in words, or the whole body when it says nothing."""
        said = self.body.get("message") if isinstance(self.body, dict) else None
        return str(said or self.body)


class Unreachable(CannotJudge):
    """The API server could not be reached, or did not answer in time."""


@dataclass
class Api:
    """A connection to one API server, as one user; kept open between requests, safe between threads."""

    host: str
    port: int
    path: str
    context: ssl.SSLContext | None
    headers: dict[str, str]
    where: str
    _local: threading.local = field(default_factory=threading.local)
    _kinds: dict[str, dict[str, tuple[str, bool]]] = field(default_factory=dict)

    def request(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        content_type: str = "application/json",
        timeout_s: float = 10,
    ) -> Response:
        """One request; any HTTP status is an answer. Raises Unreachable when there is none."""
        data = None if body is None else json.dumps(body).encode()
        headers = {**self.headers, **({"Content-Type": content_type} if data is not None else {})}
        for is_retry in (False, True):
            kept = getattr(self._local, "connection", None)
            connection = kept or self._connect(timeout_s)
            self._local.connection = None
            try:
                if connection.sock is not None:
                    connection.sock.settimeout(timeout_s)
                connection.request(method, self.path + path, data, headers)
                answer = connection.getresponse()
                raw = answer.read()
            except (OSError, http.client.HTTPException) as error:
                _drop(connection)
                # A kept connection may have been closed by the other side meanwhile: once more, on a new one.
                if kept is not None and not is_retry and not isinstance(error, TimeoutError):
                    continue
                raise Unreachable(f"the API server does not answer: {error}", where=self.where) from error
            if answer.will_close:
                _drop(connection)
            else:
                self._local.connection = connection
            return Response(answer.status, _parse(raw))
        raise AssertionError("unreachable")

    def path_of(self, thing: Mapping[str, Any]) -> str | None:
        """Where the API keeps an object, by its apiVersion, kind, namespace and name; None for a kind it hasn't.

        The API itself is asked for its kinds, once for each version of a group.
        """
        version, kind, metadata = thing["apiVersion"], thing["kind"], thing["metadata"]
        root = f"/{'apis' if '/' in version else 'api'}/{version}"
        if kind not in self._kinds.get(version, {}):
            self._kinds[version] = self._discover(root)
        if kind not in self._kinds[version]:
            return None
        plural, is_namespaced = self._kinds[version][kind]
        scope = f"/namespaces/{metadata.get('namespace', 'default')}" if is_namespaced else ""
        return f"{root}{scope}/{plural}/{metadata['name']}"

    def _discover(self, root: str) -> dict[str, tuple[str, bool]]:
        answer = self.request("GET", root)
        if answer.status == HTTPStatus.NOT_FOUND:
            return {}
        if not answer.ok:
            raise Unreachable(f"the API server does not say its kinds: {answer.message}", where=self.where)
        # A name with a slash is a part of another kind, such as deployments/scale.
        return {
            one["kind"]: (one["name"], one["namespaced"])
            for one in answer.body["resources"]
            if "/" not in one["name"]
        }

    def _connect(self, timeout_s: float) -> http.client.HTTPConnection:
        made: http.client.HTTPConnection
        if self.context is None:
            made = http.client.HTTPConnection(self.host, self.port, timeout=timeout_s)
        else:
            made = http.client.HTTPSConnection(self.host, self.port, context=self.context, timeout=timeout_s)
        _connections.append(made)
        return made


# Kept connections belong to threads that may end before them; they are closed with the program.
_connections: list[http.client.HTTPConnection] = []


def _drop(connection: http.client.HTTPConnection) -> None:
    connection.close()
    if connection in _connections:
        _connections.remove(connection)


@atexit.register
def _close_all() -> None:
    for connection in _connections:
        connection.close()


_apis: dict[tuple[str, int], tuple[Api, float]] = {}
_apis_lock = threading.Lock()


def api(kubeconfig: Path) -> Api:
    """The API of a kubeconfig's current context; made once for each version of the file."""
    try:
        key = (str(kubeconfig), kubeconfig.stat().st_mtime_ns)
    except OSError as error:
        raise UsageError(f"the kubeconfig cannot be read: {error.strerror}", where=str(kubeconfig)) from error
    with _apis_lock:
        known = _apis.get(key)
        if known is None or time.time() > known[1]:
            known = _open(kubeconfig)
            _apis[key] = known
        return known[0]


def request(
    kubeconfig: Path,
    method: str,
    path: str,
    body: Any = None,
    *,
    content_type: str = "application/json",
    timeout_s: float = 10,
) -> Response:
    """One request to the API of `kubeconfig`; see Api.request."""
    return api(kubeconfig).request(method, path, body, content_type=content_type, timeout_s=timeout_s)


def client(kubeconfig: Path) -> ApiClient:
    """The official client for the current context of `kubeconfig`. Its import takes about half a second."""
    from kubernetes.config import new_client_from_config

    made: ApiClient = new_client_from_config(config_file=str(kubeconfig))  # type: ignore[no-untyped-call]
    return made


def load(kubeconfig: Path) -> dict[str, Any]:
    """A kubeconfig as a document. Raises UsageError when it is none."""
    try:
        text = kubeconfig.read_text(encoding="utf-8")
    except OSError as error:
        raise UsageError(f"the kubeconfig cannot be read: {error.strerror}", where=str(kubeconfig)) from error
    try:
        document = json.loads(text)
    except ValueError:
        import yaml

        try:
            document = yaml.safe_load(text)
        except yaml.YAMLError as error:
            raise UsageError(f"the kubeconfig is no YAML: {error}", where=str(kubeconfig)) from error
    if not isinstance(document, dict) or not document.get("clusters"):
        raise UsageError("this file is no kubeconfig: it has no clusters", where=str(kubeconfig))
    return document


def current(document: dict[str, Any], kubeconfig: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    """The cluster and the user of the current context. Raises UsageError when the context leads nowhere."""
    name = document.get("current-context", "")
    context = _named(document.get("contexts"), name, "context")
    cluster = _named(document.get("clusters"), (context or {}).get("cluster", ""), "cluster")
    user = _named(document.get("users"), (context or {}).get("user", ""), "user")
    if context is None or cluster is None or user is None:
        message = f"the kubeconfig's current context {name!r} names a cluster or a user that it does not hold"
        raise UsageError(message, where=str(kubeconfig), next_step="kubectl config use-context NAME")
    return cluster, user


def _open(kubeconfig: Path) -> tuple[Api, float]:
    cluster, user = current(load(kubeconfig), kubeconfig)
    where = str(kubeconfig)
    expires = float("inf")
    if "exec" in user:
        user, expires = _credentials(user["exec"], kubeconfig)
    try:
        url = urlsplit(cluster["server"])
        context = _context(cluster, user, kubeconfig.parent) if url.scheme == "https" else None
        headers = {"Accept": "application/json"}
        if token := _token(user, kubeconfig.parent):
            headers["Authorization"] = f"Bearer {token}"
        port = url.port or (443 if context else 80)
        opened = Api(
            url.hostname or "", port, url.path.rstrip("/"), context, headers, f"{where} ({cluster['server']})"
        )
    except (KeyError, ValueError, OSError) as error:
        raise UsageError(f"the kubeconfig cannot be used: {error}", where=where) from error
    return opened, expires


def _context(cluster: dict[str, Any], user: dict[str, Any], base: Path) -> ssl.SSLContext:
    authority = _data(cluster, "certificate-authority", base)
    context = ssl.create_default_context(cadata=authority.decode() if authority else None)
    if cluster.get("insecure-skip-tls-verify"):
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    certificate, key = _data(user, "client-certificate", base), _data(user, "client-key", base)
    if certificate and key:
        # The standard library reads a certificate from files only; these never touch a disk.
        with _memory_file(certificate) as first, _memory_file(key) as second:
            context.load_cert_chain(f"/proc/self/fd/{first.fileno()}", f"/proc/self/fd/{second.fileno()}")
    return context


def _memory_file(content: bytes) -> Any:
    file = os.fdopen(os.memfd_create("hallmark"), "wb")
    file.write(content)
    file.flush()
    return file


def _data(holder: dict[str, Any], name: str, base: Path) -> bytes:
    if inline := holder.get(f"{name}-data"):
        return base64.b64decode(inline)
    if file := holder.get(name):
        return (base / str(file)).read_bytes()
    return b""


def _token(user: dict[str, Any], base: Path) -> str:
    if file := user.get("tokenFile"):
        return (base / str(file)).read_text(encoding="utf-8").strip()
    return str(user.get("token", ""))


def _credentials(command: dict[str, Any], kubeconfig: Path) -> tuple[dict[str, Any], float]:
    """Run a kubeconfig's credential plugin (EKS and others); what it says holds until its own end."""
    extra = {entry["name"]: entry["value"] for entry in command.get("env") or []}
    info = {"apiVersion": command.get("apiVersion"), "kind": "ExecCredential", "spec": {"interactive": False}}
    extra["KUBERNETES_EXEC_INFO"] = json.dumps(info)
    done = process.run([command["command"], *(command.get("args") or [])], timeout_s=60, env=extra)
    try:
        status = json.loads(done.stdout)["status"]
    except (ValueError, KeyError) as error:
        raise CannotJudge("the credential plugin gave no credentials", where=str(kubeconfig)) from error
    user: dict[str, Any] = {"token": status.get("token", "")}
    for theirs, ours in (("clientCertificateData", "client-certificate"), ("clientKeyData", "client-key")):
        if theirs in status:
            user[f"{ours}-data"] = base64.b64encode(status[theirs].encode()).decode()
    # Asked again after five minutes even when the plugin gives no end.
    return user, time.time() + 300


def _named(entries: Any, name: str, kind: str) -> dict[str, Any] | None:
    for entry in entries or []:
        if entry.get("name") == name:
            return dict(entry.get(kind) or {})
    return None


def _parse(raw: bytes) -> Any:
    try:
        return json.loads(raw)
    except ValueError:
        return raw.decode(errors="replace")
