"""Environments: real Kubernetes clusters that the kit starts itself, or borrows, and what can be asked of them."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol

from hallmark.config import Project
from hallmark.outcome import UsageError

Report = Callable[[str], None]
PROVIDERS = ("embedded", "existing", "eks")
State = Literal["running", "broken", "starting"]


def silent(_: str) -> None:
    """The progress report of a caller who wants none."""


@dataclass(frozen=True)
class Environment:
    """A running place. `created` is RFC 3339, UTC; `ttl_s` counts from `renewed`, which an `up` moves forward.

    Images are pushed from this machine to `registry_push` (plain http) and named by `registry_pull` in manifests;
    both are empty when the provider has no registry of its own.
    """

    name: str
    provider: str
    kubeconfig: Path
    owner: str
    created: str
    ttl_s: float
    registry_push: str
    registry_pull: str
    renewed: str = ""
    nodes: int = 0


@dataclass(frozen=True)
class EnvironmentStatus:
    """One line of `hallmark env list`. A negative `expires_in_s` means that it is past its time; None: it stays."""

    name: str
    provider: str
    state: State
    owner: str
    age_s: float
    ttl_s: float
    expires_in_s: float | None
    memory_bytes: int
    nodes: int
    api: str


class Provider(Protocol):
    """What makes environments."""

    def up(self, name: str, *, nodes: int, owner: str, ttl_s: float, report: Report = silent) -> Environment:
        """Start an environment, or renew the TTL of a running one. Leaves nothing behind when it fails."""
        ...

    def down(self, name: str, report: Report = silent) -> None:
        """Take an environment away and prove that nothing is left; does nothing when there is none.

        Raises CannotJudge naming what is left.
        """
        ...

    def find(self, name: str) -> Environment:
        """The running environment of that name; raises UsageError when there is none."""
        ...

    def list(self) -> list[EnvironmentStatus]:
        """Every environment that this provider has, running or not."""
        ...

    def service(
        self, environment: Environment, namespace: str, service: str, port: int
    ) -> AbstractContextManager[str]:
        """A base URL on this machine's loopback that leads to a Service's port."""
        ...

    def logs(self, name: str, component: str | None = None) -> str:
        """A component's log, or with None the names of the components that have one, a line each."""
        ...

    def record_namespace(self, name: str, namespace: str) -> None:
        """Write down that a namespace is about to be created, so that `down` removes it."""
        ...


def provider(name: str, kubeconfig: Path | None = None, project: Project | None = None) -> Provider:
    """The provider of that name; `existing` takes a kubeconfig, `eks` needs the checkout with its stack."""
    if name == "embedded":
        from hallmark.cluster.embedded import Embedded

        return Embedded()
    if name == "existing":
        from hallmark.cluster.existing import Existing

        return Existing(kubeconfig)
    if name == "eks" and project is not None:
        from hallmark.cluster.eks import Eks

        return Eks(project)
    check_provider(name)
    raise UsageError("an environment on EKS belongs to a checkout, whose stack makes it")


def check_provider(name: str) -> None:
    """Raises UsageError for what is no provider."""
    if name not in PROVIDERS:
        raise UsageError(f"{name!r} is no provider: choose {', '.join(PROVIDERS[:-1])} or {PROVIDERS[-1]}")
