"""Who reaches whom: clients, strangers, and what the service itself may call."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest
from pytest_bdd import parsers, then, when
from tests.e2e.place import Object, Place, container_of, is_ready, modest_pod

PORT = 8080
# Long enough for a connection on a busy machine; a closed way is silent, so every refusal takes this long.
PATIENCE_S = 1.0
METADATA_ADDRESS = "169.254.169.254"

# Tries every HOST:PORT at once; tells of each what came: `open`, or the error.
CALL = """
import json, socket, sys, threading
patience, said = float(sys.argv[1]), {}
def call(target):
    host, port = target.rsplit(":", 1)
    try:
        socket.create_connection((host, int(port)), patience).close()
        said[target] = "open"
    except OSError as error:
        said[target] = repr(error)
threads = [threading.Thread(target=call, args=[target]) for target in sys.argv[2:]]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
print(json.dumps(said))
"""
FETCH = """
import sys, urllib.request
print(urllib.request.urlopen(sys.argv[1], timeout=10).read().decode())
"""
RESOLVE = "import socket, sys; print(socket.getaddrinfo(sys.argv[1], 443)[0][4][0])"
LISTEN = f"from http.server import *; HTTPServer(('', {PORT}), SimpleHTTPRequestHandler).serve_forever()"

CLIENT, STRANGER = "a client pod of the same namespace", "a pod of the same namespace that is no client"
FOREIGNER = "a client pod of another namespace"
CALLERS = {CLIENT: "caller-client", STRANGER: "caller-stranger", FOREIGNER: "caller-foreigner"}


@dataclass(frozen=True)
class Callers:
    """Pods that call: one that may and one that may not beside the service, and one in a namespace without rules."""

    here: Place
    there: Place
    foreigner_address: str

    def place_of(self, caller: str) -> Place:
        return self.there if caller == FOREIGNER else self.here

    def call(self, caller: str, *targets: str) -> dict[str, str]:
        """What a caller's connections to HOST:PORT targets came to."""
        said = self.place_of(caller).run_python(CALLERS[caller], CALL, str(PATIENCE_S), *targets)
        return dict(json.loads(said))


@pytest.fixture(scope="session")
def callers(place: Place) -> Iterator[Callers]:
    there = replace(place, namespace=f"{place.namespace}-elsewhere")
    template = place.read("deployments", place.service)["spec"]["template"]
    image = str(container_of(template["spec"], place.service)["image"])
    client = {"hallmark.dev/client-of": place.service}
    idle = ("python3", "-c", "import time; time.sleep(600)")
    pods = {
        CLIENT: modest_pod(CALLERS[CLIENT], image, *idle, labels=client),
        STRANGER: modest_pod(CALLERS[STRANGER], image, *idle),
        # It listens too: somebody for the service to call.
        FOREIGNER: modest_pod(CALLERS[FOREIGNER], image, "python3", "-c", LISTEN, labels=client),
    }
    pods[FOREIGNER]["spec"]["containers"][0]["readinessProbe"] = {
        "tcpSocket": {"port": PORT},
        "periodSeconds": 1,
    }
    try:
        _make_namespace(there, place)
        for caller, pod in pods.items():
            (there if caller == FOREIGNER else place).start_pod(pod)
        for caller in (CLIENT, STRANGER):
            place.wait_for_pod(CALLERS[caller], is_ready, what="ready", timeout_s=60)
        foreigner = there.wait_for_pod(CALLERS[FOREIGNER], is_ready, what="ready", timeout_s=60)
        yield Callers(place, there, foreigner["status"]["podIP"])
    finally:
        for caller in (CLIENT, STRANGER):
            place.delete(place.path("pods", CALLERS[caller]), grace_s=0)
        place.delete(f"/api/v1/namespaces/{there.namespace}")


def _make_namespace(there: Place, place: Place) -> None:
    """A namespace without rules; it says whose it is as the one under test does, so that it is reaped with it."""
    metadata = {"name": there.namespace, **place.marks()}
    namespace = {"apiVersion": "v1", "kind": "Namespace", "metadata": metadata}
    there.request("POST", "/api/v1/namespaces", namespace)

    # A pod can only be made once the namespace has its default account.
    def has_account(accounts: list[Object]) -> bool:
        return any(account["metadata"]["name"] == "default" for account in accounts)

    there.wait_for("serviceaccounts", has_account, what="the default account", timeout_s=20)


@when(parsers.re(rf"(?P<caller>{re.escape(CLIENT)}) calls the service"), target_fixture="page")
def client_calls(callers: Callers, caller: str) -> Object:
    url = f"http://{callers.here.service}/version"
    page: Object = json.loads(callers.here.run_python(CALLERS[caller], FETCH, url))
    return page


@then("it is answered")
def is_answered(page: Object, place: Place) -> None:
    assert page["service"] == place.service


@when(
    parsers.re(rf"(?P<caller>{re.escape(STRANGER)}|{re.escape(FOREIGNER)}) calls the service"),
    target_fixture="calls",
)
def stranger_calls(callers: Callers, caller: str, place: Place) -> dict[str, str]:
    by_name = f"{place.service}.{place.namespace}.svc.cluster.local"
    address = place.request("GET", place.path("services", place.service))["spec"]["clusterIP"]
    replica = place.ready_pods()[0]["status"]["podIP"]
    targets = (f"{by_name}:80", f"{address}:80", f"{replica}:{PORT}")
    # The same calls from a client pass: they are the right ones, and the ways are open.
    assert set(callers.call(CLIENT, *targets).values()) == {"open"}
    return callers.call(caller, *targets)


@then("it gets no connection, neither by the service's name nor by a replica's address")
def no_connection_at_all(calls: dict[str, str]) -> None:
    print(calls)
    assert len(calls) == 3
    assert "open" not in calls.values(), calls


@pytest.fixture
def places(callers: Callers) -> dict[str, str]:
    """What the service might call, as HOST:PORT."""
    api = callers.here.request("GET", "/api/v1/namespaces/default/services/kubernetes")["spec"]["clusterIP"]
    return {
        "a pod of another namespace": f"{callers.foreigner_address}:{PORT}",
        "the API of the cluster": f"{api}:443",
        "the metadata address": f"{METADATA_ADDRESS}:80",
    }


@when(parsers.parse("a replica calls {target}"), target_fixture="called")
def replica_calls(place: Place, places: dict[str, str], target: str) -> tuple[str, str]:
    address = places[target]
    pod = place.ready_pods()[0]["metadata"]["name"]
    said = place.run_python(pod, CALL, str(PATIENCE_S), address, container=place.service)
    return address, str(json.loads(said)[address])


@then("it gets no connection")
def no_connection(called: tuple[str, str]) -> None:
    print(called)
    assert called[1] != "open"


@then("a pod to which no rule applies does")
def ruleless_pod_connects(callers: Callers, called: tuple[str, str]) -> None:
    assert callers.call(FOREIGNER, called[0]) == {called[0]: "open"}


@when(parsers.parse("a replica looks up {name}"), target_fixture="address")
def look_up(place: Place, name: str) -> str:
    pod = place.ready_pods()[0]["metadata"]["name"]
    return place.run_python(pod, RESOLVE, name, container=place.service)


@then("it gets an address")
def got_address(address: str, place: Place) -> None:
    service = place.request("GET", "/api/v1/namespaces/default/services/kubernetes")
    assert address == service["spec"]["clusterIP"]
