"""Work that keeps replicas busy, and the number of replicas that follows it."""

from __future__ import annotations

from collections.abc import Iterator

from pytest_bdd import given, parsers, then, when
from tests.e2e.place import Object, Place
from tests.e2e.releases import Releases

# A third of one CPU in one replica: six times what all replicas of the smallest size together call busy.
BUSY_SHARE = 0.35
LIMIT_S = 100
# Leaves a child behind that works and rests in turn, and says its number; the child ends by itself.
KEEP_BUSY = """
import subprocess, sys
work = '''
import sys, time
share, until = float(sys.argv[1]), time.monotonic() + float(sys.argv[2])
while time.monotonic() < until:
    began = time.monotonic()
    while time.monotonic() - began < share * 0.1:
        pass
    time.sleep((1 - share) * 0.1)
'''
null = subprocess.DEVNULL
child = subprocess.Popen([sys.executable, "-c", work, *sys.argv[1:]], stdin=null, stdout=null, stderr=null,
                         start_new_session=True)
print(child.pid)
"""
STOP = "import os, signal, sys; os.kill(int(sys.argv[1]), signal.SIGKILL)"


class Work:
    """Work in one replica, until `end` or its own limit."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._pod = place.ready_pods()[0]["metadata"]["name"]
        arguments = (str(BUSY_SHARE), str(LIMIT_S))
        self._pid = place.run_python(self._pod, KEEP_BUSY, *arguments, container=place.service)

    def end(self) -> None:
        """Stop it; one that has ended already is no error."""
        if self._pid:
            self._place.run_in(self._pod, "python3", "-c", STOP, self._pid, container=self._place.service)
            self._pid = ""


def wait_for_autoscaler(place: Place, condition: str, *, timeout_s: float) -> Object:
    """Wait until the autoscaler asks for `more` replicas than its least, or for the `least`."""

    def found(items: list[Object]) -> Object | None:
        for item in items:
            if item["metadata"]["name"] != place.service:
                continue
            desired, least = item.get("status", {}).get("desiredReplicas", 0), item["spec"]["minReplicas"]
            if (condition == "more" and desired > least) or (condition == "least" and desired == least):
                return item
        return None

    what = f"the autoscaler asking for {condition}"
    return place.wait_for("horizontalpodautoscalers", found, what=what, timeout_s=timeout_s)


@given("the service runs with as few replicas as it may")
def at_its_least(place: Place, releases: Releases) -> None:
    del releases  # asked for so that the tested release runs alone
    scaler = wait_for_autoscaler(place, "least", timeout_s=120)
    least = scaler["spec"]["minReplicas"]
    place.wait_for(
        "deployments", lambda found: _ready(found, place) == least, what="few replicas", timeout_s=60
    )


def _ready(deployments: list[Object], place: Place) -> int:
    own = [item for item in deployments if item["metadata"]["name"] == place.service]
    return sum(item.get("status", {}).get("readyReplicas", 0) for item in own)


@when("its replicas are kept busy", target_fixture="work")
def keep_busy(place: Place) -> Iterator[Work]:
    work = Work(place)
    try:
        yield work
    finally:
        work.end()


@then(parsers.parse("another replica is ready within {seconds:d} seconds"))
def another_ready(place: Place, work: Work, seconds: int) -> None:
    assert work
    scaler = wait_for_autoscaler(place, "more", timeout_s=seconds)
    least = scaler["spec"]["minReplicas"]
    place.wait_for(
        "deployments", lambda found: _ready(found, place) > least, what="more replicas", timeout_s=seconds
    )


@then(
    parsers.parse(
        "the service asks for as few replicas as it may within {seconds:d} seconds after the work has ended"
    )
)
def back_to_least(place: Place, work: Work, seconds: int) -> None:
    work.end()
    wait_for_autoscaler(place, "least", timeout_s=seconds)
