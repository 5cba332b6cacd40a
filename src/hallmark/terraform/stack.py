"""A stack at work: a copy of its configuration, its variables, where its state is, and terraform's commands on it.

The checkout is never written to. A working copy can be made again over an old one, by another process too: what
counts, the state, is where the backend says.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hallmark import process
from hallmark.outcome import CannotJudge
from hallmark.records import write_atomically
from hallmark.terraform import binary
from hallmark.terraform.diagnostics import Diagnostic, error_of, parse
from hallmark.terraform.runs import TestEvents, TestRun

Report = Callable[[str], object]

INIT_S, VALIDATE_S, TEST_S, PLAN_S, SHOW_S, APPLY_S = 600.0, 120.0, 900.0, 900.0, 120.0, 5400.0
# Asked to end, terraform waits for the calls that are under way and writes its state.
STOP_S = 120.0
LOCK_WAIT_S = 20
LOCK_FILE = ".terraform.lock.hcl"
MODULES = "modules"

# What other runs leave beside a configuration, and files whose values no variable of ours would show.
_NOT_COPIED = (
    ".terraform",
    "*.tfstate",
    "*.tfstate.*",
    "*.tfvars",
    "*.tfvars.json",
    "*_override.tf*",
    "override.tf*",
)
_TOLD = {
    "apply_start",
    "apply_progress",
    "apply_complete",
    "apply_errored",
    "change_summary",
    "resource_drift",
}


@dataclass(frozen=True)
class Local:
    """State in a file of this machine."""

    path: Path


@dataclass(frozen=True)
class S3:
    """State in a bucket, locked by a file beside it. `endpoint` stands in for AWS's own addresses."""

    bucket: str
    key: str
    region: str
    endpoint: str | None = None


Backend = Local | S3


@dataclass(frozen=True)
class Plan:
    """A plan that terraform can apply, and whether it changes anything."""

    file: Path
    has_changes: bool


@dataclass(frozen=True)
class Stack:
    """A root configuration with its variables, worked on in the folder `work`.

    `source` is the root's folder; the modules beside it (`../modules`) come along. `overrides` are further files of the
    copy by their names, which end in `_override.tf`. `env` is added to the environment of every command. Every method
    raises CannotJudge or UsageError with the first thing that terraform itself calls an error.
    """

    source: Path
    work: Path
    variables: Mapping[str, Any]
    backend: Backend
    env: Mapping[str, str] = field(default_factory=dict)
    overrides: Mapping[str, str] = field(default_factory=dict)
    mirror: str = binary.AUTO  # the setting provider_mirror
    lock_file: Path | None = None  # of the root that a module is part of; modules have none of their own

    @property
    def folder(self) -> Path:
        """The copy of the root that terraform runs in."""
        return self.work / self.source.name

    def init(self) -> None:
        """Make the working copy and have the providers of the lock file there. To be called before all else."""
        self._copy()
        # What a mirror holds is used where it is; nothing is written that others read.
        mirrored = binary.find_mirror(self.mirror) is not None
        with contextlib.nullcontext() if mirrored else binary.alone():
            words = [*self._backend_words(), "-lockfile=readonly"]
            self._follow("init", *words, report=None, timeout_s=INIT_S)

    def validate(self) -> list[Diagnostic]:
        """What is wrong with the configuration itself; nothing when it is valid."""
        done = self._run("validate", "-json", timeout_s=VALIDATE_S)
        return [found for found in parse(done.stdout, done) if found.severity == "error"]

    def plan(
        self,
        out: Path,
        *,
        destroy: bool = False,
        refresh_only: bool = False,
        lock: bool = True,
        report: Report | None = None,
    ) -> Plan:
        """Plan, and keep the plan as terraform's own file `out`.

        Without `lock`, several stacks may plan in one working copy at once, each with its own variables.
        """
        out = out.resolve()
        modes = ["-destroy"] * destroy + ["-refresh-only"] * refresh_only
        words = [
            "-detailed-exitcode",
            f"-out={out}",
            *self._lock_words(lock),
            *self._variable_words(),
            *modes,
        ]
        try:
            done = self._follow("plan", *words, report=report, timeout_s=PLAN_S, good=(0, 2))
        except BaseException:
            out.unlink(missing_ok=True)  # terraform keeps the part that it could plan
            raise
        return Plan(out, has_changes=done.returncode == 2)

    def show(self, file: Path | None = None) -> bytes:
        """A plan file, or the state when there is none, as terraform's JSON."""
        words = [str(file.resolve())] if file is not None else []
        return self._quietly("show", "-json", *words, timeout_s=SHOW_S).stdout.encode()

    def apply(self, file: Path, report: Report | None = None, *, timeout_s: float = APPLY_S) -> None:
        """Do what was planned, and nothing else."""
        self._follow("apply", *self._lock_words(), str(file.resolve()), report=report, timeout_s=timeout_s)

    def refresh(self, report: Report | None = None, *, timeout_s: float = APPLY_S) -> None:
        """Take into the state what the account says of everything in it; there nothing is changed.

        Right after an apply the state has what was asked for. Some of it the account says in other words, or only
        later: without this a look for drift would take that for somebody's doing.
        """
        words = ["-refresh-only", "-auto-approve", *self._lock_words(), *self._variable_words()]
        self._follow("apply", *words, report=report, timeout_s=timeout_s)

    def destroy(self, report: Report | None = None, *, timeout_s: float = APPLY_S) -> None:
        """Take away everything that the state names."""
        words = ["-destroy", "-auto-approve", *self._lock_words(), *self._variable_words()]
        self._follow("apply", *words, report=report, timeout_s=timeout_s)

    def outputs(self) -> dict[str, Any]:
        """The outputs of the last apply by their names; none before it."""
        said = json.loads(self._quietly("output", "-json", timeout_s=SHOW_S).stdout)
        return {name: output["value"] for name, output in said.items()}

    def addresses(self) -> list[str]:
        """The address of everything in the state, data sources too; nothing where there is no state."""
        if not self.state_exists():
            return []
        return self._quietly("state", "list", timeout_s=SHOW_S).stdout.splitlines()

    def state_exists(self) -> bool:
        """Whether anything was ever applied here; a destroyed stack leaves an empty state behind."""
        return bool(self._quietly("state", "pull", timeout_s=SHOW_S).stdout.strip())

    def test(self) -> list[TestRun]:
        """Run the tests in `tests/` of the stack; they say themselves what is mocked. None where there are none."""
        heard = TestEvents()
        done = self._follow("test", report=None, timeout_s=TEST_S, good=(0, 1), events=heard.listen)
        runs = heard.runs()
        if done.ok != all(run.status == "pass" for run in runs):
            what = f"exited with {done.returncode}, which is not what its runs say"
            raise process.CommandFailed(done.argv, what, done.stderr)
        return runs

    def unlock(self, lock_id: str) -> None:
        """Take away the lock of a run that is known to be dead; diagnostics.Locked names it."""
        self._quietly("force-unlock", "-force", lock_id, timeout_s=SHOW_S)

    def _copy(self) -> None:
        if not any(self.source.glob("*.tf")):
            raise CannotJudge("there is no Terraform configuration", where=str(self.source))
        ignore = shutil.ignore_patterns(*_NOT_COPIED)
        folders = [self.source]
        if (modules := self.source.parent / MODULES).is_dir():
            folders.append(modules)
        for folder in folders:
            copy = self.work / folder.name
            shutil.rmtree(copy, ignore_errors=True)
            shutil.copytree(folder, copy, ignore=ignore)
        if self.lock_file is not None:
            shutil.copy(self.lock_file, self.folder / LOCK_FILE)
        for name, text in self.overrides.items():
            if not name.endswith("_override.tf"):
                raise CannotJudge(f"{name} would not override anything: its name must end in _override.tf")
            write_atomically(self.folder / name, text)
        if isinstance(self.backend, Local):
            path = json.dumps(str(self.backend.path.resolve()))
            text = f'terraform {{\n  backend "local" {{\n    path = {path}\n  }}\n}}\n'
            write_atomically(self.folder / "backend_override.tf", text)

    def _backend_words(self) -> list[str]:
        words = ["-reconfigure"]
        if isinstance(self.backend, S3):
            settings: dict[str, Any] = {
                "bucket": self.backend.bucket,
                "key": self.backend.key,
                "region": self.backend.region,
                "use_lockfile": True,
                "encrypt": True,
            }
            if self.backend.endpoint is not None:
                settings |= {
                    "endpoints": {"s3": self.backend.endpoint},
                    "use_path_style": True,
                    "skip_credentials_validation": True,
                    "skip_requesting_account_id": True,
                    "skip_metadata_api_check": True,
                    "skip_region_validation": True,
                }
            file = self.work / "backend.tfbackend.json"
            write_atomically(file, json.dumps(settings), mode=0o600)
            words.append(f"-backend-config={file.resolve()}")
        return words

    @staticmethod
    def _lock_words(lock: bool = True) -> list[str]:
        return [f"-lock-timeout={LOCK_WAIT_S}s"] if lock else ["-lock=false"]

    def _variable_words(self) -> list[str]:
        """The variables in a file of their own: stacks with others may be at work in the same folder.

        They may hold what not everybody on this machine should read.
        """
        text = json.dumps(dict(self.variables), sort_keys=True)
        file = self.work / f"variables-{hashlib.sha256(text.encode()).hexdigest()[:12]}.tfvars.json"
        write_atomically(file, text, mode=0o600)
        return [f"-var-file={file.resolve()}"]

    def _environment(self) -> dict[str, str]:
        ours = binary.environment(binary.find_mirror(self.mirror))
        return {**ours, "TF_DATA_DIR": str((self.work / "data").resolve()), **self.env}

    def _run(self, *words: str, timeout_s: float) -> process.Completed:
        argv = [str(binary.find()), *words, "-no-color"]
        return process.run(argv, timeout_s=timeout_s, cwd=self.folder, env=self._environment(), check=False)

    def _quietly(self, *words: str, timeout_s: float) -> process.Completed:
        """A command that speaks to people when it fails."""
        done = self._run(*words, timeout_s=timeout_s)
        if not done.ok:
            raise error_of([], done)
        return done

    def _follow(
        self,
        *words: str,
        report: Report | None,
        timeout_s: float,
        good: tuple[int, ...] = (0,),
        events: Callable[[Mapping[str, Any]], object] = lambda _: None,
    ) -> process.Completed:
        """A command that tells its progress as events, one JSON object a line."""
        found: list[Diagnostic] = []

        def listen(line: str) -> None:
            try:
                event = json.loads(line)
            except ValueError:
                return  # words between the events, such as a panic's; the exit code says the rest
            events(event)
            if event.get("type") == "diagnostic":
                found.append(Diagnostic.read(event["diagnostic"]))
            elif report is not None and event.get("type") in _TOLD:
                report(str(event["@message"]))

        command, *rest = words
        asks = ["-input=false"] * (command != "test")
        argv = [str(binary.find()), command, "-json", *asks, *rest]
        done = process.follow(
            argv, listen, timeout_s=timeout_s, stop_s=STOP_S, cwd=self.folder, env=self._environment()
        )
        if done.returncode not in good:
            raise error_of(found, done)
        return done
