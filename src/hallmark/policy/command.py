"""`hallmark check`: judge files by the rules of their family, and explain a rule.

Every family is asked in the same words and answers in the same forms: `add_check` makes its command from nothing but
the function that gathers and judges.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from hallmark import policy
from hallmark.outcome import ExitCode
from hallmark.policy import catalogue
from hallmark.policy import waivers as waiving
from hallmark.policy.check import answer
from hallmark.policy.words import Request

app = typer.Typer(
    help="""Judge files by the rules in policies/, inside or outside of this repository.

    What cannot be judged is unknown (exit 2), never green: unreadable input, no input, a broken rule, no OPA.
    """,
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)

Paths = Annotated[list[str], typer.Argument(metavar="PATH", help="What is judged; - is standard input.")]
Profile = Annotated[str, typer.Option(help=f"{', '.join(policy.PROFILES)}: each includes the one before.")]
Rules = Annotated[
    list[str] | None,
    typer.Option(metavar="ID,…", help="Exactly these rules, by id, with commas between them."),
]
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


def add_check(name: str, about: str) -> None:
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
        asked = Request(
            family=name,
            paths=tuple(paths),
            profile=profile,
            rules=",".join(rules) if rules else None,
            policies=policies,
            waivers=waivers,
            keep_going=keep_going,
            each=each,
            json=as_json,
            ledger=ledger,
            junit=junit,
            sarif=sarif,
        )
        raise typer.Exit(answer(asked))

    app.command(name, help=about)(check)


add_check(
    "manifests",
    """Judge Kubernetes objects: all PATHs together, as one set.

    A PATH is a file, a folder, a kustomize folder (judged as what it renders to) or - for standard input. The overlay
    of a stage of this checkout is judged as promote renders it, with a stand-in for the image's digest.

    Exit codes: 0 every rule passes, 1 a rule fails, 2 something could not be judged.

    Example: hallmark check manifests manifests/overlays/production
    """,
)


add_check(
    "dockerfile",
    """Judge Dockerfiles, as BuildKit's own parser reads them.

    A PATH is a file, a folder (Dockerfile, Dockerfile.*, *.Dockerfile, Containerfile in it) or - for standard input.

    Exit codes: 0 every rule passes, 1 a rule fails, 2 something could not be judged.

    Example: hallmark check dockerfile app/Dockerfile
    """,
)


add_check(
    "plan",
    """Judge Terraform plans and states, as `terraform show -json` writes them: all PATHs together, as one set.

    A PATH is a file, a folder (every *.json in it) or - for standard input. Only what will exist is judged. What a plan
    cannot tell is unknown; the same rules find it in the state after the apply.

    Exit codes: 0 every rule passes, 1 a rule fails, 2 something could not be judged.

    Example: terraform show -json plan.out | hallmark check plan -
    """,
)


add_check(
    "workflows",
    """Judge GitHub workflows and composite actions.

    A PATH is a file, a folder (.github/workflows and action.yml in it; every YAML file where it has no .github) or -
    for standard input.

    Exit codes: 0 every rule passes, 1 a rule fails, 2 something could not be judged.

    Example: hallmark check workflows .github/workflows
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
