"""Shows of a rule that says `scope: object` that it looks at one object at a time.

Of a large set such a rule is shown a part at a time, and one that compares objects would find less there, in silence.
So its syntax tree is followed through the library. Everything in it is of one of three kinds: it owes nothing to the
objects, it is about one of them, or it is a collection of what is each about one. A body may take one object out of
one collection; a collection may be handed on and be asked for an object's own `id`, and nothing else. What cannot be
followed is not shown.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any

Tree = Mapping[str, Any]
_OBJECTS = ("input", "objects")
_PARAMETERS = ("data", "parameters")
# Lists of objects by their type. It is trusted, for what makes it compares the types of all objects.
_BY_TYPE = ("data.hallmark.lib.objects", "of")
_SCALARS = ("boolean", "null", "number", "string")
_COMPREHENSIONS = ("arraycomprehension", "objectcomprehension", "setcomprehension")
# The builtins that make one collection of two, those that may give a variable its value, and `x in y`.
_JOINING = (("array", "concat"), ("or",))
_UNIFYING = (("assign",), ("eq",), ("equal",))
_MEMBER = ("internal", "member_2")


class _Kind(IntEnum):
    """What a value owes to the objects. What is made of several is of the greatest of their kinds."""

    FREE = 0
    ONE = 1
    EACH = 2


class _SeesMore(Exception):
    """Several objects are looked at, or that cannot be excluded; `row` is the line in the rule."""

    row = 0


@dataclass(frozen=True)
class _File:
    """What the first words of a module's names stand for."""

    package: str
    imports: Mapping[str, tuple[str, ...]]


@dataclass
class _Body:
    """One body: the kinds of its variables, whether it took an object, and whether it uses one from around it.

    `same` are the names whose `id` it demands to be that of another.
    """

    file: _File
    outer: _Body | None = None
    variables: dict[str, _Kind] = field(default_factory=dict)
    same: dict[str, str] = field(default_factory=dict)
    took: bool = False
    borrows: bool = False

    def find(self, name: str) -> _Kind | None:
        """The kind of a variable of this body, or of those around it."""
        if name in self.variables or self.outer is None:
            return self.variables.get(name)
        kind = self.outer.find(name)
        self.borrows |= kind is _Kind.ONE
        return kind

    def take(self) -> None:
        if self.took:
            raise _SeesMore("takes a second object beside the first")
        self.took = True

    def close(self) -> None:
        """Raise _SeesMore when it took an object beside the one around it."""
        if self.took and self.borrows:
            raise _SeesMore("looks through the objects for one of them")


class Scopes:
    """All rules and libraries that are loaded together, by their syntax trees."""

    def __init__(self, trees: Sequence[Tree]) -> None:
        self._definitions: dict[tuple[str, str], list[tuple[_File, Tree]]] = defaultdict(list)
        self._known: dict[tuple[str, str, tuple[_Kind, ...]], _Kind] = {}
        for tree in trees:
            file = _file(tree)
            for rule in tree.get("rules") or []:
                self._definitions[file.package, _words(rule["head"]["ref"])[0]].append((file, rule))

    def beyond_one(self, tree: Tree) -> tuple[str, int] | None:
        """Why a rule may look at several objects, and the line if its tree has lines (else 0); None when it cannot."""
        package = _file(tree).package
        try:
            for owner, name in list(self._definitions):
                if owner == package and not name.startswith("_"):
                    self._value(package, name)
        except _SeesMore as problem:
            return str(problem), problem.row
        return None

    def _value(self, package: str, name: str, arguments: tuple[_Kind, ...] = ()) -> _Kind:
        """The kind of a rule, or of what a function makes of arguments of these kinds."""
        key = (package, name, arguments)
        if key not in self._known:
            kinds = [self._definition(*one, arguments) for one in self._definitions[package, name]]
            self._known[key] = max(kinds)
        return self._known[key]

    def _definition(self, file: _File, rule: Tree, arguments: tuple[_Kind, ...]) -> _Kind:
        head = rule["head"]
        body = _Body(file)
        for pattern, kind in zip(head.get("args") or [], arguments, strict=False):
            _bind(body, pattern, kind)
        try:
            self._conditions(body, rule.get("body") or [])
            kind = self._together(body, [head[part] for part in ("key", "value") if part in head])
            kind = max(kind, _Kind.ONE if _Kind.ONE in arguments else _Kind.FREE)
            if "key" in head or body.took:
                _nested(kind)
            if body.took:
                body.borrows = _Kind.ONE in arguments
                body.close()
                if "key" not in head:
                    raise _SeesMore("says one thing about all objects")
                if "value" not in head and len(head["ref"]) > 1 and not self._is_by_id(body, head["ref"]):
                    raise _SeesMore("gathers objects that have something in common")
                kind = _Kind.EACH
        except _SeesMore as problem:
            problem.row = problem.row or _row(head)
            raise
        return max(kind, self._definition(file, rule["else"], arguments)) if "else" in rule else kind

    def _is_by_id(self, body: _Body, ref: Sequence[Tree]) -> bool:
        """Whether what `name[step] contains x` puts together is about one object."""
        return any(_is_own_id(one, self._kind(body, one)) for one in ref[1:])

    def _conditions(self, body: _Body, conditions: Sequence[Tree]) -> None:
        body.same = _same(conditions)
        for one in conditions:
            try:
                if "with" in one:
                    raise _SeesMore("changes what it is shown, by `with`")
                inner = _Body(body.file, body) if one.get("negated") else body
                self._condition(inner, one["terms"])
                if inner is not body and inner.took:
                    raise _SeesMore("asks whether no object is like this")
            except _SeesMore as problem:
                problem.row = problem.row or _row(one)
                raise

    def _condition(self, body: _Body, terms: Any) -> None:
        if isinstance(terms, list):
            _single(self._call(body, terms))
        elif "symbols" in terms:
            for one in terms["symbols"]:
                if one["type"] == "call":
                    self._iterate(body, one["value"][1:])
        elif "domain" in terms:
            inner = _Body(body.file, body)
            kind = _single(self._kind(body, terms["domain"]))
            for part in ("key", "value"):
                if terms[part] is not None:
                    _bind(inner, terms[part], kind)
            self._conditions(inner, terms["body"])
            if inner.took:
                raise _SeesMore("asks something of every object")
        else:
            _single(self._kind(body, terms))

    def _iterate(self, body: _Body, terms: Sequence[Tree]) -> None:
        """`some x in y` and `some x, y in z`: the names are new ones."""
        *patterns, collection = terms
        kind = self._kind(body, collection)
        if kind is _Kind.EACH:
            if len(patterns) > 1 and not _is_wildcard(patterns[0]):
                raise _SeesMore("counts the objects")
            kind = _Kind.ONE
            twin = body.same.get(str(patterns[-1]["value"]), "")
            if body.find(twin) is not _Kind.ONE:
                body.take()
        for pattern in patterns:
            _bind(body, pattern, kind)

    def _kind(self, body: _Body, term: Tree) -> _Kind:
        value = term["value"]
        match term["type"]:
            case "var":
                return self._reference(body, [term])
            case "ref":
                return self._reference(body, value)
            case "call":
                return self._call(body, value)
            case "array" | "set":
                return _nested(self._together(body, value))
            case "object":
                return _nested(self._together(body, [one for pair in value for one in pair]))
            case scalar if scalar in _SCALARS:
                return _Kind.FREE
            case comprehension if comprehension in _COMPREHENSIONS:
                return self._comprehension(body, value)
            case "templatestring":
                inner = _Body(body.file, body)
                self._conditions(inner, [one for one in value["parts"] if "terms" in one])
                return _Kind.ONE
            case other:
                raise _SeesMore(f"cannot be followed where it is of the form {other}")

    def _together(self, body: _Body, terms: Sequence[Tree]) -> _Kind:
        return max((self._kind(body, one) for one in terms), default=_Kind.FREE)

    def _comprehension(self, body: _Body, made: Tree) -> _Kind:
        inner = _Body(body.file, body)
        self._conditions(inner, made["body"])
        kind = _nested(
            self._together(inner, [made[part] for part in ("key", "value", "term") if part in made])
        )
        inner.close()
        if inner.took:
            return _Kind.EACH
        return _Kind.ONE if inner.borrows else kind

    def _call(self, body: _Body, terms: Sequence[Tree]) -> _Kind:
        function, *arguments = terms
        name = _words(function["value"])
        if name in _UNIFYING:
            return self._unify(body, *arguments[:2], names_are_new=name == _UNIFYING[0])
        found = self._find(body.file, name)
        if found is not None:
            taken = len(self._definitions[found[:2]][0][1]["head"].get("args") or [])
            kind = self._value(*found[:2], tuple(self._kind(body, one) for one in arguments[:taken]))
            for one in arguments[taken:]:
                _bind(body, one, _single(kind))
            return kind
        if name == ("walk",):
            kind = _single(self._kind(body, arguments[0]))
            _bind(body, arguments[1], kind)
            return kind
        kinds = [self._kind(body, one) for one in arguments]
        if name == _MEMBER and kinds[1] is _Kind.EACH and _is_own_id(arguments[0], kinds[0]):
            return _Kind.ONE
        kind = max(kinds, default=_Kind.FREE)
        return kind if name in _JOINING else _single(kind)

    def _unify(self, body: _Body, left: Tree, right: Tree, *, names_are_new: bool) -> _Kind:
        """What is assigned or compared. A name that had no value has the other side's then, be it a collection."""
        new = (
            set(_variables(left)) if names_are_new else self._unknown(body, left) | self._unknown(body, right)
        )
        value = self._kind(body, right) if names_are_new else _Kind.FREE
        body.variables |= dict.fromkeys(new, _Kind.FREE)
        kind = max(value, self._kind(body, left), _Kind.FREE if names_are_new else self._kind(body, right))
        if not any(one["type"] == "var" and one["value"] in new for one in (left, right)):
            _single(kind)
        body.variables |= dict.fromkeys(new, kind)
        return min(kind, _Kind.ONE)

    def _unknown(self, body: _Body, pattern: Tree) -> set[str]:
        """The names in a pattern that stand for nothing yet."""
        return {
            one for one in _variables(pattern) if body.find(one) is None and not self._names(body.file, one)
        }

    def _names(self, file: _File, word: str) -> bool:
        return word in ("data", "input") or word in file.imports or (file.package, word) in self._definitions

    def _reference(self, body: _Body, ref: Sequence[Tree]) -> _Kind:
        first, *steps = ref
        if first["type"] != "var":
            return self._step(body, self._kind(body, first), steps)
        if (kind := body.find(first["value"])) is not None:
            return self._step(body, kind, steps)
        words = _words(ref)
        if not self._names(body.file, words[0]):
            # It gets its value further down, perhaps outside of this body.
            body.borrows = True
            return self._step(body, _Kind.ONE, steps)
        if (found := self._find(body.file, words)) is not None:
            *name, used = found
            steps = list(ref[used:])
            if tuple(name) == _BY_TYPE:
                return self._of_type(body, steps)
            return self._step(body, self._value(*found[:2]), steps)
        full = _whole(body.file, words)
        if full[:2] == _PARAMETERS:
            return self._step(body, _Kind.FREE, steps)
        if full[:2] == _OBJECTS:
            return self._step(body, _Kind.EACH, ref[len(words) - len(full) + 2 :])
        raise _SeesMore(f"reads {'.'.join(words)} as a whole")

    def _of_type(self, body: _Body, steps: Sequence[Tree]) -> _Kind:
        """A list of objects of a type that is written out somewhere."""
        if not steps or self._step(body, _Kind.FREE, steps[:1]) is not _Kind.FREE:
            raise _SeesMore("looks through the objects for one of them")
        return self._step(body, _Kind.EACH, steps[1:])

    def _step(self, body: _Body, kind: _Kind, steps: Sequence[Tree]) -> _Kind:
        """The kind of what these steps lead to. A step by a name without a value goes everywhere."""
        for one in steps:
            if self._unknown(body, one) if one["type"] == "var" else False:
                if kind is _Kind.EACH:
                    if not _is_wildcard(one):
                        raise _SeesMore("counts the objects")
                    body.take()
                    kind = _Kind.ONE
                body.variables[one["value"]] = kind
                continue
            by = self._kind(body, one)
            kind = _Kind.ONE if kind is _Kind.EACH and _is_own_id(one, by) else _single(max(kind, by))
        return kind

    def _find(self, file: _File, words: tuple[str, ...]) -> tuple[str, str, int] | None:
        """The package and name of the rule to which words lead, and how many of them."""
        if (file.package, words[0]) in self._definitions:
            return file.package, words[0], 1
        full = _whole(file, words)
        for length in range(len(full) - 1, 0, -1):
            package, name = ".".join(full[:length]), full[length]
            if (package, name) in self._definitions:
                return package, name, length + 1 - (len(full) - len(words))
        return None


def _file(tree: Tree) -> _File:
    paths = [(one, _words(one["path"]["value"])) for one in tree.get("imports") or []]
    imports = {one.get("alias") or path[-1]: path for one, path in paths if path[0] in ("data", "input")}
    return _File(".".join(_words(tree["package"]["path"])), imports)


def _whole(file: _File, words: tuple[str, ...]) -> tuple[str, ...]:
    return (*file.imports.get(words[0], words[:1]), *words[1:])


def _words(ref: Sequence[Tree]) -> tuple[str, ...]:
    """The words of a reference, as far as they are written out."""
    words = [str(ref[0]["value"])]
    for one in ref[1:]:
        if one["type"] != "string":
            break
        words.append(one["value"])
    return tuple(words)


def _variables(pattern: Any) -> Iterator[str]:
    """The names in a pattern, in which the parts of a value are taken apart."""
    if isinstance(pattern, list):
        for one in pattern:
            yield from _variables(one)
    elif pattern["type"] == "var":
        yield pattern["value"]
    elif pattern["type"] in ("array", "object", "set"):
        yield from _variables(pattern["value"])


def _bind(body: _Body, pattern: Tree, kind: _Kind) -> None:
    """Give the names in a pattern their value. Of a collection that is taken apart nothing is known."""
    if pattern["type"] != "var":
        _single(kind)
    body.variables |= dict.fromkeys(_variables(pattern), kind)


def _same(conditions: Sequence[Tree]) -> dict[str, str]:
    """The names in `x.id == y.id`, each with the other."""
    same: dict[str, str] = {}
    for terms in (one["terms"] for one in conditions if not one.get("negated")):
        if isinstance(terms, list) and _words(terms[0]["value"]) in _UNIFYING:
            both = [one["value"] for one in terms[1:] if one["type"] == "ref" and len(one["value"]) == 2]
            names = [one[0]["value"] for one in both if one[0]["type"] == "var" and one[1]["value"] == "id"]
            if len(names) == 2:
                same |= {names[0]: names[1], names[1]: names[0]}
    return same


def _is_wildcard(pattern: Tree) -> bool:
    return pattern["type"] == "var" and str(pattern["value"]).startswith("$")


def _is_own_id(term: Tree, kind: _Kind) -> bool:
    """Whether it is the `id` of the one object that a body is about."""
    last = term["value"][-1] if term["type"] == "ref" else term
    return kind is _Kind.ONE and last["value"] == "id"


def _single(kind: _Kind) -> _Kind:
    if kind is _Kind.EACH:
        raise _SeesMore("asks something of all objects together")
    return kind


def _nested(kind: _Kind) -> _Kind:
    if kind is _Kind.EACH:
        raise _SeesMore("makes something of all objects together")
    return kind


def _row(node: Tree) -> int:
    row: int = (node.get("location") or {}).get("row", 0)
    return row
