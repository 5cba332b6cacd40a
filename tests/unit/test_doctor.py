"""What doctor says of Terraform: which program, where providers come from, and nothing where there are no stacks."""

from __future__ import annotations

from pathlib import Path

import pytest

from hallmark.cli import doctor
from hallmark.outcome import Outcome
from hallmark.terraform import binary

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def place(monkeypatch: pytest.MonkeyPatch) -> None:
    """In this checkout, on a machine with a terraform of its own and no mirror."""
    monkeypatch.chdir(ROOT)
    monkeypatch.delenv(binary.MIRROR_VARIABLE, raising=False)
    monkeypatch.setattr(binary, "_usual_mirror", lambda: None)
    monkeypatch.setattr(binary, "_installed", lambda: Path("/somewhere/terraform"))


def test_doctor_names_the_program_and_the_registry() -> None:
    """What is used as it is."""
    found = {check.name: check for check in doctor._terraform(doctor._project())}
    assert found["terraform"].message == "/somewhere/terraform"
    assert "from the registry" in found["terraform providers"].message
    assert "tflint" in found


def test_doctor_names_the_mirror(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Where one is named it is all that is used."""
    monkeypatch.setenv(binary.MIRROR_VARIABLE, str(tmp_path))
    assert doctor._terraform(doctor._project())[-1].message == f"from the mirror {tmp_path}"
    monkeypatch.setenv(binary.MIRROR_VARIABLE, str(tmp_path / "gone"))
    wrong = doctor._terraform(doctor._project())[-1]
    assert (wrong.outcome, "is no folder" in wrong.message) == (Outcome.UNKNOWN, True)


def test_doctor_without_an_own_program_looks_for_the_pinned_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """Both tools are pinned ones then."""
    monkeypatch.setattr(binary, "_installed", lambda: None)
    assert [check.name for check in doctor._terraform(doctor._project())] == [
        "terraform",
        "tflint",
        "terraform providers",
    ]


def test_doctor_outside_of_a_checkout_says_nothing_of_terraform(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The machine alone is looked at."""
    monkeypatch.chdir(tmp_path)
    assert doctor._terraform(doctor._project()) == []
