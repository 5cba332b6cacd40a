"""The stand-in for the front of a cluster on EKS refuses what EKS refuses: else its other tests would prove nothing."""

from __future__ import annotations

import base64
import json
import ssl
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import boto3
import pytest
from tests.eks.credentials import KEYS, REGION
from tests.eks.front import Front
from tests.eks.identity import Authenticator

from hallmark.cluster import eks_kubeconfig, kube, pki
from hallmark.cluster.eks_record import Place, Record, Records

RECORD = Record(
    name="pr-7", region=REGION, owner="me", created="2030-01-31T12:00:00.000Z", renewed="2030-01-31T12:00:00.000Z",
    ttl_s=60, stage="running", cluster="hallmark-pr-7",
)  # fmt: skip


@pytest.fixture
def behind(tmp_path: Path) -> Iterator[tuple[Path, list[dict[str, str]]]]:
    """A server that takes the administrator's certificate, by its kubeconfig, and the headers that it was sent."""
    folder = tmp_path / "pki"
    pki.make(folder, now=time.time())
    seen: list[dict[str, str]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            seen.append({name.lower(): value for name, value in self.headers.items()})
            self.send_response(201)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "apiserver.crt", folder / "apiserver.key")
    context.load_verify_locations(folder / "ca.crt")
    context.verify_mode = ssl.CERT_REQUIRED
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    kubeconfig = tmp_path / "admin.kubeconfig"
    kubeconfig.write_text(pki.kubeconfig(folder, "admin", f"https://127.0.0.1:{server.server_address[1]}"))
    yield kubeconfig, seen
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def front(
    behind: tuple[Path, list[dict[str, str]]], aws: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Front]:
    """A front before it, for one cluster; the environment's kubeconfig leads to the front."""
    monkeypatch.setenv("HALLMARK_STATE", str(tmp_path / "state"))
    secrets = dict(KEYS)
    folder = tmp_path / "front"
    folder.mkdir()
    made = Front(Authenticator(RECORD.cluster, aws, secrets), behind[0], folder)
    authority = base64.b64encode(made.authority).decode()
    record = replace(RECORD, endpoint=made.url, authority=authority)
    Records().write(record)
    eks_kubeconfig.write(record)
    iam = boto3.session.Session().client("iam", region_name=REGION)
    role = iam.create_role(RoleName="deployer", AssumeRolePolicyDocument="{}")["Role"]["Arn"]
    given = boto3.session.Session().client("sts", region_name=REGION)
    got = given.assume_role(RoleArn=role, RoleSessionName="me")["Credentials"]
    secrets[got["AccessKeyId"]] = got["SecretAccessKey"]
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", got["AccessKeyId"])
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", got["SecretAccessKey"])
    monkeypatch.setenv("AWS_SESSION_TOKEN", got["SessionToken"])
    yield made
    made.close()


def ask(body: Any = None) -> kube.Response:
    return kube.request(Place(RECORD.name).kubeconfig, "POST", "/apis", body or {"a": "b"})


def test_front_lets_in_whom_an_entry_names_and_says_who_it_is(
    front: Front, behind: tuple[Path, list[dict[str, str]]]
) -> None:
    """The server behind hears the entry's user, and no token; what was sent comes through, large bodies too."""
    front.entries["arn:aws:iam::123456789012:role/deployer"] = "deployer"
    large = {"text": "x" * 300_000}
    answer = ask(large)
    assert (answer.status, answer.body) == (201, large)
    (headers,) = behind[1]
    assert headers["impersonate-user"] == "deployer"
    assert "authorization" not in headers


def test_front_refuses_whom_no_entry_names(front: Front, behind: tuple[Path, list[dict[str, str]]]) -> None:
    """Whoever STS knows and the cluster does not is answered as by EKS; nothing reaches the server behind."""
    answer = ask()
    assert (answer.status, behind[1]) == (401, [])
    assert front.refused == ["no access entry for arn:aws:iam::123456789012:role/deployer"]


def test_front_refuses_tokens_for_another_cluster_and_none_at_all(
    front: Front, behind: tuple[Path, list[dict[str, str]]]
) -> None:
    """A token is bound to the cluster that it was signed for."""
    front.entries["arn:aws:iam::123456789012:role/deployer"] = "deployer"
    front.authenticator = replace(front.authenticator, cluster="hallmark-other")
    assert ask().status == 401
    kubeconfig = Place(RECORD.name).kubeconfig
    document = json.loads(kubeconfig.read_text())
    document["users"][0]["user"] = {}
    kubeconfig.write_text(json.dumps(document))
    assert ask().status == 401
    assert behind[1] == []
    assert [text.partition(" ")[0] for text in front.refused] == ["the", "not"]
