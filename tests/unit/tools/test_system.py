"""System packages: found by what they hold, named when they cannot be installed."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from hallmark.outcome import CannotJudge
from hallmark.tools import system
from hallmark.tools.system import SystemPackage

ABSENT = SystemPackage(
    "no-such-package", "is a test", ("kubelet",), ("no-such-program",), (("/no/such/file",),)
)
PRESENT = SystemPackage("shell", "is a test", ("kubelet",), ("sh",), (("/no/such/file", "/bin/sh"),))


@pytest.fixture
def packages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system, "PACKAGES", (ABSENT, PRESENT))


@pytest.mark.usefixtures("packages")
def test_missing_package_is_found_by_its_programs_and_files() -> None:
    """Whoever installed the programs: what counts is that they are there."""
    assert system.missing() == [ABSENT]
    assert ABSENT.absent() == ["no-such-program", "/no/such/file"]
    assert PRESENT.absent() == []


@pytest.mark.usefixtures("packages")
def test_only_what_the_user_needs_is_asked_for() -> None:
    """Nobody needs containerd to judge a manifest."""
    assert system.missing(["opa", "kubectl"]) == []
    assert system.missing(["opa", "kubelet"]) == [ABSENT]
    assert system.ensure(True, users=["opa"]) == []


@pytest.mark.usefixtures("packages")
def test_no_install_refuses_and_names_package_and_command() -> None:
    """Exit code 2, what is missing, what to run."""
    with pytest.raises(CannotJudge, match="--no-install was given: no-such-package") as caught:
        system.ensure(False)
    assert caught.value.code == 2
    assert "no-such-program" in caught.value.where
    assert "no-such-package" in caught.value.next_step


@pytest.mark.usefixtures("packages")
def test_who_is_not_root_is_told_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is tried without the right to do it."""
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setattr(system, "is_debian", lambda: True)
    said: list[str] = []
    with pytest.raises(CannotJudge, match="system packages are missing: no-such-package") as caught:
        system.ensure(True, say=said.append)
    assert caught.value.next_step == "sudo apt-get install --no-install-recommends no-such-package"
    assert said == []


@pytest.mark.usefixtures("packages")
def test_other_systems_are_told_the_names(monkeypatch: pytest.MonkeyPatch) -> None:
    """The Debian names help to find the packages of another distribution."""
    monkeypatch.setattr(system, "is_debian", lambda: False)
    with pytest.raises(CannotJudge) as caught:
        system.ensure(True)
    assert "with your package manager" in caught.value.next_step
    assert "no-such-package" in caught.value.next_step


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ID=debian\n", True),
        ('ID=ubuntu\nID_LIKE="debian"\n', True),
        ('ID=linuxmint\nID_LIKE="ubuntu debian"\n', True),
        ("ID=fedora\n", False),
        ("ID=notdebian\n", False),
        ("", False),
    ],
)
def test_debian_is_known_by_os_release(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, expected: bool
) -> None:
    """And its relatives."""
    monkeypatch.setattr(shutil, "which", lambda name: f"/usr/bin/{name}")
    (tmp_path / "os-release").write_text(text)
    assert system.is_debian(tmp_path / "os-release") is expected
    assert system.is_debian(tmp_path / "absent") is False


def test_every_package_says_what_it_is_for() -> None:
    """A package without a use would be installed for nothing."""
    for package in system.PACKAGES:
        assert package.purpose
        assert package.users
        assert package.programs or package.files
