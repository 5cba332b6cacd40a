"""Makes the mutants of a Rego file: one small change each, at a place that OPA's parser names.

Words that people read (the message of a violation) and the names of fields after a dot are left alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hallmark.policy.mutation.modules import Tree

# The operators of Rego by what its parser calls them, each with what may stand in its place.
_OPERATORS = {
    **{"equal": ("!=",), "neq": ("==",)},
    **{"lt": ("<=",), "lte": ("<",), "gt": (">=",), "gte": (">",)},
    **{"plus": ("-",), "minus": ("+", "|"), "mul": ("/",), "div": ("*",), "rem": ("*",)},
    **{"and": ("|",), "or": ("&",)},
}
# Lists of containers in the package of workloads, and the kinds of containers that each holds besides `containers`.
_WORKLOAD = "hallmark.lib.workload"
_CONTAINERS = {
    "containers": ("initContainers", "ephemeralContainers"),
    "linux_containers": ("initContainers", "ephemeralContainers"),
    "resourced_containers": ("initContainers",),
}
# Functions whose last argument is what a person reads.
_SAYS = {"violation", "finding", "pod_finding"}
_COLLECTIONS = {"array": "[]", "set": "set()", "object": "{}"}


# Kind, original, replacement, occurrence.
Identity = tuple[str, str, str, int]


@dataclass(frozen=True)
class Mutant:
    """A file with one change. Its identity is (kind, original, replacement, occurrence); `line` is for people.

    `original` and `replacement` are texts with single spaces; `occurrence` counts from 1 the mutants of the file
    that are alike in the three. `edit` is (start, end, text) in the file.
    """

    kind: str
    original: str
    replacement: str
    occurrence: int
    line: int
    edit: tuple[int, int, str]

    @property
    def identity(self) -> Identity:
        return self.kind, self.original, self.replacement, self.occurrence


@dataclass(frozen=True)
class _Change:
    kind: str
    start: int
    end: int
    text: str
    original: str = ""


def of(tree: Tree) -> list[Mutant]:
    """Every mutant of a file, in the order in which they stand."""
    changes = sorted(set(_Maker(tree).changes()), key=lambda one: (one.start, one.end, one.kind, one.text))
    seen: Counter[tuple[str, str, str]] = Counter()
    mutants = []
    for one in changes:
        alike = (one.kind, _one_line(one.original or tree.text[one.start : one.end]), _one_line(one.text))
        seen[alike] += 1
        line = tree.text.count("\n", 0, one.start) + 1
        mutants.append(Mutant(*alike, seen[alike], line, (one.start, one.end, one.text)))
    return mutants


def _one_line(text: str) -> str:
    return " ".join(text.split())


class _Maker:
    """Walks the tree of one file."""

    def __init__(self, tree: Tree) -> None:
        self._tree = tree
        self._workload = {_alias(one) for one in tree.imports if _dotted(one["path"]["value"]) == _WORKLOAD}

    def changes(self) -> Iterator[_Change]:
        names = Counter(
            one["head"].get("name") or str(one["head"]["ref"][0]["value"]) for one in self._tree.rules
        )
        for rule in self._tree.rules:
            head = rule["head"]
            name = head.get("name") or str(head["ref"][0]["value"])
            if names[name] > 1 and not rule.get("default"):
                yield self._change("alternative", self._tree.span(rule), "")
            if name == "applies" and "value" in head:
                yield from self._applies(head["value"])
            yield from self._rule(rule)

    def _change(self, kind: str, span: tuple[int, int], text: str, original: str = "") -> _Change:
        return _Change(kind, *span, text, original)

    def _text(self, node: Mapping[str, Any]) -> str:
        start, end = self._tree.span(node)
        return self._tree.text[start:end]

    def _applies(self, value: Mapping[str, Any]) -> Iterator[_Change]:
        text = self._text(value)
        span = self._tree.span(value)
        yield self._change("applies", span, "set()")
        yield self._change("applies", span, f"{{one | some one in {text}; one != max({text})}}")

    def _rule(self, rule: Mapping[str, Any]) -> Iterator[_Change]:
        head = rule["head"]
        for term in (
            *head.get("args", ()),
            *head["ref"][1:],
            *(head[one] for one in ("key", "value") if one in head),
        ):
            if "location" in term:  # the value `true` of a rule that gives none has no place
                yield from self._term(term)
        yield from self._body(rule["body"])
        if "else" in rule:
            start, end = self._tree.span(rule["else"])
            if "else" in rule["else"]:
                end = self._tree.span(rule["else"]["else"])[0]
            yield self._change("alternative", (start, end), "")
            yield from self._rule(rule["else"])

    def _body(self, body: Sequence[Mapping[str, Any]]) -> Iterator[_Change]:
        written = [one for one in body if not one.get("generated")]
        for index, expression in enumerate(written):
            yield from self._expression(expression, written[index + 1 :])

    def _expression(
        self, expression: Mapping[str, Any], rest: Sequence[Mapping[str, Any]]
    ) -> Iterator[_Change]:
        span = self._tree.span(expression)
        text = self._text(expression)
        terms = expression["terms"]
        negated = expression.get("negated", False)
        if text != "true":
            yield self._change("drop", span, "true")
        if negated:
            yield self._change("negate", span, text.removeprefix("not").lstrip())
        elif not _declares(terms):
            yield self._change("negate", span, f"not {text}")
        if isinstance(terms, list):
            yield from self._call(terms, is_pattern=_operator(terms) == "assign")
        elif "symbols" in terms:
            yield from self._some(terms["symbols"], span, rest)
        elif "domain" in terms:
            yield from self._every(terms, span, negated)
        else:
            yield from self._term(terms)
        for one in expression.get("with", ()):
            yield from self._term(one["value"])

    def _some(
        self, symbols: Sequence[Mapping[str, Any]], span: tuple[int, int], rest: Sequence[Mapping[str, Any]]
    ) -> Iterator[_Change]:
        for symbol in symbols:
            if symbol["type"] != "call":
                continue
            yield from self._term(symbol["value"][-1])
            if rest:
                end = self._tree.span(rest[-1])[1]
                declared = self._text(symbol)
                following = self._tree.text[span[1] : end].lstrip("; \t\n")
                yield self._change(
                    "some", (span[0], end), f"every {declared} {{\n{following}\n}}", f"some {declared}"
                )

    def _every(self, terms: Mapping[str, Any], span: tuple[int, int], negated: bool) -> Iterator[_Change]:
        names = [self._text(terms[one]) for one in ("key", "value") if terms.get(one)]
        declared = f"{', '.join(names)} in {self._text(terms['domain'])}"
        first, last = (self._tree.span(terms["body"][index]) for index in (0, -1))
        body = self._tree.text[first[0] : last[1]]
        if not negated:
            yield self._change(
                "every", span, f"count([1 |\nsome {declared}\n{body}\n]) > 0", f"every {declared}"
            )
        yield from self._term(terms["domain"])
        yield from self._body(terms["body"])

    def _term(self, term: Mapping[str, Any]) -> Iterator[_Change]:
        kind, value = term["type"], term["value"]
        if kind in ("string", "number", "boolean"):
            yield from self._constant(term)
        elif kind in ("array", "set"):
            yield from self._members(term, [self._tree.span(one) for one in value])
            for one in value:
                if one["type"] not in ("string", "number", "boolean"):  # that it is removed says as much
                    yield from self._term(one)
        elif kind == "object":
            spans = [(self._tree.span(key)[0], self._tree.span(one)[1]) for key, one in value]
            yield from self._members(term, spans)
            for key, one in value:
                if key["value"] != "message":
                    yield from self._term(one)
        elif kind == "call":
            yield from self._call(value)
        elif kind == "ref":
            yield from self._reference(term)
        elif kind.endswith("comprehension"):
            for one in ("key", "value", "term"):
                if one in value:
                    yield from self._term(value[one])
            yield from self._body(value["body"])

    def _constant(self, term: Mapping[str, Any]) -> Iterator[_Change]:
        span = self._tree.span(term)
        text, value = self._text(term), term["value"]
        if term["type"] == "string":
            yield self._change("constant", span, f"{text[:-1]}~{text[-1]}")
        elif term["type"] == "boolean":
            yield self._change("constant", span, "false" if value else "true")
        else:
            for other in (value - 1, value + 1):
                yield self._change("constant", span, str(other))

    def _members(self, term: Mapping[str, Any], spans: Sequence[tuple[int, int]]) -> Iterator[_Change]:
        spans = sorted(spans)  # OPA sorts what is in a set or an object
        for index, (start, end) in enumerate(spans):
            removed = self._tree.text[start:end]
            if len(spans) == 1:
                yield self._change("member", self._tree.span(term), _COLLECTIONS[term["type"]], removed)
            elif index + 1 < len(spans):
                yield self._change("member", (start, spans[index + 1][0]), "", removed)
            else:
                yield self._change("member", (spans[index - 1][1], end), "", removed)

    def _call(self, terms: Sequence[Mapping[str, Any]], is_pattern: bool = False) -> Iterator[_Change]:
        operator, arguments = terms[0], terms[1:]
        if _operator(terms) in _OPERATORS and self._text(operator)[0] in "=!<>+-*/%&|":
            for other in _OPERATORS[_operator(terms)]:
                yield self._change("operator", self._tree.span(operator), other)
        if str(operator["value"][-1]["value"]) in _SAYS:
            arguments = arguments[:-1]
        for one in arguments[1:] if is_pattern else arguments:
            yield from self._term(one)

    def _reference(self, term: Mapping[str, Any]) -> Iterator[_Change]:
        first, *steps = term["value"]
        if first["type"] != "var":
            yield from self._term(first)
        elif first["value"] in self._workload and len(steps) == 1:
            text = self._text(term)
            for left_out in _CONTAINERS.get(steps[0]["value"], ()):
                yield self._change(
                    "narrow", self._tree.span(term), f'[one | some one in {text}; one.field != "{left_out}"]'
                )
        for step in steps:
            # A name after a dot has no quotes; a text in brackets has.
            if step["type"] not in ("var", "string") or (
                step["type"] == "string" and self._text(step)[0] in '"`'
            ):
                yield from self._term(step)


def _operator(terms: Sequence[Mapping[str, Any]]) -> str:
    return _dotted(terms[0]["value"], 0)


def _declares(terms: Any) -> bool:
    """Whether an expression gives names to values, which its negation cannot do."""
    return "symbols" in terms if isinstance(terms, dict) else _operator(terms) in ("assign", "eq")


def _dotted(steps: Sequence[Mapping[str, Any]], start: int = 1) -> str:
    return ".".join(str(one["value"]) for one in steps[start:])


def _alias(imported: Mapping[str, Any]) -> str:
    return str(imported.get("alias") or imported["path"]["value"][-1]["value"])
