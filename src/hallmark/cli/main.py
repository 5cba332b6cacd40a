"""The root of the command line: the verbs, and the one place where errors become words and exit codes."""

from __future__ import annotations

import signal
import sys
from types import FrameType
from typing import Annotated

import typer
from rich.console import Console

from hallmark import __version__
from hallmark.cli import doctor, environments, promotion, testing
from hallmark.outcome import ExitCode, HallmarkError
from hallmark.policy import command as policy_command
from hallmark.policy.mutation import command as mutation_command
from hallmark.tools import command as tools_command

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
app.command()(promotion.promote)
app.command()(promotion.rollback)
app.command("status")(promotion.show_status)
app.command()(promotion.history)
app.command()(promotion.verify)
app.command("test")(testing.run_tests)
app.add_typer(policy_command.app, name="check")
app.add_typer(mutation_command.app, name="policy")
app.command("waivers")(policy_command.list_waivers)
app.command()(environments.up)
app.command()(environments.down)
app.add_typer(environments.app, name="env")
app.command()(doctor.doctor)
app.add_typer(tools_command.app, name="tools")


def _version(asked: bool) -> None:
    if asked:
        print(f"hallmark {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    pass


def main() -> None:
    """Run the command line and end the process with the exit code that docs/exit-codes.md promises."""
    # Both: a background job of a shell starts with SIGINT ignored, and a cancelled CI job sends either.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _interrupt)
    try:
        code = app(prog_name="./hallmark", standalone_mode=False)
    except HallmarkError as error:
        _complain(str(error))
        sys.exit(error.code)
    except typer.Abort:
        _interrupted()
    except KeyboardInterrupt:
        _interrupted()
    except typer.exceptions.TyperException as error:
        if (
            type(error).__name__ == "NoArgsIsHelpError"
        ):  # it is the help text; nothing was wrong but the lack of a verb
            print(error, file=sys.stderr)
            sys.exit(ExitCode.USAGE)
        context = getattr(error, "ctx", None)
        hint = f"\n  next:  {context.command_path} --help" if context else ""
        words = getattr(error, "format_message", error.__str__)()
        _complain(f"{words}{hint}")
        sys.exit(ExitCode.USAGE)
    sys.exit(code if isinstance(code, int) else ExitCode.PASS)


def _interrupted() -> None:
    _complain("interrupted; what this run had started is cleaned up")
    sys.exit(ExitCode.INTERRUPTED)


def _interrupt(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _complain(text: str) -> None:
    console = Console(stderr=True, soft_wrap=True, markup=False, highlight=False)
    console.print("error: ", style="bold red", end="")
    console.print(text)
