"""`hallmark check`: judge any manifests by the rules, and explain a rule."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from hallmark import policy
from hallmark.outcome import ExitCode, UsageError
from hallmark.policy.report import Report

app = typer.Typer(
    help="""Judge Kubernetes manifests by the rules in policies/, inside or outside of this repository.

    What cannot be judged is unknown (exit 2), never green: unreadable input, no input, a broken rule, no OPA.
    """,
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)

Json = Annotated[bool, typer.Option("--json", help="One JSON document on standard output.")]


@app.command()
def manifests(
    paths: Annotated[
        list[str], typer.Argument(help="Files, folders, kustomize folders; - is standard input.")
    ],
    profile: Annotated[
        str, typer.Option(help=f"{', '.join(policy.PROFILES)}: each includes the one before.")
    ] = "production",
    rules: Annotated[
        str | None, typer.Option(help="Exactly these rules, by id, with commas between them.")
    ] = None,
    ledger: Annotated[
        Path | None, typer.Option(help="Write every rule on every object to this file, as JSON Lines.")
    ] = None,
    keep_going: Annotated[
        bool, typer.Option("--keep-going", help="Judge what can be read; unreadable input stays exit 2.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Judge all PATHs together, as one set of objects.

    Exit codes: 0 every rule passes, 1 a rule fails, 2 something could not be judged.

    Example: hallmark check manifests manifests/overlays/production
    """
    only = [one.strip() for one in rules.split(",") if one.strip()] if rules is not None else None
    report = policy.check_manifests(list(paths), profile=profile, rules=only, keep_going=keep_going)
    if ledger is not None:
        ledger.write_text(
            "".join(json.dumps(one.as_json()) + "\n" for one in report.results), encoding="utf-8"
        )
    if as_json:
        json.dump(report.as_json(), sys.stdout, indent=1)
        sys.stdout.write("\n")
    else:
        _print(report)
    raise typer.Exit(ExitCode.of(report.outcome))


@app.command()
def explain(rule: Annotated[str, typer.Argument(help="The rule's id, such as image-digest.")]) -> None:
    """Say why a rule exists and how to follow it, with a failing and a passing example.

    Example: hallmark check explain run-as-non-root
    """
    loaded = policy.load()
    (found,) = loaded.chosen("all", [rule])
    print(f"{found.id}: {found.title}\n\n{found.description}\n\nwhy:  {found.why}\nfix:  {found.fix}")
    print(f"profile {found.profile}, severity {found.severity}, {found.reference}")
    for name, says in (("fail", "refused"), ("pass", "passes")):
        file = loaded.home / "manifests" / found.id / "examples" / f"{name}.yaml"
        if not file.is_file():
            raise UsageError(f"the rule {found.id} has no example", where=str(file))
        print(
            f"\n# {says}: {file.relative_to(loaded.home.parent)}\n{file.read_text(encoding='utf-8').rstrip()}"
        )


def _print(report: Report) -> None:
    """Findings with place and fix on standard output; what was judged, in one line, at the end."""
    fixes = {rule.id: rule.fix for rule in report.rules}
    for one in report.findings:
        print(f"{one.outcome}: {one.rule}: {one.object}: {one.message}")
        print(f"  where: {one.file}:{one.line or one.object.line}" + (f" {one.path}" if one.path else ""))
        if one.rule in fixes:
            print(f"  fix:   {fixes[one.rule]}")
    for gap in report.not_evaluated:
        print(f"unknown: {gap}")
    if report.never_applied:
        print(f"never applied: {', '.join(report.never_applied)}")
    judged = sum(one.outcome in ("pass", "fail") for one in report.results)
    print(
        f"{report.outcome}: {len(report.objects)} objects, {len(report.rules)} rules of {report.profile}, "
        f"{judged} judgements, {len(report.findings)} findings, {len(report.not_evaluated)} not evaluated"
    )
