"""Both versions of control groups behind one interface, on folders that look like the kernel's."""

from __future__ import annotations

from pathlib import Path

import pytest

from hallmark.cluster import cgroups
from hallmark.outcome import CannotJudge


@pytest.fixture
def first_version(tmp_path: Path) -> Path:
    for name in ("cpu", "cpuset", "memory", "pids"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "cgroup.procs").write_text("1\n")
    (tmp_path / "cpuset" / "cpuset.cpus").write_text("0-1")
    (tmp_path / "cpuset" / "cpuset.mems").write_text("0")
    return tmp_path


@pytest.fixture
def second_version(tmp_path: Path) -> Path:
    (tmp_path / "cgroup.controllers").write_text("cpuset cpu io memory pids\n")
    (tmp_path / "cgroup.subtree_control").write_text("cpuset cpu memory pids\n")
    return tmp_path


def test_detect_tells_the_versions_apart(
    first_version: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """The files at the root decide, not the kernel's release."""
    assert cgroups.detect(first_version).version == 1
    other = tmp_path_factory.mktemp("second")
    (other / "cgroup.controllers").write_text("cpu\n")
    assert cgroups.detect(other).version == 2


def test_detect_nothing_mounted_cannot_judge(tmp_path: Path) -> None:
    """A machine without control groups is told so, not half started."""
    with pytest.raises(CannotJudge, match="no control groups"):
        cgroups.detect(tmp_path)


def test_create_first_version_hands_processors_down(first_version: Path) -> None:
    """An empty cpuset could hold no process."""
    backend = cgroups.detect(first_version)
    backend.create("env")
    backend.create("env/node1")
    assert (first_version / "cpuset/env/node1/cpuset.cpus").read_text() == "0-1"
    assert [folder.relative_to(first_version).as_posix() for folder in backend.folders("env/node1")] == [
        "cpu/env/node1",
        "cpuset/env/node1",
        "memory/env/node1",
        "pids/env/node1",
    ]


def test_create_second_version_hands_controllers_down(second_version: Path) -> None:
    """A group made inside another one lets the outer one hand its controllers down."""
    backend = cgroups.detect(second_version)
    backend.create("env")
    (second_version / "env" / "cgroup.controllers").write_text("cpu memory\n")
    backend.create("env/node1")
    assert (second_version / "env" / "cgroup.subtree_control").read_text() == "+cpu +memory"


def test_missing_names_the_controllers_not_handed_down(second_version: Path) -> None:
    """Doctor names what a kubelet would miss."""
    (second_version / "cgroup.subtree_control").write_text("cpu memory\n")
    assert cgroups.detect(second_version).missing() == ["cpuset", "pids"]


def test_pids_come_from_every_hierarchy_and_depth(first_version: Path) -> None:
    """A process that joined one hierarchy only is found too."""
    backend = cgroups.detect(first_version)
    backend.create("env")
    backend.create("env/node1")
    (first_version / "memory/env/cgroup.procs").write_text("11\n12\n")
    (first_version / "pids/env/node1/cgroup.procs").write_text("13\n")
    assert cgroups.pids(backend, "env") == {11, 12, 13}


def test_anonymous_bytes_is_the_group_with_everything_below(first_version: Path) -> None:
    """Page cache is not counted: it is the machine's."""
    backend = cgroups.detect(first_version)
    backend.create("env")
    (first_version / "memory/env/memory.stat").write_text("cache 9\nrss 1\ntotal_cache 90\ntotal_rss 4096\n")
    assert backend.anonymous_bytes("env") == 4096


def test_remove_goes_from_the_leaves_to_the_root(first_version: Path) -> None:
    """A tree of empty groups goes as a whole, and removing it again is no error."""
    backend = cgroups.V1(first_version)
    backend.create("env")
    for folder in backend.folders("env"):
        for file in folder.iterdir():
            file.unlink()
        (folder / "inner").mkdir()
    assert cgroups.remove(backend, "env") == []
    assert not cgroups.exists(backend, "env")
    assert cgroups.remove(backend, "env") == []
