"""How long an embedded environment takes, what it costs, and where the time goes.

    .venv/bin/python bench/environment.py [--runs 10] [--json] [--only tuned]

Starts environments one after the other, tuned and with upstream's default flags in turn, each with a Deployment
of one pod posted as soon as the API server is ready. Seconds count from the call of `up`. Run it on a quiet
machine: the load average of each run is part of the result.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import tempfile
import threading
import time
from typing import Any

from hallmark.cluster import addresses, cgroups, kube
from hallmark.cluster.components import TUNED, UPSTREAM, Tuning
from hallmark.cluster.embedded import Embedded
from hallmark.cluster.place import Place
from hallmark.outcome import CannotJudge, UsageError

TUNINGS = {"tuned": TUNED, "upstream": UPSTREAM}
TARGETS = {"first pod Ready": 6.0, "registry, DNS, metrics answer": 10.0, "down": 2.5, "memory MiB": 600.0}
RATIO_TARGET = 1.7
ROWS = (
    "API server ready", "node Ready", "first pod Ready", "registry, DNS, metrics answer", "down", "CPU s", "memory MiB",
)  # fmt: skip
PODS = "/api/v1/namespaces/default/pods"
DEPLOYMENT: dict[str, Any] = {
    "apiVersion": "apps/v1",
    "kind": "Deployment",
    "metadata": {"name": "first"},
    "spec": {
        "selector": {"matchLabels": {"app": "first"}},
        "template": {
            "metadata": {"labels": {"app": "first"}},
            "spec": {"containers": [{"name": "main", "image": f"{addresses.REGISTRY}/system/pause:1"}]},
        },
    },
}


def first_pod(place: Place, began: float, found: dict[str, float], stop: threading.Event) -> None:
    """Post the Deployment when the API is ready and note when its pod is."""
    while not stop.wait(0.02):
        if not (place.folder / "conditions" / "readyz").exists():
            continue
        try:
            api = kube.api(place.kubeconfig)
            if not api.request("GET", PODS).body.get("items"):
                api.request("POST", "/apis/apps/v1/namespaces/default/deployments", DEPLOYMENT)
            for pod in api.request("GET", PODS).body.get("items", []):
                conditions = pod["status"].get("conditions", [])
                if any(one["type"] == "Ready" and one["status"] == "True" for one in conditions):
                    found["first pod Ready"] = time.time() - began
                    return
        except (CannotJudge, UsageError):
            continue


def measure(tuning: Tuning, name: str) -> dict[str, Any]:
    """One start and its end: seconds, CPU seconds, MiB, and the seconds of every event."""
    provider, place = Embedded(tuning), Place(name)
    found: dict[str, float] = {}
    stop = threading.Event()
    load = os.getloadavg()[0]
    began = time.time()
    watcher = threading.Thread(target=first_pod, args=(place, began, found, stop))
    watcher.start()
    try:
        provider.up(name, nodes=1, owner="bench", ttl_s=600)
        found["registry, DNS, metrics answer"] = time.time() - began
        watcher.join(timeout=60)
        group = place.journal.names("cgroup")[0]
        groups = cgroups.detect()
        found["CPU s"] = groups.cpu_seconds(group)
        found["memory MiB"] = groups.anonymous_bytes(group) / (1 << 20)
        lines = (place.folder / "events.jsonl").read_text(encoding="utf-8").splitlines()
    finally:
        stop.set()
        watcher.join()
        before = time.time()
        provider.down(name)
        found["down"] = time.time() - before
    events: dict[str, float] = {}
    for line in lines:
        event = json.loads(line)
        what = f"{event['event']} {event.get('component', '')}".strip()
        source = "" if event["source"] in ("cluster", "up") else f"{event['source']}: "
        events.setdefault(source + what, event["time"] - began)
    found["API server ready"] = events["API server ready"]
    found["node Ready"] = events["nodes ready"]
    return {"figures": found, "events": events, "load": load}


def summarize(runs: list[dict[str, Any]]) -> dict[str, dict[str, float]]:
    """Least, median and most of every figure."""
    rows = {row: [run["figures"][row] for run in runs if row in run["figures"]] for row in ROWS}
    return {
        row: {
            "min": min(values),
            "median": statistics.median(values),
            "max": max(values),
            "runs": len(values),
        }
        for row, values in rows.items()
        if values
    }


def show(results: dict[str, list[dict[str, Any]]]) -> None:
    for name, runs in results.items():
        loads = [run["load"] for run in runs]
        print(
            f"\n{name}: {len(runs)} runs, load average {min(loads):.1f} to {max(loads):.1f}, {os.cpu_count()} CPUs"
        )
        print(f"  {'':32}{'min':>8}{'median':>8}{'max':>8}   target")
        for row, values in summarize(runs).items():
            target = f"<= {TARGETS[row]:g}" if name == "tuned" and row in TARGETS else ""
            print(f"  {row:32}{values['min']:8.2f}{values['median']:8.2f}{values['max']:8.2f}   {target}")
    if len(results) == 2:
        print(f"\nfirst pod Ready, upstream / tuned: {ratio(results):.2f}x   target >= {RATIO_TARGET:g}x")
    runs = results["tuned"] if "tuned" in results else next(iter(results.values()))
    print("\nwhere the time goes (median seconds after `up`)")
    names = [name for name in runs[0]["events"] if all(name in run["events"] for run in runs)]
    medians = {name: statistics.median(run["events"][name] for run in runs) for name in names}
    for name, seconds in sorted(medians.items(), key=lambda item: item[1]):
        print(f"  {seconds:8.2f}  {name}")


def ratio(results: dict[str, list[dict[str, Any]]]) -> float:
    tuned, upstream = (
        summarize(results[name])["first pod Ready"]["median"] for name in ("tuned", "upstream")
    )
    return upstream / tuned


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--runs", type=int, default=10, help="starts of each kind")
    parser.add_argument("--only", choices=list(TUNINGS), help="measure one kind")
    parser.add_argument("--json", action="store_true", help="every run as one JSON document on stdout")
    words = parser.parse_args()
    chosen = [words.only] if words.only else list(TUNINGS)
    results: dict[str, list[dict[str, Any]]] = {name: [] for name in chosen}
    with tempfile.TemporaryDirectory(prefix="hallmark-bench-") as state:
        os.environ["HALLMARK_STATE"] = state
        for index in range(words.runs):
            for name in chosen:
                run = measure(TUNINGS[name], "bench")
                results[name].append(run)
                figures = ", ".join(f"{row} {run['figures'].get(row, float('nan')):.2f}" for row in ROWS)
                print(f"{index + 1}/{words.runs} {name}: {figures}", file=sys.stderr)
    if words.json:
        summary: dict[str, Any] = {name: summarize(runs) for name, runs in results.items()}
        if len(results) == 2:
            summary["ratio"] = ratio(results)
        print(json.dumps({"summary": summary, "runs": results, "cpus": os.cpu_count()}, indent=1))
    else:
        show(results)


if __name__ == "__main__":
    main()
