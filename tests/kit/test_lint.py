"""Every lint command is shown to pass on a good checkout and to fail on one planted fault, by the real programs."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from hallmark import process, tools
from hallmark.layers import lint
from hallmark.outcome import Check, Outcome

REPOSITORY = Path(__file__).parents[2]
GOOD_WORKFLOW = """\
name: good
on: push
permissions: {}
jobs:
  build:
    runs-on: ubuntu-24.04
    timeout-minutes: 5
    steps:
      - run: echo hello
"""
GOOD = {
    "src/hallmark/__init__.py": '"""A good package."""\n',
    "src/hallmark/outcome.py": '"""At the bottom of the order of imports."""\n',
    "src/hallmark/config.py": '"""Above outcome."""\n\nfrom hallmark import outcome\n\nWORDS = outcome.__doc__\n',
    "launcher": '#!/bin/sh\nset -eu\necho "$1"\n',
    "settings.yaml": "a: 1\nb: [1, 2]\n",
    ".github/workflows/good.yml": GOOD_WORKFLOW,
    "policies/good/good.rego": 'package good\n\ndeny contains "never" if {\n\tinput.never\n}\n',
}
# command: the file of the fault, its content, and the line that must be named.
FAULTS = {
    "conflicts": ("settings.yaml", "a: 1\n<<<<<<< HEAD\n", 2),
    "mypy": ("src/hallmark/bad.py", '"""Bad."""\n\n\ndef same(thing):\n    return thing\n', 4),
    "ruff": ("src/hallmark/bad.py", '"""Bad."""\n\nimport os\n', 3),
    "ruff-format": ("src/hallmark/bad.py", '"""Bad."""\n\nx=1\n', 3),
    "imports": ("src/hallmark/outcome.py", '"""Bad."""\n\nfrom hallmark import config as config\n', 3),
    "shellcheck": ("launcher", "#!/bin/sh\nset -eu\necho $1\n", 3),
    "yamllint": ("settings.yaml", "a: 1\na: 2\n", 2),
    "actionlint": (".github/workflows/bad.yml", GOOD_WORKFLOW.replace("runs-on", "runs_on"), 5),
    "zizmor": (
        ".github/workflows/bad.yml",
        GOOD_WORKFLOW.replace("echo hello", "echo ${{ github.head_ref }}"),
        9,
    ),
    "opa-fmt": ("policies/good/good.rego", 'package good\n\ndeny contains "never" if { input.never }\n', 0),
    "opa-check": (
        "policies/good/good.rego",
        'package good\n\ndeny contains "never" if {\n\tunused := input.never\n}\n',
        4,
    ),
    "lock": ("requirements.txt", "typer==1\n", 0),
}
COMMANDS = {command.name: command for command in lint.COMMANDS}


@pytest.fixture(scope="module", autouse=True)
def pinned_tools() -> None:
    """The external tools that the commands need, fetched where they are missing."""
    tools.ensure(lint.needed_tools())


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A small git checkout without a fault, with this repository's own settings of the linters."""
    for name in ("pyproject.toml", "requirements.txt", ".yamllint.yaml"):
        shutil.copy(REPOSITORY / name, tmp_path)
    for name, text in GOOD.items():
        plant(tmp_path, name, text)
    process.run(["git", "init", "--quiet"], timeout_s=10, cwd=tmp_path)
    return tmp_path


def plant(root: Path, name: str, text: str) -> None:
    file = root / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)


def judge(name: str, root: Path) -> Check:
    return lint.judge(COMMANDS[name], root, lint.list_files(root))


@pytest.mark.parametrize("name", COMMANDS)
def test_command_passes_a_good_checkout(checkout: Path, name: str) -> None:
    """Nothing is found where nothing is wrong."""
    check = judge(name, checkout)
    assert (check.outcome, check.where) == (Outcome.PASS, ""), check.message


@pytest.mark.parametrize("name", COMMANDS)
def test_command_fails_on_its_planted_fault(checkout: Path, name: str) -> None:
    """One fault fails the command, with the file and, where the program tells it, the line."""
    file, text, line = FAULTS[name]
    plant(checkout, file, text)
    check = judge(name, checkout)
    assert check.outcome is Outcome.FAIL, check.message
    if name == "lock":
        assert check.where.startswith("pyproject.toml:")
    else:
        assert check.where == (f"{file}:{line}" if line else file)


@pytest.mark.parametrize("name", COMMANDS)
def test_command_without_files_is_unknown(tmp_path: Path, name: str) -> None:
    """An empty checkout is not judged, and not passed."""
    process.run(["git", "init", "--quiet"], timeout_s=10, cwd=tmp_path)
    assert judge(name, tmp_path).outcome is Outcome.UNKNOWN


def test_imports_fails_on_a_module_without_a_place(checkout: Path) -> None:
    """A new module has to be given its place in the order before anything may import it."""
    plant(checkout, "src/hallmark/astray.py", '"""Nowhere."""\n')
    check = judge("imports", checkout)
    assert (check.outcome, check.where) == (Outcome.FAIL, "src/hallmark/astray.py")


@pytest.mark.parametrize(
    ("importing", "imported", "outcome"),
    [
        ("cli", "promotion", Outcome.PASS),
        ("promotion", "layers.lint", Outcome.PASS),
        ("layers.policy", "policy", Outcome.PASS),
        ("cluster.embedded", "tools", Outcome.PASS),
        ("cluster.addons", "image.oci", Outcome.PASS),
        ("policy.engine", "manifests", Outcome.PASS),
        ("tools", "cluster", Outcome.FAIL),
        ("layers.e2e", "promotion", Outcome.FAIL),
        ("cluster.embedded", "policy", Outcome.FAIL),
        ("cluster.addons", "image.build", Outcome.FAIL),
        ("image.build", "cluster", Outcome.FAIL),
        ("process", "tools", Outcome.FAIL),
        ("outcome", "records", Outcome.FAIL),
    ],
)
def test_imports_point_down(checkout: Path, importing: str, imported: str, outcome: Outcome) -> None:
    """What stands higher may import what stands lower; beside each other only the two crossings are allowed."""
    for module in (imported, importing):
        *packages, name = module.split(".")
        folder = "/".join(["src/hallmark", *packages])
        if packages:
            plant(checkout, f"{folder}/__init__.py", '"""A package."""\n')
        parent, _, last = f"hallmark.{imported}".rpartition(".")
        text = f"from {parent} import {last} as {last}\n" if module == importing else ""
        plant(checkout, f"{folder}/{name}.py", f'"""A module."""\n\n{text}')
    assert judge("imports", checkout).outcome is outcome


def test_lock_covers_the_lock_of_the_service(checkout: Path) -> None:
    """A lock in another folder is judged by the requirements.in beside it, and unknown without one."""
    pinned = f"fastapi==1 --hash=sha256:{'0' * 64}\n"
    plant(checkout, "app/requirements.txt", pinned)
    assert judge("lock", checkout).outcome is Outcome.UNKNOWN
    plant(checkout, "app/requirements.in", "fastapi\n")
    assert judge("lock", checkout).outcome is Outcome.PASS
    plant(checkout, "app/requirements.in", "fastapi\nuvicorn\n")
    assert judge("lock", checkout).where == "app/requirements.in:2"


def test_program_that_breaks_is_unknown(checkout: Path) -> None:
    """A linter that cannot read its own settings has judged nothing."""
    plant(checkout, "pyproject.toml", "[tool.ruff\n")
    check = judge("ruff", checkout)
    assert check.outcome is Outcome.UNKNOWN
    assert "pyproject.toml" in check.message


def test_program_past_its_deadline_is_unknown(checkout: Path) -> None:
    """A linter that does not end is stopped and has judged nothing."""
    slow = lint.Program(
        "slow", ("python", "-c", "import time; time.sleep(60)"), lambda *_: True, lint._AT, timeout_s=0.2
    )
    check = lint.judge(slow, checkout, ["settings.yaml"])
    assert check.outcome is Outcome.UNKNOWN
    assert "did not end within 0.2 s" in check.message


def test_list_files_leaves_out_what_git_ignores_and_what_is_gone(checkout: Path) -> None:
    """New files count before they are added; ignored, deleted and linked ones do not."""
    plant(checkout, ".gitignore", "/ignored.py\n")
    plant(checkout, "ignored.py", "")
    plant(checkout, "gone.py", "")
    (checkout / "link.py").symlink_to("settings.yaml")
    process.run(["git", "add", "gone.py"], timeout_s=10, cwd=checkout)
    (checkout / "gone.py").unlink()
    kept = {".gitignore", "pyproject.toml", "requirements.txt", ".yamllint.yaml", *GOOD}
    assert set(lint.list_files(checkout)) == kept
