"""The last word of the pull-request workflow: every job that the gate needs must have ended with `success`.

    NEEDS='{"lint": {"result": "success"}}' PYTHONPATH=src python3 src/hallmark/layers/gate.py

It runs without the virtual environment, so that nothing has to work for the gate to be red.
"""

from __future__ import annotations

import json
import os
import sys

from hallmark.outcome import ExitCode, Outcome

_OUTCOMES = {"success": Outcome.PASS, "failure": Outcome.FAIL}


def judge(needs: str) -> dict[str, Outcome]:
    """The outcome of each needed job, by the JSON that a workflow has as `toJSON(needs)`.

    Only the result `success` is a pass: a job that was cancelled or skipped has judged nothing. Raises ValueError
    when `needs` is not of that form or names no job.
    """
    jobs = json.loads(needs)
    if not isinstance(jobs, dict) or not jobs:
        raise ValueError("it names no job")
    outcomes = {}
    for name, job in jobs.items():
        if not isinstance(job, dict) or not isinstance(job.get("result"), str):
            raise ValueError(f"job {name} has no result")
        outcomes[name] = _OUTCOMES.get(job["result"], Outcome.UNKNOWN)
    return outcomes


def main() -> ExitCode:
    """Judge the environment variable NEEDS, say each job's outcome on stderr, and return the exit code."""
    try:
        outcomes = judge(os.environ.get("NEEDS", ""))
    except ValueError as error:
        print(f"error: the gate cannot judge NEEDS: {error}", file=sys.stderr)
        return ExitCode.UNKNOWN
    for name, outcome in outcomes.items():
        print(f"{outcome:8}{name}", file=sys.stderr)
    verdict = Outcome.of(outcomes.values())
    print(f"gate: {verdict}", file=sys.stderr)
    return ExitCode.of(verdict)


if __name__ == "__main__":
    sys.exit(main())
