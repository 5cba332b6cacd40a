"""A stack that needs no provider: terraform itself holds its one kind of resource."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from hallmark.terraform import Local, Stack

TINY = """
terraform {
  backend "s3" {}
}

variable "size" {
  type = number

  validation {
    condition     = var.size < 10
    error_message = "size must be below 10."
  }
}

module "things" {
  source = "../modules/things"
  size   = var.size
}

output "size" {
  value = var.size
}
"""
THINGS = """
variable "size" {
  type = number
}

resource "terraform_data" "this" {
  count = var.size
  input = "thing ${count.index}"
}
"""

StackOf = Callable[..., Stack]


@pytest.fixture
def stack_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> StackOf:
    """Makes the tiny stack with these variables, its state kept in one file; further words go to Stack."""
    monkeypatch.setenv("HALLMARK_CACHE", str(tmp_path / "cache"))
    source, modules = tmp_path / "terraform" / "tiny", tmp_path / "terraform" / "modules" / "things"
    for folder, text in ((source, TINY), (modules, THINGS)):
        folder.mkdir(parents=True)
        (folder / "main.tf").write_text(text)

    def make(size: object = 2, **words: Any) -> Stack:
        words = {"variables": {"size": size}, "backend": Local(tmp_path / "state" / "tfstate"), **words}
        return Stack(source, tmp_path / "work", **words)

    return make
