"""Run a pytest suite in its own process and read every test as a check. Skipped is unknown, none is unknown."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from junitparser import Error, Failure, JUnitXml, Skipped

from hallmark import process
from hallmark.outcome import Check, Outcome

# pytest's own exit codes (https://docs.pytest.org/en/stable/reference/exit-codes.html)
_PASSED, _FAILED, _NO_TESTS = 0, 1, 5


def run(
    root: Path,
    paths: Sequence[str],
    output: Path,
    *,
    timeout_s: float,
    options: Sequence[str] = (),
    env: Mapping[str, str] | None = None,
    niceness: int = 0,
    stop: Callable[[], str] | None = None,
) -> list[Check]:
    """Run the tests under `paths` (relative to `root`) and return one check for each; see process.run for the rest.

    pytest's words go to `output`/pytest.log, its own report to `output`/pytest.xml. A crash of pytest, an
    error while collecting and an empty collection are unknown checks.
    """
    output.mkdir(parents=True, exist_ok=True)
    report, log = output / "pytest.xml", output / "pytest.log"
    for stale in (report, log):
        stale.unlink(missing_ok=True)
    argv = [
        sys.executable,
        "-m",
        "pytest",
        "-p",
        "no:cacheprovider",
        f"--junit-xml={report}",
        *options,
        *paths,
    ]
    done = process.run(
        argv, timeout_s=timeout_s, cwd=root, env=env, log=log, check=False, niceness=niceness, stop=stop
    )
    if done.returncode == _NO_TESTS:
        return [
            Check("collection", Outcome.UNKNOWN, f"no test was collected from {', '.join(paths)}", str(log))
        ]
    if done.returncode not in (_PASSED, _FAILED) or not report.is_file():
        return [*_read(report), Check("pytest", Outcome.UNKNOWN, _broken(done.returncode, log), str(log))]
    checks = _read(report)
    failed = any(check.outcome is Outcome.FAIL for check in checks)
    if failed != (done.returncode == _FAILED):
        checks.append(
            Check("pytest", Outcome.UNKNOWN, "pytest's exit code and its report disagree", str(log))
        )
    return checks


def _broken(returncode: int, log: Path) -> str:
    lines = [line for line in log.read_text(errors="replace").splitlines() if line.strip()]
    errors = [line for line in lines if line.startswith(("E  ", "ERROR", "INTERNALERROR"))]
    return f"pytest exited with {returncode}: " + " / ".join((errors or lines)[-3:])


def _read(report: Path) -> list[Check]:
    if not report.is_file():
        return []
    return [_check(case) for suite in JUnitXml.fromfile(str(report)) for case in suite]


def _check(case: object) -> Check:
    outcome, message = Outcome.PASS, ""
    for result in case.result:  # type: ignore[attr-defined]
        if isinstance(result, Failure | Error):
            outcome, message = Outcome.FAIL, _cause(result.message, result.text)
        elif isinstance(result, Skipped) and outcome is Outcome.PASS:
            outcome, message = Outcome.UNKNOWN, f"skipped: {result.message}"
    name, where, time = case.name, case.classname, case.time  # type: ignore[attr-defined]
    return Check(name, outcome, message, where or "", float(time or 0.0))


def _cause(message: str | None, text: str | None) -> str:
    """The first lines that say why: pytest's own `E   …` lines where there are any."""
    reasons = [
        line.removeprefix("E  ").strip() for line in (text or "").splitlines() if line.startswith("E  ")
    ]
    return "\n".join(reasons[:3]) or (message or "failed").strip().splitlines()[0]
