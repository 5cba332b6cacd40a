"""Layer `image`: what the built image says of itself: user, entry point, base, contents, size."""

from __future__ import annotations

from hallmark import image
from hallmark.image import BuiltImage
from hallmark.outcome import Check


def run(built: BuiltImage) -> list[Check]:
    """Judge a built image without starting it; that it starts and serves is for `infra` and `e2e`."""
    return image.checks(built)
