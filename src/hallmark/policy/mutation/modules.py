"""The Rego files of the policies: what each is called and imports, and its syntax tree with places, from OPA itself."""

from __future__ import annotations

import base64
import json
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hallmark import process, tools
from hallmark.outcome import CannotJudge
from hallmark.policy import rules

TIMEOUT_S = 60.0
# Of every file: its package and what it imports, both without the leading `data`.
_NAMES = """[names |
	some one in input
	tree := rego.parse_module(one.file, one.text)
	names := {
		"package": concat(".", [part.value | some index, part in tree.package.path; index > 0]),
		"imports": [concat(".", [part.value | some index, part in imported.path.value; index > 0]) |
			some imported in object.get(tree, "imports", [])
			imported.path.value[0].value == "data"
		],
	}
]"""


@dataclass(frozen=True)
class Module:
    """One Rego file. `file` is relative to the policies; names are dotted, without the leading `data`."""

    file: str
    text: str
    package: str
    imports: frozenset[str]

    @property
    def is_test(self) -> bool:
        return self.file.endswith("_test.rego")


class Modules:
    """Every Rego file under the policies, by its relative path (`files`), and who needs whom."""

    def __init__(self, home: Path, modules: Iterable[Module]) -> None:
        self.home = home
        self.files = {one.file: one for one in modules}
        self._uses = {one.file: set(self._imported(one)) for one in self.files.values()}
        self._used_by = {
            one: {file for file, used in self._uses.items() if one in used} for one in self.files
        }

    def needs(self, files: Iterable[str]) -> frozenset[str]:
        """These files and everything that they import, directly or not."""
        return _closure(files, self._uses)

    def users(self, file: str) -> frozenset[str]:
        """A file and everything that imports it, directly or not: tests among them."""
        return _closure([file], self._used_by)

    def _imported(self, module: Module) -> Iterator[str]:
        packages = {one.package for one in self.files.values()}
        for name in module.imports:
            # What is imported is a package, or a rule in one.
            found = {one for one in packages if f"{name}.".startswith(f"{one}.")}
            if not found and any(one.startswith(f"{name}.") for one in packages):
                raise CannotJudge(f"{name} is imported, which is several packages", where=module.file)
            used = max(found, key=len, default="")
            yield from (one.file for one in self.files.values() if one.package == used)


def _closure(start: Iterable[str], edges: Mapping[str, set[str]]) -> frozenset[str]:
    found = set(start)
    waiting = list(found)
    while waiting:
        new = edges[waiting.pop()] - found
        found |= new
        waiting += new
    return frozenset(found)


def load(home: Path) -> Modules:
    """Every Rego file under `home`, in one run of OPA. Raises CannotJudge for one that cannot be read or parsed."""
    files = sorted(home.rglob("*.rego"))
    try:
        texts = [file.read_text(encoding="utf-8") for file in files]
    except (OSError, UnicodeDecodeError) as error:
        raise CannotJudge(f"a policy cannot be read: {error}", where=str(home)) from error
    done = process.run(
        [tools.path("opa"), "eval", "--stdin-input", "--strict-builtin-errors", "--format=json", _NAMES],
        timeout_s=TIMEOUT_S,
        stdin=json.dumps(
            [{"file": str(file), "text": text} for file, text in zip(files, texts, strict=True)]
        ),
        check=False,
    )
    try:
        names = json.loads(done.stdout)["result"][0]["expressions"][0]["value"]
        modules = [
            Module(str(file.relative_to(home)), text, one["package"], frozenset(one["imports"]))
            for file, text, one in zip(files, texts, names, strict=True)
        ]
    except (ValueError, LookupError, TypeError) as error:
        raise CannotJudge(f"a policy cannot be parsed: {rules.first_error(done)}", where=str(home)) from error
    return Modules(home, modules)


def renamed(module: Module, packages: Iterable[str], prefix: str) -> list[tuple[int, int, str]]:
    """The edits that put a file's package, and its imports of `packages`, under one more word.

    Raises CannotJudge when they are not all found where `opa fmt` puts them, at the beginning of a line.
    """
    names = [one for one in module.imports if any(f"{one}.".startswith(f"{name}.") for name in packages)]
    wanted = {f"package {module.package}": len("package ")}
    wanted |= {f"import data.{name}": len("import data.") for name in names}
    edits = []
    start = 0
    for line in module.text.splitlines(keepends=True):
        words = line.rstrip().split(" as ")[0]
        if words in wanted:
            place = start + wanted.pop(words)
            edits.append((place, place, f"{prefix}."))
        start += len(line)
    if wanted:
        raise CannotJudge(f"no line is {' or '.join(sorted(wanted))}", where=module.file)
    return edits


def spliced(text: str, edits: Iterable[tuple[int, int, str]]) -> str:
    """A text with some of its spans, none of which overlap, replaced."""
    for start, end, new in sorted(edits, reverse=True):
        text = text[:start] + new + text[end:]
    return text


class Tree:
    """The syntax tree of one file (`imports` and `rules`), and where in its text each node stands."""

    def __init__(self, module: Module) -> None:
        self.file = module.file
        self.text = module.text
        self._lines = [0, *(index + 1 for index, one in enumerate(self.text) if one == "\n")]
        tree = self._parsed(self.text)
        self.imports: list[dict[str, Any]] = tree.get("imports") or []
        self.rules: list[dict[str, Any]] = tree.get("rules") or []
        for rule in self.rules:
            self._mend(rule)

    def span(self, node: Mapping[str, Any]) -> tuple[int, int]:
        """Where a node's text begins and ends in the file, counted in characters.

        Of a term in brackets OPA gives the text with them, and the place without. Raises CannotJudge when the text
        isn't found there: what cannot be placed cannot be changed.
        """
        place = node["location"]
        text = base64.b64decode(place["text"]).decode()
        start = self._lines[place["row"] - 1] + place["col"] - 1
        while not self.text.startswith(text, start):
            start -= 1
            if start < 0 or self.text[start] not in "( \t\n":
                where = f"{self.file}:{place['row']}"
                raise CannotJudge(f"opa parse says that {text!r} stands there", where=where)
        return start, start + len(text)

    def _parsed(self, text: str) -> dict[str, Any]:
        with tempfile.NamedTemporaryFile("w", suffix=".rego", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            done = process.run(
                [tools.path("opa"), "parse", "--format=json", "--json-include=locations", file.name],
                timeout_s=TIMEOUT_S,
                check=False,
            )
        try:
            tree: dict[str, Any] = json.loads(done.stdout)
        except ValueError as error:
            raise CannotJudge(f"opa parse: {rules.first_error(done)}", where=self.file) from error
        return tree

    def _mend(self, rule: dict[str, Any]) -> None:
        """Give the nodes of a single condition after `else ... if` their places: OPA gives all of them the else's.

        The condition is parsed again, alone, at the same line and column.
        """
        while "else" in rule:
            rule = rule["else"]
            (first, *others), place = rule["body"], rule["location"]
            if others or first.get("generated") or first["location"] != place:
                continue
            end = self.span(rule["else"])[0] if "else" in rule else self.span(rule)[1]
            start = self.text.index("if", self.span(rule["head"])[1]) + len("if")
            line = self.text.count("\n", 0, start)
            alone = " " * (start - self._lines[line]) + self.text[start:end].rstrip()
            text = "package a\na if {" + "\n" * (line - 1) + alone + "\n}\n"
            rule["body"] = self._parsed(text)["rules"][0]["body"]
