"""Liveness, readiness and version: what each promises, and that the drain touches only readiness."""

from fastapi.testclient import TestClient

from quotes.main import create_app
from quotes.settings import Settings


def test_readiness_before_start_is_503(settings: Settings) -> None:
    """An application that has not been through its start may not have traffic."""
    response = TestClient(create_app(settings)).get("/readyz")
    assert (response.status_code, response.json()) == (503, {"status": "starting"})


def test_readiness_started_is_200(client: TestClient) -> None:
    """Started is ready: the service needs nothing else."""
    response = client.get("/readyz")
    assert (response.status_code, response.json()) == (200, {"status": "ready"})


def test_draining_fails_readiness_alone(client: TestClient) -> None:
    """A draining service is alive and answers; it only asks for no more, by readiness and by its connections."""
    client.app.state.lifecycle.drain()  # type: ignore[attr-defined]
    response = client.get("/readyz")
    assert (response.status_code, response.json()) == (503, {"status": "draining"})
    assert response.headers["connection"] == "close"
    assert client.get("/livez").status_code == 200
    assert client.get("/version").status_code == 200


def test_draining_never_becomes_ready_again(client: TestClient) -> None:
    """The phase only moves forward."""
    lifecycle = client.app.state.lifecycle  # type: ignore[attr-defined]
    lifecycle.drain()
    lifecycle.become_ready()
    assert client.get("/readyz").status_code == 503


def test_version_in_a_stage_says_what_runs_there(client: TestClient) -> None:
    """The five facts by which a release is recognised."""
    assert client.get("/version").json() == {
        "service": "quotes",
        "version": "1.0.0",
        "environment": "staging",
        "commit": f"{'c' * 40}+{'d' * 12}",
        "image_digest": f"sha256:{'a' * 64}",
    }


def test_version_without_annotations_says_unknown() -> None:
    """Empty variables read as unknown, not as nothing."""
    settings = Settings(environment="staging", commit="", image_digest="")
    answer = TestClient(create_app(settings)).get("/version").json()
    assert (answer["commit"], answer["image_digest"]) == ("unknown", "unknown")


def test_two_applications_in_one_process_share_nothing(settings: Settings) -> None:
    """One application's drain and metrics are not the other's."""
    first, second = create_app(settings), create_app(settings)
    first.state.lifecycle.drain()
    with TestClient(first) as one, TestClient(second) as other:
        assert (one.get("/readyz").status_code, other.get("/readyz").status_code) == (503, 200)
        assert 'route="/readyz",status="503"' not in other.get("/metrics").text
