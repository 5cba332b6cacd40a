"""The folders outside of a checkout that the kit may write to."""

from __future__ import annotations

import os
from pathlib import Path


def cache_home() -> Path:
    """Tools and images, shared by all checkouts of a user; safe to delete. HALLMARK_CACHE overrides it."""
    default = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "hallmark"
    return Path(os.environ.get("HALLMARK_CACHE") or default)


def state_home() -> Path:
    """What exists right now (environments and their journals). HALLMARK_STATE overrides it."""
    default = Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state") / "hallmark"
    return Path(os.environ.get("HALLMARK_STATE") or default)
