"""Times have zones, files are whole or absent."""

from __future__ import annotations

import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest

from hallmark.records import format_time, parse_time, write_atomically


def test_format_time_reads_back_as_the_same_moment() -> None:
    """Milliseconds survive."""
    moment = datetime(2030, 1, 31, 12, 0, 0, 123000, tzinfo=UTC)
    assert format_time(moment) == "2030-01-31T12:00:00.123Z"
    assert parse_time(format_time(moment)) == moment


def test_parse_time_without_a_zone_is_refused() -> None:
    """A local time could be any moment."""
    with pytest.raises(ValueError, match="no time zone"):
        parse_time("2030-01-31T12:00:00")


def test_write_atomically_replaces_the_whole_file(tmp_path: Path) -> None:
    """The new content and mode are there, and no temporary file stays."""
    file = tmp_path / "a" / "b.json"
    write_atomically(file, "old and long")
    write_atomically(file, "new", mode=0o600)
    assert file.read_text() == "new"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert list(file.parent.iterdir()) == [file]
