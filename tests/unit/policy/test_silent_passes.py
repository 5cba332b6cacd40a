"""Every known way for a check to pass without having judged is refused, with the place: the table in tests/silent."""

from __future__ import annotations

import io
import os
import signal
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest
from tests.silent import case, page
from tests.silent.case import Case

from hallmark import policy
from hallmark.outcome import ExitCode, Outcome, UsageError
from hallmark.policy import check, opa

CASES = case.load()
TODAY = date(2026, 2, 15)
Break = Callable[[pytest.MonkeyPatch, Path], None]


def of(*tables: str) -> list[Case]:
    return [one for one in CASES if one.table in tables]


def only(*tables: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("one", of(*tables), ids=lambda one: one.id)


def said(report: policy.Report, folder: Path) -> str:
    """The exit code, and what is said first: a failure, else what could not be judged."""
    findings = [f"{one.file}:{one.line}: {one.rule}: {one.message}" for one in report.findings]
    gaps = list(map(str, report.not_evaluated))
    told = findings + gaps if report.outcome is Outcome.FAIL else gaps + findings
    return f"{ExitCode.of(report.outcome):d} {(told or ['nothing'])[0]}".replace(f"{folder}/", "")


@pytest.fixture(scope="module")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What is said of each of the inputs, all judged in one run."""
    base = tmp_path_factory.mktemp("inputs")
    for one in of(*case.INPUTS):
        one.lay(base / one.id)
    given = [
        [path if path == "-" else str(base / one.id / path) for path in one.given] for one in of(*case.INPUTS)
    ]
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO()))
        reports = policy.check_each(given, rules=case.RULES)
    return {
        one.id: said(report, base / one.id) for one, report in zip(of(*case.INPUTS), reports, strict=True)
    }


@only(*case.INPUTS)
def test_input_that_would_pass_silently_is_refused(one: Case, inputs: dict[str, str]) -> None:
    """What is read only in part, or not at all, or meant otherwise, is named; what breaks a rule fails it."""
    assert inputs[one.id] == one.answered()


@only("policies")
def test_policy_that_would_say_nothing_is_refused(one: Case, tmp_path: Path) -> None:
    """A rule, a parameter or a waiver that does not do what it seems to is named."""
    one.lay(tmp_path)
    home = one.lay_policies(tmp_path / "policies")
    given = [str(tmp_path / path) for path in one.given]
    try:
        report = policy.check_manifests(given, profile=one.profile, rules=one.rules, policies=home)
        told = said(check.waive([report], home, None, TODAY)[0], tmp_path)
    except UsageError as error:
        told = f"{error.code:d} {error.what}"
    assert told == one.answered()


@only("tests")
def test_policy_test_that_would_test_nothing_is_refused(one: Case, tmp_path: Path) -> None:
    """Tests that are not there, are not run or show nothing are no green tests."""
    tested = policy.test(one.lay_policies(tmp_path / "policies"))
    first = next(done for done in tested.checks if done.outcome is not Outcome.PASS)
    told = f"{ExitCode.of(tested.outcome):d} {first.where}: {first.name}: {first.message}"
    assert told.replace(f"{tmp_path}/", "") == one.answered()


def lose(patched: pytest.MonkeyPatch, folder: Path) -> None:
    patched.setenv("HALLMARK_CACHE", str(folder / "cache"))


def kill(patched: pytest.MonkeyPatch, _folder: Path) -> None:
    ask = opa.Opa.ask

    def die_and_ask(self: opa.Opa, asked: tuple[str, ...], objects: str) -> object:
        os.kill(self._child.pid, signal.SIGKILL)
        return ask(self, asked, objects)

    patched.setattr(opa.Opa, "ask", die_and_ask)


def answer(change: Callable[[bytes], bytes]) -> Break:
    def patch(patched: pytest.MonkeyPatch, _folder: Path) -> None:
        ask = opa._Line.ask

        def changed(self: opa._Line, method: str, path: str, body: bytes, timeout_s: float) -> object:
            status, answer = ask(self, method, path, body, timeout_s)
            return status, change(answer)

        patched.setattr(opa._Line, "ask", changed)

    return patch


BREAKS: dict[str, Break] = {
    "opa-missing": lose,
    "opa-killed": kill,
    "opa-slow": lambda _patched, _folder: None,
    "opa-cut": answer(lambda whole: whole[: len(whole) // 2]),
    "opa-empty": answer(lambda _whole: b""),
    "opa-less": answer(lambda _whole: b'{"result": {}}'),
}


@only("machine")
def test_opa_that_does_not_answer_is_refused(
    one: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a whole answer nothing is judged."""
    one.lay(tmp_path)
    BREAKS[one.id](monkeypatch, tmp_path)
    home = one.lay_policies(tmp_path / "policies")
    report = policy.check_manifests(
        [tmp_path / "deployment.yaml"], policies=home, timeout_s=0.001 if one.id == "opa-slow" else 60
    )
    assert said(report, tmp_path) == one.answered()


def test_what_the_cases_break_passes_unbroken(tmp_path: Path) -> None:
    """The Deployment without its privilege passes, and so do the policies and their tests."""
    whole = Case("whole", "policies", "nothing is broken", "0", files={"deployment.yaml": "$HARMLESS"})
    whole.lay(tmp_path)
    home = whole.lay_policies(tmp_path / "policies")
    report = policy.check_manifests([tmp_path / "deployment.yaml"], policies=home)
    assert (report.outcome, report.findings) == (Outcome.PASS, ())
    assert policy.test(home).outcome is Outcome.PASS


def test_table_is_large_and_every_case_is_refused() -> None:
    """Nothing in the table passes, and no case is there twice."""
    assert len(CASES) >= 100
    assert len({one.id for one in CASES}) == len(CASES)
    assert {one.answer[:2] for one in CASES} == {"1 ", "2 ", "3 "}


def test_page_is_what_the_table_says() -> None:
    """If this fails: .venv/bin/python -m tests.silent.page"""
    assert page.FILE.read_text(encoding="utf-8") == page.text()
