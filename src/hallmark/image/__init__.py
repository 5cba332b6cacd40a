"""Images by digest, made without a container engine: build the service's, write system images, push both."""

from hallmark.image.builder import BuiltImage, build
from hallmark.image.inspect import checks
from hallmark.image.push import push

__all__ = ["BuiltImage", "build", "checks", "push"]
