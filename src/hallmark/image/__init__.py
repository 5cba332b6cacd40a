"""Images without a container engine: built reproducibly, judged, and pushed by digest."""

from hallmark.image import oci
from hallmark.image.builder import BuiltImage, build
from hallmark.image.inspect import checks
from hallmark.image.registry import push_archive

__all__ = ["BuiltImage", "build", "checks", "oci", "push", "push_archive"]


def push(built: BuiltImage, *, registry: str, name: str) -> str:
    """Push a built image to `http://registry/name`; returns its digest, which is the built one."""
    return push_archive(built.archive, registry=registry, name=name)
