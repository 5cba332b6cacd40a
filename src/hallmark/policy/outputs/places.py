"""Where a finding stands, as the readers of reports want it."""

from __future__ import annotations

import os
from pathlib import Path


def relative(file: str) -> str:
    """The path from the root of the checkout (in a workflow) or from here, with slashes; one elsewhere stays whole."""
    root = Path(os.environ.get("GITHUB_WORKSPACE") or Path.cwd()).absolute()
    whole = Path(os.path.normpath(Path.cwd() / file))
    return whole.relative_to(root).as_posix() if whole.is_relative_to(root) else whole.as_posix()


def printable(text: str) -> str:
    """The text in one line, with everything that a terminal or XML could not hold written out as an escape."""
    return "".join(
        char if char.isprintable() else char.encode("unicode_escape", "surrogatepass").decode()
        for char in text
    )
