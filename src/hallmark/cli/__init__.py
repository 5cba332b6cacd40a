"""The command line: one module for each group of verbs, nothing but arguments, calls and printing."""

from hallmark.cli.main import main

__all__ = ["main"]
