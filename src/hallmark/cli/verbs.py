"""The verbs of the command line, each imported when it is asked for."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from importlib import import_module
from typing import Annotated

import typer

from hallmark import __version__
from hallmark.outcome import ExitCode, UsageError

# Where each verb is. Imported all together they take a second.
VERBS = {
    "promote": "hallmark.cli.promotion:promote",
    "rollback": "hallmark.cli.promotion:rollback",
    "status": "hallmark.cli.promotion:show_status",
    "history": "hallmark.cli.promotion:history",
    "verify": "hallmark.cli.promotion:verify",
    "test": "hallmark.cli.testing:run_tests",
    "check": "hallmark.policy.command:app",
    "policy": "hallmark.policy.mutation.command:app",
    "waivers": "hallmark.policy.command:list_waivers",
    "up": "hallmark.cli.environments:up",
    "down": "hallmark.cli.environments:down",
    "env": "hallmark.cli.environments:app",
    "doctor": "hallmark.cli.doctor:doctor",
    "tools": "hallmark.tools.command:app",
}


def build(verbs: Iterable[str] = VERBS) -> typer.Typer:
    """The command line with these verbs."""
    app = typer.Typer(
        name="hallmark",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
        help=(
            "Nothing reaches production without proof.\n\n"
            "Start with: ./hallmark promote (the main job: prove this checkout and take it to production), "
            "./hallmark test (all tests), ./hallmark doctor (what this machine lacks).\n\n"
            "Exit codes: 0 pass, 1 refused, 2 could not be judged, 3 wrong usage, 130 interrupted and cleaned up."
        ),
    )
    app.callback()(_root)
    for verb in verbs:
        module, _, name = VERBS[verb].partition(":")
        found = getattr(import_module(module), name)
        if isinstance(found, typer.Typer):
            app.add_typer(found, name=verb)
        else:
            app.command(verb)(found)
    return app


def _version(asked: bool) -> None:
    if asked:
        print(f"hallmark {__version__}")
        raise typer.Exit


def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    pass


def call(words: Sequence[str]) -> int:
    """Do what the words ask for and return the exit code. Raises UsageError for words that mean nothing."""
    asked = next((word for word in words if not word.startswith("-")), "")
    app = build([asked] if asked in VERBS else VERBS)
    try:
        code = app(list(words), prog_name="./hallmark", standalone_mode=False)
    except typer.Abort as error:
        raise KeyboardInterrupt from error
    except typer.exceptions.TyperException as error:
        if type(error).__name__ == "NoArgsIsHelpError":
            # It is the help text; nothing was wrong but the lack of a verb.
            print(error, file=sys.stderr)
            return ExitCode.USAGE
        context = getattr(error, "ctx", None)
        said = getattr(error, "format_message", error.__str__)()
        raise UsageError(said, next_step=f"{context.command_path} --help" if context else "") from error
    if code == ExitCode.INTERRUPTED:  # what the library makes of an interrupt, without a word
        raise KeyboardInterrupt
    return code if isinstance(code, int) else ExitCode.PASS
