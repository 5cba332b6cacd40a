"""`hallmark policy`: judge the policies themselves."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from hallmark.outcome import ExitCode, UsageError
from hallmark.policy.mutation.campaign import mutate
from hallmark.policy.mutation.report import MutationReport

app = typer.Typer(
    help="Judge the policies themselves: whether their tests would notice a mistake.",
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)


# A group, though it has one command: `policy mutate` is what it is called.
@app.callback()
def _group() -> None:
    pass


@app.command("mutate")
def run(
    rules: Annotated[
        list[str] | None,
        typer.Argument(metavar="RULE", help="A rule's id, or a file of the library such as lib/workload."),
    ] = None,
    all_rules: Annotated[bool, typer.Option("--all", help="Every rule, and the library.")] = False,
    policies: Annotated[
        Path | None, typer.Option(help="The folder of the rules, instead of the kit's own.")
    ] = None,
    fresh: Annotated[bool, typer.Option("--fresh", help="Try again what is remembered too.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document on standard output.")] = False,
) -> None:
    """Change each rule in one small way after the other, and see whether its tests fail.

    What a mutant became is remembered until the rule, its tests or anything else that they use changes. A survivor
    is a gap in the tests, a needless condition, or the same rule in other words: then it belongs into
    policies/equivalent-mutants.yaml, with the reason.

    Exit codes: 0 every mutant is killed or listed, 1 one survived or is wrongly listed, 2 something could not be
    judged: a rule without a mutant or a test, a test that is red without any mutation, no OPA.

    Example: hallmark policy mutate image-digest lib/workload
    """
    if bool(rules) is all_rules:
        raise UsageError("name the rules, or say --all", next_step="hallmark policy mutate --help")
    report = mutate(policies, rules or None, fresh=fresh, tell=_tell)
    if as_json:
        json.dump(report.as_json(), sys.stdout, indent=1)
        sys.stdout.write("\n")
    else:
        _print(report)
    raise typer.Exit(ExitCode.of(report.outcome))


def _tell(done: int, of: int) -> None:
    print(f"{done} of {of} mutants tried", file=sys.stderr, flush=True)


def _print(report: MutationReport) -> None:
    """What is wrong on standard output, each survivor with its line, and the sum at the end."""
    for check in report.unknown:
        print(f"{check.outcome}: {check.name}: {check.message}\n  where: {check.where}")
    for one in report.tested:
        if one.reason:
            print(f"unknown: {one.name}: {one.reason}\n  where: {one.file}")
        for tried in one.survivors:
            mutant = tried.mutant
            print(f"survived: {one.name}: {mutant.kind} {mutant.original!r} to {mutant.replacement!r}")
            print(f"  where: {one.file}:{mutant.line}, occurrence {mutant.occurrence}")
        for wrong in one.wrongly_listed:
            print(f"fail: {one.name}: {wrong}")
        if not one.reason and not one.judged:
            print(f"unknown: {one.name}: there is no mutant\n  where: {one.file}")
    print(f"{report.outcome}: {len(report.tested)} files, {report.sum}")
