"""Evidence: the verdict of a layer as an in-toto statement, bound to an image digest and a commit.

Statement v1 with the predicate test-result v0.1 (https://in-toto.io/attestation/test-result/v0.1). One file a
layer; the newest verdict replaces the older one, so a later failure revokes a pass.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from hallmark.outcome import Check, Outcome, UsageError, Verdict
from hallmark.records import parse_time, write_atomically

STATEMENT = "https://in-toto.io/Statement/v1"
TEST_RESULT = "https://in-toto.io/attestation/test-result/v0.1"
DIGEST = re.compile(r"sha256:[0-9a-f]{64}")
MAX_BYTES = 8 * 1024 * 1024
# A verdict dated later than this from now was made by a clock that cannot be believed.
CLOCK_SKEW = timedelta(minutes=5)


@dataclass(frozen=True)
class Subject:
    """What a verdict is about: an image by digest, built from a commit (`hallmark.source.Source.commit`)."""

    digest: str
    commit: str

    def __post_init__(self) -> None:
        if not DIGEST.fullmatch(self.digest):
            raise UsageError(
                f"{self.digest!r} is no image digest", next_step="write sha256: and 64 lower-case hex digits"
            )


@dataclass(frozen=True)
class Problem:
    """Why a layer's evidence does not count: `kind` is missing, failed, unknown, stale, foreign or malformed."""

    layer: str
    kind: str
    message: str

    def __str__(self) -> str:
        return f"{self.layer}: evidence {self.kind}: {self.message}"


@dataclass(frozen=True)
class Store:
    """The folder that holds evidence: `<digest>/<commit>/<layer>.json`."""

    folder: Path

    def place(self, subject: Subject) -> Path:
        return self.folder / subject.digest.replace(":", "-") / subject.commit

    def write(
        self, verdict: Verdict, subject: Subject, *, manifests: Mapping[str, str] | None = None
    ) -> Path:
        """Keep a verdict. `manifests` maps a stage to the sha256 of what was rendered and judged for it."""
        file = self.place(subject) / f"{verdict.layer}.json"
        write_atomically(file, json.dumps(statement(verdict, subject, manifests or {}), indent=2) + "\n")
        return file

    def commits(self, digest: str) -> list[str]:
        """The commits that evidence for this digest names, the newest written first."""
        folder = self.folder / digest.replace(":", "-")
        if not folder.is_dir():
            return []
        found = [path for path in folder.iterdir() if path.is_dir()]
        return [path.name for path in sorted(found, key=lambda path: path.stat().st_mtime, reverse=True)]

    def check(
        self, subject: Subject, layers: Sequence[str], *, max_age_s: float, now: datetime
    ) -> tuple[dict[str, dict[str, Any]], list[Problem]]:
        """Judge whether every layer has a fresh pass for exactly this subject.

        Returns the statements that were read, by layer, and the problems; no problem means proven. An empty
        list of layers proves nothing and is a problem itself.
        """
        statements: dict[str, dict[str, Any]] = {}
        problems = [] if layers else [Problem("all", "missing", "no layer was asked for")]
        for layer in layers:
            file = self.place(subject) / f"{layer}.json"
            try:
                read = _read(file)
            except FileNotFoundError:
                problems.append(
                    Problem(layer, "missing", f"there is none for {subject.digest} at {subject.commit[:12]}")
                )
                continue
            except (OSError, ValueError) as error:
                problems.append(Problem(layer, "malformed", f"{file} cannot be read: {error}"))
                continue
            statements[layer] = read
            problems.extend(_judge(read, layer, subject, max_age_s, now))
        return statements, problems


def statement(verdict: Verdict, subject: Subject, manifests: Mapping[str, str]) -> dict[str, Any]:
    """The in-toto statement of a verdict. An unknown outcome is written as FAILED, with the outcome beside it."""
    outcome = verdict.outcome
    checks = verdict.checks
    return {
        "_type": STATEMENT,
        "subject": [
            {"name": "image", "digest": {"sha256": subject.digest.removeprefix("sha256:")}},
            *(
                {"name": f"manifests/{stage}", "digest": {"sha256": sha}}
                for stage, sha in sorted(manifests.items())
            ),
        ],
        "predicateType": TEST_RESULT,
        "predicate": {
            "result": "PASSED" if outcome is Outcome.PASS else "FAILED",
            "configuration": [{"name": "source", "digest": {"gitCommit": subject.commit}}],
            "passedTests": _names(checks, Outcome.PASS),
            "failedTests": _names(checks, Outcome.FAIL),
            "unknownTests": _names(checks, Outcome.UNKNOWN),
            "layer": verdict.layer,
            "outcome": outcome.value,
            "started": verdict.started,
            "durationSeconds": round(verdict.duration_s, 3),
            "broken": [
                {
                    "name": check.name,
                    "outcome": check.outcome.value,
                    "message": check.message,
                    "where": check.where,
                }
                for check in verdict.broken
            ],
            "details": verdict.details,
        },
    }


def manifest_digests(read: Mapping[str, Any]) -> dict[str, str]:
    """The rendered manifests that a statement is about: stage to sha256."""
    return {
        entry["name"].removeprefix("manifests/"): entry["digest"]["sha256"]
        for entry in read["subject"]
        if entry["name"].startswith("manifests/")
    }


def _names(checks: Iterable[Check], outcome: Outcome) -> list[str]:
    return [check.name for check in checks if check.outcome is outcome]


def _read(file: Path) -> dict[str, Any]:
    if file.stat().st_size > MAX_BYTES:
        raise ValueError(f"larger than {MAX_BYTES} bytes")
    read = json.loads(file.read_text(encoding="utf-8"))
    if (
        not isinstance(read, dict)
        or read.get("_type") != STATEMENT
        or read.get("predicateType") != TEST_RESULT
    ):
        raise ValueError("it is no in-toto statement with a test-result")
    return read


def _judge(
    read: dict[str, Any], layer: str, subject: Subject, max_age_s: float, now: datetime
) -> list[Problem]:
    try:
        predicate = read["predicate"]
        digests = {entry["digest"]["sha256"] for entry in read["subject"] if entry["name"] == "image"}
        commits = {
            entry["digest"]["gitCommit"] for entry in predicate["configuration"] if entry["name"] == "source"
        }
        outcome, named, started = predicate["outcome"], predicate["layer"], parse_time(predicate["started"])
        result, passed, duration_s = (
            predicate["result"],
            predicate["passedTests"],
            float(predicate["durationSeconds"]),
        )
        broken = [*predicate["failedTests"], *predicate["unknownTests"]]
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        return [Problem(layer, "malformed", f"a field is missing or wrong: {error!r}")]
    problems = []
    if named != layer or digests != {subject.digest.removeprefix("sha256:")} or commits != {subject.commit}:
        about = ", ".join(sorted(digests)) or "nothing"
        problems.append(
            Problem(layer, "foreign", f"it is about layer {named}, image {about}, commit {sorted(commits)}")
        )
    if outcome == Outcome.FAIL.value:
        problems.append(
            Problem(layer, "failed", f"{len(broken)} checks did not pass: {', '.join(broken[:3])}")
        )
    elif outcome != Outcome.PASS.value or result != "PASSED" or not passed or broken:
        problems.append(Problem(layer, "unknown", "it does not say that something was evaluated and passed"))
    age_s = (now - started).total_seconds() - duration_s
    if age_s > max_age_s:
        problems.append(
            Problem(layer, "stale", f"{age_s / 3600:.1f} h old, allowed are {max_age_s / 3600:.1f} h")
        )
    elif age_s < -CLOCK_SKEW.total_seconds():
        problems.append(Problem(layer, "stale", "it is dated in the future"))
    return problems
