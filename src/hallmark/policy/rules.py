"""Loads the rules and holds them to their contract, so that a misspelt one is an error and not a silence.

A rule is a folder `policies/<family>/<id>/` with `<id>.rego` (words joined by _) in a package of the same words.
The package offers the answers of its family (FAMILIES) and nothing else that is not private (a leading _).
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from hallmark import folders, process, tools
from hallmark.outcome import CannotJudge, UsageError
from hallmark.policy import sources
from hallmark.policy.memory import remember
from hallmark.policy.parameters import Parameters, read
from hallmark.policy.report import Rule
from hallmark.policy.sources import FAMILIES, REPORT, Sources, find, is_test
from hallmark.values import dataclass

PROFILES = ("baseline", "restricted", "production", "all")
SEVERITIES = ("low", "medium", "high", "critical")
SCOPES = ("object", "namespace", "set")
# What a rule may answer besides: in a Dockerfile or a workflow only a variable without a value leaves something open.
OPTIONAL = {family: frozenset({"unknowns"}) for family in ("dockerfile", "workflows")}
TIMEOUT_S = 30.0
_BEYOND = "its scope is object, of a large set it sees a part at a time, but it {}: say namespace or set"
_TEXTS = ("why", "fix", "severity", "profile", "scope", "reference")
_PLACED = re.compile(r"(?P<file>\S+\.rego):(?P<row>\d+): (?P<said>.+)")


@dataclass(frozen=True)
class RuleSet:
    """Every rule of one family, and the files that an evaluation of it needs."""

    sources: Sources
    rules: tuple[Rule, ...]
    parameters: Parameters

    @property
    def family(self) -> str:
        return self.sources.family

    @property
    def home(self) -> Path:
        return self.sources.home

    def chosen(self, profile: str, only: Iterable[str] | None = None) -> tuple[Rule, ...]:
        """The rules of a profile and of those it includes, or exactly those named in `only`.

        Raises UsageError for an unknown profile or id, naming what there is.
        """
        if profile not in PROFILES:
            raise UsageError(f"there is no profile {profile!r}", next_step=f"one of: {', '.join(PROFILES)}")
        if only is None:
            included = PROFILES[: PROFILES.index(profile) + 1]
            return tuple(rule for rule in self.rules if rule.profile in included)
        wanted = list(dict.fromkeys(only))
        by_id = {rule.id: rule for rule in self.rules}
        missing = [one for one in wanted if one not in by_id]
        if missing or not wanted:
            named = ", ".join(missing) or "an empty list"
            raise UsageError(f"there is no rule {named}", next_step=f"one of: {', '.join(sorted(by_id))}")
        return tuple(by_id[one] for one in wanted)


def load(folder: Path | None = None, family: str = "manifests") -> RuleSet:
    """Every rule of a family under `folder` (the kit's own policies), checked against the contract.

    Raises CannotJudge naming every broken rule at once. What was found valid is remembered by its digest.
    """
    found = find(folder, family)
    cached = folders.cache_home() / "policy" / f"{_digest(found)}.json"
    known = _remembered(cached)
    if known is None:
        known = _inspect(found)
        remember(cached, [vars(one) for one in known])
    return RuleSet(found, known, read(found.parameters))


def load_all(folder: Path | None = None) -> tuple[RuleSet, ...]:
    """The rules of every family that has any. Raises CannotJudge also for an id that two families share."""
    base = (folder or sources.home()).resolve()
    loaded = tuple(load(base, family) for family in FAMILIES if (base / family).is_dir())
    if not loaded:
        raise CannotJudge("no rule is there", where=str(base))
    seen: dict[str, str] = {}
    for rule in (rule for one in loaded for rule in one.rules):
        if rule.id in seen:
            raise CannotJudge(f"the id {rule.id} is taken by {seen[rule.id]}", where=str(base / rule.file))
        seen[rule.id] = rule.file
    return loaded


def tested_files(families: Iterable[RuleSet]) -> dict[str, str]:
    """By name (a rule's id, or lib/objects), every file whose tests must be whole."""
    found = {rule.id: rule.file for loaded in families for rule in loaded.rules}
    for base in {loaded.home for loaded in families}:
        files = (one.relative_to(base) for one in sorted((base / "lib").rglob("*.rego")) if not is_test(one))
        found |= {str(one.with_suffix("")): str(one) for one in files}
    return found


def _digest(found: Sources) -> str:
    """Of every source with its place, and of this loader: a stricter contract forgets what an older one accepted."""
    checks = (Path(__file__), *map(Path(__file__).with_name, ("references.py", "scope.py")))
    digest = hashlib.sha256(b"".join(one.read_bytes() for one in checks))
    for file in found.files:
        digest.update(f"\0{file.relative_to(found.home)}\0".encode())
        try:
            digest.update(file.read_bytes())
        except OSError as error:
            raise CannotJudge(f"a policy cannot be read: {error.strerror}", where=str(file)) from error
    return digest.hexdigest()


def _remembered(file: Path) -> tuple[Rule, ...] | None:
    try:
        return tuple(Rule(**one) for one in json.loads(file.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def _inspect(found: Sources) -> tuple[Rule, ...]:
    from hallmark.policy import references

    base, family = found.home, found.family
    trees = modules(found.files)
    annotations = _annotations(found)
    rules: list[Rule] = []
    broken: list[tuple[Path, int, str]] = []
    for file in found.rules:
        try:
            rules.append(_rule(base, family, file, trees[str(file)], annotations.get(str(file))))
        except ValueError as error:
            broken.append((file, 0, str(error)))
    for file in found.files:
        if file == base / REPORT:
            continue  # it names every family, and only one is loaded
        for name in references.dangling(list(trees.values()), trees[str(file)]):
            line = references.line_of(name, file.read_text(encoding="utf-8"))
            broken.append((file, line, f"it refers to {name}, which isn't there"))
    seen: dict[str, str] = {}
    for rule in rules:
        if rule.id in seen:
            broken.append((base / rule.file, 0, f"the id {rule.id} is taken by {seen[rule.id]}"))
        seen[rule.id] = rule.file
    if not broken:  # else names may lead nowhere
        alone = [base / rule.file for rule in rules if rule.scope == "object"]
        broken += _beyond_one(trees, alone)
    if broken:
        raise _outside_contract(base / family, broken)
    return tuple(rules)


def _beyond_one(trees: dict[str, dict[str, Any]], files: Iterable[Path]) -> Iterator[tuple[Path, int, str]]:
    """Of rules about single objects, those that may look at several, with the line and why."""
    from hallmark.policy.scope import Scopes

    scopes = Scopes(list(trees.values()))
    for file in files:
        if scopes.beyond_one(trees[str(file)]) is None:
            continue
        tree = located(file)
        others = [one for name, one in trees.items() if name != str(file)]
        if (problem := Scopes([*others, tree]).beyond_one(tree)) is not None:
            why, line = problem
            yield file, line, _BEYOND.format(why)


def _outside_contract(home: Path, broken: list[tuple[Path, int, str]]) -> CannotJudge:
    told = [(f"{file}:{line}" if line else str(file), what) for file, line, what in broken]
    if len(told) == 1:
        ((where, what),) = told
        return CannotJudge(f"a rule outside its contract: {what}", where=where)
    lines = "".join(f"\n  {where}: {what}" for where, what in told)
    return CannotJudge(f"rules outside their contract:{lines}", where=str(home))


def modules(sources: Sequence[Path]) -> dict[str, dict[str, Any]]:
    """The syntax tree of every file, parsed by OPA itself; a file that it cannot parse is named with its line."""
    texts = [{"file": str(one), "text": one.read_text(encoding="utf-8")} for one in sources]
    query = "[tree | some one in input; tree := rego.parse_module(one.file, one.text)]"
    done = process.run(
        [tools.path("opa"), "eval", "--stdin-input", "--strict-builtin-errors", "--format=json", query],
        timeout_s=TIMEOUT_S,
        stdin=json.dumps(texts),
        check=False,
    )
    try:
        trees = json.loads(done.stdout)["result"][0]["expressions"][0]["value"]
    except (ValueError, LookupError, TypeError) as error:
        raise complaint("a policy cannot be parsed", first_error(done), str(sources[0].parent)) from error
    if len(trees) != len(sources):
        raise CannotJudge(
            "OPA parsed another number of policies than it was given", where=str(sources[0].parent)
        )
    return {one["file"]: tree for one, tree in zip(texts, trees, strict=True)}


def located(file: Path) -> dict[str, Any]:
    """The syntax tree of a file that can be parsed, with the line of everything: slower, for when one is needed."""
    done = process.run(
        [tools.path("opa"), "parse", "--format=json", "--json-include=locations", file],
        timeout_s=TIMEOUT_S,
        check=False,
    )
    if not done.ok:
        raise complaint("a policy cannot be parsed", first_error(done), str(file))
    tree: dict[str, Any] = json.loads(done.stdout)
    return tree


def _annotations(found: Sources) -> dict[str, dict[str, Any]]:
    """The METADATA of each package, by file. Of all files together: OPA checks types, and must see the library.

    It reads a whole folder, so it is given a copy without the tests: those may be unfinished.
    """
    import tempfile  # mostly the rules are known

    with tempfile.TemporaryDirectory(prefix="hallmark-rules-") as scratch:
        copies = {Path(scratch, file.relative_to(found.home)): file for file in found.files}
        for copy, file in copies.items():
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(file.read_bytes())
        done = process.run(
            [tools.path("opa"), "inspect", "--annotations", "--format=json", scratch],
            timeout_s=TIMEOUT_S,
            check=False,
        )
    if not done.ok:
        said = first_error(done).replace(scratch, str(found.home))
        raise complaint("the rules' metadata cannot be read", said, str(found.home))
    return {
        str(copies[Path(one["location"]["file"])]): one["annotations"]
        for one in json.loads(done.stdout).get("annotations") or []
        if one["annotations"].get("scope") == "package"
    }


def _rule(base: Path, family: str, file: Path, tree: dict[str, Any], metadata: dict[str, Any] | None) -> Rule:
    """A rule from its syntax tree and metadata; raises ValueError saying what breaks the contract."""
    words = file.stem
    package = ".".join(str(part["value"]) for part in tree["package"]["path"])
    if package != f"data.hallmark.{family}.{words}":
        raise ValueError(
            f"the package is {package.removeprefix('data.')}, it must be hallmark.{family}.{words}"
        )
    names = {str(rule["head"]["ref"][0]["value"]) for rule in tree.get("rules") or []}
    offered = {name for name in names if not name.startswith("_")}
    optional = OPTIONAL.get(family, frozenset())
    if offered - optional != FAMILIES[family]:
        raise ValueError(
            f"it offers {', '.join(sorted(offered)) or 'nothing'}; a rule of {family} offers "
            f"{', '.join(sorted(FAMILIES[family]))}, everything else starts with _"
        )
    # What may be left out could also be undefined in silence, unless it is a set that is added to.
    if any(
        rule["head"]["ref"][0]["value"] in optional and "key" not in rule["head"]
        for rule in tree.get("rules") or []
    ):
        raise ValueError(f"{', '.join(sorted(optional))} must be added to with `contains`")
    if metadata is None:
        raise ValueError("it has no METADATA before its package")
    custom = metadata.get("custom") or {}
    texts = {"title": metadata.get("title"), "description": metadata.get("description")}
    texts |= {key: custom.get(key) for key in ("id", *_TEXTS)}
    lacking = sorted(key for key, value in texts.items() if not isinstance(value, str) or not value.strip())
    if lacking:
        raise ValueError(f"its METADATA lacks {', '.join(lacking)}")
    if texts["id"] != file.parent.name:
        raise ValueError(f"its id is {texts['id']}, its folder is {file.parent.name}")
    for key, allowed in (("severity", SEVERITIES), ("profile", PROFILES), ("scope", SCOPES)):
        if texts[key] not in allowed:
            raise ValueError(f"its {key} is {texts[key]!r}; one of: {', '.join(allowed)}")
    unknown = sorted(set(custom) - {"id", *_TEXTS})
    if unknown:
        raise ValueError(f"its METADATA has the unknown {', '.join(unknown)}")
    plain = {key: " ".join(str(value).split()) for key, value in texts.items()}
    return Rule(package=words, file=str(file.relative_to(base)), **plain)


def complaint(what: str, said: str, where: str) -> CannotJudge:
    """What OPA `said` about a policy, at the line that it names, or else at `where`."""
    if (placed := _PLACED.search(said)) is None:
        return CannotJudge(f"{what}: {said}", where=where)
    place = placed["file"] if placed["row"] == "0" else f"{placed['file']}:{placed['row']}"
    return CannotJudge(f"{what}: {placed['said'].rstrip(':')}", where=place)


def first_error(done: process.Completed) -> str:
    """The first error that OPA names, with its file and line, from either of its output formats."""
    try:
        return described(json.loads(done.stdout))
    except (ValueError, LookupError, TypeError):
        return " ".join((done.stderr or done.stdout).split())[:400] or f"opa exited with {done.returncode}"


def described(said: dict[str, Any]) -> str:
    """The first error in a document of OPA's, with its file and line. Raises LookupError or TypeError without one."""
    error = said["errors"][0]
    place = error.get("location") or {}
    where = f"{place['file']}:{place['row']}: " if place.get("file") else ""
    return f"{where}{error.get('code', '')}: {error.get('message', '')}".strip()
