"""Reads a plan or a state of Terraform as JSON (`terraform show -json`), and says what of each resource is known.

In `after` a value that is unknown, one that is null and one that was left out look alike, and `after_unknown` marks
what the provider computes like what the configuration leaves open. Only with the configuration they can be told
apart: what it doesn't set is left out, and the provider's default decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

# Marks, in the place of a value, that it is known after apply only: what its expression refers to.
UNKNOWN = "$unknown"
_MODULE = re.compile(r'module\.([\w-]+)(\[(?:"(?:[^"\\]|\\.)*"|\d+)\])?\.?')
_REFERENCE = re.compile(
    r'(?P<name>(?:data\.)?[\w-]+\.[\w-]+)(?P<index>\[(?:"(?:[^"\\]|\\.)*"|\d+)\])?(?:\.(?P<rest>.*))?'
)
# What a reference may begin with that is known when a plan is made, and is no resource.
_SURE = ("each", "count", "path", "terraform", "self")
# Modules inside of modules; a document with more is refused by its references being opaque.
_DEEPEST = 50
_LEFT_OUT = object()


@dataclass(frozen=True)
class Targets:
    """What an expression refers to: instances of resources by address, and whether there may be more."""

    resources: frozenset[str] = frozenset()
    opaque: bool = False

    def __or__(self, other: Targets) -> Targets:
        return Targets(self.resources | other.resources, self.opaque or other.opaque)

    @property
    def is_open(self) -> bool:
        """Whether any of it can be unknown."""
        return self.opaque or bool(self.resources)


@dataclass(frozen=True)
class Place:
    """A module, or a resource in it, as the configuration has it and as an instance of it.

    `modules` are the steps to the module, each a name and an index such as `["a"]`; `index` and `repeat` are those of
    what stands there: the index and the expression of its count or for_each.
    """

    modules: tuple[tuple[str, str], ...] = ()
    index: str = ""
    repeat: Mapping[str, Any] = field(default_factory=dict)


class Configuration:
    """The configuration of a plan: what each resource sets, and what its expressions refer to."""

    def __init__(self, document: Mapping[str, Any], instances: Iterable[str]) -> None:
        """`instances` are the addresses of all resources, data among them."""
        self._root: Mapping[str, Any] = (document.get("configuration") or {}).get("root_module") or {}
        providers = (document.get("configuration") or {}).get("provider_config") or {}
        # What any provider adds to the tags of a resource and isn't known literally.
        self.default_tags = [
            block["tags"]
            for one in providers.values()
            for block in one.get("expressions", {}).get("default_tags", ())
            if "constant_value" not in block.get("tags", {"constant_value": None})
        ]
        self._written: dict[tuple[str, ...], dict[tuple[str, str, str], Mapping[str, Any]]] = {}
        self._instances: dict[str, list[str]] = {}
        for address in instances:
            self._instances.setdefault(_without_index(address), []).append(address)

    def resource(self, change: Mapping[str, Any]) -> tuple[Mapping[str, Any], Place] | None:
        """What the configuration says of a resource of `resource_changes`, and its place; None when it isn't there."""
        modules = steps(change.get("module_address", ""))
        names = tuple(name for name, _ in modules)
        if names not in self._written:
            resources = self._module(modules).get("resources", ())
            self._written[names] = {(one["mode"], one["type"], one["name"]): one for one in resources}
        one = self._written[names].get((change["mode"], change["type"], change["name"]))
        if one is None:
            return None
        repeat = one.get("for_each_expression") or one.get("count_expression") or {}
        return one, Place(modules, index_of(change), repeat)

    def _module(self, modules: Sequence[tuple[str, str]]) -> Mapping[str, Any]:
        module = self._root
        for name, _ in modules:
            module = module.get("module_calls", {}).get(name, {}).get("module", {})
        return module

    def targets(self, references: Sequence[str], place: Place, depth: int = 0) -> Targets:
        """All that these references of an expression can depend on."""
        if depth > _DEEPEST:
            return Targets(opaque=True)
        found = Targets()
        for one in maximal(references):
            found |= self._targets(one, references, place, depth + 1)
        return found

    def _targets(self, one: str, all_of_it: Sequence[str], place: Place, depth: int) -> Targets:
        first, _, rest = one.partition(".")
        if first == "var":
            return self._variable(re.split(r"[.\[]", rest)[0], place, depth)
        if first == "each" and rest.startswith("value"):
            whole = self.targets(place.repeat.get("references", ()), place, depth)
            own = frozenset(one for one in whole.resources if one.endswith(place.index))
            return Targets(own or whole.resources, whole.opaque)
        if first in _SURE:
            return Targets()
        if first == "module":
            return self._output(one, place, depth)
        match = _REFERENCE.fullmatch(one)
        if first == "local" or match is None:
            return Targets(opaque=True)
        at = address(place.modules, match["name"])
        index = match["index"] or ""
        if not index and {"each.key", "count.index"} & set(all_of_it):
            index = place.index
        there = self._instances.get(_without_index(at), [])
        chosen = [one for one in there if one == at + index] or there
        return Targets(frozenset(chosen), opaque=not there)

    def _variable(self, name: str, place: Place, depth: int) -> Targets:
        """A variable of the root is known; that of a module is what its call gives it."""
        if not place.modules:
            return Targets()
        *above, (module, index) = place.modules
        call = self._module(above).get("module_calls", {}).get(module, {})
        repeat = call.get("for_each_expression") or call.get("count_expression") or {}
        expression = call.get("expressions", {}).get(name)
        if expression is None or "constant_value" in expression:
            return Targets()
        references = list(_references(expression))
        if not references:
            return Targets(opaque=True)
        return self.targets(references, Place(tuple(above), index, repeat), depth)

    def _output(self, one: str, place: Place, depth: int) -> Targets:
        match = _MODULE.match(one)
        output = re.split(r"[.\[]", one[match.end() :])[0] if match else ""
        inner = (*place.modules, (match[1], match[2] or "")) if match else ()
        expression = self._module(inner).get("outputs", {}).get(output, {}).get("expression")
        if expression is None:
            return Targets(opaque=True)
        return self.targets(list(_references(expression)), Place(inner), depth)


def address(modules: Sequence[tuple[str, str]], name: str) -> str:
    return ".".join([*(f"module.{module}{index}" for module, index in modules), name])


def steps(module_address: str) -> tuple[tuple[str, str], ...]:
    """The names and indices in the address of a module: `module.a["x"].module.b`."""
    return tuple((one[1], one[2] or "") for one in _MODULE.finditer(module_address))


def index_of(change: Mapping[str, Any]) -> str:
    """The index of an instance as its address writes it, such as `["a"]`, or nothing."""
    whole = str(change["address"])
    data = "data." if change["mode"] == "data" else ""
    bare = address(steps(change.get("module_address", "")), f"{data}{change['type']}.{change['name']}")
    return whole.removeprefix(bare)


def maximal(references: Sequence[str]) -> list[str]:
    """Terraform lists `a.b.id` with all that it begins with (`a.b`): only the longest."""
    return [
        one
        for one in references
        if not any(other != one and other.startswith((f"{one}.", f"{one}[")) for other in references)
    ]


def _type(whole: str) -> str:
    """The type of the resource at an address."""
    return _MODULE.sub("", whole).removeprefix("data.").partition(".")[0]


def _without_index(whole: str) -> str:
    return re.sub(r'\[(?:"(?:[^"\\]|\\.)*"|\d+)\]$', "", whole)


def _references(expression: Any) -> Iterator[str]:
    """Those of an expression, or of all in a block."""
    if isinstance(expression, list):
        for one in expression:
            yield from _references(one)
    elif isinstance(expression, dict):
        if is_expression(expression):
            yield from expression.get("references", ())
        else:
            for one in expression.values():
                yield from _references(one)


def is_expression(node: Any) -> bool:
    """Whether a node of the configuration is the expression of an argument, and not a block."""
    return isinstance(node, dict) and (
        not node or "constant_value" in node or isinstance((node.get("references") or [None])[0], str)
    )


class Reading:
    """Puts together what is known of one resource."""

    def __init__(
        self,
        configuration: Configuration,
        written: tuple[Mapping[str, Any], Place] | None,
        *,
        computes: bool = True,
    ) -> None:
        """`computes`: the provider fills in arguments that are left out, so that they are unknown as well."""
        self._configuration = configuration
        self._unwritten = written is None or not computes
        self._expressions = None if written is None else written[0].get("expressions") or {}
        self._place = Place() if written is None else written[1]

    def values(self, after: Mapping[str, Any], unknown: Any) -> dict[str, Any]:
        """The arguments that are known or open; those that are null, or left out and computed, are missing."""
        written = self._expressions
        if written is not None:
            # What the provider makes of `tags` and its default_tags can be open only when one of them can.
            own = written.get("tags", {"constant_value": None})
            sources = [*self._configuration.default_tags, *([] if "constant_value" in own else [own])]
            if sources:
                written = {"tags_all": {"references": list(_references(sources))}, **written}
        # As a block in a list: one that sets nothing looks like an expression.
        read = self._merged(after, unknown, [written or {}], self._unwritten)
        return read if isinstance(read, dict) else {}

    def computed(self, unknown: Mapping[str, Any], values: Mapping[str, Any]) -> list[str]:
        """The arguments that the provider computes: unknown, and left out of the configuration."""
        return sorted(key for key, open_ in unknown.items() if open_ is True and key not in values)

    def _merged(self, value: Any, unknown: Any, written: Any, unwritten: bool) -> Any:
        """`unwritten`: nobody knows what the configuration says here, so what is unknown may have been set."""
        if unknown is True:
            return self._open(written, unwritten)
        if isinstance(value, dict):
            unknown = unknown if isinstance(unknown, dict) else {}
            merged = {
                key: self._merged(value.get(key), unknown.get(key), *self._inside(written, key, unwritten))
                for key in [*value, *(key for key in unknown if key not in value)]
            }
            return {key: one for key, one in merged.items() if one is not _LEFT_OUT}
        if isinstance(value, list):
            marks = unknown if isinstance(unknown, list) else []
            unwritten = unwritten or written is None
            items = (
                self._merged(one, marks[index] if index < len(marks) else None, written, unwritten)
                for index, one in enumerate(value)
            )
            return [None if one is _LEFT_OUT else one for one in items]
        return _LEFT_OUT if value is None else value

    @staticmethod
    def _inside(written: Any, key: str, unwritten: bool) -> tuple[Any, bool]:
        """What the configuration says of an argument in a block, of which there may be several in any order."""
        if is_expression(written):
            return written, unwritten
        blocks = written if isinstance(written, list) else [written]
        found = [one[key] for one in blocks if isinstance(one, dict) and key in one]
        if not found:
            return None, unwritten
        if len(found) == 1:
            return found[0], unwritten
        if all(is_expression(one) for one in found):
            references = list(dict.fromkeys(ref for one in found for ref in one.get("references", ())))
            pure = all("constant_value" in one for one in found)
            return (
                {"constant_value": None} if pure else {"references": references} if references else {}
            ), unwritten
        return [inner for one in found for inner in (one if isinstance(one, list) else [one])], unwritten

    def _open(self, written: Any, unwritten: bool) -> Any:
        if written is None:
            return mark((), Targets(opaque=True)) if unwritten else _LEFT_OUT
        references = list(dict.fromkeys(_references(written)))
        if is_expression(written) and "constant_value" in written:
            return _LEFT_OUT
        targets = self._configuration.targets(references, self._place)
        if references and not targets.is_open:
            # Of nothing but variables: known when planned, so it can only be null.
            return _LEFT_OUT
        return mark(maximal(references), targets if references else Targets(opaque=True))


def mark(references: Iterable[str], targets: Targets) -> dict[str, Any]:
    """What stands for a value that is unknown."""
    return {
        UNKNOWN: {
            "references": sorted(references),
            "resources": sorted(targets.resources),
            "types": sorted({_type(one) for one in targets.resources}),
            "opaque": targets.opaque,
        }
    }


def constants(expressions: Any) -> Any:
    """The values that stand in the configuration itself; expressions that refer to anything are marked as unknown."""
    if is_expression(expressions):
        if "constant_value" in expressions:
            return expressions["constant_value"]
        return mark(maximal(expressions.get("references", [])), Targets(opaque=True))
    if isinstance(expressions, dict):
        return {key: constants(one) for key, one in expressions.items()}
    return [constants(one) for one in expressions] if isinstance(expressions, list) else expressions
