"""Which terraform runs, and with which settings: a mirror when one is named, never what a shell happens to hold."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from hallmark import tools
from hallmark.outcome import CannotJudge, UsageError
from hallmark.terraform import binary


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A cache of the test's own, and a shell that says nothing about terraform."""
    monkeypatch.setenv("HALLMARK_CACHE", str(tmp_path / "cache"))
    for name in list(os.environ):
        if name.startswith("TF_") or name == binary.MIRROR_VARIABLE:
            monkeypatch.delenv(name)
    binary._installed.cache_clear()


def _program(folder: Path, said: str) -> Path:
    folder.mkdir()
    program = folder / "terraform"
    program.write_text(f"#!/bin/sh\necho '{said}'\n")
    program.chmod(0o755)
    return program


@pytest.mark.parametrize("version", ["1.11.0", "1.13.3", "1.99.0-beta1"])
def test_find_takes_the_machines_program_when_it_is_in_range(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: str
) -> None:
    """What is installed and fits is not fetched again."""
    program = _program(tmp_path / "bin", f'{{"terraform_version": "{version}"}}')
    monkeypatch.setenv("PATH", f"{program.parent}:/usr/bin:/bin")
    assert binary.find() == program


@pytest.mark.parametrize("version", ["1.10.9", "2.0.0", "0.15.5"])
def test_find_takes_the_pinned_program_when_the_machines_is_out_of_range(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: str
) -> None:
    """Another version than the stacks were written for is passed over."""
    program = _program(tmp_path / "bin", f'{{"terraform_version": "{version}"}}')
    monkeypatch.setenv("PATH", f"{program.parent}:/usr/bin:/bin")
    monkeypatch.setattr(tools, "path", lambda name: tmp_path / "pinned" / name)
    assert binary.find() == tmp_path / "pinned" / "terraform"


def test_version_of_something_else_cannot_be_judged(tmp_path: Path) -> None:
    """A program of that name that is no terraform is not guessed about."""
    with pytest.raises(CannotJudge, match="does not tell its version"):
        binary.version(_program(tmp_path / "bin", "hello"))


def test_environment_with_a_mirror_names_it_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The variable comes before the setting, and terraform's settings name nothing else."""
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
    assert binary.find_mirror(str(tmp_path / "one")) == tmp_path / "one"
    monkeypatch.setenv(binary.MIRROR_VARIABLE, str(tmp_path / "two"))
    mirror = binary.find_mirror(str(tmp_path / "one"))
    assert mirror == tmp_path / "two"
    settings = Path(binary.environment(mirror)["TF_CLI_CONFIG_FILE"]).read_text()
    assert settings == (
        f'provider_installation {{\n  filesystem_mirror {{\n    path = "{tmp_path}/two"\n  }}\n}}\n'
    )


def test_find_mirror_takes_one_in_a_usual_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Under whatever name it stands there; a folder of other providers is none, and what is named comes first."""
    monkeypatch.delenv("HALLMARK_PROVIDER_MIRROR", raising=False)
    monkeypatch.setattr(binary, "_USUAL", (str(tmp_path / "absent"), str(tmp_path)))
    assert binary.find_mirror() is None
    (tmp_path / "other" / "registry.terraform.io" / "hashicorp" / "random").mkdir(parents=True)
    assert binary.find_mirror() is None
    mirror = tmp_path / "of" / "providers"
    (mirror / "registry.terraform.io" / "hashicorp" / "aws").mkdir(parents=True)
    assert binary.find_mirror() == binary.find_mirror("auto") == mirror
    assert binary.find_mirror("") is None
    assert binary.find_mirror(str(tmp_path)) == tmp_path


def test_environment_without_a_mirror_leaves_terraform_its_users_settings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Downloads are kept for all checkouts; a settings file that is named but missing is passed over."""
    assert binary.find_mirror("") is None
    found = binary.environment(None)
    assert found["TF_PLUGIN_CACHE_DIR"] == str(tmp_path / "cache" / "terraform" / "plugins")
    assert "TF_CLI_CONFIG_FILE" not in found
    monkeypatch.setenv("TF_CLI_CONFIG_FILE", str(tmp_path / "missing"))
    assert binary.environment(None)["TF_CLI_CONFIG_FILE"] == os.devnull
    (tmp_path / "missing").write_text("")
    assert "TF_CLI_CONFIG_FILE" not in binary.environment(None)


@pytest.mark.parametrize("named", ["relative", "/no/such/folder"])
def test_find_mirror_that_is_no_folder_is_refused(named: str) -> None:
    """A mistyped mirror does not turn into a download."""
    with pytest.raises(UsageError, match="provider mirror"):
        binary.find_mirror(named)


def test_alone_lets_one_in_at_a_time() -> None:
    """Terraform does not itself keep two runs from filling the plug-in cache at once."""
    came: list[str] = []

    def enter() -> None:
        with binary.alone():
            came.append("second")

    with binary.alone():
        second = threading.Thread(target=enter)
        second.start()
        second.join(0.3)
        came.append("first")
    second.join(30)
    assert came == ["first", "second"]


@pytest.mark.parametrize("name", ["TF_VAR_name", "TF_CLI_ARGS", "TF_CLI_ARGS_plan", "TF_WORKSPACE"])
def test_environment_with_a_meddling_variable_is_refused(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Nothing is planned with values that stand in no file."""
    monkeypatch.setenv(name, "x")
    with pytest.raises(UsageError, match=name):
        binary.environment(None)
