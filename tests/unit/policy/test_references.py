"""A name in a policy that leads nowhere is found; one that may lead somewhere is let be."""

from __future__ import annotations

from pathlib import Path

import pytest

from hallmark.policy import references, rules

LIBRARY = "package hallmark.lib.pods\n\nall := input.objects\n\nnamed(name) := name\n"
RULE = """package hallmark.manifests.rule

import data.hallmark.lib.pods
import data.hallmark.lib.pods as others

applies := {pods.named(one.id) | some one in pods.all}

violations contains 1 if {
	some rule in input.rules
	data.hallmark.manifests[rule].applies
	others.all[0].anything.at.all
	data.hallmark.lib.pods
	data.parameters.allowed_kinds[_].kind
	[_here | true]
}

_here := data.hallmark.manifests.rule.applies
"""


def found(folder: Path, text: str) -> list[tuple[str, int]]:
    files = [folder / "pods.rego", folder / "rule.rego"]
    for file, content in zip(files, (LIBRARY, text), strict=True):
        file.write_text(content)
    trees = rules.modules(files)
    names = references.dangling(list(trees.values()), trees[str(files[1])])
    return [(name, references.line_of(name, text)) for name in names]


def test_references_that_lead_somewhere_are_let_be(tmp_path: Path) -> None:
    """Packages, their rules and functions, what is below them, parameters, the input, and what only a run knows."""
    assert found(tmp_path, RULE) == []


@pytest.mark.parametrize(
    ("old", "new", "name", "line"),
    [
        ("some one in pods.all", "some one in pods.al", "pods.al", 6),
        ("others.all[0]", "others.None[0]", "others.None", 11),
        ("input.rules", "input.review.rules", "input.review.rules", 9),
        ("data.hallmark.manifests[rule]", "data.hallmark.manifest[rule]", "data.hallmark.manifest", 10),
        ("allowed_kinds[_]", "allowed_kind[_]", "data.parameters.allowed_kind", 13),
        ("import data.hallmark.lib.pods as", "import data.lib.pods as", "data.lib.pods", 4),
        ("manifests.rule.applies", "manifests.rule.applied", "data.hallmark.manifests.rule.applied", 17),
    ],
)
def test_reference_that_leads_nowhere_is_found_with_its_line(
    tmp_path: Path, old: str, new: str, name: str, line: int
) -> None:
    """To OPA it would be undefined, and the rule would say nothing for ever."""
    assert RULE.count(old) == 1
    assert found(tmp_path, RULE.replace(old, new)) == [(name, line)]
