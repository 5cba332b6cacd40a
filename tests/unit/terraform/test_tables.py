"""The tables of inputs and outputs: what they say of our configurations, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from hallmark.outcome import UsageError
from hallmark.terraform import tables

TERRAFORM = Path(__file__).parents[3] / "terraform"
CONFIGURATION = """\
# A comment, then a variable with everything.
variable "sizes" {
  description = "Sizes: small|large."
  type = object({
    least = number
  })
  default = [
    "a",
    "b",
  ]

  # Why.
  validation {
    condition     = length(var.sizes) > 0
    error_message = "description = no"
  }
}

variable "name" {
  description = "A \\"name\\"."
  type        = string
}

resource "aws_vpc" "this" {
  cidr_block = "10.0.0.0/16"
}

output "ids" {
  description = "Ids."
  value = [
    for one in aws_vpc.this : one.id
  ]
}
"""
TABLES = f"""\
{tables.BEGIN}

| input | type | default | what it is |
| --- | --- | --- | --- |
| `name` | `string` | required | A "name". |
| `sizes` | `object({{ least = number }})` | `[ "a", "b", ]` | Sizes: small\\|large. |

| output | what it is |
| --- | --- |
| `ids` | Ids. |

{tables.END}"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A configuration with a README whose tables are empty."""
    (tmp_path / "main.tf").write_text(CONFIGURATION)
    (tmp_path / "README.md").write_text(f"# Title\n\n{tables.BEGIN}\n{tables.END}\n\nMore.\n")
    return tmp_path


def test_tables_of_a_configuration_name_every_input_and_output(folder: Path) -> None:
    """Values over several lines are joined, blocks within and other resources are left out."""
    assert tables.render(folder) == TABLES


def test_tables_are_written_between_the_marks(folder: Path) -> None:
    """What stands around them stays, and a second time changes nothing."""
    for _ in range(2):
        tables.main(folder)
        assert (folder / "README.md").read_text() == f"# Title\n\n{TABLES}\n\nMore.\n"


@pytest.mark.parametrize("folder", tables.folders(TERRAFORM), ids=lambda folder: folder.name)
def test_readme_of_every_configuration_has_its_tables(folder: Path) -> None:
    """README and code say the same."""
    readme = folder / "README.md"
    assert readme.is_file()
    again = ".venv/bin/python -m hallmark.terraform.tables"
    assert readme.read_text(encoding="utf-8") == tables.renewed(readme), f"run: {again}"


def test_configurations_are_all_found() -> None:
    """Two roots and six modules; what Terraform keeps beside them is none."""
    found = [str(folder.relative_to(TERRAFORM)) for folder in tables.folders(TERRAFORM)]
    modules = ["cluster", "identity", "network", "nodes", "observability", "registry"]
    assert found == ["bootstrap", "environment", *(f"modules/{name}" for name in modules)]


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ('  description = "Ids."\n', "", 'output "ids" has no description'),
        ("  type        = string\n", "", 'variable "name" has no type'),
        (
            "  type        = string\n",
            "type = string\n",
            "is not written as `terraform fmt` does: type = string",
        ),
        (
            "    for one in aws_vpc.this : one.id\n  ]\n}\n",
            "    for one in aws_vpc.this : one.id\n",
            "ends within a block",
        ),
    ],
)
def test_tables_of_what_cannot_be_read_are_refused(folder: Path, before: str, after: str, said: str) -> None:
    """Rather than a table that leaves something out."""
    assert CONFIGURATION.count(before) == 1
    (folder / "main.tf").write_text(CONFIGURATION.replace(before, after))
    with pytest.raises(UsageError, match=said):
        tables.render(folder)


@pytest.mark.parametrize(
    "marks", ["", tables.BEGIN, f"{tables.END}\n{tables.BEGIN}", (tables.BEGIN + tables.END) * 2]
)
def test_readme_without_its_marks_is_refused(folder: Path, marks: str) -> None:
    """Nothing is written where it isn't wanted."""
    (folder / "README.md").write_text(marks)
    with pytest.raises(UsageError, match="the marks of its tables"):
        tables.renewed(folder / "README.md")
