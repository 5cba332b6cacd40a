"""What there is to know of a rule, from its own metadata: as the page docs/rules.md, and as one rule explained.

`.venv/bin/python -m hallmark.policy.catalogue > docs/rules.md` writes the page.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hallmark.outcome import CannotJudge, UsageError
from hallmark.policy import rules
from hallmark.policy.report import BUILT_IN, Rule

HEAD = """\
# Rules

Written from the rules' own metadata by `.venv/bin/python -m hallmark.policy.catalogue > docs/rules.md`; do not edit.
`./hallmark check explain RULE` shows the same with an example. How rules work: [policies.md](policies.md).
"""
TITLES = {
    "manifests": "Kubernetes objects",
    "plan": "Terraform plans",
    "dockerfile": "Dockerfiles",
    "workflows": "Workflows",
}


@dataclass(frozen=True)
class Example:
    """A file on which the rule decides. `file` is relative to the folder that holds the policies."""

    file: str
    text: str


@dataclass(frozen=True)
class Explanation:
    """A rule with the family that it belongs to, and its two examples; a built-in rule has neither."""

    rule: Rule
    family: str = ""
    failing: Example | None = None
    passing: Example | None = None

    @property
    def difference(self) -> str:
        """What makes the failing example pass, as a unified diff whose hunks say where in the document they are."""
        if self.failing is None or self.passing is None:
            return ""
        before, after = self.failing.text.splitlines(), self.passing.text.splitlines()
        diff = difflib.unified_diff(before, after, self.failing.file, self.passing.file, lineterm="")
        return "\n".join(_placed(list(diff), before, after))

    def __str__(self) -> str:
        one = self.rule
        asked = f", asked by check {self.family} of each {one.scope}" if self.family else ""
        text = (
            f"{one.id}: {one.title}\n\n{_said(one)}why:  {one.why}\nfix:  {one.fix}\n"
            f"see:  {one.reference or 'docs/policies.md'}\n      profile {one.profile}, severity {one.severity}{asked}"
        )
        if self.difference:
            text += f"\n\nThe first file is refused; with this change it is the second and passes:\n{self.difference}"
        return text

    def as_json(self) -> dict[str, Any]:
        return {
            **vars(self.rule),
            "family": self.family,
            "failing": self.failing and vars(self.failing),
            "passing": self.passing and vars(self.passing),
            "difference": self.difference,
        }


def explain(rule: str, policies: Path | None = None) -> Explanation:
    """Everything about the rule of this id, of whatever family. Raises UsageError when there is none."""
    families = rules.load_all(policies)
    for loaded in families:
        for one in loaded.rules:
            if one.id == rule:
                folder = loaded.home / loaded.family / one.id / "examples"
                return Explanation(
                    one, loaded.family, _example(loaded, folder, "fail"), _example(loaded, folder, "pass")
                )
    if rule in BUILT_IN:
        return Explanation(BUILT_IN[rule])
    ids = sorted({*BUILT_IN, *(one.id for loaded in families for one in loaded.rules)})
    near = difflib.get_close_matches(rule, ids, n=5) or ids
    raise UsageError(f"there is no rule {rule}", next_step=f"one of: {', '.join(near)}")


def _example(loaded: rules.RuleSet, folder: Path, stem: str) -> Example:
    # Beside the plan stands the configuration from which it was made, which is what people write.
    found = sorted(
        (one for one in folder.glob(f"{stem}.*") if one.is_file()),
        key=lambda one: (one.suffix == ".json", one),
    )
    if not found:
        raise CannotJudge("the rule has no example", where=str(folder / f"{stem}.*"))
    return Example(
        str(found[0].relative_to(loaded.home.parent)), found[0].read_text(encoding="utf-8").rstrip()
    )


def _placed(diff: Sequence[str], before: Sequence[str], after: Sequence[str]) -> Iterator[str]:
    """The lines of a diff, each hunk's heading with the keys that enclose its first change."""
    for number, line in enumerate(diff):
        hunk = re.match(r"@@ -(\d+)(?:,\d+)? \+(\d+)(?:,\d+)? @@", line)
        if hunk is None:
            yield line
            continue
        same = next(count for count, text in enumerate(diff[number + 1 :]) if not text.startswith(" "))
        text, first = (before, hunk[1]) if diff[number + 1 + same][0] == "-" else (after, hunk[2])
        keys = list(_enclosing(text[: int(first) + same]))
        yield f"{line} {'.'.join(reversed(keys))}".rstrip()


def _enclosing(lines: Sequence[str]) -> Iterator[str]:
    """The keys around the last of the lines, from the inside out, as far as indentation shows them."""
    depth = len(lines[-1]) - len(lines[-1].lstrip())
    for line in reversed(lines):
        bare = line.lstrip()
        indent = len(line) - len(bare)
        if bare and indent < depth:
            depth = indent
            key = re.fullmatch(r"\"?([\w./-]+)\"?:\s*[\[{]?", bare.rstrip())
            if key:  # a line that begins with a dash is a sibling of what is searched for
                yield key[1]


def _said(rule: Rule) -> str:
    """The description as a paragraph, unless it only repeats the title."""
    return "" if rule.description.rstrip(".") == rule.title else f"{rule.description}\n\n"


def page(families: Sequence[rules.RuleSet]) -> str:
    """The whole catalogue: for every family its profiles as tables, then a section for each rule."""
    parts = [HEAD]
    for loaded in families:
        parts.append(f"## {TITLES[loaded.family]} (`check {loaded.family}`)\n")
        for profile in rules.PROFILES:
            parts += _table(profile, [one for one in loaded.rules if one.profile == profile])
    parts.append("## What the kit itself says\n\nThese stand beside the rules of every family and profile.\n")
    parts += [_section(one) for one in BUILT_IN.values()]
    parts.append("## Each rule\n")
    every = ((one, loaded.family) for loaded in families for one in loaded.rules)
    parts += [_section(one, family) for one, family in sorted(every, key=lambda pair: pair[0].id)]
    return "\n".join(parts)


def _table(profile: str, members: Sequence[Rule]) -> list[str]:
    if not members:
        return []
    rows = "".join(
        f"| [`{one.id}`](#{one.id}) | {one.severity} | {one.scope} | {one.title} |\n" for one in members
    )
    return [f"**{profile}**\n\n| rule | severity | scope | demands |\n| --- | --- | --- | --- |\n{rows}"]


def _section(rule: Rule, family: str = "") -> str:
    reference = f", [reference]({rule.reference})" if rule.reference else ""
    folder = f", [rule and examples](../policies/{family}/{rule.id}/)" if family else ""
    return (
        f"### {rule.id}\n\n**{rule.title}**\n\n{_said(rule)}"
        f"- why: {rule.why}\n- fix: {rule.fix}\n"
        f"- profile {rule.profile}, severity {rule.severity}{reference}{folder}\n"
    )


if __name__ == "__main__":
    print(page(rules.load_all()), end="")
