"""The kubeconfig of an environment on EKS holds no secret, and who uses it brings a token that the cluster takes."""

from __future__ import annotations

import base64
import json
import stat
import subprocess
import threading
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from tests.eks import credentials
from tests.eks.credentials import KEYS, REGION
from tests.eks.identity import Authenticator

from hallmark.cluster import eks_kubeconfig, eks_record, kube
from hallmark.cluster.eks_record import Place, Record, Records
from hallmark.outcome import CannotJudge

RECORD = Record(
    name="pr-7",
    region=REGION,
    owner="somebody",
    created="2030-01-31T12:00:00.000Z",
    renewed="2030-01-31T12:00:00.000Z",
    ttl_s=3600,
    stage="running",
    cluster="hallmark-pr-7",
    endpoint="https://ABC.gr7.eu-central-1.eks.amazonaws.com",
    authority=base64.b64encode(b"an authority").decode(),
)


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
    """A state folder and AWS credentials of the test's own."""
    monkeypatch.setenv("HALLMARK_STATE", str(tmp_path / "state"))
    credentials.give(monkeypatch)
    return Place(RECORD.name)


@pytest.fixture
def asked() -> Iterator[tuple[str, list[str]]]:
    """The URL of somebody who writes down every Authorization header, and what was written."""
    seen: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            seen.append(self.headers.get("Authorization", ""))
            self.send_response(200)
            self.send_header("Content-Length", "2")
            self.end_headers()
            self.wfile.write(b"{}")

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}", seen
    server.shutdown()
    thread.join()
    server.server_close()


def test_write_makes_a_file_for_its_owner_without_a_secret(place: Place) -> None:
    """Mode 0600, the cluster's own authority, and neither key nor token."""
    eks_kubeconfig.write(RECORD)
    assert stat.S_IMODE(place.kubeconfig.stat().st_mode) == 0o600
    text = place.kubeconfig.read_text()
    cluster, user = kube.current(json.loads(text), place.kubeconfig)
    assert cluster == {"server": RECORD.endpoint, "certificate-authority-data": RECORD.authority}
    assert list(user) == ["exec"]
    assert user["exec"]["apiVersion"] == "client.authentication.k8s.io/v1"
    assert user["exec"]["interactiveMode"] == "Never"
    assert not any(secret in text for pair in KEYS.items() for secret in pair)


def test_render_keeps_the_profile_that_it_was_made_with(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever made the environment with a profile reaches it with that profile, from any shell."""
    monkeypatch.setenv("AWS_PROFILE", "work")
    command = eks_kubeconfig.render(RECORD)["users"][0]["user"]["exec"]
    assert {"name": "AWS_PROFILE", "value": "work"} in command["env"]


def test_request_by_the_kubeconfig_brings_a_token_that_the_cluster_takes(
    place: Place, asked: tuple[str, list[str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The kit's own client calls the command in the file, from a folder that is no checkout."""
    url, seen = asked
    record = replace(RECORD, endpoint=url)
    Records().write(record)
    eks_kubeconfig.write(record)
    monkeypatch.chdir(tmp_path)
    assert kube.request(place.kubeconfig, "GET", "/readyz").ok
    (header,) = seen
    authenticator = Authenticator(record.cluster, f"https://sts.{REGION}.amazonaws.com", KEYS)
    assert authenticator.url(header.removeprefix("Bearer "))


def test_request_without_credentials_says_why(
    place: Place, asked: tuple[str, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The command's own words reach whoever asked; nothing is sent without a token."""
    record = replace(RECORD, endpoint=asked[0])
    Records().write(record)
    eks_kubeconfig.write(record)
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    with pytest.raises(CannotJudge, match="no token for the cluster hallmark-pr-7 can be signed"):
        kube.request(place.kubeconfig, "GET", "/readyz")
    assert asked[1] == []


def test_token_of_an_environment_that_is_not_there_is_wrong_usage(place: Place) -> None:
    """Exit code 3, and where it was looked for."""
    eks_kubeconfig.write(RECORD)
    command = eks_kubeconfig.render(RECORD)["users"][0]["user"]["exec"]
    env = {entry["name"]: entry["value"] for entry in command["env"]}
    argv = [command["command"], *command["args"]]
    done = subprocess.run(argv, env=env, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 3, done.stderr
    assert "no environment pr-7 on EKS is known here" in done.stderr
    assert str(place.record) in done.stderr
    assert eks_record.read_here(RECORD.name) is None
