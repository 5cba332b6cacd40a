"""Where the API keeps an object is what the API itself says."""

from __future__ import annotations

from typing import Any

import pytest

from hallmark.cluster import kube


def thing(version: str, kind: str, namespace: str = "") -> dict[str, Any]:
    return {
        "apiVersion": version,
        "kind": kind,
        "metadata": {"name": "x", **({"namespace": namespace} if namespace else {})},
    }


@pytest.mark.parametrize(
    ("item", "path"),
    [
        (thing("v1", "ConfigMap", "shop"), "/api/v1/namespaces/shop/configmaps/x"),
        (thing("v1", "ConfigMap"), "/api/v1/namespaces/default/configmaps/x"),
        (thing("v1", "Namespace"), "/api/v1/namespaces/x"),
        (thing("apps/v1", "Deployment", "shop"), "/apis/apps/v1/namespaces/shop/deployments/x"),
        (thing("v1", "Deployment", "shop"), None),
        (thing("absent.example/v1", "Thing", "shop"), None),
    ],
)
def test_path_of_an_object_is_where_the_api_keeps_its_kind(
    api_server: Any, item: dict[str, Any], path: str | None
) -> None:
    """Namespaced and not, core and grouped; a subresource is no kind of its own, and an unknown kind is nowhere."""
    assert kube.api(api_server.kubeconfig).path_of(item) == path


def test_path_of_a_kind_that_came_later_is_found(api_server: Any) -> None:
    """A definition that was just installed counts; what is known already is not asked again."""
    api = kube.api(api_server.kubeconfig)
    assert api.path_of(thing("apps/v1", "Late")) is None
    api_server.kinds["/apis/apps/v1"]["Late"] = ("lates", False)
    assert api.path_of(thing("apps/v1", "Late")) == "/apis/apps/v1/lates/x"
    asked = len(api_server.asked)
    assert api.path_of(thing("apps/v1", "Late")) == "/apis/apps/v1/lates/x"
    assert len(api_server.asked) == asked


def test_path_of_while_the_api_fails_is_no_absence(api_server: Any) -> None:
    """An API server that cannot say its kinds has not said that there is none."""
    api_server.answers["GET", "/apis/apps/v1"] = (503, {"message": "starting"})
    with pytest.raises(kube.Unreachable, match="starting"):
        kube.api(api_server.kubeconfig).path_of(thing("apps/v1", "Deployment"))
