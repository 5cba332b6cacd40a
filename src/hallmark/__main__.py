"""`python -m hallmark`: what the launcher runs."""

from hallmark.cli import main

main()
