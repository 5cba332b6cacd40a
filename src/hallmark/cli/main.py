"""The root of the command line: the one place where errors become words and exit codes."""

from __future__ import annotations

import gc
import signal
import sys
from types import FrameType
from typing import TYPE_CHECKING

from hallmark.outcome import ExitCode, HallmarkError

if TYPE_CHECKING:
    from hallmark.policy.words import Request


def main() -> None:
    """Run the command line and end the process with the exit code that docs/exit-codes.md promises."""
    # Both: a background job of a shell starts with SIGINT ignored, and a cancelled CI job sends either.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _interrupt)
    try:
        code = _call(sys.argv[1:])
    except HallmarkError as error:
        _complain(str(error))
        code = error.code
    except KeyboardInterrupt:
        _complain("interrupted; what this run had started is cleaned up")
        code = ExitCode.INTERRUPTED
    except Exception as error:  # noqa: BLE001 - Python's own exit code for it, 1, would say that something was refused
        import traceback

        traceback.print_exc()
        _complain(
            f"the kit itself failed, and nothing is judged: {type(error).__name__}\n"
            "  next:  report it with the lines above"
        )
        code = ExitCode.UNKNOWN
    sys.exit(code)


def _call(words: list[str]) -> int:
    # What nobody reads is not imported: `check` is run for every saved file, and on thousands at once.
    if words[:1] == ["check"]:
        from hallmark.policy.words import plain

        asked = plain(words[1:])
        if asked is not None:
            return _check(asked)
    from hallmark.cli import verbs

    return verbs.call(words)


def _check(asked: Request) -> int:
    # It ends soon, and makes no circles of its many values: looking for some takes a tenth of its time.
    gc.disable()
    from contextlib import ExitStack

    from hallmark.policy import opa

    with ExitStack() as stack:
        stack.enter_context(opa.early(asked.policies, asked.family))
        if asked.family == "manifests":
            from hallmark.policy import plain

            stack.enter_context(plain.early())
        from hallmark.policy import check

        code = check.answer(asked)
    # At its end Python would look for them all the same, for longer than it took to start.
    gc.freeze()
    return code


def _interrupt(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _complain(text: str) -> None:
    from rich.console import Console

    console = Console(stderr=True, soft_wrap=True, markup=False, highlight=False)
    console.print("error: ", style="bold red", end="")
    console.print(text)
