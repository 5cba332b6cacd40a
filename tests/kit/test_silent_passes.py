"""What docs/silent-passes.md says of conftest is what conftest answers, and so is what the pinned version says."""

from __future__ import annotations

import json
from pathlib import Path

from tests.silent import compared

from hallmark import tools


def test_conftest_is_not_fetched_by_default() -> None:
    """Nobody but those who compare needs it."""
    assert "conftest" not in tools.names()


def test_conftest_answers_what_is_recorded(tmp_path: Path) -> None:
    """If this fails: .venv/bin/python -m tests.silent.compared, read what changed, then -m tests.silent.page"""
    answers = compared.ask_all(tmp_path)
    record = json.loads(compared.FILE.read_text(encoding="utf-8"))
    assert record["conftest"] == compared.version()
    assert answers == record["answers"]
