"""Tries mutants: many in one run of `opa test`, each as a copy of the files that depend on it in packages of its own.

The copies of a mutant are called m<number>.<package>, so that no two mutants see each other. Beside those of a file's
mutants stands a copy without any change: its tests must pass, and a mutant's must be as many.
"""

from __future__ import annotations

import json
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from hallmark import process, tools
from hallmark.outcome import CannotJudge
from hallmark.policy import quality, rules
from hallmark.policy.mutation.modules import Modules, renamed, spliced
from hallmark.policy.mutation.mutants import Mutant

# A hundred times what any test takes: on a busy machine too, a test past it was kept from ending by the mutant.
TEST_TIMEOUT_S = 20.0
RUN_TIMEOUT_S = 600.0
# What one run of OPA compiles: the more files there are, the longer it takes for each of them.
FILES_A_RUN = 200
RUNS_AT_ONCE = 2


class Fate(StrEnum):
    """What became of a mutant. A stillborn one is no valid Rego and says nothing about the tests."""

    KILLED = "killed"
    TIMEOUT = "timeout"
    SURVIVED = "survived"
    STILLBORN = "stillborn"


@dataclass(frozen=True)
class Tried:
    """A mutant, its fate, and the test that was not true of it."""

    mutant: Mutant
    fate: Fate
    by: str = ""


@dataclass(frozen=True)
class Trial:
    """A file, its mutants and the tests (files too) that are to kill them."""

    file: str
    mutants: tuple[Mutant, ...]
    tests: frozenset[str]


_Batch = Sequence[Trial]
_Results = dict[Trial, list[Tried] | CannotJudge]


@dataclass
class _Copy:
    """What is copied for one mutant, or for the file as it is, and what its tests said."""

    trial: Trial
    mutant: Mutant | None
    files: frozenset[str]
    tests: int = 0
    failed: list[str] = field(default_factory=list)
    late: list[str] = field(default_factory=list)


def run(
    modules: Modules, trials: Sequence[Trial], data: Sequence[str | Path]
) -> Iterator[Mapping[Trial, list[Tried] | CannotJudge]]:
    """One run of OPA after the other: the fates of some mutants, or why there are none, by the trials that they are of.

    A large trial comes in pieces, each a trial of its own. `data` are the arguments by which OPA loads what the tests
    read.
    """
    return _at_once(list(_batches(modules, trials)), lambda one: _run(modules, one, data))


def _at_once(batches: Sequence[_Batch], work: Callable[[_Batch], _Results]) -> Iterator[_Results]:
    """The results of every batch, in order. OPA compiles on one core: two runs at once use both."""
    pool = ThreadPoolExecutor(RUNS_AT_ONCE, thread_name_prefix="mutants")
    try:
        yield from pool.map(work, batches)
    except KeyboardInterrupt:
        process.interrupt()
        pool.shutdown(cancel_futures=True)
        process.resume()
        raise
    finally:
        pool.shutdown(cancel_futures=True)


def _batches(modules: Modules, trials: Sequence[Trial]) -> Iterator[_Batch]:
    """Trials, the large ones in pieces, such that no run has many more than FILES_A_RUN files."""
    batch: list[Trial] = []
    size = 0
    for trial in trials:
        copied = len(_copied(modules, trial))
        at_once = max(1, FILES_A_RUN // copied)
        for start in range(0, len(trial.mutants), at_once):
            piece = replace(trial, mutants=trial.mutants[start : start + at_once])
            batch.append(piece)
            size += copied * (len(piece.mutants) + 1)
            if size >= FILES_A_RUN:
                yield batch
                batch, size = [], 0
    if batch:
        yield batch


def _needed(modules: Modules, trial: Trial) -> frozenset[str]:
    return modules.needs({trial.file, *trial.tests})


def _copied(modules: Modules, trial: Trial) -> frozenset[str]:
    """Of what is needed, all that depends on the file."""
    return modules.users(trial.file) & _needed(modules, trial)


def _run(modules: Modules, batch: _Batch, data: Sequence[str | Path]) -> _Results:
    with tempfile.TemporaryDirectory(prefix="hallmark-mutants-") as name:
        folder = Path(name)
        try:
            copies = _write(modules, batch, folder)
            shared = {file for one in batch for file in _needed(modules, one) - _copied(modules, one)}
            sources = [*sorted(modules.home / file for file in shared), folder]
            _test(copies, folder, [*sources, *data])
        except CannotJudge as error:
            return dict.fromkeys(batch, error)
    return {one: _fates(one, [copy for copy in copies.values() if copy.trial is one]) for one in batch}


def _write(modules: Modules, batch: _Batch, folder: Path) -> dict[str, _Copy]:
    copies: dict[str, _Copy] = {}
    for trial in batch:
        files = _copied(modules, trial)
        packages = [modules.files[one].package for one in files]
        for mutant in (None, *trial.mutants):
            name = f"m{len(copies)}"
            copies[name] = _Copy(trial, mutant, files)
            for one in files:
                edits = renamed(modules.files[one], packages, name)
                if mutant is not None and one == trial.file:
                    edits.append(mutant.edit)
                target = folder / name / one
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_text(spliced(modules.files[one].text, edits), encoding="utf-8")
    return copies


def _test(copies: dict[str, _Copy], folder: Path, arguments: Sequence[str | Path]) -> None:
    """Run the tests of all copies, and note in each what they said; take away the copies that don't compile.

    OPA's compiler gives up between its stages, so the errors come in several rounds.
    """
    while True:
        done = process.run(
            [
                *(tools.path("opa"), "test", "--format=json", "--max-errors=0"),
                *(f"--timeout={TEST_TIMEOUT_S:g}s", *arguments),
            ],
            timeout_s=RUN_TIMEOUT_S,
            check=False,
            niceness=quality.NICENESS,
        )
        if done.returncode in (0, 2):
            break
        stillborn = set(re.findall(rf"{re.escape(str(folder))}/(m[0-9]+)/", done.stderr))
        if not stillborn or any(copies[one].mutant is None for one in stillborn):
            raise CannotJudge(f"the tests could not be run: {rules.first_error(done)}", where="opa test")
        for name in stillborn:
            del copies[name]
            shutil.rmtree(folder / name)
    try:
        results = json.loads(done.stdout) or []
    except ValueError as error:
        raise CannotJudge(
            f"opa test answered no JSON: {rules.first_error(done)}", where="opa test"
        ) from error
    for one in results:
        _note(copies, one)


def _note(copies: Mapping[str, _Copy], result: Mapping[str, Any]) -> None:
    name, _, package = str(result["package"]).removeprefix("data.").partition(".")
    copy = copies.get(name)
    if copy is None:  # a test of a file that is shared
        return
    copy.tests += 1
    said = f"{package.removeprefix('hallmark.')}.{result['name']}"
    if result.get("error", {}).get("code") == "eval_cancel_error":
        copy.late.append(said)
    elif result.get("fail") or result.get("error"):
        copy.failed.append(said)


def _fates(trial: Trial, copies: Sequence[_Copy]) -> list[Tried] | CannotJudge:
    unchanged = next(one for one in copies if one.mutant is None)
    red = [*unchanged.failed, *unchanged.late]
    if red or not unchanged.tests:
        reason = f"not true without any mutation: {', '.join(red)}" if red else "no test"
        return CannotJudge(reason, where=trial.file)
    tried = []
    by_mutant = {one.mutant: one for one in copies}
    for mutant in trial.mutants:
        copy = by_mutant.get(mutant)
        if copy is None:
            tried.append(Tried(mutant, Fate.STILLBORN))
        elif copy.tests != unchanged.tests:
            where = f"{trial.file}:{mutant.line}"
            return CannotJudge(f"{copy.tests} of {unchanged.tests} tests were run on a mutant", where=where)
        elif copy.failed:
            tried.append(Tried(mutant, Fate.KILLED, min(copy.failed)))
        elif copy.late:
            tried.append(Tried(mutant, Fate.TIMEOUT, min(copy.late)))
        else:
            tried.append(Tried(mutant, Fate.SURVIVED))
    return tried
