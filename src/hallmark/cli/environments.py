"""up, down, env list, env logs: the verbs about environments."""

from __future__ import annotations

import sys
from dataclasses import asdict
from decimal import Decimal
from pathlib import Path
from typing import Annotated

import typer

from hallmark import cluster, tools
from hallmark.cli.session import (
    Json,
    Kubeconfig,
    NoInstall,
    ProviderName,
    checked_duration,
    checked_name,
    open_session,
    print_json,
    say,
)
from hallmark.outcome import CannotJudge, ExitCode, Refused, UsageError
from hallmark.records import now
from hallmark.tools.progress import for_stream

app = typer.Typer(
    no_args_is_help=True, help="List environments, read their logs, go on with an interrupted one."
)

Name = Annotated[str, typer.Argument(help="The environment; hallmark.toml's when left out.")]


def up(
    name: Name = "",
    nodes: Annotated[
        int | None, typer.Option(min=1, max=3, help="Nodes of an embedded environment.", show_default=False)
    ] = None,
    ttl: Annotated[str, typer.Option(help="How long it may live, such as 30m or 8h.")] = "",
    provider: ProviderName = "",
    kubeconfig: Kubeconfig = None,
    no_install: NoInstall = False,
    json: Json = False,
) -> None:
    """Start an environment: a real Kubernetes on this machine, in seconds, or check an existing one.

    Running already, it is given its whole time again. Environments past their time are taken down first.

    With --provider eks it is a cluster on AWS, made by terraform/environment in about a quarter of an hour. It is
    not undone when interrupted: `env resume` goes on, `down` takes it away. One that is named as a stage has no end.
    """
    session = open_session(name, provider, kubeconfig)
    if session.provider_name == "eks" and nodes is not None:
        raise UsageError(
            "--nodes is for an embedded environment", next_step="set node_desired in hallmark.toml's [eks]"
        )
    ttl_s = checked_duration(ttl) if ttl else None
    if session.provider_name == "embedded":
        tools.ensure(tools.names(), for_stream(sys.stderr), not no_install)
    else:
        tools.ensure(["kubectl"], for_stream(sys.stderr), not no_install)
    environment = session.up(say, nodes=nodes, ttl_s=ttl_s)
    if json:
        print_json({key: str(value) for key, value in asdict(environment).items()})
        return
    say(f"environment {environment.name} is up")
    say(f"  export KUBECONFIG={environment.kubeconfig}")
    if environment.registry_push:
        say(f"  images: push to {environment.registry_push}, name them {environment.registry_pull}/…")
    say(f"  next:   ./hallmark promote --env {environment.name}, or ./hallmark down {environment.name}")


def down(
    name: Name = "",
    every: Annotated[bool, typer.Option("--all", help="Every environment of this machine.")] = False,
    provider: ProviderName = "",
    kubeconfig: Kubeconfig = None,
) -> None:
    """Take an environment away and prove that nothing of it is left. Safe at any moment, any number of times."""
    session = open_session(name, provider, kubeconfig)
    found = session.provider.list() if every else []
    # What is there to stay is not meant by "every": it is named, and even then refused.
    names = [item.name for item in found if item.expires_in_s is not None] if every else [session.environment]
    for item in names:
        session.provider.down(item, report=say)
        say(f"environment {item} is gone")
    if not names:
        say("no environment is there")


@app.command("list")
def list_environments(provider: ProviderName = "", kubeconfig: Kubeconfig = None, json: Json = False) -> None:
    """List environments with their owner, age, remaining time and memory."""
    session = open_session("", provider, kubeconfig)
    found = session.provider.list()
    if not provider and kubeconfig is None:
        others = [one for one in ("embedded", "eks") if one != session.provider_name]
        for other in others:
            found += cluster.provider(other, project=session.project).list()
    if json:
        print_json([asdict(item) for item in found])
        return
    for item in found:
        memory = f"{item.memory_bytes / 2**20:.0f} MiB" if item.memory_bytes else "-"
        say(
            f"{item.name:20} {item.provider:8} {item.state:10} {item.owner:12} {item.age_s / 60:6.0f} min old"
            f"  {_left(item.expires_in_s):18} {memory}"
        )
    if not found:
        say("no environment is there")


def _left(expires_in_s: float | None) -> str:
    if expires_in_s is None:
        return "stays"
    return f"ends in {expires_in_s / 60:.0f} min" if expires_in_s > 0 else "past its time"


@app.command("resume")
def resume(
    name: Annotated[str, typer.Argument(help="An environment on EKS that is half made or half removed.")],
) -> None:
    """Finish what was interrupted: make an environment on EKS as it was meant, or take away what is left of it.

    Needed after a crash, a lost connection or Ctrl-C; does no harm at any other time.
    """
    from hallmark.cluster.eks import Eks

    session = open_session(name, "eks")
    tools.ensure(["kubectl"], for_stream(sys.stderr))
    made = Eks(session.project).resume(session.environment, report=say)
    say(f"environment {name} is {'up' if made else 'gone'}")
    if made:
        say(f"  export KUBECONFIG={made.kubeconfig}")


@app.command("reap")
def reap(
    yes: Annotated[
        bool, typer.Option("--yes", help="Take them away; without it they are only shown.")
    ] = False,
    provider: Annotated[
        str, typer.Option("--provider", help="Only environments of this provider: embedded or eks.")
    ] = "",
    json: Json = False,
) -> None:
    """Show the environments that are past their time; with --yes, take them away and prove that nothing is left.

    The AWS account is asked as well when hallmark.toml names one or its state bucket, when this machine knows an
    environment on EKS, or with --provider eks. What is tagged to stay stays; what does not say when it ends is let
    live and named, and the exit code is 2. Can be interrupted, and run again.
    """
    from hallmark.cluster import reaper

    session = open_session()
    if provider not in ("", "embedded", "eks"):
        raise UsageError(f"{provider!r} has no environments that end", next_step="choose embedded or eks")
    asked = [provider] if provider else reaper.providers(session.project)
    found = reaper.survey(session.project, now(), asked)
    for one in found.candidates:
        say(f"{one.name:20} {one.provider:8} {one.verdict:8} {one.ends or '-':26} {one.why}")
    for kind, why in found.unknown.items():
        say(f"{kind} could not be listed: {why}")
    results = reaper.reap_all(session.project, found, say) if yes else {}
    failed = {name: error for name, error in results.items() if error is not None}
    if json:
        print_json(
            {
                "environments": [asdict(one) for one in found.candidates],
                "unknown": found.unknown,
                "gone": sorted(results.keys() - failed.keys()),
                "failed": {name: str(error) for name, error in failed.items()},
            }
        )
    for name, error in failed.items():
        say(f"environment {name} is not gone: {error}")
    if not yes and found.past:
        say(f"{len(found.past)} would be taken away: ./hallmark env reap --yes")
    if failed or not found.is_known:
        raise typer.Exit(ExitCode.UNKNOWN)


@app.command("drift")
def drift(
    name: Annotated[str, typer.Argument(help="An environment on EKS.")],
    json: Json = False,
) -> None:
    """Say what was changed of an environment on EKS outside of Terraform; exit code 1 when anything was.

    Nothing is changed by it, in the account or in the state. Sensitive values are not shown.
    """
    from hallmark.cluster.eks import Eks

    session = open_session(name, "eks")
    found = Eks(session.project).drift(session.environment, say)
    if json:
        print_json({"environment": session.environment, "differences": [asdict(one) for one in found]})
    for one in found:
        say(str(one))
    say(f"{len(found)} changed outside of Terraform" if found else "nothing was changed outside of Terraform")
    if found:
        raise typer.Exit(ExitCode.REFUSED)


@app.command("cost")
def cost(
    plan: Annotated[Path, typer.Argument(help="A plan as `terraform show -json` writes it.")],
    max_monthly: Annotated[
        float | None,
        typer.Option(min=0, help="Dollars a month that are too many when exceeded.", show_default=False),
    ] = None,
    json: Json = False,
) -> None:
    """Show what a Terraform plan will cost an hour and a month (730 hours), and how much more than now.

    By list prices from a small dated table. What costs by its use is named, and so is what has no price in the table:
    the sum is then the least that it will be. Over --max-monthly the exit code is 1; when a price that is unknown
    could make it so, 2.
    """
    from hallmark.terraform import cost as costs

    try:
        read = costs.read(plan.read_bytes())
    except OSError as error:
        raise UsageError(f"the plan cannot be read: {error.strerror}", where=str(plan)) from error
    today = now().date()
    after = costs.estimate(read.after, read.region, today, read.references)
    before = costs.estimate(read.before, read.region, today, read.references)
    if json:
        print_json(costs.document(read.region, after, before, today))
    for line in after.lines:
        say(f"{line.hourly:9.4f} {line.address}: {line.what}")
    for kind, notes in (("by use ", after.usage), ("unknown", after.unknown)):
        for note in notes:
            say(f"{kind:9} {note.address}: {note.text}")
    least = "at least " if after.unknown else ""
    say(
        f"{least}{after.monthly:.2f} USD a month, {after.hourly:.4f} an hour, in {read.region or 'no known region'}"
    )
    unsure = " (what is unknown left out)" if after.unknown or before.unknown else ""
    say(f"{after.monthly - before.monthly:+.2f} USD a month against the state{unsure}")
    if old := costs.age(today):
        say(old)
    if max_monthly is not None and after.monthly > Decimal(str(max_monthly)):
        raise Refused(f"{least}{after.monthly:.2f} USD a month is more than {max_monthly:g}", where=str(plan))
    if max_monthly is not None and after.unknown:
        names = ", ".join(note.address for note in after.unknown)
        raise CannotJudge(f"whether it is more than {max_monthly:g} USD depends on {names}", where=str(plan))


@app.command("logs")
def logs(
    name: Name = "",
    component: Annotated[
        str, typer.Argument(help="kube-apiserver, node1-kubelet, …; all names when left out.")
    ] = "",
    lines: Annotated[int, typer.Option(min=1, help="How many of the last lines.")] = 50,
) -> None:
    """Show the last lines of a component of an embedded environment, or which components there are."""
    session = open_session(name)
    text = session.provider.logs(session.environment, component or None)
    print("\n".join(text.splitlines()[-lines:]))


@app.command("token")
def token(
    name: Annotated[str, typer.Argument(help="An environment on EKS that this machine knows.")],
) -> None:
    """Print a token for an environment on EKS, signed by your AWS credentials: what its kubeconfig calls.

    It is the document of a credential plugin (client.authentication.k8s.io/v1). No aws CLI is needed, and no service
    is asked.
    """
    from hallmark.cluster import eks_record, eks_token

    record = eks_record.require_here(checked_name(name))
    print_json(eks_token.sign(record.cluster, record.region).credential())
