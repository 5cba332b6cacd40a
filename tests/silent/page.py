"""Writes docs/silent-passes.md from the table: python -m tests.silent.page"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from tests.silent import compared
from tests.silent.case import ROOT, Case, load

FILE = ROOT / "docs" / "silent-passes.md"
LONGEST = 150
TITLES = {
    "files": "Files that are not read",
    "texts": "Texts that say something else, or nothing",
    "objects": "Objects that are not what they seem",
    "policies": "Policies that would say nothing, or not what was meant",
    "tests": "Tests of policies that would test nothing",
    "machine": "An OPA that does not answer, or not wholly",
}


def text() -> str:
    """The page."""
    cases, answers = load(), compared.recorded()
    return "\n".join(_lines(cases, answers)) + "\n"


def _lines(cases: list[Case], answers: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    asked = [answers[one.id]["same"] for one in cases if "same" in answers[one.id]]
    silent = sum(one["exit"] == 0 for one in asked)
    common = [one for one in cases if one.table == "reach"]
    fooled = sum(answers[one.id]["common"]["exit"] == 0 for one in common)
    yield f"""# Silent passes

{len(cases)} ways for a check to be green without having judged what it was meant to. Each is a test: the kit refuses
every one, with the place, by exit code 1 (a rule or a test fails), 2 (could not be judged) or 3 (a wrong argument).
What [conftest](https://www.conftest.dev) {compared.version()} answers to the same is beside it, where it has such a
thing: of {len(asked)} it exits with 0 on {silent}.

conftest is run with its default options. About inputs both are asked by the same rules: the kit's own, to which
[rules.rego](../tests/silent/rules.rego) hands conftest's documents. About policies conftest is given
[deny.rego](../tests/silent/deny.rego) with the same mistake in it. What is judged is a
[Deployment](../tests/silent/deployment.yaml) whose container is privileged, and what hides that it is.

The table is in [tests/silent](../tests/silent/case.py). `tests/unit/policy/test_silent_passes.py` holds the kit to it,
`tests/kit/test_silent_passes.py` runs conftest and compares. After a change to it: `python -m tests.silent.compared`,
then `python -m tests.silent.page`.
"""
    for table, title in TITLES.items():
        rows = [one for one in cases if one.table == table]
        yield f"## {title}\n"
        yield from _table(
            ("case", "hallmark", "conftest"),
            (
                (one.what, _coded(one.answered(OPA_KEY="…")), _answer(answers[one.id].get("same")))
                for one in rows
            ),
        )
    yield f"""## Places where a rule does not look

This is up to the rule more than to the tool. By the kit's rules conftest refuses most of these too; by rules as they
are commonly written, [common.rego](../tests/silent/common.rego), it exits with 0 on {fooled} of {len(common)}.
"""
    yield from _table(
        ("case", "hallmark", "conftest, the kit's rules", "conftest, common rules"),
        (
            (
                one.what,
                _coded(one.answered(OPA_KEY="…")),
                *(_answer(answers[one.id][by]) for by in ("same", "common")),
            )
            for one in common
        ),
    )


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    for row in (head, ("---",) * len(head), *rows):
        yield f"| {' | '.join(one.replace('|', chr(92) + '|') for one in row)} |"
    yield ""


def _answer(answer: Mapping[str, Any] | None) -> str:
    if answer is None:
        return "–"
    if answer["exit"] is None:
        return str(answer["said"])
    counts = re.sub(r", 0 \w+", "", answer["said"])
    return _coded(f"{answer['exit']} {counts}")


def _coded(said: str) -> str:
    """`2 place: why` with the exit code in bold, and the rest as code."""
    code, _, rest = said.partition(" ")
    short = rest if len(rest) <= LONGEST else f"{rest[:LONGEST]}…"
    ticks = "``" if "`" in short else "`"
    return f"**{code}** {ticks}{short}{ticks}"


if __name__ == "__main__":
    FILE.write_text(text(), encoding="utf-8")
    sys.stdout.write(f"{FILE}\n")
