"""How the fetching of tools is told: a live table on a terminal, a line every few seconds elsewhere."""

from __future__ import annotations

import contextlib
import sys
import threading
import time
from collections.abc import Callable, Sequence
from typing import IO, Any, Protocol


class Progress(Protocol):
    """What a fetch reports. Called from several threads; `eta_s` is None where nothing sensible can be said."""

    def planned(self, tools: Sequence[str], eta_s: float) -> None:
        """These tools are missing; getting all of them takes about `eta_s` if all have to be built."""

    def started(self, tool: str, step: str, eta_s: float | None) -> None:
        """A step of a tool began: `download`, `build`, `wait`."""

    def advanced(self, tool: str, step: str, done: float | None, eta_s: float | None) -> None:
        """`done` is the part done, from 0 to 1, None where it cannot be known."""

    def finished(self, tool: str, outcome: str, duration_s: float) -> None:
        """The tool is there (`outcome` says how) or is not (`outcome` says why)."""

    def close(self) -> None:
        """Nothing more will be reported."""


class Silent:
    """Reports nothing."""

    def planned(self, tools: Sequence[str], eta_s: float) -> None: ...

    def started(self, tool: str, step: str, eta_s: float | None) -> None: ...

    def advanced(self, tool: str, step: str, done: float | None, eta_s: float | None) -> None: ...

    def finished(self, tool: str, outcome: str, duration_s: float) -> None: ...

    def close(self) -> None: ...


class Tolerant:
    """Passes on to another; a terminal that went away does not keep a tool from coming."""

    def __init__(self, other: Progress) -> None:
        self._other = other

    def planned(self, tools: Sequence[str], eta_s: float) -> None:
        with contextlib.suppress(OSError, ValueError):
            self._other.planned(tools, eta_s)

    def started(self, tool: str, step: str, eta_s: float | None) -> None:
        with contextlib.suppress(OSError, ValueError):
            self._other.started(tool, step, eta_s)

    def advanced(self, tool: str, step: str, done: float | None, eta_s: float | None) -> None:
        with contextlib.suppress(OSError, ValueError):
            self._other.advanced(tool, step, done, eta_s)

    def finished(self, tool: str, outcome: str, duration_s: float) -> None:
        with contextlib.suppress(OSError, ValueError):
            self._other.finished(tool, outcome, duration_s)

    def close(self) -> None:
        with contextlib.suppress(OSError, ValueError):
            self._other.close()


class Lines:
    """Plain lines for logs: each beginning and end, and between them at most one line every `every_s` seconds."""

    def __init__(
        self,
        write: Callable[[str], object],
        *,
        every_s: float = 5.0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._write = write
        self._every_s = every_s
        self._clock = clock
        self._last = clock()
        self._lock = threading.Lock()

    def planned(self, tools: Sequence[str], eta_s: float) -> None:
        self._say(f"tools: {len(tools)} to get: {', '.join(tools)} (at most about {span(eta_s)})")

    def started(self, tool: str, step: str, eta_s: float | None) -> None:
        self._say(f"tools: {tool}: {step}{about(eta_s)}")

    def advanced(self, tool: str, step: str, done: float | None, eta_s: float | None) -> None:
        with self._lock:
            if self._clock() - self._last < self._every_s:
                return
            self._last = self._clock()
        part = f" {done:.0%}" if done is not None else ""
        self._say(f"tools: {tool}: {step}{part}{about(eta_s)}")

    def finished(self, tool: str, outcome: str, duration_s: float) -> None:
        self._say(f"tools: {tool}: {outcome} after {span(duration_s)}")

    def close(self) -> None: ...

    def _say(self, line: str) -> None:
        self._last = self._clock()
        self._write(line)


class Live:
    """A live table on a terminal, one row a tool under way; finished tools scroll up as lines."""

    def __init__(self, stream: IO[str]) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, SpinnerColumn, TextColumn, TimeElapsedColumn
        from rich.progress import Progress as Table

        self._console = Console(file=stream, highlight=False)
        self._table = Table(
            SpinnerColumn(),
            TextColumn("{task.description:<26}"),
            TextColumn("{task.fields[step]:<10}"),
            BarColumn(bar_width=24),
            TextColumn("{task.fields[left]:<16}"),
            TimeElapsedColumn(),
            console=self._console,
            transient=True,
        )
        self._rows: dict[str, Any] = {}
        self._total = 0
        self._done = 0
        self._table.start()

    def planned(self, tools: Sequence[str], eta_s: float) -> None:
        self._total += len(tools)
        self._table.console.print(
            f"getting {len(tools)} tools, at most about {span(eta_s)}: {', '.join(tools)}"
        )

    def started(self, tool: str, step: str, eta_s: float | None) -> None:
        if tool not in self._rows:
            self._rows[tool] = self._table.add_task(tool, total=None, step=step, left=about(eta_s))
        else:
            self._table.update(self._rows[tool], total=None, completed=0, step=step, left=about(eta_s))

    def advanced(self, tool: str, step: str, done: float | None, eta_s: float | None) -> None:
        if tool in self._rows:
            total = 1.0 if done is not None else None
            self._table.update(
                self._rows[tool],
                total=total,
                completed=done or 0.0,
                step=step,
                left=about(eta_s).strip(" ,()"),
            )

    def finished(self, tool: str, outcome: str, duration_s: float) -> None:
        self._done += 1
        if tool in self._rows:
            self._table.remove_task(self._rows.pop(tool))
        self._table.console.print(
            f"{tool}: {outcome} after {span(duration_s)} ({self._done} of {self._total})"
        )

    def close(self) -> None:
        self._table.stop()


def for_stream(stream: IO[str] | None = None) -> Progress:
    """The live table when `stream` (standard error if None) is a terminal, else plain lines on it."""
    stream = stream if stream is not None else sys.stderr
    if stream.isatty():
        return Live(stream)
    return Lines(lambda line: print(line, file=stream, flush=True))


def span(seconds: float) -> str:
    """A time span for people: `8 s`, `3 min`."""
    return f"{seconds:.0f} s" if seconds < 100 else f"{seconds / 60:.0f} min"


def about(eta_s: float | None) -> str:
    return f", about {span(eta_s)}" if eta_s is not None else ""
