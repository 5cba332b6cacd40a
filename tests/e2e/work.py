"""An experiment on the autoscaler: replicas are kept busy, then left alone, and what it does about it is written down.

It takes more than a minute by its nature: figures every 10 seconds, and half a minute of patience before replicas
are taken away. So it runs beside everything else, on the same release in a namespace of its own, where no other
scenario disturbs it or is disturbed.
"""

from __future__ import annotations

import threading
import time
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Literal, Self

from tests.e2e.place import Object, Place
from tests.e2e.releases import DEADLINE_S, load_objects, moved

from hallmark.promotion import deploy
from hallmark.pytest_plugin import diagnose

# A third of one CPU in one replica: four times what all replicas of the smallest size together call busy.
BUSY_SHARE = 0.35
LIMIT_S = 100
WAIT_S = 120.0
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

Event = Literal["at its least", "busy", "more ready", "work ended", "back at its least"]


class Experiment:
    """One experiment, in a thread from the beginning of a block to its end; its namespace goes with it."""

    def __init__(self, place: Place, manifests: Path) -> None:
        self._origin = place
        self._place = replace(place, namespace=f"{place.namespace}-busy")
        self._manifests = manifests
        self._changed = threading.Condition()
        self._at: dict[Event, float] = {}
        self._error = ""
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        # An experiment that nobody waited for ends with its namespace.
        self._origin.delete(f"/api/v1/namespaces/{self._place.namespace}")
        self._thread.join(10)

    def wait_for(self, event: Event) -> float:
        """Wait until something happened and return when, on the monotonic clock; fails the test if it did not."""
        limit_s = time.monotonic() + WAIT_S
        with self._changed:
            while event not in self._at:
                assert not self._error, f"the autoscaler, waiting until {event}: {self._error}"
                assert time.monotonic() < limit_s, f"not seen within {WAIT_S:g} s: {event}"
                self._changed.wait(0.5)
            return self._at[event]

    def _note(self, event: Event) -> None:
        with self._changed:
            self._at[event] = time.monotonic()
            self._changed.notify_all()

    def _run(self) -> None:
        try:
            self._observe()
        except BaseException as error:  # noqa: BLE001 - told to the scenario that waits
            try:
                state = diagnose(self._place.kubeconfig, self._place.namespace)
            except Exception as unknown:  # noqa: BLE001
                state = repr(unknown)
            with self._changed:
                self._error = f"{error!r}\n{state}"
                self._changed.notify_all()

    def _observe(self) -> None:
        place = self._place
        objects = moved(load_objects(self._manifests), self._origin.namespace, place.namespace)
        owner = self._origin.marks()
        for item in objects:
            if item["kind"] == "Namespace":
                for marks in ("labels", "annotations"):
                    item["metadata"][marks] = {**item["metadata"].get(marks, {}), **owner[marks]}
        deploy.apply(place.cluster, objects)
        deploy.watch(place.cluster, place.namespace, place.service, timeout_s=DEADLINE_S)
        least = self._wait_for_autoscaler(more=False)
        place.wait_for(
            "deployments", lambda found: self._ready(found) == least, what="few replicas", timeout_s=60
        )
        self._note("at its least")
        pod = place.ready_pods()[0]["metadata"]["name"]
        child = place.run_python(pod, KEEP_BUSY, str(BUSY_SHARE), str(LIMIT_S), container=place.service)
        self._note("busy")
        self._wait_for_autoscaler(more=True)
        place.wait_for(
            "deployments", lambda found: self._ready(found) > least, what="more replicas", timeout_s=60
        )
        self._note("more ready")
        place.run_python(pod, STOP, child, container=place.service)
        self._note("work ended")
        self._wait_for_autoscaler(more=False)
        self._note("back at its least")

    def _wait_for_autoscaler(self, *, more: bool) -> int:
        """Wait until the autoscaler asks for more replicas than its least, or for its least; returns the least."""

        def found(scalers: list[Object]) -> int | None:
            for scaler in scalers:
                if scaler["metadata"]["name"] == self._place.service:
                    desired: int = scaler.get("status", {}).get("desiredReplicas", 0)
                    least: int = scaler["spec"]["minReplicas"]
                    if (desired > least) if more else (desired == least):
                        return least
            return None

        what = f"the autoscaler asking for {'more' if more else 'as few as it may'}"
        return self._place.wait_for("horizontalpodautoscalers", found, what=what, timeout_s=WAIT_S)

    def _ready(self, deployments: list[Object]) -> int:
        own = [item for item in deployments if item["metadata"]["name"] == self._place.service]
        return sum(item.get("status", {}).get("readyReplicas", 0) for item in own)
