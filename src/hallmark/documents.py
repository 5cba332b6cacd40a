"""Reads YAML and JSON streams of Kubernetes objects the way the API server would, and knows every object's line.

Stricter than a plain YAML load: duplicate keys, anchors that explode and documents that are no objects are
errors that name their line. Values are what Kubernetes' own decoder makes of them: dates stay text, keys are text.
Another dialect of YAML reads other words as values.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Sequence, Set
from functools import lru_cache
from itertools import islice
from typing import Any

import yaml
from yaml.constructor import ConstructorError, SafeConstructor
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from yaml.resolver import Resolver

from hallmark.values import dataclass, replace

SIZE_LIMIT_BYTES = 64 * 1024 * 1024
# An alias may repeat what it names; a document that grows past this many values by doing so is an attack or a slip.
EXPANSION_LIMIT = 500_000
DEPTH_LIMIT = 100
# A document with no more brackets and no longer line than this is not deep enough to exhaust the composer's stack.
_SHALLOW = 5000
_DOCUMENT_START = re.compile(r"^---(?=\s|$)", re.MULTILINE)
# A document is read again from where its content begins, which a directive doesn't belong to.
_TAG_DIRECTIVE = re.compile(r"^%TAG\b", re.MULTILINE)
_OF_A_LIST = ("apiVersion", "kind", "metadata", "items")
_MERGE = "tag:yaml.org,2002:merge"
_TEXT = "tag:yaml.org,2002:str"
_NUMERIC = frozenset("+-.0123456789")
# What Go takes for whole numbers, without underscores.
_BASED = re.compile(r"[-+]?0(?:[oO][0-7]+|[bB][01]+|[xX][0-9a-fA-F]+)")
_CORE_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_SCALARS = SafeConstructor()
_RESOLVER: Any = Resolver()
_NOWHERE: Any = yaml.Mark("", 0, 0, 0, "", 0)
Path = tuple[str | int, ...]


class Malformed(ValueError):
    """A stream that cannot be read. `line` counts from 1; `what` says why."""

    def __init__(self, what: str, line: int) -> None:
        super().__init__(f"line {line}: {what}")
        self.what = what
        self.line = line


@dataclass(frozen=True)
class Source:
    """Where a value stands: a document's text, its own first line, and the way to it inside of a List."""

    text: str
    begin: int
    end: int
    document_line: int
    line: int
    inside: Path = ()

    def line_of(self, path: Sequence[str | int]) -> int:
        """The line of what is at `path` in the value, or of the nearest part of the way to it that is written."""
        node = _composed(self.text, self.begin, self.end)
        line = self.line
        for step in (*self.inside, *path):
            node, at = _step(node, step)
            if node is None:
                break
            line = self.document_line + at
        return line

    def value(self) -> Any:
        """The value, read again, as Kubernetes would."""
        node = _composed(self.text, self.begin, self.end)
        for step in self.inside:
            node = _step(node, step)[0]
        return _Construction(KUBERNETES).build(node) if node is not None else None


@dataclass(frozen=True)
class Located:
    """A value of a stream and where it stands."""

    value: Any
    source: Source

    @property
    def line(self) -> int:
        """Its first line."""
        return self.source.line

    def line_of(self, path: Sequence[str | int]) -> int:
        """The line of what is at `path` in it."""
        return self.source.line_of(path)


# What is wrong with one object is mostly said several times, one after the other.
@lru_cache(maxsize=8)
def _composed(text: str, begin: int, end: int) -> Node | None:
    node: Node | None = yaml.compose(text[begin:end], Loader=_LOADER)
    return node


def objects(text: str) -> Iterator[Located]:
    """Every object in a stream, `List` kinds taken apart; empty documents are passed over.

    Raises Malformed, also after objects that are well, for what is no YAML, a duplicate key, an alias bomb, a document
    that is not a mapping or has no apiVersion and kind, and a stream larger than SIZE_LIMIT_BYTES.
    """
    if len(text) > SIZE_LIMIT_BYTES:
        raise Malformed(f"larger than the limit of {SIZE_LIMIT_BYTES} bytes", 1)
    read = 0
    try:
        for one in _plain_objects(text):
            yield one
            read += 1
    except (_NotPlain, yaml.YAMLError):
        yield from islice(_all_objects(text), read, None)


def _all_objects(text: str) -> Iterator[Located]:
    for node in _documents(text):
        source = _source(text, node.start_mark, node.end_mark.index)
        value = _Construction(KUBERNETES).build(node)
        if value is not None:
            yield from _unpacked(value, source, node)


def _plain_objects(text: str) -> Iterator[Located]:
    """The objects of a stream as far as it is written plainly, at half the cost; raises _NotPlain where it isn't.

    What is not plain: anchors, tags, merges, lists of objects, and everything that is wrong.
    """
    loader = _LOADER(text)
    try:
        for value, begin, end in _Plain(loader.get_event).documents():
            version, kind = value.get("apiVersion"), value.get("kind")
            if not (isinstance(version, str) and version and isinstance(kind, str) and kind):
                raise _NotPlain
            if kind.endswith("List") or "items" in value or end - begin.index > EXPANSION_LIMIT:
                raise _NotPlain
            yield Located(value, _source(text, begin, end))
    finally:
        loader.dispose()


def document(text: str, dialect: Dialect | None = None) -> Located | None:
    """The one document in a text, whatever it is, or None when there are only comments.

    It is read as Kubernetes would, unless another dialect is given. Raises Malformed for what is no YAML, a duplicate
    key, an alias bomb, and a second document.
    """
    nodes = list(_documents(text))
    if len(nodes) > 1:
        raise Malformed("a second document", nodes[1].start_mark.line + 1)
    for node in nodes:
        return Located(
            _Construction(dialect or KUBERNETES).build(node),
            _source(text, node.start_mark, node.end_mark.index),
        )
    return None


def _source(text: str, begin: yaml.Mark, end: int) -> Source:
    """Where a document stands. From the beginning of its line: it may be indented."""
    return Source(text, begin.index - begin.column, end, begin.line + 1, begin.line + 1)


def _documents(text: str) -> Iterator[Node]:
    loader = _LOADER(text)
    try:
        _refuse_depth(text)
        if directive := _TAG_DIRECTIVE.search(text):
            line = text.count("\n", 0, directive.start()) + 1
            raise Malformed("a %TAG directive: what is meant by a tag must be written in it", line)
        while loader.check_node():
            node = loader.get_node()
            if node is not None:
                yield node
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        said = ", ".join(part for part in (error.context, error.problem) if part)
        raise Malformed(f"invalid YAML: {said}", (mark.line if mark else 0) + 1) from error
    except yaml.YAMLError as error:
        raise Malformed(f"invalid YAML: {' '.join(str(error).split())}", 1) from error
    finally:
        loader.dispose()


def _refuse_depth(text: str) -> None:
    """Refuse what is nested too deep before it is composed: PyYAML does that by recursion, and dies of it."""
    if not any(_is_maybe_deep(part) for part in _DOCUMENT_START.split(text)):
        return
    depth = 0
    event: Any
    for event in yaml.parse(text, Loader=_LOADER):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEPTH_LIMIT + 1:
            raise Malformed(f"nested deeper than {DEPTH_LIMIT} levels", event.start_mark.line + 1)


def _is_maybe_deep(document: str) -> bool:
    return len(document) > _SHALLOW and (
        document.count("[") + document.count("{") > _SHALLOW
        or max(map(len, document.splitlines())) > _SHALLOW
    )


def _unpacked(value: Any, source: Source, node: Node) -> Iterator[Located]:
    line = node.start_mark.line + 1
    if not isinstance(value, dict):
        raise Malformed(f"a document must be an object, this is a {_name(value)}", line)
    for key in ("apiVersion", "kind"):
        if not isinstance(value.get(key), str) or not value[key]:
            raise Malformed(f"an object without {key}", line)
    kind, listed = value["kind"], value.get("items")
    if kind != "List" and not (kind.endswith("List") and isinstance(listed, list)):
        if isinstance(listed, list):
            at = _step(node, "items")[1] + 1
            raise Malformed(f"a {kind} with items, which kubectl takes for a list", at)
        yield Located(value, replace(source, line=line))
        return
    if not isinstance(listed, list) or not listed:
        raise Malformed(f"a {kind} without items", line)
    if unknown := next((key for key in value if key not in _OF_A_LIST), None):
        raise Malformed(f"a {kind} has no {unknown}", _step(node, unknown)[1] + 1)
    items, _ = _step(node, "items")
    for index, item in enumerate(listed):
        child, _ = _step(items, index)
        inside = replace(source, inside=(*source.inside, "items", index))
        yield from _unpacked(_typed(item, value), inside, child if child is not None else node)


def _typed(item: Any, parent: dict[str, Any]) -> Any:
    """An item of a typed list such as DeploymentList may leave out what its list already says."""
    if isinstance(item, dict) and parent["kind"] != "List":
        return {"apiVersion": parent["apiVersion"], "kind": parent["kind"].removesuffix("List"), **item}
    return item


def _step(node: Node | None, step: str | int) -> tuple[Node | None, int]:
    """The child of a node and the line (from 0) on which its key, or the child itself, begins."""
    if isinstance(node, MappingNode):
        for key, value in node.value:
            if isinstance(key, ScalarNode) and key.value == str(step):
                return value, key.start_mark.line
    if isinstance(node, SequenceNode) and isinstance(step, int) and step < len(node.value):
        return node.value[step], node.value[step].start_mark.line
    return None, 0


class _NotPlain(Exception):
    pass


class _Plain:
    """Builds the values of plain documents straight from the parser's events."""

    def __init__(self, following: Callable[[], Any]) -> None:
        self._next = following
        self._end = 0

    def documents(self) -> Iterator[tuple[dict[str, Any], Any, int]]:
        """Every mapping that is a document, the mark where it begins, and where in the text it ends."""
        while type(event := self._next()) is not yaml.StreamEndEvent:
            if type(event) is yaml.MappingStartEvent:
                yield self._value(event, 0), event.start_mark, self._end
            elif type(event) is yaml.ScalarEvent and self._value(event, 0) is None:
                continue
            elif type(event) not in (yaml.StreamStartEvent, yaml.DocumentStartEvent, yaml.DocumentEndEvent):
                raise _NotPlain

    def _value(self, event: Any, depth: int) -> Any:
        # An alias has an anchor too.
        if event.anchor is not None or event.tag is not None or depth > DEPTH_LIMIT:
            raise _NotPlain
        if type(event) is yaml.ScalarEvent:
            return event.value if event.style else _plain_scalar(event.value)
        if type(event) is yaml.SequenceStartEvent:
            items = []
            while type(event := self._next()) is not yaml.SequenceEndEvent:
                items.append(self._value(event, depth + 1))
            return items
        found: dict[str, Any] = {}
        while type(event := self._next()) is not yaml.MappingEndEvent:
            if type(event) is not yaml.ScalarEvent or event.anchor is not None or event.tag is not None:
                raise _NotPlain
            key = event.value if event.style else _plain_key(event.value)
            if key in found:
                raise _NotPlain
            found[key] = self._value(self._next(), depth + 1)
        end: Any = event.end_mark
        self._end = end.index
        return found


@lru_cache(maxsize=4096)
def _plain_scalar(text: str) -> Any:
    return _of_plain(text, _scalar)


@lru_cache(maxsize=4096)
def _plain_key(text: str) -> str:
    key: str = _of_plain(text, _key)
    return key


def _of_plain(text: str, make: Callable[[ScalarNode], Any]) -> Any:
    """What becomes of a text without quotes: most are the same everywhere, and are remembered."""
    node = ScalarNode(_RESOLVER.resolve(ScalarNode, text, (True, False)), text, _NOWHERE)
    try:
        if node.tag != _MERGE:
            return make(node)
    except Malformed:
        pass
    raise _NotPlain


class _Construction:
    """Builds the values of one document, sharing what an alias shares."""

    def __init__(self, dialect: Dialect) -> None:
        self._dialect = dialect
        self._done: dict[int, tuple[Any, int]] = {}
        self._open: set[int] = set()

    def build(self, node: Node) -> Any:
        return self._build(node, 0)[0]

    def _build(self, node: Node, depth: int) -> tuple[Any, int]:
        """The value of a node and its size: how many values it is when written without aliases."""
        if isinstance(node, ScalarNode):
            return self._dialect.scalar(node), 1
        key = id(node)
        if key in self._done:
            return self._done[key]
        line = node.start_mark.line + 1
        if key in self._open:
            raise Malformed("an anchor that contains itself", line)
        if depth > DEPTH_LIMIT:
            raise Malformed(f"nested deeper than {DEPTH_LIMIT} levels", line)
        self._open.add(key)
        built = self._mapping(node, depth) if isinstance(node, MappingNode) else self._sequence(node, depth)
        self._open.discard(key)
        if built[1] > EXPANSION_LIMIT:
            raise Malformed(f"aliases that expand to more than {EXPANSION_LIMIT} values", line)
        self._done[key] = built
        return built

    def _sequence(self, node: Node, depth: int) -> tuple[Any, int]:
        built = [self._build(child, depth + 1) for child in node.value]
        return [value for value, _ in built], 1 + sum(size for _, size in built)

    def _mapping(self, node: MappingNode, depth: int) -> tuple[Any, int]:
        own: dict[str, Any] = {}
        merged: dict[str, Any] = {}
        total = 1
        for key_node, value_node in node.value:
            value, size = self._build(value_node, depth + 1)
            total += 1 + size
            if key_node.tag == _MERGE and self._dialect.merges:
                merged |= self._merged(value, own.keys() | merged.keys(), key_node.start_mark.line + 1)
                continue
            key = _key(key_node, self._dialect.scalar)
            if key in own:
                raise Malformed(f"duplicate key {key!r}", key_node.start_mark.line + 1)
            own[key] = value
        return (merged | own if merged else own), total

    @staticmethod
    def _merged(value: Any, taken: Set[str], line: int) -> dict[str, Any]:
        """What a merge key brings. By YAML a key that stands before it wins, to kubectl the merge does: refused."""
        merged: dict[str, Any] = {}
        for source in reversed(value if isinstance(value, list) else [value]):
            if not isinstance(source, dict):
                raise Malformed("a merge of something that is no mapping", line)
            merged.update(source)
        if both := sorted(taken & merged.keys()):
            raise Malformed(f"a merge after the key {both[0]!r}, which it has as well: merge first", line)
        return merged


def _scalar(node: ScalarNode) -> Any:
    tag = node.tag.removeprefix("tag:yaml.org,2002:")
    plain = not node.style
    if tag == "str":
        return _go_value(node.value) if plain else node.value
    if tag in ("timestamp", "value") or (tag in ("int", "float") and ":" in node.value):
        return node.value
    try:
        made = _SCALARS.yaml_constructors[node.tag](_SCALARS, node)
    except (KeyError, ValueError, ConstructorError) as error:
        raise Malformed(
            f"a value of the unknown or broken type {node.tag}", node.start_mark.line + 1
        ) from error
    if tag in ("null", "bool", "int"):
        return made
    if tag == "float" and made == made and made not in (float("inf"), float("-inf")):
        return made
    raise Malformed(f"a value of the type {node.tag}, which JSON doesn't have", node.start_mark.line + 1)


def _go_value(text: str) -> Any:
    """What Go's decoder makes of a word that is text by YAML 1.1: a y, 0o17, 08 and 1.0e3 are none to it."""
    if text[:1] not in _NUMERIC:
        return text in "yY" if text in ("y", "Y", "n", "N") else text
    if _RESOLVER.resolve(ScalarNode, text, (True, False)) != _TEXT:
        return text  # it is a number, were it not called a text by its tag
    digits = text if text[0] == "." else text.replace("_", "")
    if _BASED.fullmatch(digits):
        return int(digits, 0)
    number = float(digits) if _CORE_FLOAT.fullmatch(digits) else math.inf
    return number if math.isfinite(number) else text


def _core_scalar(node: ScalarNode) -> Any:
    """What the core schema of YAML 1.2 makes of a scalar: `on`, `yes` and dates are text."""
    if node.style:
        return node.value
    text = node.value
    if text in ("", "~", "null", "Null", "NULL"):
        return None
    if text in ("true", "True", "TRUE", "false", "False", "FALSE"):
        return text.lower() == "true"
    if re.fullmatch(r"[-+]?[0-9]+", text):
        return int(text)
    return float(text) if _CORE_FLOAT.fullmatch(text) else text


def _key(node: Node, scalar: Callable[[ScalarNode], Any] = _scalar) -> str:
    if not isinstance(node, ScalarNode):
        raise Malformed("a key that is no text", node.start_mark.line + 1)
    value = scalar(node)
    if value is None:
        raise Malformed("a key that is null", node.start_mark.line + 1)
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, int) else node.value


def _name(value: Any) -> str:
    if value is None:
        return "null"
    return {list: "list", str: "text", bool: "boolean"}.get(type(value), type(value).__name__)


@dataclass(frozen=True)
class Dialect:
    """What plain words stand for, and whether `<<` merges a mapping into another or is a key like any."""

    scalar: Callable[[ScalarNode], Any]
    merges: bool


KUBERNETES = Dialect(_scalar, merges=True)
# YAML 1.2 without merges, as GitHub reads workflows.
CORE = Dialect(_core_scalar, merges=False)
