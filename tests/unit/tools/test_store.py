"""The cache of tools: whole or absent, and checked at every use."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from hallmark.tools import store
from hallmark.tools.pins import Pin

MakePin = Callable[..., Pin]


def install(pin: Pin, body: bytes = b"program") -> store.Installed:
    with store.locked(pin.name, stop=lambda: False), store.staging(pin) as place:
        (place / pin.name).write_bytes(body)
        return store.publish(pin, place, entry=pin.name, source="build", origin="test")


def test_published_tool_is_found_and_executable(make_pin: MakePin) -> None:
    """What was published is found with its sum, its mode and where it came from."""
    pin = make_pin()
    install(pin)
    found = store.find(pin, thorough=True)
    assert found == store.Installed(
        name="tool",
        version="v1.2.3",
        path=store.home(pin) / "tool",
        sha256=hashlib.sha256(b"program").hexdigest(),
        size_bytes=7,
        source="build",
        origin="test",
    )
    assert found.path.stat().st_mode & 0o7777 == 0o755


def test_relative_cache_folder_gives_absolute_paths(
    make_pin: MakePin, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A compiler that runs in another folder writes to the right place."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HALLMARK_CACHE", "here")
    assert install(make_pin()).path == tmp_path / "here/tools/tool/0123456789abcdef/tool"


def test_changed_binary_is_refused_with_both_sums(make_pin: MakePin) -> None:
    """Other bytes are never run, even when size and modification time were set back."""
    pin = make_pin()
    path = install(pin).path
    before = path.stat()
    path.write_bytes(b"pr0gram")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    with pytest.raises(store.Changed) as caught:
        store.find(pin)
    assert hashlib.sha256(b"program").hexdigest() in caught.value.what
    assert hashlib.sha256(b"pr0gram").hexdigest() in caught.value.what
    assert caught.value.next_step == "./hallmark tools fetch tool"


def test_replaced_binary_is_refused(make_pin: MakePin) -> None:
    """A link to another program is not the program."""
    pin = make_pin()
    path = install(pin).path
    path.unlink()
    path.symlink_to("/bin/true")
    with pytest.raises(store.Changed):
        store.find(pin)


def test_removed_binary_is_refused(make_pin: MakePin) -> None:
    """A record without its binary is damage, not absence."""
    pin = make_pin()
    install(pin).path.unlink()
    with pytest.raises(store.Changed, match="cannot be read"):
        store.find(pin)


@pytest.mark.parametrize("mode", [0o644, 0o777])
def test_mode_that_is_not_ours_is_refused(make_pin: MakePin, mode: int) -> None:
    """Neither a file that cannot run nor one that everybody can write to."""
    pin = make_pin()
    install(pin).path.chmod(mode)
    with pytest.raises(store.Changed, match=f"its mode was 0755 and is {mode:04o}"):
        store.find(pin)


@pytest.mark.parametrize("text", ["", "[]", '{"format": 1, "key": "other", "files": {}}', '{"format": 2}'])
def test_damaged_record_is_refused(make_pin: MakePin, text: str) -> None:
    """A record that is not ours makes the tool unusable, never silently trusted."""
    pin = make_pin()
    install(pin)
    (store.home(pin) / store.RECORD).write_text(text)
    with pytest.raises(store.Changed):
        store.find(pin)


def test_restored_cache_is_read_once_and_accepted(make_pin: MakePin, cache: Path, tmp_path: Path) -> None:
    """The same bytes at another inode (a cache restored on a CI machine) are checked, then cheap again."""
    pin = make_pin()
    install(pin)
    shutil.copytree(cache, tmp_path / "copy")
    shutil.rmtree(cache)
    (tmp_path / "copy").rename(cache)
    record = store.home(pin) / store.RECORD
    before = json.loads(record.read_text())
    assert store.find(pin) is not None
    after = json.loads(record.read_text())
    assert after["files"]["tool"]["sha256"] == before["files"]["tool"]["sha256"]
    assert after["files"]["tool"]["stat"] == store._stat_of(store.home(pin) / "tool")


def test_half_made_tool_is_never_seen_and_removed(make_pin: MakePin) -> None:
    """What a killed run left in its staging folder is not a tool and is gone after the next one."""
    pin = make_pin()
    left = store.home(pin).parent / ".new-killed"
    left.mkdir(parents=True)
    (left / "tool").write_bytes(b"half")
    assert store.find(pin) is None
    install(pin)
    assert sorted(path.name for path in store.home(pin).parent.iterdir()) == [".lock", pin.key]


def test_failed_staging_leaves_nothing(make_pin: MakePin) -> None:
    """An error while a tool is made leaves neither the tool nor its pieces."""
    pin = make_pin()

    def fail_in_the_middle() -> None:
        with store.staging(pin) as place:
            (place / "tool").write_bytes(b"half")
            (place / "absent").read_bytes()

    with pytest.raises(FileNotFoundError):
        fail_in_the_middle()
    assert list(store.home(pin).parent.iterdir()) == []


def test_damaged_tool_is_replaced_by_publishing_again(make_pin: MakePin) -> None:
    """Fetching a changed tool again repairs it."""
    pin = make_pin()
    install(pin).path.write_bytes(b"bad")
    assert install(pin).sha256 == hashlib.sha256(b"program").hexdigest()
    assert sorted(path.name for path in store.home(pin).parent.iterdir()) == [".lock", pin.key]


def test_manifest_covers_the_rest_of_a_tree(make_pin: MakePin) -> None:
    """A file of the Go toolchain that no use looks at is still found by a thorough check."""
    pin = make_pin()
    with store.staging(pin) as place:
        (place / "tool").mkdir()
        (place / "tool" / "run").write_bytes(b"program")
        (place / "tool" / "library").write_bytes(b"library")
        claim = base64.urlsafe_b64encode(hashlib.sha256(b"library").digest()).decode().rstrip("=")
        (place / "info").mkdir()
        (place / "info" / "RECORD").write_text(f"tool/library,sha256={claim},7\ninfo/RECORD,,\n")
        store.publish(pin, place, entry="tool/run", source="release", origin="wheel", manifest="info/RECORD")
    assert store.find(pin, thorough=True) is not None
    (store.home(pin) / "tool" / "library").write_bytes(b"l1brary")
    assert store.find(pin) is not None
    with pytest.raises(store.Changed, match="library"):
        store.find(pin, thorough=True)


def test_lock_is_waited_for_and_the_wait_can_be_given_up() -> None:
    """A second holder is told that it waits, and leaves when asked to."""
    told: list[str] = []
    with (
        store.locked("tool", stop=lambda: False),
        pytest.raises(store.Interrupted),
        store.locked("tool", stop=lambda: bool(told), waiting=lambda: told.append("waits"), poll_s=0.001),
    ):
        pytest.fail("two hold one lock")
    assert told == ["waits"]
    with store.locked("tool", stop=lambda: True):
        pass
