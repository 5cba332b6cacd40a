"""What every command shares: the checkout, the environment's provider, and how results are printed."""

from __future__ import annotations

import getpass
import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import typer

from hallmark import cluster, config
from hallmark.cluster import Environment, Provider
from hallmark.config import Project
from hallmark.outcome import HallmarkError, UsageError

Json = Annotated[bool, typer.Option("--json", help="Print one JSON document on standard output.")]
NoInstall = Annotated[
    bool, typer.Option("--no-install", help="Refuse to install missing system packages; name them.")
]
EnvironmentName = Annotated[str, typer.Option("--env", help="Environment to use instead of hallmark.toml's.")]
ProviderName = Annotated[
    str, typer.Option("--provider", help="embedded, existing or eks, instead of hallmark.toml's.")
]
Kubeconfig = Annotated[
    Path | None, typer.Option("--kubeconfig", help="For --provider existing: how to reach it.")
]


@dataclass(frozen=True)
class Session:
    """A checkout, and the environment that a command is about."""

    project: Project
    provider: Provider
    provider_name: str
    environment: str

    def up(
        self, report: Callable[[str], None], *, nodes: int | None = None, ttl_s: float | None = None
    ) -> Environment:
        """Start the environment, or find it running and give it its whole time again."""
        settings = self.project.settings.environment
        return self.provider.up(
            self.environment,
            nodes=nodes or settings.nodes,
            owner=getpass.getuser(),
            ttl_s=ttl_s or settings.ttl_s,
            report=report,
        )

    def is_running(self) -> bool:
        try:
            self.provider.find(self.environment)
        except HallmarkError:
            return False
        return True


def open_session(environment: str = "", provider: str = "", kubeconfig: Path | None = None) -> Session:
    """Read the settings of the checkout around the current folder and choose the provider."""
    project = config.load(config.find_root(Path.cwd()))
    settings = project.settings.environment
    name = checked_name(environment) if environment else settings.name
    chosen = provider or ("existing" if kubeconfig else _provider_of(name) or settings.provider)
    return Session(project, cluster.provider(chosen, kubeconfig, project), chosen, name)


def _provider_of(name: str) -> str:
    """The provider that this machine knows an environment of that name of; empty when there is none.

    Raises UsageError when there are several.
    """
    from hallmark.cluster import eks_record, place

    known = {"embedded": place.Place(name).folder, "eks": eks_record.Place(name).folder}
    found = [provider for provider, folder in known.items() if folder.is_dir()]
    if len(found) > 1:
        raise UsageError(
            f"{name} is an environment of several providers: {', '.join(found)}",
            next_step=f"choose one: --provider {found[-1]}",
        )
    return found[0] if found else ""


def checked_name(name: str) -> str:
    """A name from the command line; raises UsageError when it cannot be one."""
    try:
        return config.check_name(name)
    except ValueError as error:
        raise UsageError(str(error)) from error


def checked_duration(text: str) -> float:
    """Seconds of a duration from the command line; raises UsageError when it is none."""
    try:
        return config.parse_duration(text)
    except ValueError as error:
        raise UsageError(str(error)) from error


def say(text: str) -> None:
    """A line for people, on standard error."""
    print(text, file=sys.stderr, flush=True)


def print_json(document: Any) -> None:
    """A result for machines, on standard output."""
    print(json.dumps(document, indent=2), flush=True)
