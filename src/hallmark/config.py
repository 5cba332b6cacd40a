"""The settings (hallmark.toml), parsed strictly."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from hallmark.outcome import UsageError

SETTINGS_FILE = "hallmark.toml"
LAYERS = ("lint", "unit", "policy", "image", "infra", "e2e")
_DURATION = re.compile(r"(\d+)(s|m|h|d)")
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
    provider: Literal["embedded", "existing"]
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


class Settings(_Strict):
    """Everything in hallmark.toml. Durations are seconds."""

    service: Service
    environment: EnvironmentSettings
    image: Image
    promotion: Promotion
    stages: list[Stage] = Field(min_length=1)

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
