"""The name of what is judged tells two different working trees apart, always."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from hallmark import source
from hallmark.outcome import UsageError


def git(root: Path, *words: str) -> str:
    identity = ["-c", "user.name=t", "-c", "user.email=t@example.org"]
    argv = ["git", "-C", str(root), *identity, *words]
    return subprocess.run(argv, check=True, capture_output=True, text=True).stdout.strip()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    git(tmp_path, "init", "--quiet")
    (tmp_path / "a").write_text("1")
    (tmp_path / ".gitignore").write_text("ignored\n")
    git(tmp_path, "add", "--all")
    git(tmp_path, "commit", "--quiet", "--message=one")
    return tmp_path


def test_read_a_clean_checkout_is_its_commit(root: Path) -> None:
    """Nothing but the commit id, whatever git ignores."""
    (root / "ignored").write_text("x")
    found = source.read(root)
    assert found.commit == git(root, "rev-parse", "HEAD")
    assert found.is_committed


@pytest.mark.parametrize("name", ["a", "new"])
def test_read_a_change_or_a_new_file_has_a_name_of_its_own(root: Path, name: str) -> None:
    """Uncommitted and untracked content is part of the name; the same content has the same name again."""
    names = []
    for text in ("2", "3", "2"):
        (root / name).write_text(text)
        names.append(source.read(root).commit)
    assert names[0] == names[2] != names[1]
    assert all(source.COMMIT.fullmatch(one) for one in names)
    assert names[0].startswith(git(root, "rev-parse", "HEAD") + "+")


def test_read_leaves_the_users_index_alone(root: Path) -> None:
    """What is staged stays staged, and what is not stays so."""
    (root / "a").write_text("2")
    before = git(root, "status", "--porcelain")
    source.read(root)
    assert git(root, "status", "--porcelain") == before


def test_read_a_folder_without_a_commit_says_what_to_do(tmp_path: Path) -> None:
    """No commit is nothing that a proof could be bound to."""
    with pytest.raises(UsageError, match="no git commit"):
        source.read(tmp_path)
