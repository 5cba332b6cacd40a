"""Evidence counts only when it is there, passed, fresh and about exactly this subject."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hallmark.evidence import Problem, Store, Subject
from hallmark.outcome import Check, Outcome, UsageError, Verdict
from hallmark.records import format_time

NOW = datetime(2030, 1, 31, 12, 0, tzinfo=UTC)
SUBJECT = Subject("sha256:" + "a" * 64, "c" * 40)
PASS = (Check("one", Outcome.PASS),)


def verdict(layer: str = "unit", checks: tuple[Check, ...] = PASS, age: timedelta = timedelta(0)) -> Verdict:
    return Verdict(layer, checks, format_time(NOW - age), 1.0)


def problems(store: Store, layers: list[str], subject: Subject = SUBJECT) -> list[tuple[str, str]]:
    found = store.check(subject, layers, max_age_s=3600, now=NOW)[1]
    return [(problem.layer, problem.kind) for problem in found]


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path)


def test_check_every_layer_passed_finds_no_problem(store: Store) -> None:
    """Fresh passes for this subject prove it."""
    store.write(verdict("lint"), SUBJECT)
    store.write(verdict("unit"), SUBJECT)
    assert problems(store, ["lint", "unit"]) == []


def test_check_without_layers_is_a_problem(store: Store) -> None:
    """Nothing asked is nothing proven."""
    assert problems(store, []) == [("all", "missing")]


def test_check_a_layer_never_judged_is_missing(store: Store) -> None:
    """Evidence of one layer does not stand in for another."""
    store.write(verdict("lint"), SUBJECT)
    assert problems(store, ["lint", "unit"]) == [("unit", "missing")]


@pytest.mark.parametrize(
    ("checks", "kind"),
    [
        ((Check("one", Outcome.PASS), Check("two", Outcome.FAIL)), "failed"),
        ((Check("one", Outcome.PASS), Check("two", Outcome.UNKNOWN)), "unknown"),
        ((), "unknown"),
    ],
)
def test_check_anything_but_a_pass_is_a_problem(store: Store, checks: tuple[Check, ...], kind: str) -> None:
    """A failed check, an unknown one and no check at all keep a layer from counting."""
    store.write(verdict(checks=checks), SUBJECT)
    assert problems(store, ["unit"]) == [("unit", kind)]


def test_check_a_later_failure_revokes_the_pass(store: Store) -> None:
    """The newest verdict is the one that counts."""
    store.write(verdict(), SUBJECT)
    store.write(verdict(checks=(Check("one", Outcome.FAIL),)), SUBJECT)
    assert problems(store, ["unit"]) == [("unit", "failed")]


@pytest.mark.parametrize("age", [timedelta(hours=2), timedelta(minutes=-6)])
def test_check_too_old_or_from_the_future_is_stale(store: Store, age: timedelta) -> None:
    """A pass has an age limit, and a date in the future is no proof of freshness."""
    store.write(verdict(age=age), SUBJECT)
    assert problems(store, ["unit"]) == [("unit", "stale")]


@pytest.mark.parametrize(
    "other", [Subject("sha256:" + "b" * 64, SUBJECT.commit), Subject(SUBJECT.digest, "d" * 40)]
)
def test_check_copied_from_another_subject_is_foreign(store: Store, other: Subject) -> None:
    """A file put in the place of another subject's evidence still names what it is about."""
    file = store.write(verdict(), SUBJECT)
    target = store.place(other) / file.name
    target.parent.mkdir(parents=True)
    target.write_text(file.read_text())
    assert problems(store, ["unit"], other) == [("unit", "foreign")]


def test_check_renamed_from_another_layer_is_foreign(store: Store) -> None:
    """A pass of lint is no pass of unit, whatever the file is called."""
    file = store.write(verdict("lint"), SUBJECT)
    file.rename(file.with_name("unit.json"))
    assert problems(store, ["unit"]) == [("unit", "foreign")]


@pytest.mark.parametrize("text", ["", "{}", "[]", "null", '{"_type": "x"}', "\x00"])
def test_check_a_file_that_is_no_statement_is_malformed(store: Store, text: str) -> None:
    """Whatever cannot be read proves nothing."""
    file = store.place(SUBJECT) / "unit.json"
    file.parent.mkdir(parents=True)
    file.write_text(text)
    assert problems(store, ["unit"]) == [("unit", "malformed")]


@given(st.data())
def test_check_a_statement_without_any_one_field_never_passes(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    """Dropping any field of the predicate that the check relies on ends in a problem, never in a pass."""
    store = Store(tmp_path_factory.mktemp("store"))
    file = store.write(verdict(), SUBJECT)
    statement = json.loads(file.read_text())
    relied_on = [
        "outcome",
        "layer",
        "started",
        "result",
        "passedTests",
        "failedTests",
        "unknownTests",
        "configuration",
    ]
    del statement["predicate"][data.draw(st.sampled_from(relied_on))]
    file.write_text(json.dumps(statement))
    assert [kind for _, kind in problems(store, ["unit"])] == ["malformed"]


def test_subject_of_a_wrong_digest_is_refused() -> None:
    """A tag, a short digest or upper case is no digest."""
    for digest in ("latest", "sha256:abc", "sha256:" + "A" * 64, ""):
        with pytest.raises(UsageError):
            Subject(digest, "c" * 40)


def test_problem_reads_as_a_sentence() -> None:
    """The refusal names the layer and the kind."""
    assert str(Problem("e2e", "missing", "there is none")) == "e2e: evidence missing: there is none"
