"""How long a check of manifests takes beside conftest and checkov, and what ten and a hundred thousand objects cost.

    .venv/bin/python bench/policy.py [--count 300] [--runs 7] [--checkov 2] [--large 10000 100000] [--json]

Everything is measured as a whole process, in turn, on the same manifests (corpus.py). conftest gets the same rules
through an adapter of one file, and all manifests at once (--combine): file by file it takes ten times as long, and the
rules about several objects would find nothing. Both must find the same in the same places; if they don't, the
comparison is void and the exit code 2. Run it on a quiet machine: the load average is part of the result.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import corpus  # type: ignore[import-not-found]

from hallmark import folders, process, tools
from hallmark.policy import kinds, rules
from hallmark.policy.report import Rule

ROOT = Path(__file__).resolve().parents[1]
PROFILE = "production"
CHECKOV = "3.3.30"
RATIOS = {"conftest": 1.0, "checkov": 0.1}
LARGE = {10_000: (15.0, 1024)}  # seconds, MiB
INSTALL_TIMEOUT_S = 900.0
RUN_TIMEOUT_S = 900.0
SAMPLE_S = 0.05
KINDS_WITHIN = 1000  # every kind of the corpus is among as many objects
Findings = set[tuple[str, str, str, str]]

ADAPTER = """\
package main

# conftest's --combine gives the files as a list of {path, contents}.
_set := {"objects": [entry |
	some id, file in input
	words := split(file.contents.apiVersion, "/")
	entry := {
		"id": id,
		"type": sprintf("%s/%s", [concat("/", array.slice(words, 0, count(words) - 1)), file.contents.kind]),
		"version": words[count(words) - 1],
		"namespaced": _namespaced(file.contents.kind),
		"object": file.contents,
	}
]}

default _namespaced(_) := true

_namespaced(kind) := false if kind in data.cluster_wide

# All rules see the set in one `with`, so that what they share is computed once.
_found[package_] := said.violations if some package_, said in data.hallmark.manifests

deny contains denial if {
	found := _found with input as _set
	some package_, violations in found
	some one in violations
	denial := {"msg": one.message, "rule": package_, "file": input[one.object].path, "path": one.path}
}
"""


def write_adapter(folder: Path, chosen: Sequence[Rule]) -> list[str]:
    """The adapter, the rules and their data, as conftest takes them; returns its arguments."""
    loaded = rules.load()
    policy, data = folder / "policy", folder / "data"
    for place in (policy, data):
        place.mkdir()
    for file in (*loaded.sources.library, *(loaded.home / rule.file for rule in chosen)):
        shutil.copy(file, policy / "-".join(file.relative_to(loaded.home).parts))
    (policy / "adapter.rego").write_text(ADAPTER, encoding="utf-8")
    parameters = loaded.sources.parameters.read_text(encoding="utf-8")
    (data / "parameters.yaml").write_text("parameters:\n" + _indented(parameters), encoding="utf-8")
    every = itertools.islice(corpus.objects(), KINDS_WITHIN)
    wide = {one["kind"] for one in every if not kinds.is_namespaced(one["apiVersion"], one["kind"])}
    (data / "cluster_wide.json").write_text(json.dumps({"cluster_wide": sorted(wide)}), encoding="utf-8")
    return ["--policy", str(policy), "--data", str(data)]


def _indented(text: str) -> str:
    return "".join(f"  {line}\n" for line in text.splitlines())


def findings_of_ours(document: Any) -> Findings:
    """Rule, file, path and message of everything that fails."""
    return {
        (one["rule"], one["object"]["file"], one["path"], one["message"])
        for one in document["results"]
        if one["outcome"] == "fail"
    }


def findings_of_conftest(document: Any, chosen: Sequence[Rule]) -> Findings:
    ids = {rule.package: rule.id for rule in chosen}
    return {
        (ids[one["metadata"]["rule"]], one["metadata"]["file"], _dotted(one["metadata"]["path"]), one["msg"])
        for one in document[0].get("failures", [])
    }


def _dotted(path: Iterable[str | int]) -> str:
    return "".join(f"[{one}]" if isinstance(one, int) else f".{one}" for one in path).removeprefix(".")


def checkov() -> Path:
    """checkov in a virtual environment of its own, made once."""
    home = folders.cache_home() / "bench" / f"checkov-{CHECKOV}"
    program = home / "bin" / "checkov"
    if not program.exists():
        print(f"installing checkov {CHECKOV} into {home}", file=sys.stderr)
        process.run([sys.executable, "-m", "venv", "--clear", home], timeout_s=INSTALL_TIMEOUT_S)
        install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", f"checkov=={CHECKOV}"]
        process.run([home / "bin" / "python", *install], timeout_s=INSTALL_TIMEOUT_S)
    return program


def timed(argv: Sequence[str | Path], output: Path) -> float:
    """Seconds that a program takes, its standard output written to a file; it may find what it likes."""
    with output.open("wb") as stream:
        began = time.perf_counter()
        done = subprocess.run(argv, stdout=stream, stderr=subprocess.PIPE, timeout=RUN_TIMEOUT_S, check=False)
        seconds = time.perf_counter() - began
    if done.returncode not in (0, 1):
        sys.exit(f"{argv[0]} exited with {done.returncode}: {done.stderr.decode()[-500:]}")
    return seconds


def ours(manifests: Path, scratch: Path) -> list[str | Path]:
    words = [
        "check",
        "manifests",
        str(manifests),
        "--profile",
        PROFILE,
        "--json",
        "--ledger",
        str(scratch / "ledger"),
    ]
    return [ROOT / "hallmark", *words]


def compare(count: int, runs: int, checkov_runs: int) -> dict[str, Any]:
    """Medians of all, the ratios, and what differs in the findings (nothing, or the comparison is void)."""
    chosen = rules.load().chosen(PROFILE)
    with tempfile.TemporaryDirectory(prefix="hallmark-bench-") as name:
        scratch = Path(name)
        manifests = scratch / "manifests"
        corpus.write(manifests, count)
        adapter = write_adapter(scratch, chosen)
        programs: dict[str, list[str | Path]] = {
            "hallmark": ours(manifests, scratch),
            "conftest": [
                tools.path("conftest"),
                *("test", str(manifests), "--combine", *adapter, "--output", "json"),
            ],
            # Of ours, what Python takes to start and to import what every check needs.
            "python": [sys.executable, "-c", "import hallmark.policy.check, hallmark.policy.objects"],
        }
        if checkov_runs:
            options = ["--framework", "kubernetes", "--output", "json", "--quiet"]
            programs["checkov"] = [checkov(), "--directory", str(manifests), *options]
        seconds: dict[str, list[float]] = {one: [] for one in programs}
        for number in range(runs):
            for one, argv in programs.items():
                if one != "checkov" or number < checkov_runs:
                    seconds[one].append(timed(argv, scratch / one))
                    print(f"{number + 1}/{runs} {one}: {seconds[one][-1]:.3f} s", file=sys.stderr)
        mine = findings_of_ours(json.loads((scratch / "hallmark").read_bytes()))
        theirs = findings_of_conftest(json.loads((scratch / "conftest").read_bytes()), chosen)
    medians = {one: statistics.median(values) for one, values in seconds.items()}
    return {
        "count": count,
        "rules": len(chosen),
        "findings": len(mine),
        "differ": sorted(mine ^ theirs),
        "seconds": seconds,
        "medians": medians,
        "ratios": {one: medians["hallmark"] / medians[one] for one in RATIOS if one in medians},
    }


def measure_large(count: int) -> dict[str, Any]:
    """One run over many objects, twenty in each file: seconds, and the most memory that the whole run had at once."""
    with tempfile.TemporaryDirectory(prefix="hallmark-bench-") as name:
        scratch = Path(name)
        manifests = scratch / "manifests"
        corpus.write(manifests, count, per_file=20)
        with (scratch / "out").open("wb") as stream:
            began = time.perf_counter()
            child = subprocess.Popen(ours(manifests, scratch), stdout=stream)
            peak = [0]
            watcher = threading.Thread(target=_watch, args=(child, peak))
            watcher.start()
            code = child.wait()
            seconds = time.perf_counter() - began
            watcher.join()
        written = sum((scratch / one).stat().st_size for one in ("out", "ledger"))
    if code != 1:
        sys.exit(f"the check of {count} objects exited with {code}")
    return {
        "count": count,
        "seconds": seconds,
        "peak_mib": peak[0] / 1024,
        "written_mib": written / (1 << 20),
    }


def _watch(child: subprocess.Popen[bytes], peak: list[int]) -> None:
    while child.poll() is None:
        peak[0] = max(peak[0], sum(map(_resident_kib, _tree(child.pid))))
        time.sleep(SAMPLE_S)


def _tree(pid: int) -> list[int]:
    try:
        threads = Path(f"/proc/{pid}/task").glob("*/children")
        children = [int(one) for file in threads for one in file.read_text().split()]
    except OSError:
        return []
    return [pid, *(below for one in children for below in _tree(one))]


def _resident_kib(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("VmRSS:")), 0)


def machine() -> dict[str, Any]:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / (1 << 30)
    return {
        "cpus": len(os.sched_getaffinity(0)),
        "memory_gib": round(memory),
        "load": os.getloadavg()[0],
        "python": sys.version.split()[0],
        "checkov": CHECKOV,
    }


def show(result: dict[str, Any]) -> None:
    place = result["machine"]
    print(
        f"{place['cpus']} CPUs, {place['memory_gib']} GiB, load average {place['load']:.1f} when it began, "
        f"Python {place['python']}, checkov {place['checkov']}"
    )
    for one in result["compared"]:
        print(f"\n{one['count']} manifests, {one['rules']} rules, {one['findings']} findings; median seconds")
        for name, seconds in one["medians"].items():
            ratio = one["ratios"].get(name)
            wanted = (
                f"hallmark / {name}: {ratio:.2f}, wanted <= {RATIOS[name]:g}" if ratio is not None else ""
            )
            print(f"  {name:10}{seconds:9.3f}   {wanted}")
        share = one["medians"]["python"] / one["medians"]["hallmark"]
        print(f"  Python's start with all imports is {share:.0%} of hallmark")
        print(f"  the same findings as conftest: {'no: VOID' if one['differ'] else 'yes'}")
        for difference in one["differ"][:10]:
            print(f"    only one has {difference}")
    for one in result["large"]:
        seconds, mib = LARGE.get(one["count"], (0.0, 0))
        wanted = f"   wanted <= {seconds:g} s and <= {mib} MiB" if seconds else ""
        per_object = one["seconds"] / one["count"] * 1000
        print(
            f"\n{one['count']} objects: {one['seconds']:.1f} s ({per_object:.2f} ms an object), "
            f"{one['peak_mib']:.0f} MiB at most, {one['written_mib']:.0f} MiB written{wanted}"
        )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--count", type=int, nargs="*", default=[300, 1000], help="manifests to compare on")
    parser.add_argument("--runs", type=int, default=7, help="runs of each, in turn")
    parser.add_argument("--checkov", type=int, default=2, help="of these, runs of checkov; 0 leaves it out")
    parser.add_argument(
        "--large", type=int, nargs="*", default=[10_000, 100_000], help="objects to run on alone"
    )
    parser.add_argument("--json", action="store_true", help="every run as one JSON document on stdout")
    words = parser.parse_args()
    tools.ensure(["opa", "manifest-reader", "conftest"], allow_system_install=False)
    place = machine()
    # The first run makes what later ones find made: byte code, and what is remembered of the rules.
    with tempfile.TemporaryDirectory(prefix="hallmark-bench-") as name:
        corpus.write(Path(name) / "manifests", 10)
        timed(ours(Path(name) / "manifests", Path(name)), Path(name) / "out")
    result: dict[str, Any] = {
        "machine": place,
        "compared": [compare(count, words.runs, words.checkov) for count in words.count],
        "large": [measure_large(count) for count in words.large],
    }
    if words.json:
        print(json.dumps(result, indent=1))
    else:
        show(result)
    sys.exit(2 if any(one["differ"] for one in result["compared"]) else 0)


if __name__ == "__main__":
    main()
