"""The layer `lint`: every static check is one named command, and all of them run side by side.

A command fails on findings, and is unknown when it was missing, crashed, ran out of time or had no file to
look at. Pre-commit and the workflows run these same commands.
"""

from __future__ import annotations

import os
import re
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from hallmark import process, tools
from hallmark.config import Project
from hallmark.layers import lock
from hallmark.layers.finding import Finding
from hallmark.outcome import CannotJudge, Check, HallmarkError, Outcome, UsageError

SHOWN_FINDINGS = 3
MANIFEST = "pyproject.toml"
LOCK = "requirements.txt"
LOCK_SOURCE = "requirements.in"
WORKFLOWS = ".github/workflows/"

_ANSI = re.compile(r"\x1b\[[0-9;]*m")
_CONFLICT = re.compile(rb"^(<{7}(?= )|\|{7}(?= )|={7}(?=\r?$)|>{7}(?= ))", re.MULTILINE)
_SHEBANG = re.compile(rb"#!.*\b(?:ba|da)?sh\b")


class Command(Protocol):
    """A lint command: a name, the files it is about, and a way to find faults in them."""

    @property
    def name(self) -> str: ...

    @property
    def tool(self) -> str:
        """The pinned external tool that it needs; empty when it needs none."""

    def selects(self, root: Path, file: str) -> bool:
        """Whether `file`, a path relative to `root`, is one to look at."""

    def find(self, root: Path, files: Sequence[str]) -> list[Finding]:
        """Every fault in `files`, which is never empty. Raises CannotJudge when that cannot be told."""


@dataclass(frozen=True)
class Program:
    """A lint command that is a program of the virtual environment or, with `tool`, a pinned external tool.

    It must exit with 0, or with one of `finding_codes` and output in which `pattern` finds something (its groups
    are text, and file and line where the program tells them); anything else is no judgement.
    """

    name: str
    argv: tuple[str, ...]
    selector: Callable[[Path, str], bool]
    pattern: re.Pattern[str]
    finding_codes: frozenset[int] = frozenset({1})
    takes_files: bool = True
    tool: str = ""
    timeout_s: float = 900.0  # beside the compilers of a first run; else a minute

    def selects(self, root: Path, file: str) -> bool:
        return self.selector(root, file)

    def find(self, root: Path, files: Sequence[str]) -> list[Finding]:
        name, *words = self.argv
        program = tools.path(self.tool) if self.tool else Path(sys.executable).parent / name
        argv = [str(program), *words, *(files if self.takes_files else ())]
        # The folder of the checkout's own code comes first: a copy of the checkout is judged by its own files.
        env = {"PYTHONPATH": str(root / "src")}
        done = process.run(argv, timeout_s=self.timeout_s, cwd=root, env=env, check=False)
        if done.ok:
            return []
        output = _ANSI.sub("", done.stdout + done.stderr)
        findings = [_finding(match) for match in self.pattern.finditer(output)]
        if done.returncode not in self.finding_codes or not findings:
            raise process.CommandFailed(argv, f"exited with {done.returncode}", output)
        return findings


@dataclass(frozen=True)
class Imports(Program):
    """The import directions, by the contract in pyproject.toml; it names modules, and this finds their files."""

    def find(self, root: Path, files: Sequence[str]) -> list[Finding]:
        return [self._located(root, finding) for finding in super().find(root, files)]

    @staticmethod
    def _located(root: Path, finding: Finding) -> Finding:
        module = Path("src", *finding.text.partition(" ")[0].split("."))
        package = module / "__init__.py"
        file = package if (root / package).is_file() else module.with_suffix(".py")
        text = finding.text if finding.line else f"{finding.text} has no place in the order of imports"
        return Finding(str(file), finding.line, text)


@dataclass(frozen=True)
class Lock:
    """The lock files say exactly what is installed, and hold every direct dependency.

    The kit's own dependencies stand in pyproject.toml; a lock elsewhere has a requirements.in beside it.
    """

    name: str = "lock"
    tool: str = ""

    def selects(self, root: Path, file: str) -> bool:  # noqa: ARG002 - the protocol's signature
        return file == MANIFEST or Path(file).name in (LOCK, LOCK_SOURCE)

    def find(self, root: Path, files: Sequence[str]) -> list[Finding]:
        text = {file: (root / file).read_text(encoding="utf-8") for file in files}
        if LOCK not in text:
            raise CannotJudge(f"{LOCK} is missing", where=str(root))
        findings: list[Finding] = []
        for file in (file for file in files if Path(file).name == LOCK):
            source = MANIFEST if file == LOCK else str(Path(file).with_name(LOCK_SOURCE))
            if source not in text:
                raise CannotJudge(f"{source} is missing: nothing says what {file} is for", where=str(root))
            read = lock.of_project if source == MANIFEST else lock.of_list
            findings += lock.find_missing(read(text[source]), text[file], source)
            findings += lock.find_loose(text[file], file)
        return findings


@dataclass(frozen=True)
class Conflicts:
    """No text has the marks that git leaves where a merge needs a decision."""

    name: str = "conflicts"
    tool: str = ""

    def selects(self, root: Path, file: str) -> bool:  # noqa: ARG002 - the protocol's signature
        return True

    def find(self, root: Path, files: Sequence[str]) -> list[Finding]:
        contents = ((file, (root / file).read_bytes()) for file in files)
        return [
            Finding(
                file, content.count(b"\n", 0, mark.start()) + 1, f"the mark of a merge: {mark[1].decode()}"
            )
            for file, content in contents
            if b"\0" not in content
            for mark in _CONFLICT.finditer(content)
        ]


def _ending(*endings: str, under: str = "") -> Callable[[Path, str], bool]:
    return lambda root, file: file.startswith(under) and file.endswith(endings)  # noqa: ARG005


def _is_shell(root: Path, file: str) -> bool:
    if Path(file).suffix:
        return file.endswith((".sh", ".bash"))
    with (root / file).open("rb") as stream:
        return _SHEBANG.match(stream.readline(80)) is not None


def _is_written_yaml(root: Path, file: str) -> bool:  # noqa: ARG001
    # The examples of the policies are rendered, and read by a stricter reader in the policies' own tests.
    return file.endswith((".yaml", ".yml")) and not (file.startswith("policies/") and "/examples/" in file)


def _finding(match: re.Match[str]) -> Finding:
    groups = match.groupdict()
    return Finding(
        groups.get("file") or "", int(groups.get("line") or 0), groups.get("text") or "is not formatted"
    )


_PYTHON = _ending(".py")
_WORKFLOW = _ending(".yaml", ".yml", under=WORKFLOWS)
_REGO = _ending(".rego")

_AT = re.compile(r"^(?P<file>[^:\n]+):(?P<line>\d+):(?:\d+:)? (?P<text>.+)$", re.MULTILINE)
_MYPY = re.compile(r"^(?P<file>[^:\n]+):(?P<line>\d+): error: (?P<text>.+)$", re.MULTILINE)
_IMPORT = re.compile(
    r"^[-&]?\s+(?P<text>hallmark[\w.]*(?: -> hallmark[\w.]*)?)(?: \(l\.(?P<line>\d+).*\))?$", re.MULTILINE
)
_ZIZMOR = re.compile(r"^\w+\[(?P<text>[\w-]+\]: .+)\n\s+--> (?P<file>[^:\n]+):(?P<line>\d+)", re.MULTILINE)
_OPA_CHECK = re.compile(r"(?:^|occurred: )(?P<file>[^:\s]+\.rego):(?P<line>\d+): (?P<text>.+)$", re.MULTILINE)
_OPA_FMT = re.compile(r"^(?P<file>[^:\n]+\.rego)$", re.MULTILINE)

COMMANDS: tuple[Command, ...] = (
    Conflicts(),
    Program(
        "mypy",
        # A cache of its own: an editor's run with other settings does not reach this one.
        ("mypy", "--strict", "--no-error-summary", "--no-color-output", "--cache-dir", ".mypy_cache/lint"),
        _PYTHON,
        _MYPY,
    ),
    Program("ruff", ("ruff", "check", "--no-fix", "--output-format", "concise"), _PYTHON, _AT),
    Program("ruff-format", ("ruff", "format", "--check", "--output-format", "concise"), _PYTHON, _AT),
    Imports(
        "imports", ("lint-imports", "--no-logo"), _ending(".py", under="src/"), _IMPORT, takes_files=False
    ),
    Lock(),
    Program("shellcheck", ("shellcheck", "--format", "gcc"), _is_shell, _AT),
    Program("yamllint", ("yamllint", "--strict", "--format", "parsable"), _is_written_yaml, _AT),
    Program("actionlint", ("actionlint", "-no-color", "-oneline"), _WORKFLOW, _AT, tool="actionlint"),
    Program(
        "zizmor",
        ("zizmor", "--offline", "--no-progress", "--color", "never", "--format", "plain"),
        _WORKFLOW,
        _ZIZMOR,
        # One code for each highest severity found.
        finding_codes=frozenset({10, 11, 12, 13, 14}),
    ),
    Program("opa-fmt", ("opa", "fmt", "--list", "--fail"), _REGO, _OPA_FMT, frozenset({2}), tool="opa"),
    Program("opa-check", ("opa", "check", "--strict"), _REGO, _OPA_CHECK, tool="opa"),
)


def names() -> list[str]:
    return [command.name for command in COMMANDS]


def needed_tools(only: Iterable[str] | None = None) -> list[str]:
    """The pinned external tools that these commands need, all commands by default."""
    return sorted({command.tool for command in choose(only) if command.tool})


def run(project: Project, *, only: list[str] | None = None) -> list[Check]:
    """Run the lint commands named in `only`, or all, over the files of the checkout that git does not ignore.

    Raises UsageError for an unknown name, CannotJudge when git cannot list the files.
    """
    commands = choose(only)
    files = list_files(project.root)
    pool = ThreadPoolExecutor(max_workers=os.cpu_count() or 1)
    try:
        return list(pool.map(lambda command: judge(command, project.root, files), commands))
    finally:
        # After an interruption the caller stops the programs (process.interrupt); waiting here would hold it up.
        pool.shutdown(wait=False, cancel_futures=True)


def judge(command: Command, root: Path, files: Sequence[str]) -> Check:
    """Run one lint command over those of `files`, relative to `root`, that it is about."""
    began = time.monotonic()

    def check(outcome: Outcome, message: str, where: str = "") -> Check:
        return Check(command.name, outcome, message, where, time.monotonic() - began)

    try:
        selected = [file for file in files if command.selects(root, file)]
        if not selected:
            return check(Outcome.UNKNOWN, "there is no file for it to look at", str(root))
        findings = command.find(root, selected)
    except HallmarkError as error:
        message = f"{error.what}\n  next:  {error.next_step}" if error.next_step else error.what
        return check(Outcome.UNKNOWN, message, error.where)
    except (OSError, ValueError) as error:  # a file that vanished, is no UTF-8, or is no TOML
        return check(Outcome.UNKNOWN, str(error), str(root))
    if not findings:
        return check(Outcome.PASS, f"{len(selected)} file{'s' if len(selected) > 1 else ''}")
    shown = [str(finding) for finding in findings[:SHOWN_FINDINGS]]
    rest = len(findings) - len(shown)
    return check(Outcome.FAIL, "\n".join(shown + [f"and {rest} more"] * (rest > 0)), findings[0].where)


def list_files(root: Path) -> list[str]:
    """The regular files of the checkout, relative to its root: tracked ones and new ones that git does not ignore."""
    safe = f"safe.directory={root}"  # sudo ./hallmark in a checkout that belongs to another user
    argv = ["git", "-c", safe, "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = process.run(argv, timeout_s=60, cwd=root).stdout.split("\0")
    return sorted({file for file in listed if file and _is_plain(root / file)})


def _is_plain(path: Path) -> bool:
    return path.is_file() and not path.is_symlink()


def choose(only: Iterable[str] | None) -> list[Command]:
    """The commands of these names, in their order, or all; raises UsageError listing the names that there are."""
    if only is None:
        return list(COMMANDS)
    wanted = set(only)
    if unknown := sorted(wanted - set(names())):
        raise UsageError(
            f"no lint command is named {', '.join(unknown)}", next_step=f"one of: {', '.join(names())}"
        )
    return [command for command in COMMANDS if command.name in wanted]
