"""Write docs/cli.md from the commands' own help texts: `.venv/bin/python -m hallmark.cli.reference > docs/cli.md`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import typer
from typer.core import TyperGroup

WIDTH = 100
HEAD = """\
# Commands

Written from the help texts by `.venv/bin/python -m hallmark.cli.reference > docs/cli.md`; do not edit.
"""


def render(app: typer.Typer) -> str:
    """The page: one section with its help text for every command, a group before its members."""
    helps = _helps(typer.main.get_command(app), "./hallmark", None)
    return "\n".join([HEAD, *(f"## {path}\n\n```text\n{text}\n```\n" for path, text in helps)])


# The classes of commands and contexts are typer's own business; what is used of them here is its documented part.
def _helps(command: Any, name: str, parent: Any) -> Iterator[tuple[str, str]]:
    context = command.make_context(
        name, [], parent=parent, resilient_parsing=True, terminal_width=WIDTH, max_content_width=WIDTH
    )
    lines = command.get_help(context).strip().splitlines()
    yield context.command_path, "\n".join(line.rstrip() for line in lines)
    if isinstance(command, TyperGroup):
        for member in command.list_commands(context):
            found = command.get_command(context, member)
            if found is not None and not found.hidden:
                yield from _helps(found, member, context)


if __name__ == "__main__":
    from hallmark.cli.verbs import build

    print(render(build()), end="")
