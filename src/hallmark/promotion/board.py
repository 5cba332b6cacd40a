"""What a person sees while layers and stages run: a live table on a terminal, else one line a change."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from rich.console import Console
from rich.live import Live
from rich.table import Table
from rich.text import Text

WAITING, RUNNING = "waiting", "running"
_STYLE = {"pass": "green", "fail": "bold red", "unknown": "bold yellow", RUNNING: "cyan", WAITING: "dim"}


@dataclass
class Row:
    state: str = WAITING
    detail: str = ""
    began: float | None = None
    seconds: float | None = None


@dataclass
class Board:
    """Rows in the order they were added; safe to use from several threads. Writes to standard error only."""

    console: Console = field(default_factory=lambda: Console(stderr=True))
    rows: dict[str, Row] = field(default_factory=dict)
    _lock: threading.RLock = field(default_factory=threading.RLock)
    _live: Live | None = None

    @contextmanager
    def shown(self) -> Iterator[None]:
        """Show the table while the block runs; at its end it stays on the screen as it is."""
        if not self.console.is_terminal:
            yield
            return
        with Live(console=self.console, refresh_per_second=4, get_renderable=self._table) as live:
            self._live = live
            try:
                yield
            finally:
                self._live = None

    def expect(self, *names: str) -> None:
        with self._lock:
            for name in names:
                self.rows.setdefault(name, Row())

    def start(self, name: str, detail: str = "") -> None:
        with self._lock:
            row = self.rows.setdefault(name, Row())
            row.state, row.began, row.detail = RUNNING, time.monotonic(), detail
        self._say(name)

    def detail(self, name: str, text: str) -> None:
        """Say what a row is doing; plain output prints it, too, so call it for steps and not for every tick."""
        with self._lock:
            row = self.rows.setdefault(name, Row())
            if row.detail == text:
                return
            row.detail = text
        self._say(name)

    def end(self, name: str, state: str, detail: str = "") -> None:
        with self._lock:
            row = self.rows.setdefault(name, Row())
            row.state, row.detail = state, detail
            row.seconds = time.monotonic() - row.began if row.began is not None else None
        self._say(name)

    def times(self) -> dict[str, float]:
        """Seconds of every row that ended."""
        return {name: round(row.seconds, 1) for name, row in self.rows.items() if row.seconds is not None}

    def _say(self, name: str) -> None:
        if self._live is not None:
            return
        row = self.rows[name]
        seconds = f" {row.seconds:.1f} s" if row.seconds is not None else ""
        words = f"{name}: {row.state}{seconds}{': ' + row.detail if row.detail else ''}"
        # One write: lines of several threads must not run into each other.
        sys.stderr.write(f"{words}\n")
        sys.stderr.flush()

    def _table(self) -> Table:
        table = Table(box=None, pad_edge=False)
        for heading in ("", "state", "seconds", ""):
            table.add_column(heading, justify="right" if heading == "seconds" else "left", overflow="fold")
        with self._lock:
            for name, row in self.rows.items():
                taken = row.seconds
                if taken is None and row.began is not None:
                    taken = time.monotonic() - row.began
                seconds = f"{taken:.1f}" if taken is not None else ""
                detail = Text(
                    row.detail.splitlines()[0] if row.detail else "", overflow="ellipsis", no_wrap=True
                )
                table.add_row(name, Text(row.state, style=_STYLE.get(row.state, "")), seconds, detail)
        return table
