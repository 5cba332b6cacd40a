"""The journal of an environment: written before, readable after a crash."""

from __future__ import annotations

from pathlib import Path

from hallmark.cluster.journal import Entry, Journal, boot_id


def test_entries_return_what_was_recorded_in_order(tmp_path: Path) -> None:
    """What was written down is read back in its order, with the boot it belongs to."""
    journal = Journal(tmp_path / "journal.jsonl")
    journal.record("cgroup", "hallmark-a-1")
    journal.record_all([("link", "br0"), ("port", "4000")])
    boot = boot_id()
    assert journal.entries() == [
        Entry("cgroup", "hallmark-a-1", boot),
        Entry("link", "br0", boot),
        Entry("port", "4000", boot),
    ]


def test_entries_last_line_cut_by_a_crash_is_ignored(tmp_path: Path) -> None:
    """A line that never reached the disk whole names something that was never made."""
    journal = Journal(tmp_path / "journal.jsonl")
    journal.record("cgroup", "whole")
    with journal.path.open("a", encoding="utf-8") as file:
        file.write('{"kind": "cgroup", "na')
    assert journal.names("cgroup") == ["whole"]


def test_entries_no_journal_is_nothing(tmp_path: Path) -> None:
    """A state folder that was made a moment before the crash has no journal, and nothing to undo."""
    assert Journal(tmp_path / "journal.jsonl").entries() == []


def test_record_is_readable_by_nobody_else(tmp_path: Path) -> None:
    """The journal is as private as the keys beside it."""
    journal = Journal(tmp_path / "journal.jsonl")
    journal.record("run", "1")
    assert journal.path.stat().st_mode & 0o777 == 0o600
