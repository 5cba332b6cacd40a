"""What `terraform test` says of each run of a test file, from its event stream."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from hallmark.terraform.diagnostics import Diagnostic


@dataclass(frozen=True)
class TestRun:
    """One `run` block. `status` is terraform's: pass, fail, error, skip; `faults` are the errors told with it.

    A test file that could not be read, or whose cleaning up failed, is an entry of its own without a `name`.
    """

    __test__ = False  # for pytest: this is no test class

    file: str
    name: str
    status: str
    faults: tuple[Diagnostic, ...] = ()


@dataclass
class TestEvents:
    """Hears the events one after the other."""

    __test__ = False

    status: dict[tuple[str, str], str] = field(default_factory=dict)
    faults: dict[tuple[str, str], list[Diagnostic]] = field(default_factory=dict)

    def listen(self, event: Mapping[str, Any]) -> None:
        """Take in one event; those that say nothing of a run are passed over."""
        if event.get("type") == "test_run":
            said = event["test_run"]
            if "status" in said:
                self.status[said["path"], said["run"]] = said["status"]
        elif event.get("type") == "test_abstract":
            # Whatever never gets a status has not run.
            for path, names in event["test_abstract"].items():
                self.status |= {(path, name): "pending" for name in names}
        elif event.get("type") == "diagnostic" and event["diagnostic"]["severity"] == "error":
            key = (event.get("@testfile", ""), event.get("@testrun", ""))
            self.faults.setdefault(key, []).append(Diagnostic.read(event["diagnostic"]))

    def runs(self) -> list[TestRun]:
        """Every run that the test files hold, and an entry for every fault outside of a run."""
        outside = {key: "error" for key in self.faults if key not in self.status}
        return [
            TestRun(file, name, status, tuple(self.faults.get((file, name), ())))
            for (file, name), status in {**self.status, **outside}.items()
        ]
