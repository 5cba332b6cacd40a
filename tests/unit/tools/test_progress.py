"""What a user sees while tools come."""

from __future__ import annotations

import io

from hallmark.tools import progress


def test_lines_come_at_most_every_few_seconds() -> None:
    """Beginnings and ends always, the way between them seldom."""
    now = [100.0]
    lines: list[str] = []
    told = progress.Lines(lines.append, every_s=5.0, clock=lambda: now[0])
    told.planned(["opa", "etcd"], 175.0)
    told.started("opa", "build", 130.0)
    for _ in range(12):
        now[0] += 1.0
        told.advanced("opa", "build", 0.25, 97.0)
    told.finished("opa", "build", 12.0)
    assert lines == [
        "tools: 2 to get: opa, etcd (at most about 3 min)",
        "tools: opa: build, about 2 min",
        "tools: opa: build 25%, about 97 s",
        "tools: opa: build 25%, about 97 s",
        "tools: opa: build after 12 s",
    ]


def test_plain_lines_where_there_is_no_terminal() -> None:
    """A log file gets no control characters."""
    stream = io.StringIO()
    told = progress.for_stream(stream)
    told.started("opa", "download", None)
    told.close()
    assert stream.getvalue() == "tools: opa: download\n"


def test_live_table_on_a_terminal() -> None:
    """A finished tool leaves one line behind."""

    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    stream = Terminal()
    told = progress.for_stream(stream)
    assert isinstance(told, progress.Live)
    told.planned(["opa"], 130.0)
    told.started("opa", "download", None)
    told.advanced("opa", "download", 0.5, 3.0)
    told.started("opa", "build", 130.0)
    told.advanced("opa", "build", 0.1, 100.0)
    told.finished("opa", "build", 12.0)
    told.close()
    assert "opa: build after 12 s (1 of 1)" in stream.getvalue()
