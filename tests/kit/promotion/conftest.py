"""A checkout of its own, an environment of its own, and the command line as a user runs it."""

from __future__ import annotations

import json
import os
import re
import secrets
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[3]


@dataclass(frozen=True)
class Checkout:
    """A clone of this repository that a test may change and commit to."""

    root: Path
    environment: str

    def run(self, *words: str, timeout_s: float = 600) -> subprocess.CompletedProcess[str]:
        """Run the clone's own code, in the Python environment of these tests."""
        return subprocess.run(
            self.argv(*words),
            cwd=self.root,
            env=self.env(),
            capture_output=True,
            text=True,
            timeout=timeout_s,
            check=False,
        )

    def argv(self, *words: str) -> list[str]:
        return [sys.executable, "-m", "hallmark", *words]

    def env(self) -> dict[str, str]:
        return {**os.environ, "PYTHONPATH": str(self.root / "src")}

    def json(self, *words: str, timeout_s: float = 600) -> Any:
        """Run a command that must succeed and return the document that it prints."""
        done = self.run(*words, "--json", timeout_s=timeout_s)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    def promote(self, *words: str) -> subprocess.CompletedProcess[str]:
        return self.run("promote", "--env", self.environment, *words)

    def status(self) -> dict[str, dict[str, Any]]:
        """The stages by name."""
        done = self.run("status", "--env", self.environment, "--json")
        return {stage["name"]: stage for stage in json.loads(done.stdout)["stages"]}

    def edit(self, path: str, old: str, new: str) -> None:
        """Replace a text that must be there, and commit."""
        file = self.root / path
        text = file.read_text()
        assert old in text, f"{path} no longer holds {old!r}"
        file.write_text(text.replace(old, new, 1))
        self.commit(f"Change {path}")

    def judge_only(self, layers: Sequence[str]) -> None:
        """Let the clone's own settings ask for these layers, and commit."""
        file = self.root / "hallmark.toml"
        wanted = ", ".join(f'"{layer}"' for layer in layers)
        text, count = re.subn(r"(?m)^layers = \[.*\]", f"layers = [{wanted}]", file.read_text())
        assert count == 1
        file.write_text(text)
        self.git("add", "hallmark.toml")
        if self.git("status", "--porcelain", "--untracked-files=no"):
            self.commit("Judge fewer layers")

    def without_stacks(self) -> None:
        """Take the Terraform stacks out, and commit: they are judged by the layer itself, once a run."""
        shutil.rmtree(self.root / "terraform")
        file = self.root / "hallmark.toml"
        text, count = re.subn(r"(?m)^stacks = \[.*\]", "stacks = []", file.read_text())
        assert count == 1
        file.write_text(text)
        self.commit("Have no Terraform stacks")

    def keep_unit_tests(self, *names: str) -> None:
        """Leave only these of tests/unit, and commit: the whole of them is judged by the layer itself, once a run."""
        folder = self.root / "tests" / "unit"
        for item in folder.iterdir():
            if item.name in ("conftest.py", *names):
                continue
            shutil.rmtree(item) if item.is_dir() else item.unlink()
        assert {item.name for item in folder.iterdir()} == {"conftest.py", *names}
        self.commit("Keep fewer unit tests")

    def commit(self, message: str) -> None:
        self.git("add", "--all")
        self.git(
            "-c", "user.name=t", "-c", "user.email=t@example.org", "commit", "--quiet", f"--message={message}"
        )

    def back_to(self, commit: str) -> None:
        self.git("reset", "--hard", "--quiet", commit)

    def head(self) -> str:
        return self.git("rev-parse", "HEAD")

    def git(self, *words: str) -> str:
        done = subprocess.run(
            ["git", "-C", str(self.root), *words], check=True, capture_output=True, text=True
        )
        return done.stdout.strip()


def clone(folder: Path, environment: str) -> Checkout:
    """A clone of the commit under test, with the caches of this checkout's linters so that it is judged in time."""
    subprocess.run(
        ["git", "clone", "--quiet", "--no-hardlinks", str(ROOT), str(folder)], check=True, capture_output=True
    )
    for cache in (".mypy_cache", ".ruff_cache"):
        if (ROOT / cache).is_dir():
            shutil.copytree(ROOT / cache, folder / cache)
    return Checkout(folder, environment)


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Checkout]:
    """A clone, and the name of an environment that is taken down in the end whatever happened."""
    made = clone(tmp_path_factory.mktemp("promotion") / "checkout", f"kit-{secrets.token_hex(3)}")
    try:
        yield made
    finally:
        gone = made.run("down", made.environment)
        assert gone.returncode == 0, gone.stderr
