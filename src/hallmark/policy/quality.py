"""Judges the policies themselves: their own tests with coverage, their format, and OPA's strict check."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hallmark import process, tools
from hallmark.outcome import CannotJudge, Check, Outcome
from hallmark.policy import references, rules, sources

TIMEOUT_S = 600.0  # beside the compilers of a first run; else seconds
# Nobody waits for the tests of the rules as for an answer of the cluster, which may be judged at the same time.
NICENESS = 10


@dataclass(frozen=True)
class PolicyTests:
    """What `opa test` found. `coverage` is the covered share of lines, in percent, by file under policies/."""

    checks: tuple[Check, ...]
    coverage: dict[str, float]

    @property
    def outcome(self) -> Outcome:
        return Outcome.of(check.outcome for check in self.checks)


def test(policies: Path | None = None) -> PolicyTests:  # noqa: PT028 - no test of pytest
    """Run every policy test; one check for each, and one for the coverage of each rule and library file: 100 %.

    No test at all, a rule without a test of its own, a name used twice or that OPA doesn't take for a test's, a test
    that is put off, or an OPA that doesn't end are unknown.
    """
    home = policies or sources.home()
    try:
        families = rules.load_all(home)
        base = families[0].home
        files: list[str | Path] = [*sorted(base.rglob("*.rego")), *data(base)]
        outcomes = _run(["test", "--format=json", *files], (0, 2))
        unrun = _unrun(base, outcomes)
        # With a test that doesn't pass OPA writes no coverage; the test itself is the finding then.
        passed = bool(outcomes) and not any(one.keys() & {"fail", "error", "skip"} for one in outcomes)
        covered = _run(["test", "--format=json", "--coverage", *files], (0,)) if passed else {}
    except CannotJudge as error:
        return PolicyTests((Check("policy tests", Outcome.UNKNOWN, error.what, error.where),), {})
    if not outcomes:
        return PolicyTests(
            (Check("policy tests", Outcome.UNKNOWN, "there is no policy test at all", str(home)),), {}
        )
    checks = (*_checks(families, outcomes), *unrun)
    if not covered:
        return PolicyTests(checks, {})
    coverage = _coverage(base, covered)
    return PolicyTests((*checks, *_coverage_checks(families, coverage, covered)), coverage)


def lint(policies: Path | None = None) -> tuple[Check, ...]:
    """`opa fmt` on every file and `opa check --strict` on all of them; a difference or a complaint is a fail."""
    home = (policies or sources.home()).resolve()
    files = sorted(home.rglob("*.rego"))
    if not files:
        return (Check("rego", Outcome.UNKNOWN, "there is no Rego file", str(home)),)
    try:
        opa = tools.path("opa")
        listed = process.run([opa, "fmt", "--list", "--fail", *files], timeout_s=TIMEOUT_S, check=False)
        strict = process.run([opa, "check", "--strict", *files], timeout_s=TIMEOUT_S, check=False)
    except CannotJudge as error:
        return (Check("rego", Outcome.UNKNOWN, error.what, error.where),)
    unformatted = [line for line in listed.stdout.splitlines() if line.strip()]
    formatted = Check(
        "opa fmt",
        Outcome.PASS if listed.ok and not unformatted else Outcome.FAIL,
        "" if listed.ok else "not formatted: opa fmt --write" if unformatted else rules.first_error(listed),
        ", ".join(unformatted),
    )
    said = "\n".join(strict.stderr.strip().splitlines()[:10])
    return (
        formatted,
        Check("opa check --strict", Outcome.PASS if strict.ok else Outcome.FAIL, said, str(home)),
    )


def data(home: Path) -> list[str]:
    """What tests read besides Rego, as arguments of OPA: the parameters, and the objects from which they start."""
    fixtures = [f"testing:{file}" for file in sorted((home / "testing").rglob("*.json"))]
    return [f"parameters:{home / 'parameters.yaml'}", *fixtures]


def _run(arguments: Iterable[str | Path], allowed: tuple[int, ...]) -> Any:
    argv = [tools.path("opa"), *arguments]
    done = process.run(argv, timeout_s=TIMEOUT_S, check=False, niceness=NICENESS)
    if done.returncode not in allowed:
        raise rules.complaint("the policy tests could not be run", rules.first_error(done), "opa test")
    try:
        return json.loads(done.stdout or "[]")
    except ValueError as error:
        raise CannotJudge(
            f"opa test answered no JSON: {rules.first_error(done)}", where="opa test"
        ) from error


def _checks(families: tuple[rules.RuleSet, ...], outcomes: list[dict[str, Any]]) -> list[Check]:
    checks = []
    tested = set()
    for one in sorted(outcomes, key=lambda one: (one["location"]["file"], one["location"]["row"])):
        name = f"{one['package'].removeprefix('data.hallmark.')}.{one['name']}"
        where = f"{one['location']['file']}:{one['location']['row']}"
        tested.add(one["package"])
        outcome, message = Outcome.PASS, ""
        if one.get("error"):
            outcome, message = Outcome.UNKNOWN, _messages(one["error"])
        elif one.get("skip"):
            outcome, message = Outcome.UNKNOWN, "the test is put off by its name"
        elif "#" in one["name"]:
            outcome, message = Outcome.UNKNOWN, "two tests have this name"
        elif one.get("fail"):
            outcome, message = Outcome.FAIL, "the test is not true"
        checks.append(Check(name, outcome, message, where, one.get("duration", 0) / 1e9))
    for loaded in families:
        for rule in loaded.rules:
            if f"data.hallmark.{loaded.family}.{rule.package}_test" not in tested:
                checks.append(Check(rule.id, Outcome.UNKNOWN, "the rule has no test of its own", rule.file))
    return checks


def _messages(error: Any) -> str:
    errors = error if isinstance(error, list) else [error]
    return "; ".join(str(one.get("message", one)) for one in errors)


def _unrun(home: Path, outcomes: list[dict[str, Any]]) -> list[Check]:
    """What stands in the test files under a name that OPA doesn't take for a test's: private helpers begin with _."""
    ran = {(one["package"], one["name"].partition("#")[0]) for one in outcomes}
    trees = rules.modules(sorted(home.rglob("*_test.rego")))
    found = []
    for file, tree in trees.items():
        package = ".".join(str(part["value"]) for part in tree["package"]["path"])
        names = dict.fromkeys(str(one["head"]["ref"][0]["value"]) for one in tree.get("rules") or [])
        for name in (one for one in names if not one.startswith("_") and (package, one) not in ran):
            where = f"{file}:{references.line_of(name, Path(file).read_text(encoding='utf-8'))}"
            full = f"{package.removeprefix('data.hallmark.')}.{name}"
            found.append(Check(full, Outcome.UNKNOWN, "no test by its name, so it is never run", where))
    return found


def _coverage(home: Path, covered: dict[str, Any]) -> dict[str, float]:
    files = covered.get("files") or {}
    return {
        str(Path(file).resolve().relative_to(home)): float(one.get("coverage", 0.0))
        for file, one in sorted(files.items())
        if not file.endswith("_test.rego") and Path(file).resolve().is_relative_to(home)
    }


def _coverage_checks(
    families: tuple[rules.RuleSet, ...], coverage: dict[str, float], covered: dict[str, Any]
) -> list[Check]:
    checks = []
    home = families[0].home
    for name, file in rules.tested_files(families).items():
        share = coverage.get(file, 0.0)
        whole = covered.get("files", {}).get(str(home / file), {})
        rows = ", ".join(str(one["start"]["row"]) for one in whole.get("not_covered") or [])
        checks.append(
            Check(
                f"coverage of {name}",
                Outcome.PASS if share == 100.0 else Outcome.FAIL,
                ""
                if share == 100.0
                else f"{share:.1f} % of its lines are tested, not 100 %; untested lines: {rows}",
                file,
            )
        )
    return checks
