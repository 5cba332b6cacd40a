"""Whatever a user points at is read, or named with the reason why not."""

from __future__ import annotations

import io
import os
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from hallmark import documents
from hallmark.policy import inputs, plain

POD = "apiVersion: v1\nkind: Pod\nmetadata: {name: x}\n"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(*names: str, text: str = POD) -> None:
    for name in names:
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text(text, encoding="utf-8")


def gather(*paths: str) -> tuple[list[str], list[tuple[str, str]]]:
    """The files of the objects, and what was refused with the reason."""
    refused: list[tuple[str, str]] = []
    found = []
    for name, stream in inputs.read(paths, lambda file, reason, _: refused.append((file, reason))):
        try:
            found += [name for _ in stream]
        except documents.Malformed as error:
            refused.append((name, error.what))
    return found, refused


@pytest.mark.parametrize("name", ["a.yaml", "./a.yaml", "x/../a.yaml", "a.txt", "-a.yaml"])
def test_file_that_is_named_is_read_under_the_name_as_given(name: str) -> None:
    """Whatever it is called: whoever gave the name finds it again in the report."""
    Path("x").mkdir()
    write(name)
    assert gather(name) == ([name], [])


def test_folder_is_read_for_manifests_in_order(here: Path) -> None:
    """Hidden ones too, as kubectl would, behind links, and with a suffix in capitals; other files are left out."""
    write("deploy/b.yml", "deploy/a/c.json", "deploy/Z.YAML", "shared/d.yaml", "deploy/.e/.f.yaml")
    write("deploy/.gitignore", "deploy/readme.md", text="")
    (here / "deploy/linked").symlink_to(here / "shared")
    files = ["deploy/.e/.f.yaml", "deploy/Z.YAML", "deploy/a/c.json", "deploy/b.yml", "deploy/linked/d.yaml"]
    assert gather("deploy") == (files, [])
    assert gather("./deploy/") == ([f"./{one}" for one in files], [])


def test_folder_that_links_to_itself_is_read_once(here: Path) -> None:
    """A circle of links ends."""
    write("deploy/a.yaml")
    (here / "deploy/again").symlink_to(here / "deploy")
    (here / "deploy/up").symlink_to(here)
    assert gather("deploy") == (["deploy/a.yaml"], [])


def test_file_by_two_ways_is_read_once(here: Path) -> None:
    """It is one set of objects, not two that clash; the first way is its name."""
    write("deploy/a.yaml")
    (here / "link.yaml").symlink_to(here / "deploy/a.yaml")
    assert gather("deploy/a.yaml", "./deploy/a.yaml", "deploy", "link.yaml") == (["deploy/a.yaml"], [])


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("", "an empty path"),
        ("absent.yaml", "cannot be read: No such file or directory"),
        ("x" * 5000, "cannot be read: File name too long"),
        ("empty", "no file here is named *.yaml, *.yml, *.json"),
        ("comments.yaml", "no object: nothing but comments and empty documents"),
        ("latin.yaml", "not UTF-8 text"),
        ("/dev/zero", f"larger than the limit of {documents.SIZE_LIMIT_BYTES} bytes"),
        ("broken", "cannot be read: No such file or directory"),
        ("pipe", "no regular file"),
    ],
)
def test_path_that_cannot_be_read_is_named_with_its_reason(here: Path, path: str, reason: str) -> None:
    """Nothing is passed over, and nothing hangs or crashes."""
    (here / "empty").mkdir()
    write("comments.yaml", text="# nothing\n---\n# here\n")
    (here / "latin.yaml").write_bytes(b"a: \xe4\n")
    for folder in ("broken", "pipe"):
        (here / folder).mkdir()
    (here / "broken/a.yaml").symlink_to("absent")
    os.mkfifo(here / "pipe/a.yaml")
    files, ((name, said),) = gather(path)
    assert (files, said) == ([], reason)
    assert name.removesuffix("/a.yaml") == path


def test_folder_that_cannot_be_listed_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is in it would be missing without a word."""
    write("deploy/a.yaml", "deploy/closed/b.yaml")
    scandir: Callable[[Any], Any] = os.scandir

    def refuse(folder: Any) -> Any:
        if str(folder).endswith("closed"):
            raise PermissionError(13, "Permission denied", folder)
        return scandir(folder)

    monkeypatch.setattr(os, "scandir", refuse)
    assert gather("deploy") == (["deploy/a.yaml"], [("deploy/closed", "cannot be listed: Permission denied")])


def test_pipe_that_is_named_is_read(here: Path) -> None:
    """As the shell's <(helm template …) gives one."""
    os.mkfifo(here / "pipe")
    writer = threading.Thread(target=lambda: write("pipe"))
    writer.start()
    assert gather("pipe") == (["pipe"], [])
    writer.join()


class Input(io.TextIOWrapper):
    def __init__(self, whole: bytes) -> None:
        super().__init__(io.BytesIO(whole), encoding="utf-8")


def test_standard_input_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """With or without a byte order mark; text that is none is refused."""
    monkeypatch.setattr("sys.stdin", Input(b"\xef\xbb\xbf" + POD.encode()))
    assert gather("-", "-") == (["-"], [])
    monkeypatch.setattr("sys.stdin", Input(b"\xff"))
    assert gather("-") == ([], [("-", "not UTF-8 text")])
    monkeypatch.setattr("sys.stdin", Input(b""))
    assert gather("-") == ([], [("-", "no object: nothing but comments and empty documents")])


def test_kustomize_folder_is_judged_as_what_it_renders_to() -> None:
    """Under the folder's name, once; one that doesn't render says why."""
    write("app/pod.yaml")
    write("app/kustomization.yaml", text="resources: [pod.yaml]\nnamespace: shop\n")
    assert gather("app", "./app") == (["app"], [])
    ((_, stream),) = inputs.read(["app"], lambda *_: None)
    assert not isinstance(stream, plain.Objects)
    assert [one.value["metadata"]["namespace"] for one in stream] == ["shop"]
    write("bad/Kustomization", text="resources: [absent.yaml]\n")
    files, ((name, reason),) = gather("bad")
    assert (files, name) == ([], "bad")
    assert reason.startswith("kustomize: ")


def test_kustomize_folder_inside_of_a_folder_is_refused() -> None:
    """Its parts are no objects by themselves; the other files are read."""
    write("deploy/app/pod.yaml", "deploy/other.yaml")
    write("deploy/app/kustomization.yaml", text="resources: [pod.yaml]\n")
    files, ((name, reason),) = gather("deploy")
    assert (files, name) == (["deploy/other.yaml"], "deploy/app")
    assert "name it itself" in reason
