"""What a silent pass is made of: files laid out, what the kit must answer, and what conftest is asked about them.

The table is in the YAML files beside this one (TABLES). An entry may have

    what      the case in a few words, for the page
    answer    the kit's exit code and what it says first, with the place
    files     what is laid out, by path; left out: deployment.yaml, which is privileged
    links     symbolic links, by path: where they lead
    special   a function of the module special, for what no text can say
    given     the paths that a user names; left out: deployment.yaml
    kit       what is other in the folder policies, by path (or pattern)
    conftest  the same in conftest's policies; left out, where there is `kit`: it has no such thing
    asks      more words for conftest
    profile, rules   more words for the kit

A file is a text, in which $NAME stands for one of TEXTS; or changes: [old, new, old, new, ...], each `old` standing in
the file exactly once, also as {from: NAME, change: [...]} and {all: [old, new]}; or ~ for a file that is gone.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from string import Template
from typing import Any

import yaml
from tests.silent import special

from hallmark.policy.parameters import Parameters
from hallmark.tools import pins

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).parent
# The kinds come first, so that their line stays the same.
_PARAMETERS = sorted(fields(Parameters), key=lambda one: one.name != "allowed_kinds")
RULES = (
    "capabilities-drop-all",
    "image-digest",
    "privileged",
    "run-as-non-root",
    "seccomp",
    "stable-api-version",
)

_DIGEST = "0123456789abcdef" * 4
_SECURITY = "runAsNonRoot: true, seccompProfile: {type: RuntimeDefault}, capabilities: {drop: [ALL]}"
_CONTAINER = f"name: quotes, image: registry.example/quotes@sha256:{_DIGEST}, securityContext: {{{_SECURITY}"
_HEAD = "metadata: {name: quotes, namespace: production}\n"
_POLICIES = HERE / "policies"
RULE = "manifests/no-privilege/no_privilege.rego"
TEST = "manifests/no-privilege/no_privilege_test.rego"
TEXTS = {
    # Everything about it is as the five rules want it, but that it is privileged.
    "DEPLOYMENT": (HERE / "deployment.yaml").read_text(encoding="utf-8"),
    "CONTAINER": f"{{{_CONTAINER}, privileged: true}}}}",
    "SAFE": f"{{{_CONTAINER}}}}}".replace("name: quotes", "name: safe"),
    "SECURITY": "{runAsNonRoot: true, seccompProfile: {type: RuntimeDefault}}",
    "HEAD": f"apiVersion: apps/v1\nkind: Deployment\n{_HEAD}",
    "POD": f"apiVersion: v1\nkind: Pod\n{_HEAD}",
    "OBJECT": '{"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "x", "namespace": "y"}}',
    "RULE": RULE,
    "TEST": TEST,
    "KIT": (_POLICIES / RULE).read_text(encoding="utf-8"),
    "KIT_TEST": (_POLICIES / TEST).read_text(encoding="utf-8"),
    "DENY": (HERE / "deny.rego").read_text(encoding="utf-8"),
    "DENY_TEST": (HERE / "deny_test.rego").read_text(encoding="utf-8"),
    "WAIVER": (HERE / "waivers.yaml").read_text(encoding="utf-8"),
}
TEXTS["HARMLESS"] = TEXTS["DEPLOYMENT"].replace("            privileged: true\n", "")
INPUTS = ("files", "texts", "objects", "reach")
TABLES = (*INPUTS, "policies", "tests", "machine")
# What stands in answers and changes with a pin.
VERSIONS = {
    "KUBERNETES": pins.load().modules["kubernetes"].version,
    "OPA": pins.load().pin("opa").version,
    "OPA_KEY": pins.load().pin("opa").key,
}


@dataclass(frozen=True)
class Case:
    """One way in which a check could pass without having judged; the fields are those of an entry."""

    id: str
    table: str
    what: str
    answer: str
    files: Mapping[str, Any] = field(default_factory=lambda: {"deployment.yaml": "$DEPLOYMENT"})
    links: Mapping[str, str] = field(default_factory=dict)
    special: str = ""
    given: tuple[str, ...] = ("deployment.yaml",)
    kit: Mapping[str, Any] = field(default_factory=dict)
    conftest: Mapping[str, Any] | None = None
    asks: tuple[str, ...] = ()
    profile: str = "production"
    rules: tuple[str, ...] | None = None

    def answered(self, **values: str) -> str:
        """The answer with the versions that are pinned now; `values` go before those of VERSIONS."""
        return Template(self.answer).safe_substitute(VERSIONS, **values)

    def lay(self, folder: Path) -> None:
        """Write what is judged into an empty folder."""
        folder.mkdir(parents=True, exist_ok=True)
        apply(folder, self.files)
        for name, target in self.links.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).symlink_to(target)
        if self.special:
            getattr(special, self.special)(folder, TEXTS)

    def lay_policies(self, home: Path) -> Path:
        """Write a folder of policies with one rule, as the case has them."""
        shutil.copytree(_POLICIES, home)
        shutil.copy(ROOT / "policies" / "report.rego", home)
        (home / "parameters.yaml").write_text("".join(f"{one.name}: []\n" for one in _PARAMETERS))
        apply(home, self.kit)
        return home


def load() -> list[Case]:
    """The whole table, in its order."""
    found: list[Case] = []
    for table in TABLES:
        entries = yaml.safe_load((HERE / f"{table}.yaml").read_text(encoding="utf-8"))
        for name, entry in entries.items():
            if "change" in entry:
                changed = {"from": entry.pop("from", "DEPLOYMENT"), "change": entry.pop("change")}
                entry["files"] = {"deployment.yaml": changed}
            lists = {key: tuple(entry[key]) for key in ("given", "asks", "rules") if key in entry}
            found.append(Case(id=name, table=table, **{**entry, **lists}))
    return found


def apply(folder: Path, files: Mapping[str, Any]) -> None:
    for name, wanted in files.items():
        path = folder / Template(name).substitute(TEXTS)
        if wanted is None:
            for file in folder.glob(Template(name).substitute(TEXTS)):
                shutil.rmtree(file) if file.is_dir() else file.unlink()
        else:
            text = _text(wanted, path)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode())


def _text(wanted: Any, path: Path) -> str:
    if isinstance(wanted, str):
        return Template(wanted).safe_substitute(TEXTS)
    if isinstance(wanted, list):
        return _changed(path.read_text(encoding="utf-8"), wanted)
    if "all" in wanted:
        old, new = wanted["all"]
        return path.read_text(encoding="utf-8").replace(old, new)
    return _changed(TEXTS[wanted["from"]], wanted["change"])


def _changed(text: str, changes: list[str]) -> str:
    for old, new in _pairs(changes):
        if text.count(old) != 1:
            raise ValueError(f"{old!r} stands {text.count(old)} times in:\n{text}")
        text = text.replace(old, new)
    return text


def _pairs(words: Iterable[str]) -> Iterator[tuple[str, str]]:
    each = iter(words)
    return zip(each, each, strict=True)
