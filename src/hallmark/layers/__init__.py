"""The layers: each judges one thing and returns its checks. None of them starts or changes an environment.

A layer is a function that takes what it judges and returns a list of `hallmark.outcome.Check`; `judge` makes
its verdict, writes the verdict's JSON and JUnit files, and turns a layer that broke into an unknown outcome.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from junitparser import Error, Failure, JUnitXml, TestCase, TestSuite

from hallmark.outcome import Check, HallmarkError, Outcome, Refused, Verdict
from hallmark.records import format_time, now, write_atomically


@dataclass(frozen=True)
class Target:
    """A deployed release that the layers `infra` and `e2e` judge."""

    environment: str
    provider: str
    kubeconfig: Path
    namespace: str
    stage: str
    service: str
    service_url: str
    image: str
    commit: str
    registry_push: str
    registry_pull: str
    manifests: Path

    def variables(self, output: Path) -> dict[str, str]:
        """The environment variables by which the pytest plug-in finds the target (docs/testing.md)."""
        return {
            "HALLMARK_ENVIRONMENT": self.environment,
            "HALLMARK_PROVIDER": self.provider,
            "HALLMARK_KUBECONFIG": str(self.kubeconfig),
            "HALLMARK_NAMESPACE": self.namespace,
            "HALLMARK_STAGE": self.stage,
            "HALLMARK_SERVICE": self.service,
            "HALLMARK_SERVICE_URL": self.service_url,
            "HALLMARK_IMAGE": self.image,
            "HALLMARK_COMMIT": self.commit,
            "HALLMARK_REGISTRY_PUSH": self.registry_push,
            "HALLMARK_REGISTRY_PULL": self.registry_pull,
            "HALLMARK_MANIFESTS": str(self.manifests),
            "HALLMARK_OUTPUT": str(output),
        }


def judge(layer: str, output: Path, checks: Callable[[], list[Check]]) -> Verdict:
    """Run a layer and keep its verdict as `verdict.json` and `junit.xml` in `output`/`layer`.

    A layer that raises is judged too: Refused is a failed check, any other HallmarkError an unknown one.
    """
    started, began = format_time(now()), time.monotonic()
    try:
        found = checks()
    except HallmarkError as error:
        outcome = Outcome.FAIL if isinstance(error, Refused) else Outcome.UNKNOWN
        found = [Check(layer, outcome, error.what, error.where)]
    if not found:
        found = [Check(layer, Outcome.UNKNOWN, "nothing was evaluated")]
    verdict = Verdict(layer, tuple(found), started, time.monotonic() - began)
    _write(verdict, output / layer)
    return verdict


def _write(verdict: Verdict, folder: Path) -> None:
    document = {
        "layer": verdict.layer,
        "outcome": verdict.outcome.value,
        "started": verdict.started,
        "duration_s": round(verdict.duration_s, 3),
        "checks": [
            {
                "name": check.name,
                "outcome": check.outcome.value,
                "message": check.message,
                "where": check.where,
                "duration_s": round(check.duration_s, 3),
            }
            for check in verdict.checks
        ],
    }
    write_atomically(folder / "verdict.json", json.dumps(document, indent=2) + "\n")
    suite = TestSuite(verdict.layer)
    for check in verdict.checks:
        case = TestCase(check.name, classname=verdict.layer, time=check.duration_s)
        if check.outcome is not Outcome.PASS:
            kind = Failure if check.outcome is Outcome.FAIL else Error
            case.result = [kind(_printable(f"{check.message}\n{check.where}".strip()))]
        suite.add_testcase(case)
    suite.update_statistics()
    report = JUnitXml()
    report.add_testsuite(suite)
    write_atomically(folder / "junit.xml", report.tostring().decode())


def _printable(text: str) -> str:
    """Without the control characters that XML 1.0 cannot hold."""
    return "".join(char for char in text if char in "\n\t" or ord(char) >= 0x20)
