"""The documents tell the truth: links lead somewhere, commands exist, lists are complete."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.core import TyperGroup

from hallmark.cli import reference
from hallmark.cli.testing import KIT
from hallmark.cli.verbs import build
from hallmark.config import LAYERS, Settings
from hallmark.layers import lint
from hallmark.outcome import ExitCode

REPOSITORY = Path(__file__).parents[2]
DOCS = REPOSITORY / "docs"
TERRAFORM = [page for page in (REPOSITORY / "terraform").rglob("*.md") if ".terraform" not in page.parts]
PAGES = sorted([*REPOSITORY.glob("*.md"), *DOCS.rglob("*.md"), *TERRAFORM])
LINK = re.compile(r"\[[^]]*\]\(([^)#\s]+)(?:#[^)]*)?\)")
NAMED_PAGE = re.compile(r"docs/[\w/-]+\.md")
COMMAND = re.compile(r"(?:`|^)(?:sudo (?:-E )?)?(\./hallmark(?: [^`\n#;]+)?)", re.MULTILINE)


def pages() -> pytest.MarkDecorator:
    return pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(REPOSITORY)))


@pages()
def test_links_lead_to_files(page: Path) -> None:
    """Every link that is no web address leads to a file or folder of the repository."""
    targets = [target for target in LINK.findall(page.read_text(encoding="utf-8")) if "://" not in target]
    assert [target for target in targets if not (page.parent / target).exists()] == []


def test_pages_that_the_code_names_exist() -> None:
    """A message or comment that sends the reader to a page sends them to one that is there."""
    named: set[str] = set()
    for folder in ("src", "app", "tests", "features", "policies", "manifests"):
        for file in (REPOSITORY / folder).rglob("*"):
            if file.suffix in {".py", ".toml", ".in", ".rego", ".yaml", ".feature"}:
                named |= set(NAMED_PAGE.findall(file.read_text(encoding="utf-8")))
    assert "docs/settings.md" in named
    assert sorted(name for name in named if not (REPOSITORY / name).is_file()) == []


def test_readme_is_short_and_begins_with_the_two_commands() -> None:
    """A reader runs something in the first minute."""
    text = (REPOSITORY / "README.md").read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 150
    block = text.partition("## Two commands")[2].partition("```sh\n")[2].partition("```")[0]
    commands = [line.partition("#")[0].strip() for line in block.splitlines()]
    assert commands == ["./hallmark promote", "./hallmark test"]


def commands(text: str) -> Iterator[list[str]]:
    """The command lines in a page, without `./hallmark`; `a|b` stands for each of the words."""
    for line in COMMAND.findall(text):
        words = shlex.split(line)[1:]
        if any(word.startswith("[") for word in words):
            words = words[: next(n for n, word in enumerate(words) if word.startswith("["))]
        choices = next((word for word in words if "|" in word), "")
        for choice in choices.split("|"):
            yield [choice if word == choices else word for word in words]


@pages()
def test_command_lines_are_understood(page: Path) -> None:
    """Every `./hallmark …` in a page is parsed, not run, by the real command line."""
    for words in commands(page.read_text(encoding="utf-8")):
        parse(typer.main.get_command(build()), words)


def parse(command: Any, words: list[str], parent: Any = None) -> None:
    """Take the words as the command line would, without running anything."""
    if isinstance(command, TyperGroup) and words and not words[0].startswith("-"):
        context = command.make_context(command.name, [], parent=parent, resilient_parsing=True)
        member = command.get_command(context, words[0])
        assert member is not None, f"{words[0]} is no command"
        parse(member, words[1:], context)
    elif words and not {"--help", "--version"} & set(words):
        command.make_context(command.name, list(words), parent=parent)


def test_command_reference_is_fresh() -> None:
    """docs/cli.md is what the help texts say now."""
    page = (DOCS / "cli.md").read_text(encoding="utf-8")
    again = ".venv/bin/python -m hallmark.cli.reference > docs/cli.md"
    assert page == reference.render(build()), f"run: {again}"


def test_settings_page_explains_every_key() -> None:
    """No setting without an explanation, in the section of its table."""
    text = (DOCS / "settings.md").read_text(encoding="utf-8")
    for table, field in Settings.model_fields.items():
        heading = "## [[stages]]" if table == "stages" else f"## [{table}]"
        section = text.partition(heading)[2].partition("\n## ")[0]
        assert section, heading
        model = field.annotation if table != "stages" else field.annotation.__args__[0]  # type: ignore[union-attr]
        for name, key in model.model_fields.items():  # type: ignore[union-attr]
            assert f"`{key.alias or name}`" in section, f"{table}.{key.alias or name}"


def test_exit_code_page_lists_every_code() -> None:
    """One row for each code, in order."""
    rows = re.findall(r"^\| (\d+) \|", (DOCS / "exit-codes.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert [int(row) for row in rows] == [code.value for code in ExitCode]


def test_readme_says_what_every_layer_judges() -> None:
    """The table of what is verified where has a row for each layer, in their order, and one for the kit."""
    text = (REPOSITORY / "README.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(\w+)` \|.*`\./hallmark test \1` \|$", text, re.MULTILINE)
    assert tuple(rows) == (*LAYERS, KIT)


def test_contributing_lists_every_lint_command() -> None:
    """The names that `--only` takes."""
    text = (REPOSITORY / "CONTRIBUTING.md").read_text(encoding="utf-8")
    line = next(line for line in text.splitlines() if line.startswith("The lint commands:"))
    assert re.findall(r"`([\w-]+)`", line) == lint.names()


def test_index_lists_every_page_and_every_decision() -> None:
    """A page that the index does not name is not found."""
    linked = {
        (DOCS / target).resolve() for target in LINK.findall((DOCS / "README.md").read_text(encoding="utf-8"))
    }
    written = {page.resolve() for page in DOCS.rglob("*.md")} - {(DOCS / "README.md").resolve()}
    assert sorted(str(page) for page in written - linked) == []


@pytest.mark.parametrize("page", sorted((DOCS / "adr").glob("*.md")), ids=lambda page: page.name)
def test_decision_has_its_four_parts(page: Path) -> None:
    """Status, context, decision, consequences, under a number that is the file's."""
    text = page.read_text(encoding="utf-8")
    assert re.match(rf"# {int(page.name[:4])}\. \S", text)
    assert re.search(r"^Status: (proposed|accepted|superseded by \[?\d+)", text, re.MULTILINE)
    assert re.findall(r"^## (.+)$", text, re.MULTILINE)[:3] == ["Context", "Decision", "Consequences"]


def test_decisions_have_numbers_of_their_own() -> None:
    """Two decisions never share a number."""
    numbers = [page.name[:4] for page in (DOCS / "adr").glob("*.md")]
    assert sorted(numbers) == sorted(set(numbers))
