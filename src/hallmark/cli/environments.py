"""up, down, env list, env logs: the verbs about environments."""

from __future__ import annotations

import sys
from dataclasses import asdict
from typing import Annotated

import typer

from hallmark import tools
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
from hallmark.tools.progress import for_stream

app = typer.Typer(no_args_is_help=True, help="List environments and read their logs.")

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
    """
    session = open_session(name, provider, kubeconfig)
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
    names = [item.name for item in session.provider.list()] if every else [session.environment]
    for item in names:
        session.provider.down(item, report=say)
        say(f"environment {item} is gone")
    if not names:
        say("no environment is there")


@app.command("list")
def list_environments(provider: ProviderName = "", kubeconfig: Kubeconfig = None, json: Json = False) -> None:
    """List environments with their owner, age, remaining time and memory."""
    found = open_session("", provider, kubeconfig).provider.list()
    if json:
        print_json([asdict(item) for item in found])
        return
    for item in found:
        memory = f"{item.memory_bytes / 2**20:.0f} MiB" if item.memory_bytes else "-"
        left = f"ends in {item.expires_in_s / 60:.0f} min" if item.expires_in_s > 0 else "past its time"
        say(
            f"{item.name:20} {item.state:10} {item.owner:12} {item.age_s / 60:6.0f} min old  {left:18} {memory}"
        )
    if not found:
        say("no environment is there")


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
