"""The settings (hallmark.toml), parsed strictly."""

from __future__ import annotations

import ipaddress
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    model_validator,
)

from hallmark.outcome import UsageError

SETTINGS_FILE = "hallmark.toml"
LAYERS = ("lint", "unit", "policy", "image", "infra", "e2e")
_DURATION = re.compile(r"(\d+)(s|m|h|d)")
_PRIVATE = [ipaddress.IPv4Network(text) for text in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16")]
_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}


def parse_duration(text: str) -> float:
    """Seconds in a duration such as `90s`, `15m`, `8h`, `2d`. Raises ValueError for anything else."""
    match = _DURATION.fullmatch(text)
    if match is None:
        raise ValueError(f"{text!r} is no duration: write a whole number and s, m, h or d, such as 90s or 8h")
    return float(int(match[1]) * _SECONDS[match[2]])


def check_name(name: str) -> str:
    """A DNS label of at most 30 characters: it becomes part of namespaces, cgroups and file names."""
    if not re.fullmatch(r"[a-z]([a-z0-9-]{0,28}[a-z0-9])?", name):
        raise ValueError(f"{name!r} is no name: lower-case letters, digits and -, at most 30, first a letter")
    return name


def _seconds(value: object) -> float:
    if not isinstance(value, str):
        raise ValueError("a duration is a string such as '90s' or '8h'")
    return parse_duration(value)


Name = Annotated[str, AfterValidator(check_name)]
Duration = Annotated[float, BeforeValidator(_seconds)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Service(_Strict):
    name: Name
    source: str
    manifests: str
    smoke_path: str = Field(pattern=r"^/")


class EnvironmentSettings(_Strict):
    provider: Literal["embedded", "existing", "eks"]
    name: Name
    nodes: int = Field(ge=1, le=3)
    ttl_s: Duration = Field(alias="ttl")
    network_policy: Literal["nftables"]


class Image(_Strict):
    builder: Literal["auto", "buildah", "podman", "docker"]
    base: str = Field(pattern=r"^(auto|debian|\S+@sha256:[0-9a-f]{64})$")


class Promotion(_Strict):
    layers: list[Literal["lint", "unit", "policy", "image", "infra", "e2e"]] = Field(min_length=1)
    evidence_max_age_s: Duration = Field(alias="evidence_max_age")
    health_timeout_s: Duration = Field(alias="health_timeout")


class Stage(_Strict):
    name: Name


def check_network(text: str) -> str:
    """A private IPv4 network from /16 to /20, without host bits, such as 10.0.0.0/16."""
    try:
        network = ipaddress.IPv4Network(text)
    except ValueError as error:
        raise ValueError(f"{text!r} is no IPv4 network such as 10.0.0.0/16: {error}") from error
    if not any(network.subnet_of(one) for one in _PRIVATE) or not 16 <= network.prefixlen <= 20:
        private = ", ".join(map(str, _PRIVATE))
        raise ValueError(f"{text!r} is no network from /16 to /20 within {private}")
    return text


def check_allowed(text: str) -> str:
    """A part of the Internet, /16 or smaller: all of it is never let in."""
    network = ipaddress.IPv4Network(text)
    if network.prefixlen < 16:
        raise ValueError(f"{text!r} is more than a /16: name the networks that you come from")
    return text


RoleArns = list[Annotated[str, Field(pattern=r"^arn:aws[a-z-]*:iam::\d{12}:role/[\w+=,.@/-]+$")]]
LogDays = Literal[
    1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653
]  # fmt: skip


class Eks(_Strict):
    """What terraform/environment is told; its variables of these names say what each means."""

    account_id: str = Field(pattern=r"^(\d{12})?$")
    region: str = Field(pattern=r"^[a-z]{2}(-[a-z]+)+-\d$")
    repository: str = Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9-]{0,38}/[\w.-]{1,100}$")
    kubernetes_version: str = Field(pattern=r"^1\.\d{2}$")
    cidr: Annotated[str, AfterValidator(check_network)]
    zones: int = Field(ge=1, le=3)
    nat: Literal["none", "single", "per-zone"]
    node_instance_types: list[Annotated[str, Field(pattern=r"^[a-z0-9-]+\.[a-z0-9-]+$")]] = Field(
        min_length=1
    )
    node_min: int = Field(ge=0)
    node_max: int = Field(ge=1, le=100)
    node_desired: int = Field(ge=0)
    public_access_cidrs: list[Annotated[str, AfterValidator(check_allowed)]]
    log_retention_days: LogDays
    permissions_boundary_arn: str = Field(pattern=r"^(arn:aws[a-z-]*:iam::\d{12}:policy/.+)?$")
    administrator_role_arns: RoleArns
    deployer_role_arns: RoleArns
    promoter_role_arns: RoleArns
    reader_role_arns: RoleArns

    @model_validator(mode="after")
    def _check(self) -> Eks:
        if not self.node_min <= self.node_desired <= self.node_max:
            raise ValueError("node_desired must lie between node_min and node_max")
        return self


class Terraform(_Strict):
    """`stacks` are folders of root configurations, relative to the checkout; none where there is no Terraform."""

    stacks: list[Annotated[str, Field(pattern=r"^[^/.][^.]*$")]] = []
    provider_mirror: str = "auto"
    state_bucket: str = Field(default="", pattern=r"^([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])?$")


class Settings(_Strict):
    """Everything in hallmark.toml. Durations are seconds."""

    service: Service
    environment: EnvironmentSettings
    image: Image
    promotion: Promotion
    eks: Eks
    stages: list[Stage] = Field(min_length=1)
    terraform: Terraform = Terraform()

    def stage_names(self) -> list[str]:
        return [stage.name for stage in self.stages]


@dataclass(frozen=True)
class Project:
    """A checkout: its root folder and its settings."""

    root: Path
    settings: Settings

    @property
    def output(self) -> Path:
        """Where results go: evidence, releases, JUnit, logs. Ignored by git."""
        return self.root / ".hallmark"

    @property
    def source(self) -> Path:
        return self.root / self.settings.service.source

    @property
    def manifests(self) -> Path:
        return self.root / self.settings.service.manifests


def find_root(start: Path) -> Path:
    """The nearest folder at or above `start` that holds hallmark.toml. Raises UsageError when there is none."""
    for folder in (start, *start.parents):
        if (folder / SETTINGS_FILE).is_file():
            return folder
    raise UsageError(
        f"no {SETTINGS_FILE} here or in any folder above", where=str(start), next_step="cd to a checkout"
    )


def load(root: Path) -> Project:
    """Read the settings of the checkout at `root`; raises UsageError naming every wrong key at once."""
    file = root / SETTINGS_FILE
    try:
        settings = Settings.model_validate(tomllib.loads(file.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UsageError(f"{SETTINGS_FILE} cannot be read: {error}", where=str(file)) from error
    except ValidationError as error:
        wrong = "; ".join(f"{'.'.join(map(str, e['loc'])) or 'file'}: {e['msg']}" for e in error.errors())
        raise UsageError(
            f"{SETTINGS_FILE} is wrong: {wrong}", where=str(file), next_step="docs/settings.md"
        ) from error
    names = settings.stage_names()
    if len(set(names)) != len(names):
        raise UsageError(f"{SETTINGS_FILE} names a stage twice: {', '.join(names)}", where=str(file))
    return Project(root=root.resolve(), settings=settings)
