"""`hallmark check`: judge files by the rules of their family, and explain a rule.

Every family is asked in the same words and answers in the same forms: `add_check` makes its command from nothing but
the function that gathers and judges.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Annotated, Protocol

import typer

from hallmark import policy
from hallmark.outcome import CannotJudge, ExitCode, Outcome
from hallmark.policy import catalogue, outputs
from hallmark.policy import waivers as waiving
from hallmark.policy.outputs import github
from hallmark.policy.report import NotEvaluated, Report

app = typer.Typer(
    help="""Judge files by the rules in policies/, inside or outside of this repository.

    What cannot be judged is unknown (exit 2), never green: unreadable input, no input, a broken rule, no OPA.
    """,
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)

Paths = Annotated[list[str], typer.Argument(metavar="PATH", help="What is judged; - is standard input.")]
Profile = Annotated[str, typer.Option(help=f"{', '.join(policy.PROFILES)}: each includes the one before.")]
Rules = Annotated[str | None, typer.Option(help="Exactly these rules, by id, with commas between them.")]
Policies = Annotated[Path | None, typer.Option(help="The folder of the rules, instead of the kit's own.")]
WaiversFile = Annotated[
    Path | None,
    typer.Option("--waivers", help="The file of waivers, instead of waivers.yaml beside the rules."),
]
KeepGoing = Annotated[
    bool, typer.Option("--keep-going", help="Judge what can be read; unreadable input stays exit 2.")
]
Each = Annotated[
    bool,
    typer.Option("--each", help="Judge every PATH as a set of its own; one JSON document a line for each."),
]
Json = Annotated[bool, typer.Option("--json", help="One JSON document on standard output.")]
Ledger = Annotated[
    Path | None, typer.Option(help="Write every rule on every object to this file, as JSON Lines.")
]


Junit = Annotated[Path | None, typer.Option(help="Write a JUnit report to this file.")]
Sarif = Annotated[Path | None, typer.Option(help="Write a SARIF 2.1.0 log to this file, for code scanning.")]


class Judge(Protocol):
    """Judges several sets of inputs, each for itself; one report for each, in order (`policy.check_each`)."""

    def __call__(
        self,
        sets: Sequence[Sequence[str]],
        /,
        *,
        profile: str,
        rules: Sequence[str] | None,
        keep_going: bool,
        policies: Path | None,
    ) -> Sequence[Report]: ...


def add_check(name: str, judge: Judge, about: str) -> None:
    """Offer `check NAME PATH…` with all the options and outputs that every family has; `about` is its help text."""

    def check(
        paths: Paths,
        profile: Profile = "production",
        rules: Rules = None,
        policies: Policies = None,
        waivers: WaiversFile = None,
        keep_going: KeepGoing = False,
        each: Each = False,
        as_json: Json = False,
        ledger: Ledger = None,
        junit: Junit = None,
        sarif: Sarif = None,
    ) -> None:
        reports = judge(
            [[one] for one in paths] if each else [paths],
            profile=profile,
            rules=split(rules),
            keep_going=keep_going,
            policies=policies,
        )
        reports = waive(reports, policies, waivers)
        each_path = paths if each else None
        raise typer.Exit(
            deliver(name, reports, each=each_path, as_json=as_json, ledger=ledger, junit=junit, sarif=sarif)
        )

    app.command(name, help=about)(check)


def split(ids: str | None) -> list[str] | None:
    """The ids in `a,b`; None stands for all of a profile."""
    return None if ids is None else [one.strip() for one in ids.split(",") if one.strip()]


def waive(
    reports: Sequence[Report], policies: Path | None, file: Path | None, today: date | None = None
) -> list[Report]:
    """The reports with what is waived marked, and a failure for every waiver that a set with its object doesn't need.

    With a file of waivers that cannot be used nothing counts as judged.
    """
    try:
        found = waiving.load(policies, file, today)
    except waiving.Unusable as error:
        return [report.unjudged(error.reasons) for report in reports]
    except CannotJudge as error:
        return [report.unjudged([NotEvaluated(error.where, 0, error.what)]) for report in reports]
    applied = (found.apply(report) for report in reports)
    return [report.with_more(found.unused([report])) for report in applied]


def deliver(
    family: str,
    reports: Sequence[Report],
    *,
    each: Sequence[str] | None = None,
    as_json: bool = False,
    ledger: Path | None = None,
    junit: Path | None = None,
    sarif: Path | None = None,
) -> ExitCode:
    """Write everything that was asked for about the check of a family, and return the exit code over all reports.

    `each` are the PATHs of the reports when every PATH is a set of its own. In a workflow of GitHub the findings are
    annotations too, on standard error. What is shown comes before what is written, so that nothing found is lost when
    a file cannot be written; that raises UsageError.
    """
    if each is not None:
        outputs.print_json_lines(each, reports)
    elif as_json:
        outputs.print_json(reports)
    else:
        outputs.print_table(reports)
    if github.is_wanted():
        outputs.print_annotations(reports)
    if ledger is not None:
        outputs.write_ledger(ledger, reports)
    if junit is not None:
        outputs.write_junit(junit, reports, each or [f"check {family}"])
    if sarif is not None:
        outputs.write_sarif(sarif, reports, family)
    return ExitCode.of(Outcome.of(report.outcome for report in reports))


add_check(
    "manifests",
    policy.check_each,
    """Judge Kubernetes objects: all PATHs together, as one set.

    A PATH is a file, a folder, a kustomize folder (judged as what it renders to) or - for standard input. The overlay
    of a stage of this checkout is judged as promote renders it, with a stand-in for the image's digest.

    Exit codes: 0 every rule passes, 1 a rule fails, 2 something could not be judged.

    Example: hallmark check manifests manifests/overlays/production
    """,
)


@app.command()
def explain(
    rule: Annotated[str, typer.Argument(help="The rule's id, such as image-digest.")],
    policies: Policies = None,
    as_json: Json = False,
) -> None:
    """Say why a rule exists and how to follow it, with a failing example and what makes it pass.

    Example: hallmark check explain run-as-non-root
    """
    found = catalogue.explain(rule, policies)
    if as_json:
        print(json.dumps(found.as_json(), indent=1))
    else:
        print(found)


def list_waivers(
    waivers: WaiversFile = None,
    policies: Policies = None,
    as_json: Json = False,
) -> None:
    """List who lets which rule fail on what, and for how many days more, oldest first.

    Exit codes: 0 all hold, 1 one is expired, 2 the file cannot be used.

    Example: hallmark waivers --json
    """
    found = waiving.load(policies, waivers)
    print(json.dumps(found.as_json(), indent=1) if as_json else found)
    raise typer.Exit(ExitCode.of(found.outcome))
