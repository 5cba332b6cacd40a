"""The replicas: which run, which are ready and get traffic, which die and come back."""

from __future__ import annotations

import copy
import os
import re
import signal
import threading
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

import pytest
from pytest_bdd import given, parsers, then, when
from tests.e2e.place import Object, Place, container_of, is_ready, is_running

from hallmark.load import Load

UNREADY_COMMIT = "bad0bad" + "0" * 33


def uids(pods: Iterable[Object]) -> set[str]:
    return {pod["metadata"]["uid"] for pod in pods}


def ready_addresses(slices: Iterable[Object]) -> set[str]:
    """The addresses that the service sends traffic to."""
    return {
        address
        for piece in slices
        for endpoint in piece.get("endpoints") or []
        for address in endpoint["addresses"]
        if endpoint["conditions"].get("ready")
    }


class ReadyWatch:
    """Watches, never samples, how many replicas get traffic, from the start of a block to its end."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._ended = threading.Event()
        self._first = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self.seen: list[int] = []
        self.error: BaseException | None = None

    def __enter__(self) -> Self:
        self._thread.start()
        assert self._first.wait(20), "the endpoints cannot be watched"
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.end()

    def end(self) -> None:
        self._ended.set()
        if self._thread.ident is not None:
            self._thread.join(15)

    def _run(self) -> None:
        selector = f"kubernetes.io/service-name={self._place.service}"
        try:
            for slices in self._place.changes(
                "endpointslices", selector, time.monotonic() + 600, self._ended
            ):
                self.seen.append(len(ready_addresses(slices)))
                self._first.set()
        except BaseException as error:  # noqa: BLE001 - read by the step that asks what was seen
            self.error = error
            self._first.set()


@when("the replicas are looked at")
def look(place: Place) -> None:
    assert place.pods(), "no replica runs"


@then(parsers.parse("at least {count:d} of them are ready within {seconds:d} seconds"))
def enough_ready(place: Place, count: int, seconds: int) -> None:
    # A service that was deployed for the first time has one replica until the autoscaler has looked at it.
    selector = f"app.kubernetes.io/name={place.service},pod-template-hash"
    place.wait_for(
        "pods",
        lambda pods: sum(map(is_ready, pods)) >= count,
        what=f"{count} ready replicas",
        timeout_s=seconds,
        selector=selector,
    )


@then("every ready one gets traffic")
def all_get_traffic(place: Place) -> None:
    def all_in(slices: list[Object]) -> bool:
        ready = {pod["status"]["podIP"] for pod in place.ready_pods()}
        return bool(ready) and ready_addresses(slices) == ready

    selector = f"kubernetes.io/service-name={place.service}"
    place.wait_for(
        "endpointslices", all_in, what="every ready replica in traffic", timeout_s=10, selector=selector
    )


@then(parsers.parse("at least {count:d} replicas were ready at every moment"))
def always_enough(ready_watch: ReadyWatch, count: int) -> None:
    assert ready_watch.error is None, ready_watch.error
    assert len(ready_watch.seen) > 1, "nothing changed while it was watched"
    assert min(ready_watch.seen) >= count, ready_watch.seen


@then("every replica that ran before is gone")
def all_replaced(place: Place, before: set[str]) -> None:
    def gone(pods: list[Object]) -> bool:
        return not before & uids(pods)

    place.wait_for("pods", gone, what="the old replicas gone", timeout_s=40)
    assert place.ready_pods(), "no replica is ready"


@then("every replica that ran before still serves")
def all_still_there(place: Place, before: set[str]) -> None:
    assert before <= uids(place.ready_pods())


# ---- a replica that is not ready ----


@given("a replica that runs but never becomes ready", target_fixture="unready")
def unready_replica(place: Place) -> Iterator[Object]:
    template = place.read("deployments", place.service)["spec"]["template"]
    pod = {"apiVersion": "v1", "kind": "Pod", **copy.deepcopy(template)}
    pod["metadata"] |= {"name": f"{place.service}-unready"}
    pod["metadata"]["annotations"]["hallmark.dev/commit"] = UNREADY_COMMIT
    pod["spec"]["restartPolicy"] = "Always"
    container_of(pod["spec"], place.service)["readinessProbe"]["httpGet"]["path"] = "/nowhere"
    try:
        place.start_pod(pod)

        def serves(found: Object) -> bool:
            return any(
                status.get("started") for status in found.get("status", {}).get("containerStatuses", [])
            )

        yield place.wait_for_pod(pod["metadata"]["name"], serves, what="running", timeout_s=40)
    finally:
        place.delete(place.path("pods", pod["metadata"]["name"]), grace_s=0)


@pytest.fixture
def unready_commit() -> str:
    return UNREADY_COMMIT


@then("that replica answers when it is asked directly")
def answers_directly(place: Place, unready: Object) -> None:
    name = unready["metadata"]["name"]
    said = place.request("GET", f"{place.path('pods', name)}:8080/proxy/version")
    assert said["commit"] == UNREADY_COMMIT
    assert not is_ready(place.read("pods", name))


# ---- replicas that die ----


@when("a replica is deleted", target_fixture="lost")
def delete_one(place: Place) -> Object:
    victim = place.ready_pods()[0]
    place.delete(place.path("pods", victim["metadata"]["name"]))
    return victim


@then(parsers.parse("it is gone and another is ready in its place within {seconds:d} seconds"))
def replaced(place: Place, lost: Object, seconds: int) -> None:
    uid = lost["metadata"]["uid"]
    wanted = place.read("deployments", place.service)["spec"]["replicas"]

    def healed(pods: list[Object]) -> bool:
        ready = [pod for pod in pods if is_ready(pod) and "deletionTimestamp" not in pod["metadata"]]
        return uid not in uids(pods) and len(ready) >= wanted

    selector = f"app.kubernetes.io/name={place.service}"
    place.wait_for("pods", healed, what="another replica ready", timeout_s=seconds, selector=selector)


@when("the process of a replica is killed", target_fixture="killed")
def kill_process(place: Place, traffic: Load) -> Object:
    victim = place.ready_pods()[0]
    status = victim["status"]["containerStatuses"][0]
    pid = host_pid(status["containerID"].rpartition("/")[2])
    at_s = traffic.elapsed_s
    os.kill(pid, signal.SIGKILL)
    return {**victim, "killed_at_s": at_s}


@pytest.fixture
def killed_at(killed: Object) -> float:
    """When the process died, on the traffic's clock."""
    return float(killed["killed_at_s"])


@then(parsers.parse("the replica has started it once more and is ready within {seconds:d} seconds"))
def restarted(place: Place, killed: Object, seconds: int) -> None:
    restarts = killed["status"]["containerStatuses"][0]["restartCount"]

    def again(pod: Object) -> bool:
        status = pod["status"]["containerStatuses"][0]
        return bool(status["restartCount"] == restarts + 1 and is_ready(pod) and is_running(pod))

    name = killed["metadata"]["name"]
    pod = place.wait_for_pod(name, again, what="ready again", timeout_s=seconds)
    assert pod["metadata"]["uid"] == killed["metadata"]["uid"]
    ended = pod["status"]["containerStatuses"][0]["lastState"]["terminated"]
    assert ended["exitCode"] == 128 + signal.SIGKILL, ended


def host_pid(container_id: str) -> int:
    """The first process of a container, as this machine numbers it.

    A container's first process cannot be killed from inside: its own kernel namespace protects it. So the node
    must be this machine or one of its namespaces.
    """
    for cgroups in Path("/proc").glob("[0-9]*/cgroup"):
        try:
            if container_id not in cgroups.read_text():
                continue
            status = (cgroups.parent / "status").read_text()
        except OSError:
            continue  # it ended while we looked
        numbers = re.search(r"^NSpid:\s+(.*)$", status, re.MULTILINE)
        if numbers and numbers[1].split()[-1] == "1":
            return int(cgroups.parent.name)
    raise AssertionError(
        f"the first process of container {container_id[:12]} is not among this machine's processes: this scenario"
        " needs root on the machine that runs the node"
    )
