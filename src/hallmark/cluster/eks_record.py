"""What is known of the environments on EKS: written down before anything of them is made, gone when nothing is left.

With a bucket for states it lies there too, beside the state: any machine can then go on where one was lost. Without,
it is in this user's state folder only, as the state is.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Literal

from hallmark import folders
from hallmark.cluster.journal import Journal
from hallmark.outcome import CannotJudge, UsageError
from hallmark.records import write_atomically

Stage = Literal["making", "running", "removing"]
PREFIX = "environments/"


@dataclass(frozen=True)
class Record:
    """One environment. Times are RFC 3339, UTC; a `ttl_s` of 0 means that it stays until somebody removes it.

    `variables` are those of terraform/environment. `cluster`, `endpoint` and `authority` (base64 of PEM) are empty
    until the cluster is there. `host` is the machine that worked on it last.
    """

    name: str
    region: str
    owner: str
    created: str
    renewed: str
    ttl_s: float
    stage: Stage
    variables: Mapping[str, Any] = field(default_factory=dict)
    cluster: str = ""
    endpoint: str = ""
    authority: str = ""
    nodes: int = 0
    host: str = ""

    @property
    def is_permanent(self) -> bool:
        return self.ttl_s == 0


@dataclass(frozen=True)
class Place:
    """Where this machine keeps what belongs to one environment."""

    name: str

    @property
    def folder(self) -> Path:
        return home() / self.name

    @property
    def record(self) -> Path:
        return self.folder / "environment.json"

    @property
    def kubeconfig(self) -> Path:
        return self.folder / "kubeconfig"

    @property
    def state(self) -> Path:
        """Terraform's state, where there is no bucket for it."""
        return self.folder / "terraform.tfstate"

    @property
    def work(self) -> Path:
        return self.folder / "work"

    @property
    def journal(self) -> Journal:
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        return Journal(self.folder / "journal.jsonl")


def home() -> Path:
    """Where this machine keeps its environments on EKS."""
    return folders.state_home() / "eks"


def state_key(name: str) -> str:
    """Where Terraform's state of an environment lies in the bucket."""
    return f"{PREFIX}{name}/terraform.tfstate"


@dataclass(frozen=True)
class Records:
    """The records of this machine, and with a `bucket` those of everybody.

    Raises CannotJudge when the bucket does not answer.
    """

    bucket: str = ""
    region: str = ""

    def read(self, name: str) -> Record | None:
        """None when there is no such environment, or when nothing whole was written."""
        if self.bucket:
            return _parse(self._shared(_key(name)))
        return read_here(name)

    def write(self, record: Record) -> None:
        """Returns when it is where it must be to survive this machine, or this process when there is no bucket."""
        if self.bucket:
            body = json.dumps(asdict(record), indent=1).encode()
            self._ask("put_object", Key=_key(record.name), Body=body, ContentType="application/json")
        keep_here(record)

    def remove(self, name: str) -> None:
        """The last step of a removal: the state, which is empty by then, the record, and this machine's folder."""
        if self.bucket:
            for key in (state_key(name), f"{state_key(name)}.tflock", _key(name)):
                self._ask("delete_object", Key=key)
        shutil.rmtree(Place(name).folder, ignore_errors=True)

    def names(self) -> list[str]:
        """Every environment, sorted; one whose record is broken too."""
        found = {folder.name for folder in home().iterdir() if folder.is_dir()} if home().is_dir() else set()
        if self.bucket:
            token: dict[str, str] = {}
            while True:
                page = self._ask("list_objects_v2", Prefix=PREFIX, Delimiter="/", **token)
                found |= {item["Prefix"].split("/")[-2] for item in page.get("CommonPrefixes", [])}
                if not page.get("IsTruncated"):
                    break
                token = {"ContinuationToken": page["NextContinuationToken"]}
        return sorted(found)

    def lock(self, name: str) -> str:
        """What the lock of Terraform's state says; empty when nobody holds it. A local state's lock needs no care."""
        return self._shared(f"{state_key(name)}.tflock") if self.bucket else ""

    def _shared(self, key: str) -> str:
        """The text of an object in the bucket; empty when there is none.

        It is looked for in the list of its folder: who may not list the whole bucket is refused what is not there.
        """
        listed = self._ask("list_objects_v2", Prefix=f"{key.rpartition('/')[0]}/").get("Contents", [])
        if key not in (item["Key"] for item in listed):
            return ""
        return str(self._ask("get_object", Key=key)["Body"].read().decode())

    def _ask(self, operation: str, **words: Any) -> Any:
        from botocore.exceptions import BotoCoreError, ClientError

        try:
            return getattr(self._client(), operation)(Bucket=self.bucket, **words)
        except (BotoCoreError, ClientError) as error:
            raise self._failure(error) from error

    def _client(self) -> Any:
        import boto3

        return boto3.session.Session().client("s3", region_name=self.region)

    def _failure(self, error: Exception) -> CannotJudge:
        return CannotJudge(
            f"the records of environments cannot be read or written: {error}",
            where=f"s3://{self.bucket}/{PREFIX}",
            next_step="./hallmark doctor",
        )


def keep_here(record: Record) -> None:
    """Write down on this machine alone what somebody else made: its token is signed for what stands here."""
    Place(record.name).folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    write_atomically(Place(record.name).record, json.dumps(asdict(record), indent=1), 0o600)


def read_here(name: str) -> Record | None:
    """What this machine knows of an environment, without asking anybody."""
    try:
        return _parse(Place(name).record.read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        return None


def require_here(name: str) -> Record:
    """The same; raises UsageError when there is no cluster of that name."""
    found = read_here(name)
    if found is None or not found.cluster:
        raise UsageError(
            f"no environment {name} on EKS is known here",
            where=str(Place(name).record),
            next_step="./hallmark env list --provider eks",
        )
    return found


def _parse(text: str) -> Record | None:
    try:
        return Record(**json.loads(text))
    except (ValueError, TypeError):
        return None


def _key(name: str) -> str:
    return f"{PREFIX}{name}/environment.json"
