"""The build context: exactly what git knows of the service's folder, in modes and times that tell nothing."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from hallmark import process
from hallmark.outcome import CannotJudge, UsageError


def collect(source: Path, target: Path) -> int:
    """Copy what git tracks under `source`, and what is new and not ignored, to `target`; return how many files.

    Nothing ignored can enter an image, whatever lies about. Files become 0644 or, when executable, 0755. Raises
    UsageError for a folder outside git or a link that leads out of it, CannotJudge when there is nothing to copy.
    """
    words: list[str | Path] = [
        "git",
        "-c",
        "safe.directory=*",
        "-C",
        source,
        "ls-files",
        "-z",
        "--cached",
        "--others",
    ]
    listed = process.run([*words, "--exclude-standard", "--", "."], timeout_s=60, check=False)
    if not listed.ok:
        raise UsageError(
            "the service's folder is in no git checkout, so nobody could say what belongs into its image",
            where=str(source),
        )
    count = 0
    for name in sorted(set(listed.stdout.split("\0")) - {""}):
        original, copy = source / name, target / name
        if not os.path.lexists(original):
            continue  # deleted but still in the index
        copy.parent.mkdir(parents=True, exist_ok=True)
        if original.is_symlink():
            _check_link(original, source)
            copy.symlink_to(original.readlink())
        else:
            shutil.copyfile(original, copy)
            copy.chmod(0o755 if original.stat().st_mode & 0o100 else 0o644)
        os.utime(copy, (0, 0), follow_symlinks=False)
        count += 1
    for folder in sorted(path for path in target.rglob("*") if path.is_dir() and not path.is_symlink()):
        folder.chmod(0o755)
        os.utime(folder, (0, 0))
    if count == 0:
        raise CannotJudge("there is no file to build an image from", where=str(source))
    return count


def _check_link(link: Path, source: Path) -> None:
    if not link.resolve().is_relative_to(source.resolve()):
        raise UsageError(
            f"{link.name} is a link to {link.readlink()}, outside the build context", where=str(link)
        )
