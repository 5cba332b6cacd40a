"""Tries the mutants of many files, and remembers what became of them.

A file's mutants meet first the tests that stand beside it, then, if any are left, every other test that uses it. What
is remembered is found by the digest of everything that had a say: the file, its tests, what these import, the data,
OPA and this package.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path, PurePosixPath
from typing import Any

from hallmark import records, tools
from hallmark.folders import cache_home
from hallmark.outcome import CannotJudge, Check, Outcome, UsageError
from hallmark.policy import quality, rules, sources
from hallmark.policy.mutation import equivalents, modules, mutants, trial
from hallmark.policy.mutation.modules import Modules
from hallmark.policy.mutation.mutants import Mutant
from hallmark.policy.mutation.report import FileReport, MutationReport
from hallmark.policy.mutation.trial import Fate, Trial, Tried

# Hears what is done, and of how much.
Tell = Callable[[int, int], None]
_Result = tuple[Tried, ...] | CannotJudge


def memories() -> Path:
    """Where it is remembered what became of mutants."""
    return cache_home() / "policy" / "mutants"


def mutate(
    policies: Path | None = None,
    only: Sequence[str] | None = None,
    *,
    fresh: bool = False,
    tell: Tell = lambda _done, _of: None,
) -> MutationReport:
    """Try the mutants of every rule and library file, or of those named in `only` (`replicas`, `lib/workload`).

    With `fresh` nothing that is remembered is believed. Raises UsageError for a name that isn't there; whatever else
    keeps mutants from being tried is in the report.
    """
    home = (policies or sources.home()).resolve()
    try:
        files = rules.tested_files(rules.load_all(home))
        listed = equivalents.load(home)
        if only is not None:
            missing = sorted(set(only) - set(files))
            if missing or not only:
                raise UsageError(
                    f"there is no rule {', '.join(missing) or 'in an empty list'}",
                    next_step=f"one of: {', '.join(files)}",
                )
        chosen = {name: file for name, file in files.items() if only is None or name in only}
        campaign = _Campaign(modules.load(home), quality.data(home), fresh=fresh, tell=tell)
        results = campaign.run(list(chosen.values()))
    except CannotJudge as error:
        return MutationReport(unknown=(Check("mutants", Outcome.UNKNOWN, error.what, error.where),))
    stray = [one for one in listed if files.get(one.rule) != one.file]
    return MutationReport(
        tested=tuple(_tested(name, file, results[file], listed) for name, file in chosen.items()),
        unknown=tuple(
            Check(
                "equivalent mutants",
                Outcome.FAIL,
                f"{one}: there is no {one.rule} of this file",
                equivalents.NAME,
            )
            for one in stray
        ),
    )


def _tested(name: str, file: str, result: _Result, listed: Iterable[equivalents.Equivalent]) -> FileReport:
    about = tuple(one for one in listed if one.file == file)
    if isinstance(result, CannotJudge):
        reason = f"{result.what} ({result.where})" if result.where else result.what
        return FileReport(name, file, listed=about, reason=reason)
    return FileReport(name, file, result, about)


class _Campaign:
    """One run of `mutate`: what is tried, what is remembered, how far it is."""

    def __init__(self, known: Modules, data: Sequence[str | Path], *, fresh: bool, tell: Tell) -> None:
        self._modules = known
        self._data = data
        self._fresh = fresh
        self._tell = tell
        self._common = _digest_of_the_common(data)

    def run(self, files: Sequence[str]) -> dict[str, _Result]:
        """By file, what became of its mutants."""
        tests = {one: self._tests(one) for one in files}
        beside = {
            one: frozenset(
                test for test in tests[one] if PurePosixPath(test).parent == PurePosixPath(one).parent
            )
            for one in files
        }
        found = self._try({one: (beside[one] or tests[one], None) for one in files})
        left = {}
        for file, result in found.items():
            survivors = () if isinstance(result, CannotJudge) else _survivors(result)
            others = tests[file] - beside[file]
            if beside[file] and others and survivors:
                left[file] = (others, survivors)
        for file, later in self._try(left).items():
            earlier = found[file]
            if isinstance(earlier, tuple) and isinstance(later, tuple):
                by_mutant = {one.mutant: one for one in later}
                found[file] = tuple(by_mutant.get(one.mutant, one) for one in earlier)
            else:
                found[file] = later
        return found

    def _tests(self, file: str) -> frozenset[str]:
        return frozenset(one for one in self._modules.users(file) if self._modules.files[one].is_test)

    def _try(
        self, asked: Mapping[str, tuple[frozenset[str], tuple[Mutant, ...] | None]]
    ) -> dict[str, _Result]:
        """Recall or try, by file, these mutants (or all that there are) with these tests."""
        known: dict[str, _Memory] = {}
        trials = []
        for file, (tests, some) in asked.items():
            memory = known[file] = _Memory(self._place(file, tests, some))
            if not self._fresh:
                memory.recall()
            if memory.is_whole:
                continue
            if some is None:
                some = tuple(mutants.of(modules.Tree(self._modules.files[file])))
            left = memory.expect(some)
            trials.append(Trial(file, left, tests))
        of = sum(len(one.mutants) for one in trials)
        done = 0
        broken: dict[str, CannotJudge] = {}
        for results in trial.run(self._modules, trials, self._data):
            for piece, tried in results.items():
                if isinstance(tried, CannotJudge):
                    broken[piece.file] = tried
                else:
                    known[piece.file].add(tried)
                done += len(piece.mutants)
            self._tell(done, of)
        return {file: broken.get(file) or known[file].tried for file in asked}

    def _place(self, file: str, tests: frozenset[str], some: Iterable[Mutant] | None) -> Path:
        digest = hashlib.sha256(self._common)
        for one in sorted(self._modules.needs({file, *tests})):
            digest.update(f"\0{one}\0{self._modules.files[one].text}".encode())
        asked = [file, sorted(tests), None if some is None else [one.identity for one in some]]
        digest.update(json.dumps(asked).encode())
        return memories() / f"{digest.hexdigest()}.json"


class _Memory:
    """What became of a file's mutants, remembered after every run of OPA: an interrupted campaign goes on from there.

    A cache that cannot be written costs time only.
    """

    def __init__(self, place: Path) -> None:
        self._place = place
        self._order: tuple[Mutant, ...] = ()
        self._fates: dict[Mutant, Tried] = {}
        self.is_whole = False

    @property
    def tried(self) -> tuple[Tried, ...]:
        """As far as it is known, in order."""
        return tuple(self._fates[one] for one in self._order if one in self._fates)

    def recall(self) -> None:
        """Read what is remembered; nothing of it, where it cannot be read."""
        try:
            written = json.loads(self._place.read_text(encoding="utf-8"))
            tried = [Tried(_mutant(one["mutant"]), Fate(one["fate"]), one["by"]) for one in written["tried"]]
            self.is_whole = written["whole"] is True
        except (OSError, ValueError, LookupError, TypeError):
            return
        self._fates = {one.mutant: one for one in tried}
        self._order = tuple(self._fates)

    def expect(self, some: Iterable[Mutant]) -> tuple[Mutant, ...]:
        """Of all mutants that there are, those that are left to try."""
        self._order = tuple(some)
        return tuple(one for one in self._order if one not in self._fates)

    def add(self, more: Iterable[Tried]) -> None:
        """Remember more of them."""
        self._fates |= {one.mutant: one for one in more}
        # A test may have been late because of the machine and not of the mutant.
        sure = [asdict(one) for one in self.tried if one.fate is not Fate.TIMEOUT]
        with contextlib.suppress(OSError):
            text = json.dumps({"whole": len(sure) == len(self._order), "tried": sure})
            records.write_atomically(self._place, text)


def _digest_of_the_common(data: Sequence[str | Path]) -> bytes:
    """Of what has a say about every mutant: this package, OPA (its path names its pin) and what the tests read."""
    digest = hashlib.sha256(str(tools.path("opa")).encode())
    read = [Path(str(one).partition(":")[2]) for one in data]
    for file in (*sorted(Path(__file__).parent.glob("*.py")), *read):
        digest.update(f"\0{file.name}\0".encode() + file.read_bytes())
    return digest.digest()


def _survivors(result: Iterable[Tried]) -> tuple[Mutant, ...]:
    return tuple(one.mutant for one in result if one.fate is Fate.SURVIVED)


def _mutant(written: Mapping[str, Any]) -> Mutant:
    start, end, text = written["edit"]
    return Mutant(**{**written, "edit": (start, end, text)})
