"""What is asked in parts is answered as if it were asked at once, and an OPA that fails leaves nothing behind."""

from __future__ import annotations

import json
import os
import signal
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import corpus  # type: ignore[import-not-found]
import pytest
from fixture import FIXTURE, ROOT  # type: ignore[import-not-found]

from hallmark import documents, policy
from hallmark.outcome import CannotJudge
from hallmark.policy import inquiry, sources
from hallmark.policy.opa import TIMEOUT_S, Opa, early, of
from hallmark.policy.report import Judgement, Report

OBJECTS = 120
SOURCES = sources.find(None, "manifests")


@pytest.fixture
def temporary(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty folder in which temporary files are made, with a path that is short enough for a socket in it."""
    with tempfile.TemporaryDirectory() as folder:
        monkeypatch.setenv("TMPDIR", folder)
        yield Path(folder)


def everything(folder: Path) -> list[str]:
    """Many applications, the kit's own rendered stage, and all examples, half of these in another namespace too."""
    corpus.write(folder / "corpus", OBJECTS)
    own = [one["object"] for one in json.loads(FIXTURE.read_text(encoding="utf-8"))["rendered"]]
    examples = sorted((ROOT / "policies/manifests").glob("*/examples/*.yaml"))
    all_of = [
        *own,
        *(one.value for file in examples for one in documents.objects(file.read_text(encoding="utf-8"))),
    ]
    moved = [json.loads(json.dumps(one).replace('"production"', '"elsewhere"')) for one in all_of[::2]]
    (folder / "others.json").write_text(
        json.dumps({"apiVersion": "v1", "kind": "List", "items": [*all_of, *moved]})
    )
    return [str(folder / "corpus"), str(folder / "others.json")]


def test_inquiry_in_the_smallest_parts_finds_what_all_at_once_finds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every rule's scope is true, and putting the parts together loses nothing."""
    given = everything(tmp_path)
    monkeypatch.setattr(inquiry, "AT_ONCE", 10**6)
    at_once = policy.check_manifests(given, profile="all")
    monkeypatch.setattr(inquiry, "AT_ONCE", 1)
    monkeypatch.setattr(inquiry, "TOGETHER", 1)
    in_parts = policy.check_manifests(given, profile="all")
    assert in_parts == at_once
    assert len(at_once.objects) > 2 * OBJECTS
    assert {Judgement.PASS, Judgement.FAIL, Judgement.NOT_APPLICABLE} <= at_once.counts.keys()


@pytest.mark.parametrize(
    ("check", "files"),
    [
        (policy.check_plans, "plan/*/examples/*.json"),
        (policy.check_dockerfiles, "dockerfile/*/examples/*"),
        (policy.check_workflows, "workflows/*/examples/*"),
    ],
    ids=["plan", "dockerfile", "workflows"],
)
def test_inquiry_of_other_families_in_the_smallest_parts_finds_the_same(
    check: Callable[..., list[Report]], files: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All examples of the family as one set: the scopes of its rules are true too."""
    given = [str(one) for one in sorted((ROOT / "policies").glob(files)) if one.is_file()]
    monkeypatch.setattr(inquiry, "AT_ONCE", 10**6)
    (at_once,) = check([given], profile="all")
    monkeypatch.setattr(inquiry, "AT_ONCE", 1)
    monkeypatch.setattr(inquiry, "TOGETHER", 1)
    (in_parts,) = check([given], profile="all")
    assert in_parts == at_once
    assert at_once.counts[Judgement.FAIL] > 10


def test_opa_leaves_no_file_while_it_runs_or_after(temporary: Path) -> None:
    """The folder of its socket is gone when the first question is answered."""
    with Opa(SOURCES, 60) as opa:
        assert len(list(temporary.iterdir())) == 1
        assert opa.ask(["privileged"], "[]") == {"privileged": {"applies": [], "violations": []}}
        assert list(temporary.iterdir()) == []
    with Opa(SOURCES, 60):
        pass
    assert list(temporary.iterdir()) == []


def test_opa_killed_says_so_to_everybody_who_asks(temporary: Path) -> None:
    """No answer comes from an OPA that died, now or later."""
    with Opa(SOURCES, 60) as opa:
        opa.ask(["privileged"], "[]")
        os.kill(opa._child.pid, signal.SIGKILL)
        for _ in range(2):
            with pytest.raises(CannotJudge, match="killed by signal 9"):
                opa.ask(["privileged"], "[]")
    assert list(temporary.iterdir()) == []


def test_opa_answers_after_a_question_that_it_could_not_read() -> None:
    """A question that is no JSON is refused; the next one is answered."""
    with Opa(SOURCES, 60) as opa:
        with pytest.raises(CannotJudge, match="malformed input"):
            opa.ask(["privileged"], "[")
        assert set(opa.ask(["privileged"], "[]")) == {"privileged"}


def test_opa_without_rules_that_it_can_read_names_the_first_error(tmp_path: Path) -> None:
    """It never answers, and says what it could not read and where."""
    broken = tmp_path / "broken.rego"
    broken.write_text("package a\n\nx := data.absent(1)\n")
    with (
        Opa(replace(SOURCES, rules=(*SOURCES.rules, broken)), 60) as opa,
        pytest.raises(CannotJudge, match="rego_type_error") as raised,
    ):
        opa.ask(["privileged"], "[]")
    assert raised.value.where == f"{broken}:3"


def test_opa_started_early_is_the_one_that_judges(temporary: Path) -> None:
    """It is asked when the rules are the same, and is gone with the block; else another one is."""
    with early(None, "manifests"):
        assert len(list(temporary.iterdir())) == 1
        with of(SOURCES, TIMEOUT_S) as first, of(SOURCES, TIMEOUT_S) as second:
            assert first is not second
            assert set(first.ask(["privileged"], "[]")) == {"privileged"}
    with pytest.raises(CannotJudge, match="killed by signal 9"):
        first.ask(["privileged"], "[]")
    with early(None, "plan"), of(SOURCES, TIMEOUT_S) as other:
        assert set(other.ask(["privileged"], "[]")) == {"privileged"}
    with early(temporary / "absent", "manifests"):
        pass
    assert list(temporary.iterdir()) == []


def test_sources_have_as_much_of_the_library_as_their_rules_need() -> None:
    """What manifests are judged by needs selectors, by way of workloads, and nothing about plans."""
    names = {one.stem for one in SOURCES.library}
    assert {"workload", "selectors", "objects"} <= names
    assert not names & {"plan", "dockerfile", "workflows"}
    assert not any(one.name.endswith("_test.rego") for one in SOURCES.files)
