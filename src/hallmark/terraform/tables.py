"""The tables of inputs and outputs in the README beside every configuration of Terraform.

`.venv/bin/python -m hallmark.terraform.tables` writes them again, between the marks. What is read is our own HCL as
`terraform fmt` leaves it: a block begins at the margin, its arguments two spaces further in. Anything else is refused.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from hallmark.outcome import UsageError
from hallmark.records import write_atomically

BEGIN = "<!-- inputs and outputs: .venv/bin/python -m hallmark.terraform.tables -->"
END = "<!-- end of inputs and outputs -->"

_HEAD = re.compile(r'^(variable|output) "([a-z0-9_]+)" \{$')
_ARGUMENT = re.compile(r"^  ([a-z_]+) += (.+)$")
_OPEN = re.compile(r"[(\[{]+$")
_CLOSING = str.maketrans("([{", ")]}")
_NESTED = re.compile(r"^  [a-z_]+ \{$")


@dataclass(frozen=True)
class Block:
    """A variable or an output: its arguments as they are written, each on one line. Blocks in it are left out."""

    kind: str
    name: str
    arguments: dict[str, str]

    @property
    def description(self) -> str:
        """The text of the description, without the quotes."""
        return str(json.loads(self.arguments["description"]))


def folders(root: Path) -> list[Path]:
    """Every folder under `root` that holds a configuration, in order."""
    return sorted({file.parent for file in root.rglob("*.tf") if ".terraform" not in file.parts})


def render(folder: Path) -> str:
    """The tables of a configuration, from mark to mark: variables and outputs in the order of their names."""
    blocks = sorted(
        (block for file in sorted(folder.glob("*.tf")) for block in _blocks(file)),
        key=lambda block: block.name,
    )
    rows = [
        f"| `{one.name}` | `{one.arguments['type']}` | {_default(one)} | {_cell(one.description)} |"
        for one in blocks
        if one.kind == "variable"
    ]
    given = [f"| `{one.name}` | {_cell(one.description)} |" for one in blocks if one.kind == "output"]
    tables = [
        ["| input | type | default | what it is |", "| --- | --- | --- | --- |", *rows],
        ["| output | what it is |", "| --- | --- |", *given],
    ]
    return "\n\n".join([BEGIN, *("\n".join(table) for table in tables), END])


def renewed(readme: Path) -> str:
    """The text of a README with its tables as they should be."""
    text = readme.read_text(encoding="utf-8")
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end or BEGIN in after:
        raise UsageError(
            f"{readme} does not have the marks of its tables, once each and in order",
            next_step=f"{BEGIN}\n{END}",
        )
    return before + render(readme.parent) + after


def _blocks(file: Path) -> Iterator[Block]:
    lines = iter(enumerate(file.read_text(encoding="utf-8").splitlines(), 1))
    for _, line in lines:
        if head := _HEAD.match(line):
            arguments = dict(_arguments(file, lines))
            kind, name = head.groups()
            wanted = {"variable": {"description", "type"}, "output": {"description", "value"}}[kind]
            if missing := sorted(wanted - arguments.keys()):
                raise UsageError(f'{kind} "{name}" has no {missing[0]}', where=str(file))
            yield Block(kind, name, arguments)


def _arguments(file: Path, lines: Iterator[tuple[int, str]]) -> Iterator[tuple[str, str]]:
    """The arguments up to the end of the block; a value may go on over lines that are further in."""
    for number, line in lines:
        if line == "}":
            return
        if _NESTED.match(line):
            _rest(lines, "  }")
        elif found := _ARGUMENT.match(line):
            name, value = found.groups()
            if opened := _OPEN.search(value):
                value = " ".join([value, *_rest(lines, "  " + opened[0][::-1].translate(_CLOSING))])
            yield name, value
        elif line.strip() and not line.startswith("  #"):
            raise UsageError(f"is not written as `terraform fmt` does: {line}", where=f"{file}:{number}")
    raise UsageError("ends within a block", where=str(file))


def _rest(lines: Iterator[tuple[int, str]], end: str) -> list[str]:
    """The lines up to the one that is `end`, without what stands before their text."""
    found = []
    for _, line in lines:
        found.append(line.strip())
        if line == end:
            break
    return found


def _default(one: Block) -> str:
    default = one.arguments.get("default")
    return "required" if default is None else f"`{default}`"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def main(root: Path) -> None:
    """Write the tables of every configuration under `root` again."""
    for folder in folders(root):
        readme = folder / "README.md"
        write_atomically(readme, renewed(readme))


if __name__ == "__main__":
    main(Path(*sys.argv[1:]) if sys.argv[1:] else Path("terraform"))
