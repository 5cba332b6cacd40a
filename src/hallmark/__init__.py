"""Hallmark: a testing-first platform kit in which nothing reaches production without proof."""

__version__ = "0.1.0"
