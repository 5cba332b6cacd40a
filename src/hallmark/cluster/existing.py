"""The provider over any cluster that a kubeconfig reaches: kind, minikube, a shared one. It starts no cluster.

`up` checks that the cluster answers and writes down who uses it until when; `down` removes the namespaces that
the kit made there, and nothing else.
"""

from __future__ import annotations

import json
import os
import re
import select
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from hallmark import config, folders, process, tools
from hallmark.cluster import Environment, EnvironmentStatus, Report, kube
from hallmark.cluster.journal import Journal
from hallmark.outcome import CannotJudge, UsageError
from hallmark.records import format_time, now, parse_time, write_atomically

FORWARD_TIMEOUT_S = 30.0
GONE_TIMEOUT_S = 120.0
# The registry that the cluster pulls from, for images that the kit builds: a setting of the person, not of the kit.
REGISTRY_VARIABLE = "HALLMARK_REGISTRY"
_FORWARDING = re.compile(r"Forwarding from 127\.0\.0\.1:(\d+) ->")
_PROXYING = re.compile(r"Starting to serve on 127\.0\.0\.1:(\d+)")


@dataclass(frozen=True)
class Existing:
    """See hallmark.cluster.Provider. Without `kubeconfig` it is KUBECONFIG's first file, else ~/.kube/config."""

    kubeconfig: Path | None = None

    def up(
        self,
        name: str,
        *,
        nodes: int,  # noqa: ARG002 - the cluster has the nodes that it has
        owner: str,
        ttl_s: float,
        report: Report = lambda _: None,
    ) -> Environment:
        config.check_name(name)
        kubeconfig = self._kubeconfig()
        answer = kube.request(kubeconfig, "GET", "/version")
        if not answer.ok:
            raise CannotJudge(f"the cluster answers {answer.status}: {answer.body}", where=str(kubeconfig))
        report(f"the cluster answers: Kubernetes {answer.body['gitVersion']}")
        moment = format_time(now())
        record = self._read(name) or {"owner": owner, "created": moment}
        record = {**record, "kubeconfig": str(kubeconfig), "ttl_s": ttl_s, "renewed": moment}
        write_atomically(_folder(name) / "environment.json", json.dumps(record), 0o600)
        return self.find(name)

    def down(self, name: str, report: Report = lambda _: None) -> None:
        config.check_name(name)
        folder = _folder(name)
        record = self._read(name)
        if record is not None:
            kubeconfig = Path(record["kubeconfig"])
            made = list(dict.fromkeys(_journal(name).names("kubernetes namespace")))
            for namespace in made:
                report(f"removing namespace {namespace}")
                kube.request(kubeconfig, "DELETE", f"/api/v1/namespaces/{namespace}")
            _wait_until_gone(kubeconfig, made)
        shutil.rmtree(folder, ignore_errors=True)

    def find(self, name: str) -> Environment:
        record = self._read(name)
        if record is None:
            raise UsageError(
                f"no environment {name} is known", next_step=f"./hallmark up {name} --provider existing"
            )
        kubeconfig = Path(record["kubeconfig"])
        if self.kubeconfig is not None and kubeconfig != self._kubeconfig():
            raise UsageError(f"environment {name} is on another cluster", where=str(kubeconfig))
        push, pull = registry()
        return Environment(
            name=name,
            provider="existing",
            kubeconfig=kubeconfig,
            owner=record["owner"],
            created=record["created"],
            ttl_s=record["ttl_s"],
            registry_push=push,
            registry_pull=pull,
            renewed=record["renewed"],
        )

    def list(self) -> list[EnvironmentStatus]:
        home = _home()
        names = sorted(folder.name for folder in home.iterdir() if folder.is_dir()) if home.is_dir() else []
        return [self._status(name) for name in names]

    @contextmanager
    def service(self, environment: Environment, namespace: str, service: str, port: int) -> Iterator[str]:
        with forwarded(environment.kubeconfig, namespace, service, port) as url:
            yield url

    def logs(self, name: str, component: str | None = None) -> str:  # noqa: ARG002
        raise UsageError(
            f"environment {name} is not the kit's own: it has no component logs", where="provider existing"
        )

    def record_namespace(self, name: str, namespace: str) -> None:
        _journal(name).record("kubernetes namespace", namespace)

    def _kubeconfig(self) -> Path:
        if self.kubeconfig is not None:
            found = self.kubeconfig
        else:
            named = os.environ.get("KUBECONFIG", "").split(os.pathsep)[0]
            found = Path(named) if named else Path.home() / ".kube" / "config"
        if not found.is_file():
            raise UsageError(
                "there is no kubeconfig", where=str(found), next_step="name one: --kubeconfig FILE"
            )
        return found.resolve()

    def _read(self, name: str) -> dict[str, Any] | None:
        try:
            found = json.loads((_folder(name) / "environment.json").read_text(encoding="utf-8"))
        except (FileNotFoundError, ValueError):
            return None
        return found if isinstance(found, dict) else None

    def _status(self, name: str) -> EnvironmentStatus:
        record = self._read(name) or {}
        moment = now()
        created = parse_time(record["created"]) if "created" in record else moment
        renewed = parse_time(record["renewed"]) if "renewed" in record else moment
        ttl_s = float(record.get("ttl_s", 0))
        return EnvironmentStatus(
            name=name,
            provider="existing",
            state="running" if record else "broken",
            owner=str(record.get("owner", "")),
            age_s=(moment - created).total_seconds(),
            ttl_s=ttl_s,
            expires_in_s=(renewed + timedelta(seconds=ttl_s) - moment).total_seconds(),
            memory_bytes=0,
            nodes=0,
            api=str(record.get("kubeconfig", "")),
        )


@contextmanager
def forwarded(kubeconfig: Path, namespace: str, service: str, port: int) -> Iterator[str]:
    """A `kubectl port-forward` for as long as the block lasts. It leads to one pod, as upstream's does."""
    words = [
        f"--namespace={namespace}",
        "port-forward",
        "--address=127.0.0.1",
        f"service/{service}",
        f":{port}",
    ]
    where = f"service {service} in namespace {namespace}"
    with _serving(kubeconfig, words, _FORWARDING, where) as local:
        yield f"http://127.0.0.1:{local}"


@contextmanager
def proxied(kubeconfig: Path, namespace: str, service: str, port: int) -> Iterator[str]:
    """A `kubectl proxy` for as long as the block lasts: the API server chooses a ready pod for every request."""
    path = f"/api/v1/namespaces/{namespace}/services/{service}:{port}/proxy"
    words = [
        "proxy",
        "--address=127.0.0.1",
        "--port=0",
        f"--accept-paths=^{re.escape(path)}(/|$)",
        "--reject-paths=^$",
    ]
    where = f"service {service} in namespace {namespace}"
    with _serving(kubeconfig, words, _PROXYING, where) as local:
        yield f"http://127.0.0.1:{local}{path}"


@contextmanager
def _serving(kubeconfig: Path, words: list[str], says: re.Pattern[str], where: str) -> Iterator[int]:
    """A kubectl that serves on a port of its own choice, which it `says`."""
    argv = [str(tools.path("kubectl")), f"--kubeconfig={kubeconfig}", *words]
    child = subprocess.Popen(argv, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True)
    try:
        yield _port(child, says, where)
    finally:
        process.kill_group(child)
        child.wait()
        if child.stdout:
            child.stdout.close()


def registry() -> tuple[str, str]:
    """Where images are pushed to and how manifests name it, for a cluster that is not on this machine."""
    push, _, pull = os.environ.get(REGISTRY_VARIABLE, "").partition("=")
    return push, pull or push


def _home() -> Path:
    return folders.state_home() / "existing"


def _folder(name: str) -> Path:
    return _home() / name


def _journal(name: str) -> Journal:
    _folder(name).mkdir(parents=True, exist_ok=True, mode=0o700)
    return Journal(_folder(name) / "journal.jsonl")


def _port(child: subprocess.Popen[bytes], says: re.Pattern[str], where: str) -> int:
    """The port that kubectl chose; raises CannotJudge with its words when it ends or says nothing."""
    said = b""
    deadline = time.monotonic() + FORWARD_TIMEOUT_S
    while child.stdout is not None and time.monotonic() < deadline:
        ready, _, _ = select.select([child.stdout], [], [], 0.5)
        if ready:
            piece = os.read(child.stdout.fileno(), 4096)
            said += piece
            found = says.search(said.decode(errors="replace"))
            if found:
                return int(found[1])
            if not piece:
                break
    words = said.decode(errors="replace").strip() or "it says nothing"
    raise CannotJudge(f"the service cannot be reached: {words}", where=where)


def _wait_until_gone(kubeconfig: Path, namespaces: list[str]) -> None:
    deadline = time.monotonic() + GONE_TIMEOUT_S
    left = list(namespaces)
    while left:
        left = [
            name
            for name in left
            if kube.request(kubeconfig, "GET", f"/api/v1/namespaces/{name}").status != 404
        ]
        if left and time.monotonic() > deadline:
            raise CannotJudge(f"namespaces are left: {', '.join(left)}", where=str(kubeconfig))
        if left:
            time.sleep(0.3)
