"""Judges Terraform plans and states (`terraform show -json`), by the rules in policies/plan/.

Only what will exist is judged: of an update or a replacement what comes after it, of a plan without a change what is
there. What a plan deletes is seen only by rules about deletions. Data sources are no objects; the documents of IAM
that they make are seen with the policies that hang on them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hallmark.documents import Malformed
from hallmark.outcome import CannotJudge
from hallmark.policy import engine, files, json_text, plan_reading
from hallmark.policy.json_text import JsonText
from hallmark.policy.plan_reading import Configuration, Reading
from hallmark.policy.report import NotEvaluated, ObjectReference, Report
from hallmark.policy.rules import load

FAMILY = "plan"
PROVIDER = "provider"
_GONE = {"delete", "forget"}
_DOCUMENT = "aws_iam_policy_document"
_SHOWN = "judge what `terraform show -json` makes of it"


@dataclass(frozen=True)
class Resource:
    """A resource that is judged. `inside` is the way to its arguments in the document."""

    reference: ObjectReference
    text: JsonText
    inside: engine.Steps

    def line_of(self, path: engine.Steps) -> int:
        return self.text.line_of((*self.inside, *path))

    def named(self, path: engine.Steps) -> engine.Steps:
        return path


@dataclass
class Documents:
    """All resources of the documents of a set, as rules see them, and whatever could not be read."""

    subjects: list[Resource] = field(default_factory=list)
    entries: list[dict[str, Any]] = field(default_factory=list)
    not_evaluated: list[NotEvaluated] = field(default_factory=list)

    def refuse(self, file: str, reason: str, line: int = 0) -> None:
        self.not_evaluated.append(NotEvaluated(file, line, reason))

    def add(self, resource: Resource, entry: Mapping[str, Any]) -> None:
        self.entries.append({"id": len(self.subjects), "address": resource.reference.address, **entry})
        self.subjects.append(resource)


def check_plans(
    sets: Sequence[Sequence[Path | str]],
    *,
    profile: str = "production",
    rules: Iterable[str] | None = None,
    keep_going: bool = False,
    policies: Path | None = None,
    timeout_s: float = engine.TIMEOUT_S,
) -> list[Report]:
    """Judge several sets of plans and states, each for itself; one report for each, in order.

    A path is a file, a folder (every *.json in it) or `-`. Nothing is raised but UsageError (unknown profile or rule).
    When any input cannot be read nothing of its set is judged, unless `keep_going`.
    """
    gathered = [gather(inputs) for inputs in sets]
    try:
        loaded = load(policies, FAMILY)
        chosen = loaded.chosen(profile, rules)
        if not chosen:
            raise CannotJudge(f"no rule belongs to the profile {profile}", where=str(loaded.home))
    except CannotJudge as error:
        return [engine.unjudged(profile, (), _set(one, keep_going), error) for one in gathered]
    judged = [_set(one, keep_going) for one in gathered]
    return engine.judge(loaded, chosen, profile, judged, timeout_s)


def _set(gathered: Documents, keep_going: bool) -> engine.Set:
    one = engine.Set([*gathered.subjects], not_evaluated=gathered.not_evaluated)
    if gathered.not_evaluated and not keep_going:
        one.withhold()
    else:
        one.entries = [engine.encoded(entry["id"], entry) for entry in gathered.entries]
    return one


def gather(inputs: Sequence[Path | str]) -> Documents:
    """Read every input; nothing is raised, what cannot be read is named in `not_evaluated`."""
    gathered = Documents()
    if not inputs:
        gathered.refuse("", "no input was given")

    def refuse(file: str, reason: str) -> None:
        is_saved = reason == files.NOT_TEXT  # as `terraform plan -out` writes it
        gathered.refuse(file, f"{reason}: {_SHOWN}" if is_saved else reason)

    reader = files.Reader(_is_json, "named *.json", lambda _: True, refuse)
    number = 0
    for given in inputs:
        for text in reader.read(str(given)):
            read(gathered, text.name, text.text, number)
            number += 1
    return gathered


def _is_json(file: Path) -> bool:
    return file.suffix.lower() == ".json" and not file.name.startswith(".")


def read(gathered: Documents, name: str, text: str, number: int) -> None:
    """Add the resources of one document, the `number`th, or say why it cannot be judged."""
    try:
        found = json_text.read(text)
        document = _Document(name, found, number)
        resources = list(document.resources())
    except Malformed as error:
        gathered.refuse(name, error.what, error.line)
        return
    if not resources:
        gathered.refuse(name, "no resource is in it", 1)
    for resource, entry in resources:
        gathered.add(resource, entry)


class _Document:
    """One plan or state. Raises Malformed for what is neither, or of a form that isn't known."""

    def __init__(self, name: str, text: JsonText, number: int) -> None:
        self._name = name
        self._text = text
        self._number = number
        self._whole = self._mapping(text.value, ())
        is_plan = "planned_values" in self._whole or "resource_changes" in self._whole
        if not (is_plan or "values" in self._whole):
            if {"version", "resources"} <= set(self._whole):
                raise Malformed(f"a state as Terraform stores it: {_SHOWN}", text.line_of(()))
            is_empty = set(self._whole) <= {"format_version", "terraform_version"} and self._whole
            what = "a state with nothing in it" if is_empty else "neither a plan nor a state of Terraform"
            raise Malformed(what, text.line_of(()))
        version = self._whole.get("format_version")
        if not isinstance(version, str) or version.partition(".")[0] != "1":
            said = "lacks format_version" if version is None else f"has the format version {version}"
            raise Malformed(f"{said}: only 1.x is known", text.line_of(("format_version",)))
        self._is_plan = is_plan

    def resources(self) -> Iterator[tuple[Resource, dict[str, Any]]]:
        try:
            yield from self._of_plan() if self._is_plan else self._of_state()
        except RecursionError as error:
            raise Malformed("nested too deep", 1) from error
        except (LookupError, TypeError, AttributeError, ValueError) as error:
            if isinstance(error, Malformed):
                raise
            raise Malformed("a plan or a state of another form than Terraform's", 1) from error

    def _mapping(self, value: Any, path: engine.Steps) -> Mapping[str, Any]:
        if not isinstance(value, dict):
            where = ".".join(map(str, path)) or "the document"
            raise Malformed(f"{where} must be an object", self._text.line_of(path))
        return value

    def _list(self, value: Any, path: engine.Steps) -> Sequence[Any]:
        if not isinstance(value, list):
            raise Malformed(f"{'.'.join(map(str, path))} must be a list", self._text.line_of(path))
        return value

    def _of_state(self) -> Iterator[tuple[Resource, dict[str, Any]]]:
        for path, one in self._kept(("values",)):
            values = self._mapping(one.get("values"), (*path, "values"))
            reading = Reading(Configuration({}, ()), None)
            entry = _entry(one, reading.values(values, {}), is_taggable="tags_all" in values)
            yield self._placed(one, path, "values"), {**entry, "document": self._number}

    def _kept(self, start: tuple[str]) -> Iterator[tuple[engine.Steps, Mapping[str, Any]]]:
        """Every managed resource of `values` or `planned_values`, through all modules."""
        holder = self._mapping(self._whole[start[0]], start)
        waiting: list[engine.Steps] = [(*start, "root_module")] if "root_module" in holder else []
        while waiting:
            path = waiting.pop(0)
            module = self._mapping(self._at(path), path)
            for index, one in enumerate(self._list(module.get("resources", []), (*path, "resources"))):
                place = (*path, "resources", index)
                self._checked(one, place)
                if one["mode"] == "managed" and "deposed_key" not in one:
                    yield place, {"module_address": module.get("address", ""), **one}
            inner = self._list(module.get("child_modules", []), (*path, "child_modules"))
            waiting += [(*path, "child_modules", index) for index in range(len(inner))]

    def _at(self, path: engine.Steps) -> Any:
        value: Any = self._whole
        for step in path:
            value = value[step]
        return value

    def _checked(self, one: Any, path: engine.Steps) -> None:
        one = self._mapping(one, path)
        for key in ("address", "mode", "type", "name"):
            if not isinstance(one.get(key), str) or not one[key]:
                raise Malformed(f"a resource without {key}", self._text.line_of(path))

    def _of_plan(self) -> Iterator[tuple[Resource, dict[str, Any]]]:
        if self._whole.get("errored"):
            raise Malformed("the plan ended with an error and is not whole", self._text.line_of(("errored",)))
        if self._whole.get("deferred_changes"):
            raise Malformed("changes are deferred to another plan", self._text.line_of(("deferred_changes",)))
        changes = self._list(self._whole.get("resource_changes", []), ("resource_changes",))
        for index, one in enumerate(changes):
            path: engine.Steps = ("resource_changes", index)
            self._checked(one, path)
            change = self._mapping(one.get("change"), (*path, "change"))
            self._list(change.get("actions"), (*path, "change", "actions"))
        kept = list(self._kept(("planned_values",))) if "planned_values" in self._whole else []
        known = [one["address"] for one in changes] + [one["address"] for _, one in kept]
        configuration = Configuration(self._whole, dict.fromkeys(known))
        deferred = {
            one["address"]: self._entry(one, configuration)["values"]
            for one in changes
            if one["mode"] == "data" and one["type"] == _DOCUMENT
        }
        for index, one in enumerate(changes):
            if one["mode"] == "managed" and "deposed" not in one:
                entry = self._entry(one, configuration)
                documents = dict(_documents(entry["values"], deferred))
                place = self._placed(one, ("resource_changes", index), "change", "after")
                yield place, {**entry, "documents": documents, "document": self._number}
        # A plan tells of every resource; one of which it has no change is as it will be.
        changed = {one["address"] for one in changes}
        for path, one in kept:
            if one["address"] not in changed:
                values = self._mapping(one.get("values"), (*path, "values"))
                change = {
                    "actions": ["no-op"],
                    "after": values,
                    "after_unknown": _presumed(values, one, configuration),
                }
                entry = self._entry({**one, "change": change}, configuration)
                documents = dict(_documents(entry["values"], deferred))
                place = self._placed(one, path, "values")
                yield place, {**entry, "documents": documents, "document": self._number}
        yield from self._providers()

    def _entry(self, one: Mapping[str, Any], configuration: Configuration) -> dict[str, Any]:
        change = one["change"]
        after, unknown = change.get("after") or {}, change.get("after_unknown") or {}
        written = configuration.resource(one)
        reading = Reading(configuration, written, computes=one["mode"] == "managed")
        values = reading.values(after, unknown)
        expressions = {} if written is None else written[0].get("expressions") or {}
        # Only what is deleted is judged by what it was.
        before = reading.values(change.get("before") or {}, {}) if "delete" in change["actions"] else None
        return {
            **_entry(one, values, is_taggable="tags_all" in after or "tags_all" in unknown),
            **({} if before is None else {"before": before}),
            "actions": change["actions"],
            "exists": "create" in change["actions"] or not _GONE & set(change["actions"]),
            "computed": reading.computed(unknown, values),
            "constants": plan_reading.constants(expressions),
        }

    def _placed(self, one: Mapping[str, Any], path: engine.Steps, *inside: str) -> Resource:
        line = self._text.line_of(path)
        reference = ObjectReference(self._name, line, one["type"], "", one["address"], one["address"])
        return Resource(reference, self._text, (*path, *inside))

    def _providers(self) -> Iterator[tuple[Resource, dict[str, Any]]]:
        providers = (self._whole.get("configuration") or {}).get("provider_config") or {}
        for key, one in providers.items():
            if "expressions" not in one:
                continue  # no block is written: a module, or a resource, only says that it needs the provider
            path = ("configuration", "provider_config", key)
            names = [PROVIDER, one["name"], *([one["alias"]] if "alias" in one else [])]
            address = ".".join([*([one["module_address"]] if "module_address" in one else []), *names])
            values = plan_reading.constants(one["expressions"])
            entry = _entry({"type": PROVIDER, "name": one["name"]}, values, is_taggable=False)
            reference = ObjectReference(self._name, self._text.line_of(path), PROVIDER, "", address, address)
            yield Resource(reference, self._text, (*path, "expressions")), {**entry, "document": self._number}


def _entry(one: Mapping[str, Any], values: Mapping[str, Any], *, is_taggable: bool) -> dict[str, Any]:
    """What the rules see of a resource (policies/lib/plan.rego documents it)."""
    return {
        "type": one["type"],
        "name": one["name"],
        "values": values,
        "taggable": is_taggable,
        "actions": ["no-op"],
        "exists": True,
        "computed": [],
        "constants": {},
        "documents": {},
    }


def _documents(
    values: Mapping[str, Any], deferred: Mapping[str, Mapping[str, Any]]
) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """For each argument that is nothing but a deferred document: what is known of that."""
    for key, value in values.items():
        said = value.get(plan_reading.UNKNOWN) if isinstance(value, dict) else None
        if said and not said["opaque"] and len(said["resources"]) == 1 and said["resources"][0] in deferred:
            yield key, deferred[said["resources"][0]]


def _presumed(
    values: Mapping[str, Any], one: Mapping[str, Any], configuration: Configuration
) -> dict[str, Any]:
    """What must be unknown of a resource without a change: every argument that is set and has no value."""
    written = configuration.resource(one)
    expressions = {} if written is None else written[0].get("expressions") or {}
    return {key: True for key in expressions if key not in values}
