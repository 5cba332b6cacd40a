"""doctor: what this machine has, what it lacks, and what to do about it."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path

import typer

from hallmark import cluster, tools
from hallmark.cli.session import Json, ProviderName, print_json, say
from hallmark.cluster import eks_account
from hallmark.cluster.preflight import preflight
from hallmark.config import Project, find_root, load
from hallmark.layers import stacks
from hallmark.outcome import CannotJudge, Check, ExitCode, HallmarkError, Outcome, UsageError
from hallmark.terraform import binary
from hallmark.tools import system


def doctor(provider: ProviderName = "", json: Json = False) -> None:
    """Look at everything the kit needs of this machine, change nothing, and name what is missing (exit 2).

    With the provider eks an AWS account is looked at instead of this machine's ability to run a cluster.
    """
    project = _project()
    chosen = provider or (project.settings.environment.provider if project else "embedded")
    cluster.check_provider(chosen)
    able = _eks(project) if chosen == "eks" else _abilities()
    checks = [_python(), *able, *_packages(), *_tools(tools.names()), *_terraform(project)]
    outcome = Outcome.of(check.outcome for check in checks)
    if json:
        print_json({"outcome": outcome.value, "checks": [asdict(check) for check in checks]})
    else:
        for check in checks:
            mark = "ok     " if check.outcome is Outcome.PASS else "missing"
            say(f"{mark}  {check.name:28} {check.message}")
            if check.outcome is not Outcome.PASS and check.where:
                say(f"         {'':28} next: {check.where}")
        say("this machine can do everything" if outcome is Outcome.PASS else "see the lines above")
    raise typer.Exit(ExitCode.PASS if outcome is Outcome.PASS else ExitCode.UNKNOWN)


def _abilities() -> list[Check]:
    return [
        Check(item.name, Outcome.PASS if item.is_there else Outcome.UNKNOWN, item.message, item.next_step)
        for item in preflight()
    ]


def _packages() -> list[Check]:
    absent = system.missing()
    advice = "apt-get install " + " ".join(package.name for package in absent)
    found = Check("system packages", Outcome.PASS, f"all {len(system.PACKAGES)} are there")
    return [
        Check(package.name, Outcome.UNKNOWN, f"{package.purpose}: no {', '.join(package.absent())}", advice)
        for package in absent
    ] or [found]


def _project() -> Project | None:
    """The checkout; the machine is looked at outside of one too."""
    try:
        root = find_root(Path.cwd())
    except UsageError:
        return None
    return load(root)


def _eks(project: Project | None) -> list[Check]:
    """What environments on EKS need besides Terraform."""
    if project is None:
        raise UsageError(
            "what an environment on EKS needs stands in hallmark.toml", next_step="cd to a checkout"
        )
    checks = []
    settings = project.settings
    needs = eks_account.needs(settings.eks, settings.terraform.state_bucket, settings.environment.name)
    for name, look in needs.items():
        try:
            checks.append(Check(name, Outcome.PASS, look()))
        except HallmarkError as error:
            checks.append(Check(name, Outcome.UNKNOWN, error.what, error.next_step))
    return checks


def _terraform(project: Project | None) -> list[Check]:
    """What the Terraform stacks need; nothing where the checkout has none."""
    if project is None or not project.settings.terraform.stacks:
        return []
    checks = _tools(stacks.needed_tools(project))
    if not binary.needed_tools():
        checks.append(Check("terraform", Outcome.PASS, str(binary.find())))
    try:
        mirror = binary.find_mirror(project.settings.terraform.provider_mirror)
    except UsageError as error:
        return [*checks, Check("terraform providers", Outcome.UNKNOWN, error.what, error.next_step)]
    source = f"the mirror {mirror}" if mirror else "the registry, or what Terraform's own settings name"
    return [*checks, Check("terraform providers", Outcome.PASS, f"from {source}")]


def _tools(names: list[str]) -> list[Check]:
    checks = []
    for name in names:
        try:
            checks.append(Check(name, Outcome.PASS, str(tools.path(name))))
        except CannotJudge as error:
            checks.append(Check(name, Outcome.UNKNOWN, error.what, error.next_step))
    return checks


def _python() -> Check:
    return Check("python", Outcome.PASS, sys.version.split()[0])
