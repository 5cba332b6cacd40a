"""What a machine lacks is named with its cure, all at once."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from hallmark.cluster import preflight
from hallmark.cluster.preflight import Finding
from hallmark.outcome import CannotJudge


def by_name() -> dict[str, Finding]:
    return {finding.name: finding for finding in preflight.preflight()}


@pytest.fixture(autouse=True)
def no_kernel(monkeypatch: pytest.MonkeyPatch) -> None:
    """What only the kernel can answer is tried in tests/kit."""
    monkeypatch.setattr(preflight, "_kernel", list)


def test_missing_program_is_named_with_its_package(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without `ip` the finding says which package brings it."""
    monkeypatch.setattr(preflight, "program", lambda name: None if name == "ip" else Path("/bin") / name)
    found = by_name()["ip"]
    assert found == Finding("ip", False, "the program ip is not installed", "apt-get install iproute2")


def test_not_root_is_told_both_ways_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever is not root can become it, or use a cluster that is there."""
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    found = by_name()["root"]
    assert not found.is_there
    assert "sudo" in found.next_step
    assert "--provider existing" in found.next_step


def test_state_below_a_hidden_folder_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A node has its own /var/lib: a state folder there could not be seen from inside."""
    monkeypatch.setenv("HALLMARK_STATE", "/var/lib/somebody")
    found = by_name()["folders"]
    assert not found.is_there
    assert found.next_step == "set HALLMARK_STATE to a folder elsewhere"


def test_require_names_every_lack_at_once() -> None:
    """One message, so that one round of installing is enough."""
    findings = [
        Finding("a", True),
        Finding("ip", False, "no ip", "do 1"),
        Finding("nft", False, "no nft", "do 2"),
    ]
    with pytest.raises(CannotJudge) as refused:
        preflight.require(findings)
    assert "ip: no ip; nft: no nft" in refused.value.what
    assert refused.value.next_step == "do 1; do 2"


def test_require_nothing_lacking_passes() -> None:
    """A machine that has everything is not talked about."""
    preflight.require([Finding("a", True)])
