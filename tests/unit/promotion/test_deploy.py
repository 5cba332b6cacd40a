"""What the API server says of a release decides, and what it does not say is no consent."""

from __future__ import annotations

from typing import Any

import pytest

from hallmark.outcome import CannotJudge, Refused
from hallmark.promotion import deploy


def config_map(name: str) -> dict[str, Any]:
    return {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": name, "namespace": "shop"}}


def place(name: str) -> str:
    return f"/api/v1/namespaces/shop/configmaps/{name}"


def test_validate_stores_nothing_and_tells_every_refusal(api_server: Any) -> None:
    """All objects are asked about with strict fields and a dry run; each refusal is told."""
    names = ["a", "b", "c", "d", "e"]
    for name in "bcde":
        api_server.answers["PATCH", place(name)] = (400, {"message": f"strict decoding error: field {name}"})
    with pytest.raises(Refused) as caught:
        deploy.validate(deploy.Cluster(api_server.kubeconfig), [config_map(name) for name in names])
    assert "ConfigMap b: strict decoding error: field b" in caught.value.what
    assert "field d; and 1 more" in caught.value.what
    asked = [path for method, path in api_server.asked if method == "PATCH"]
    assert len(asked) == len(names)
    assert all("fieldValidation=Strict" in path and "dryRun=All" in path for path in asked)


def test_apply_stops_at_the_first_refusal(api_server: Any) -> None:
    """What comes after a refused object is not stored."""
    api_server.answers["PATCH", place("a")] = (403, {"message": "forbidden"})
    with pytest.raises(Refused, match="ConfigMap a: forbidden"):
        deploy.apply(deploy.Cluster(api_server.kubeconfig), [config_map("a"), config_map("b")])
    assert [path for method, path in api_server.asked if method == "PATCH" and place("b") in path] == []


def test_apply_an_error_of_the_api_server_is_unknown(api_server: Any) -> None:
    """A server that fails has refused nothing."""
    api_server.answers["PATCH", place("a")] = (500, {"message": "etcd timed out"})
    with pytest.raises(CannotJudge, match="500: etcd timed out") as caught:
        deploy.apply(deploy.Cluster(api_server.kubeconfig), [config_map("a")])
    assert not isinstance(caught.value, Refused)


def test_validate_a_field_that_the_schema_has_not_is_refused(api_server: Any) -> None:
    """The API server answers it with 500 under server-side apply, and it is a refusal all the same."""
    said = "failed to create typed patch object (shop/a; /v1, Kind=ConfigMap): .dat: field not declared in schema"
    api_server.answers["PATCH", place("a")] = (500, {"message": said})
    with pytest.raises(Refused, match=r"\.dat: field not declared in schema"):
        deploy.validate(deploy.Cluster(api_server.kubeconfig), [config_map("a")])


def test_apply_a_kind_that_is_not_there_is_refused(api_server: Any) -> None:
    """An object that the API has no kind for cannot be deployed."""
    item = {"apiVersion": "absent.example/v1", "kind": "Thing", "metadata": {"name": "x"}}
    with pytest.raises(Refused, match=r"no kind Thing in absent\.example/v1"):
        deploy.apply(deploy.Cluster(api_server.kubeconfig), [item])


def test_apply_nothing_is_unknown(api_server: Any) -> None:
    """An empty set is no release."""
    with pytest.raises(CannotJudge, match="empty"):
        deploy.apply(deploy.Cluster(api_server.kubeconfig), [])


def test_delete_waits_until_objects_are_gone(api_server: Any) -> None:
    """An object that was not there is no error; one that lingers is waited for."""
    lingering: list[tuple[int, Any]] = [(200, {}), (200, {}), (404, {})]
    api_server.answers["DELETE", place("a")] = (404, {"message": "not found"})
    api_server.answers["GET", place("b")] = lingering
    deploy.delete(deploy.Cluster(api_server.kubeconfig), [config_map("a"), config_map("b")])
    assert lingering == [(404, {})]
    assert ("GET", place("a")) not in api_server.asked
