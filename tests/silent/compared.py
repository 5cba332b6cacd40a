"""Asks conftest about every case, and keeps what it answered in conftest.json: python -m tests.silent.compared"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from tests.silent.case import HERE, INPUTS, ROOT, RULES, Case, apply, load

from hallmark import process, tools
from hallmark.process import CommandFailed
from hallmark.tools import pins

FILE = HERE / "conftest.json"
TIMEOUT_S = 20.0
Answer = dict[str, Any]


def ask(case: Case, folder: Path, program: Path) -> dict[str, Answer]:
    """What conftest answers: under `same` by equal rules, under `common` by those of common.rego."""
    case.lay(folder)
    answers = {}
    if case.table in INPUTS:
        _lay_kit(folder / "policy")
    elif case.conftest is not None:
        apply(folder / "policy", {"deny.rego": "$DENY"})
        if case.table == "tests":
            apply(folder / "policy", {"deny_test.rego": "$DENY_TEST"})
        apply(folder / "policy", case.conftest)
    if (folder / "policy").is_dir():
        answers["same"] = _run(case, folder, "policy", program)
    if case.table == "reach":
        answers["common"] = _run(case, folder, str(HERE / "common.rego"), program)
    return answers


def ask_all(folder: Path) -> dict[str, dict[str, Answer]]:
    """The answers about all cases, by id."""
    program = tools.ensure(["conftest"])["conftest"]
    cases = load()
    with ThreadPoolExecutor(4) as pool:
        answers = pool.map(lambda case: ask(case, folder / case.id, program), cases)
        return {case.id: answer for case, answer in zip(cases, answers, strict=True)}


def recorded() -> Mapping[str, Mapping[str, Answer]]:
    """The answers that are kept."""
    found: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    return found["answers"]  # type: ignore[no-any-return]


def as_text(answers: Mapping[str, Mapping[str, Answer]]) -> str:
    return json.dumps({"conftest": version(), "answers": answers}, indent=1) + "\n"


def version() -> str:
    return pins.load().pin("conftest").version


def _lay_kit(folder: Path) -> None:
    """The kit's own five rules, and what hands each document over to them."""
    folder.mkdir()
    policies = ROOT / "policies"
    files = [policies / "manifests" / rule / f"{rule.replace('-', '_')}.rego" for rule in RULES]
    files += [one for one in (policies / "lib").glob("*.rego") if not one.stem.endswith("_test")]
    for file in (*files, HERE / "rules.rego"):
        shutil.copy(file, folder)


def _run(case: Case, folder: Path, policy: str, program: Path) -> Answer:
    verb = ["verify"] if case.table == "tests" else ["test", *case.given]
    argv = [str(program), *verb, "--no-color", "--policy", policy, *case.asks]
    try:
        done = process.run(argv, timeout_s=TIMEOUT_S, cwd=folder, stdin="", check=False)
    except CommandFailed:
        return {"exit": None, "said": "does not end"}
    text = done.stderr.strip().splitlines()[:1] or done.stdout.strip().splitlines()[-1:]
    return {"exit": done.returncode, "said": "".join(text).replace(f"{folder}/", "")}


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as scratch:
        FILE.write_text(as_text(ask_all(Path(scratch))), encoding="utf-8")
    sys.stdout.write(f"{FILE}\n")
