"""Documents in the cache that save work the next time, and that nothing hangs on."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any


def remember(file: Path, document: Any) -> None:
    """Write a document as JSON, whole or not at all. A cache that cannot be written costs time only."""
    partial = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        partial.write_text(json.dumps(document), encoding="utf-8")
        partial.replace(file)
    except OSError:
        return
