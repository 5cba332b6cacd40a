"""Many tools at once, from a real server: awaited one by one, never mixed up, never half done."""

from __future__ import annotations

import dataclasses
import hashlib
import os
import threading
import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from hallmark.outcome import CannotJudge
from hallmark.tools import gobuild, pins, release, store
from hallmark.tools.fetching import Fetching
from hallmark.tools.progress import Lines, Silent

BODIES = {"alpha": b"alpha" * 5000, "beta": b"beta" * 5000, "gamma": b"gamma" * 5000}


class Told(Silent):
    """Remembers what a fetch reported."""

    def __init__(self) -> None:
        self.steps: list[tuple[str, str]] = []
        self.outcomes: dict[str, str] = {}

    def started(self, tool: str, step: str, eta_s: float | None) -> None:  # noqa: ARG002
        self.steps.append((tool, step))

    def finished(self, tool: str, outcome: str, duration_s: float) -> None:  # noqa: ARG002
        self.outcomes[tool] = outcome


@pytest.fixture
def listed(tmp_path: Path) -> pins.Pins:
    """Three tools that are only to be had as releases."""
    folder = tmp_path / "list"
    for name in BODIES:
        (folder / "gosrc" / name).mkdir(parents=True)
        (folder / "gosrc" / name / "go.mod").write_text(f"module {name}\n")
        (folder / "gosrc" / name / "main.go").write_text("package main\n")
    (folder / "go-toolchain.txt").write_text("none\n")
    text = '[toolchain]\nversion = "1"\nrequirements = "go-toolchain.txt"\nlicence = "x"\npurpose = "x"\nbuild_s = 1\n'
    for name, body in BODIES.items():
        text += f'[tool.{name}]\nsource = "gosrc/{name}"\npurpose = "x"\nlicence = "x"\nbuild_s = 60\n'
        text += f'[tool.{name}.release]\nurl = "https://releases.example/{name}"\n'
        text += f'[tool.{name}.release.sha256]\nlinux-amd64 = "{hashlib.sha256(body).hexdigest()}"\n'
    return pins.parse(text, pins.Platform("linux", "amd64"), folder)


def offer_all(server: Any) -> None:
    for name, body in BODIES.items():
        server.offer(f"/releases.example/{name}", body)


def test_all_tools_come_and_the_second_time_none_is_asked_for(server: Any, listed: pins.Pins) -> None:
    """Downloaded, published, found again without a request."""
    offer_all(server)
    told = Told()
    with Fetching(listed, list(BODIES), "auto", told) as fetching:
        paths = fetching.wait_all()
    assert {name: path.read_bytes() for name, path in paths.items()} == BODIES
    assert told.outcomes == dict.fromkeys(BODIES, "release")
    asked = len(server.requests)
    with Fetching(listed, list(BODIES), "auto", None) as again:
        assert again.wait_all() == paths
        assert {again.source_of(name) for name in BODIES} == {"cache"}
    assert len(server.requests) == asked


def test_one_tool_can_be_used_while_another_still_comes(server: Any, listed: pins.Pins) -> None:
    """A layer that needs only alpha does not wait for beta."""
    offer_all(server)
    gate = threading.Event()
    server.offers["/releases.example/beta"].gate = gate
    with Fetching(listed, ["alpha", "beta"], "auto", None) as fetching:
        assert fetching.wait("alpha", timeout_s=20).read_bytes() == BODIES["alpha"]
        assert not fetching.ready("beta")
        with pytest.raises(CannotJudge, match=r"beta did not come within 0\.01 s"):
            fetching.wait("beta", timeout_s=0.01)
        gate.set()
        assert fetching.wait("beta", timeout_s=20).read_bytes() == BODIES["beta"]


def test_tool_that_was_not_asked_for_cannot_be_awaited(server: Any, listed: pins.Pins) -> None:
    """A wrong name is an error at once, not a wait without end."""
    offer_all(server)
    with Fetching(listed, ["alpha"], "auto", None) as fetching, pytest.raises(CannotJudge, match="gamma"):
        fetching.wait("gamma")


def test_wrong_checksum_stops_the_fetch_and_is_not_built_around(server: Any, listed: pins.Pins) -> None:
    """A release that lies is reported; no build hides it, and nothing of it is installed."""
    offer_all(server)
    server.offer("/releases.example/beta", b"evil")
    told = Told()
    with (
        pytest.raises(release.Untrusted, match="beta"),
        Fetching(listed, list(BODIES), "auto", told) as fetching,
    ):
        fetching.wait_all()
    assert ("beta", "build") not in told.steps
    assert store.find(listed.pin("beta")) is None


def test_absent_release_is_an_error_where_only_releases_are_wanted(server: Any, listed: pins.Pins) -> None:
    """`--source release` never builds."""
    with pytest.raises(CannotJudge, match=r"alpha own cannot be downloaded: .*answer 404") as caught:
        Fetching(listed, ["alpha"], "release", None).wait_all()
    assert "--source build" in caught.value.next_step
    assert server.requests == [("/releases.example/alpha", "")]


def test_unreachable_host_is_an_error_where_only_releases_are_wanted(
    listed: pins.Pins, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The reason names the host."""
    monkeypatch.setenv(release.MIRROR, "http://127.0.0.1:1")
    with pytest.raises(CannotJudge, match=r"127\.0\.0\.1:1 cannot be reached"):
        Fetching(listed, ["alpha"], "release", None).wait_all()


def test_changed_tool_is_fetched_again(server: Any, listed: pins.Pins) -> None:
    """What was tampered with is replaced by what is pinned."""
    offer_all(server)
    with Fetching(listed, ["alpha"], "auto", None) as fetching:
        path = fetching.wait_all()["alpha"]
    path.write_bytes(b"evil")
    with Fetching(listed, ["alpha"], "auto", None) as fetching:
        assert fetching.wait_all()["alpha"].read_bytes() == BODIES["alpha"]


def test_two_fetches_of_one_tool_download_it_once(server: Any, listed: pins.Pins) -> None:
    """The second waits for the first and finds the work done."""
    offer_all(server)
    gate = threading.Event()
    server.offers["/releases.example/alpha"].gate = gate
    told = Told()
    first = Fetching(listed, ["alpha"], "auto", None)
    await_true(lambda: bool(server.requests))
    second = Fetching(listed, ["alpha"], "auto", told)
    await_true(lambda: ("alpha", "wait") in told.steps)
    gate.set()
    assert first.wait_all() == second.wait_all()
    assert server.requests == [("/releases.example/alpha", "")]


def test_interrupted_fetch_ends_at_once_and_is_resumed(server: Any, listed: pins.Pins, cache: Path) -> None:
    """After close nothing runs; the next fetch asks for the rest."""
    offer_all(server)
    server.offers["/releases.example/alpha"].chunk_pause_s = 0.05
    fetching = Fetching(listed, ["alpha"], "auto", None)
    await_true(lambda: any(part.stat().st_size for part in (cache / "tools" / ".downloads").glob("*.part")))
    began = time.monotonic()
    fetching.close()
    assert time.monotonic() - began < 5
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("tools-")]
    with pytest.raises(CannotJudge, match="interrupted"):
        fetching.wait("alpha")
    assert store.find(listed.pin("alpha")) is None
    server.offers["/releases.example/alpha"].chunk_pause_s = 0
    with Fetching(listed, ["alpha"], "auto", None) as again:
        assert again.wait_all()["alpha"].read_bytes() == BODIES["alpha"]
    assert server.requests[-1][1].startswith("bytes=")


def test_terminal_that_went_away_keeps_no_tool_from_coming(server: Any, listed: pins.Pins) -> None:
    """A closed pipe is not a reason to stop."""
    offer_all(server)

    def write(line: str) -> None:
        raise BrokenPipeError(line)

    with Fetching(listed, ["alpha"], "auto", Lines(write)) as fetching:
        assert fetching.wait_all()["alpha"].read_bytes() == BODIES["alpha"]


def test_disk_that_refuses_is_named(server: Any, listed: pins.Pins, cache: Path) -> None:
    """A cache folder that cannot be written to is said in plain words, with what to do."""
    offer_all(server)
    cache.mkdir()
    (cache / "tools").write_text("in the way")
    with pytest.raises(CannotJudge, match="alpha cannot be installed") as caught:
        Fetching(listed, ["alpha"], "auto", None).wait_all()
    assert "HALLMARK_CACHE" in caught.value.next_step


def await_true(condition: Any, timeout_s: float = 20.0) -> None:
    end = time.monotonic() + timeout_s
    while not condition():
        assert time.monotonic() < end, "it did not come to that"
        time.sleep(0.005)


def test_builds_of_one_module_take_turns_and_another_goes_on_beside(
    listed: pins.Pins, make_pin: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Two tools of one module would compile the same packages twice; another module uses the idle processor."""
    modules = {
        name: pins.Module(name, f"example.org/{name}", "v1", (), tmp_path) for name in ("one", "other")
    }
    made = {
        name: dataclasses.replace(
            make_pin(), name=name, key=f"{order:016x}", order=order, release=None, module=modules[module]
        )
        for order, (name, module) in enumerate({"first": "one", "second": "one", "third": "other"}.items())
    }
    when: dict[str, tuple[float, float]] = {}

    def build(pin: pins.Pin, _: Path, into: Path, **__: Any) -> str:
        began = time.monotonic()
        time.sleep(0.4)
        into.write_bytes(b"program")
        when[pin.name] = (began, time.monotonic())
        return "example.org"

    monkeypatch.setattr(gobuild, "build", build)
    monkeypatch.setattr(gobuild, "fetch_sources", lambda *_, **__: None)
    monkeypatch.setattr(Fetching, "_toolchain", lambda _: SimpleNamespace(path=tmp_path))
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    with Fetching(dataclasses.replace(listed, tools=made), list(made), "build", None) as under_way:
        under_way.wait_all()
    assert when["second"][0] >= when["first"][1]
    assert when["third"][0] < when["first"][1]
