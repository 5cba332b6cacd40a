"""Mutation testing of the policies: which mutants there are, what becomes of them, and what can never pass silently."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.testing import CliRunner

from hallmark.outcome import CannotJudge, Check, Outcome, UsageError
from hallmark.policy.mutation import (
    FileReport,
    campaign,
    command,
    equivalents,
    modules,
    mutants,
    mutate,
    trial,
)
from hallmark.policy.parameters import Parameters

HEAD = """\
    # METADATA
    # title: A toy
    # description: A toy.
    # custom:
    #   id: toy
    #   profile: all
    #   severity: low
    #   scope: set
    #   why: To be tested.
    #   fix: None.
    #   reference: https://example.org/
    package hallmark.manifests.toy
"""
RULE = f"""{HEAD}
    import data.hallmark.lib.numbers

    applies := {{1, 2}}

    violations contains {{"object": 1, "path": [], "message": "too few"}} if numbers.low(input.objects)
"""
TEST = """
    package hallmark.manifests.toy_test

    import data.hallmark.manifests.toy

    test_denies_one if toy.violations == {{"object": 1, "path": [], "message": "too few"}} with input.objects as 1

    test_allows_two if toy.violations == set() with input.objects as 2

    test_applies if toy.applies == {1, 2}
"""
LIBRARY = """
    package hallmark.lib.numbers

    low(number) if number < 2
"""
SURVIVOR = {
    **{"rule": "lib/numbers", "file": "lib/numbers.rego", "kind": "constant", "original": "2"},
    **{"replacement": "1", "occurrence": 1, "reason": "no number is looked at"},
}


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Policies of one rule and one file of a library that has no test of its own, free to break."""
    monkeypatch.setattr(campaign, "cache_home", lambda: tmp_path / "cache")
    base = tmp_path / "policies"
    write(base / "lib/numbers.rego", LIBRARY)
    write(base / "manifests/toy/toy.rego", RULE)
    write(base / "manifests/toy/toy_test.rego", TEST)
    write(base / "report.rego", "package hallmark.report\n")
    write(base / "testing/rendered.json", "{}")
    write(base / "parameters.yaml", "".join(f"{one.name}: []\n" for one in fields(Parameters)))
    return base


def write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(textwrap.dedent(text), encoding="utf-8")


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def made(folder: Path, text: str) -> set[tuple[str, str, str]]:
    """Kind, original and replacement of every mutant of a file."""
    write(folder / "a.rego", text)
    loaded = modules.load(folder)
    return {one.identity[:3] for one in mutants.of(modules.Tree(loaded.files["a.rego"]))}


def fates(one: FileReport) -> dict[tuple[str, str, str], str]:
    return {tried.mutant.identity[:3]: str(tried.fate) for tried in one.tried}


CASES = {
    "conditions": (
        'a if {\n\tx := input.x\n\tx["é"] == `b`\n\tnot x.c\n}',
        {
            ("drop", "x := input.x", "true"),
            ("drop", 'x["é"] == `b`', "true"),
            ("negate", 'x["é"] == `b`', 'not x["é"] == `b`'),
            ("operator", "==", "!="),
            ("constant", '"é"', '"é~"'),
            ("constant", "`b`", "`b~`"),
            ("drop", "not x.c", "true"),
            ("negate", "not x.c", "x.c"),
        },
    ),
    "constants": (
        'a := [input["b"] + (1 - 2), false]',
        {
            ("member", 'input["b"] + (1 - 2)', ""),
            ("member", "false", ""),
            ("constant", '"b"', '"b~"'),
            ("operator", "+", "-"),
            ("operator", "-", "+"),
            ("operator", "-", "|"),
            ("constant", "1", "0"),
            ("constant", "1", "2"),
            ("constant", "2", "1"),
            ("constant", "2", "3"),
        },
    ),
    "members": (
        'a := {"b"}\n\nc := {"g": {"f", "e"}, "d": []}',
        {
            ("member", '"b"', "set()"),
            ("member", '"g": {"f", "e"}', ""),
            ("member", '"e"', ""),
            ("member", '"f"', ""),
            ("member", '"d": []', ""),
        },
    ),
    "loops": (
        "a if {\n\tsome b in input.b\n\tevery c in b {\n\t\tc < b\n\t}\n}",
        {
            ("drop", "some b in input.b", "true"),
            ("some", "some b in input.b", "every b in input.b { every c in b { c < b } }"),
            ("drop", "every c in b { c < b }", "true"),
            ("negate", "every c in b { c < b }", "not every c in b { c < b }"),
            ("every", "every c in b", "count([1 | some c in b c < b ]) > 0"),
            ("drop", "c < b", "true"),
            ("negate", "c < b", "not c < b"),
            ("operator", "<", "<="),
        },
    ),
    "alternatives": (
        'a := 1 if input.b\n\nelse := 2 if not input.c == "if"\n\nelse := "d"\n\na := 1 if input.e',
        {
            ("alternative", 'a := 1 if input.b else := 2 if not input.c == "if" else := "d"', ""),
            ("alternative", 'else := 2 if not input.c == "if"', ""),
            ("alternative", 'else := "d"', ""),
            ("alternative", "a := 1 if input.e", ""),
            *(("constant", "1", other) for other in ("0", "2")),
            *(("constant", "2", other) for other in ("1", "3")),
            ("constant", '"d"', '"d~"'),
            *(("drop", f"input.{name}", "true") for name in "be"),
            *(("negate", f"input.{name}", f"not input.{name}") for name in "be"),
            ("drop", 'not input.c == "if"', "true"),
            ("negate", 'not input.c == "if"', 'input.c == "if"'),
            ("operator", "==", "!="),
            ("constant", '"if"', '"if~"'),
        },
    ),
    "containers": (
        "import data.hallmark.lib.workload as w\n\napplies := w.linux_ids\n\na(_) := w.containers",
        {
            ("applies", "w.linux_ids", "set()"),
            (
                "applies",
                "w.linux_ids",
                "{one | some one in w.linux_ids; one != max(w.linux_ids)}",
            ),
            ("narrow", "w.containers", '[one | some one in w.containers; one.field != "initContainers"]'),
            (
                "narrow",
                "w.containers",
                '[one | some one in w.containers; one.field != "ephemeralContainers"]',
            ),
        },
    ),
    "words for people": (
        'a := objects.violation(1, ["b"], sprintf("c %d", [2]))\n\nd := {"message": "e"}',
        {
            ("constant", "1", "0"),
            ("constant", "1", "2"),
            ("member", '"b"', "[]"),
            ("member", '"message": "e"', "{}"),
        },
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_mutants_of_a_file_are_these_and_no_others(tmp_path: Path, case: str) -> None:
    """Every construct has its mutants, at the place that OPA names."""
    text, expected = CASES[case]
    assert made(tmp_path, f"package a\n\n{text}\n") == expected


def test_mutants_that_are_alike_are_told_apart_by_their_order(tmp_path: Path) -> None:
    """The same change in two places is two mutants, and each is made where it stands."""
    write(tmp_path / "a.rego", "package a\n\na := 1\n\nb := 1\n")
    loaded = modules.load(tmp_path)
    found = mutants.of(modules.Tree(loaded.files["a.rego"]))
    text = loaded.files["a.rego"].text
    assert [(one.identity, modules.spliced(text, [one.edit])) for one in found] == [
        (("constant", "1", "0", 1), "package a\n\na := 0\n\nb := 1\n"),
        (("constant", "1", "2", 1), "package a\n\na := 2\n\nb := 1\n"),
        (("constant", "1", "0", 2), "package a\n\na := 1\n\nb := 0\n"),
        (("constant", "1", "2", 2), "package a\n\na := 1\n\nb := 2\n"),
    ]


def test_mutate_library_without_a_test_beside_it_is_judged_by_those_of_its_users(home: Path) -> None:
    """Every mutant's fate is told, and a rule and a library file of which all are killed pass."""
    rule, library = mutate(home).tested
    assert fates(rule) == {
        **{
            ("applies", "{1, 2}", other): "killed"
            for other in ("set()", "{one | some one in {1, 2}; one != max({1, 2})}")
        },
        **{("member", member, ""): "killed" for member in "12"},
        **{
            ("member", member, ""): "stillborn"
            for member in ('"object": 1', '"path": []', '"message": "too few"')
        },
        **{("constant", "1", other): "killed" for other in "02"},
        ("drop", "numbers.low(input.objects)", "true"): "killed",
        ("negate", "numbers.low(input.objects)", "not numbers.low(input.objects)"): "killed",
    }
    assert fates(library) == {
        ("drop", "number < 2", "true"): "killed",
        ("negate", "number < 2", "not number < 2"): "killed",
        ("operator", "<", "<="): "killed",
        ("constant", "2", "1"): "killed",
        ("constant", "2", "3"): "killed",
    }
    assert [str(one.check()) for one in (rule, library)] == [
        str(Check("mutants of toy", Outcome.PASS, "8 of 8 killed", "manifests/toy/toy.rego")),
        str(Check("mutants of lib/numbers", Outcome.PASS, "5 of 5 killed", "lib/numbers.rego")),
    ]


def test_mutate_survivor_fails_and_says_where(home: Path) -> None:
    """What no test notices is named with its line; everything else of the file is still judged."""
    change(home / "manifests/toy/toy_test.rego", "test_allows_two", "_untested")
    report = mutate(home, ["lib/numbers"])
    (library,) = report.tested
    assert [one.mutant.identity for one in library.survivors] == [
        ("drop", "number < 2", "true", 1),
        ("operator", "<", "<=", 1),
        ("constant", "2", "3", 1),
    ]
    check = library.check()
    assert (report.outcome, check.where) == (Outcome.FAIL, "lib/numbers.rego:4")
    assert check.message.startswith("2 of 5 killed; line 4 survived: drop 'number < 2' to 'true'")


def test_mutate_own_tests_come_first_and_the_users_judge_what_they_leave(home: Path) -> None:
    """A mutant that the library's own test lets live is killed by a rule's; by which test is told."""
    own = "package hallmark.lib.numbers_test\n\nimport data.hallmark.lib.numbers\n\ntest_low if numbers.low(1)\n"
    write(home / "lib/numbers_test.rego", own)
    (library,) = mutate(home, ["lib/numbers"]).tested
    assert {(one.mutant.kind, one.mutant.replacement): one.by for one in library.tried} == {
        ("drop", "true"): "manifests.toy_test.test_allows_two",
        ("negate", "not number < 2"): "lib.numbers_test.test_low",
        ("operator", "<="): "manifests.toy_test.test_allows_two",
        ("constant", "1"): "lib.numbers_test.test_low",
        ("constant", "3"): "manifests.toy_test.test_allows_two",
    }


def test_mutate_test_that_does_not_end_kills_and_is_told(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A mutant on which a test runs past its deadline counts as killed, and as a timeout."""
    monkeypatch.setattr(trial, "TEST_TIMEOUT_S", 0.3)
    many = "numbers.range(1, 100000)"
    slow = (
        f"low(number) if {{\n\tnumber < 2\n\tcount([1 | some a in {many}; some b in {many}; a == b]) > 0\n}}"
    )
    write(home / "lib/numbers.rego", f"package hallmark.lib.numbers\n\n{slow}\n")
    change(home / "manifests/toy/toy_test.rego", "test_denies_one", "_untested")
    (library,) = mutate(home, ["lib/numbers"]).tested
    assert fates(library)["drop", "number < 2", "true"] == "timeout"
    assert "killed" in str(library.check().message)


@pytest.mark.parametrize(
    ("file", "old", "new", "reason"),
    [
        ("manifests/toy/toy_test.rego", "objects as 1", "objects as 2", "toy_test.test_denies_one"),
        ("manifests/toy/toy_test.rego", "test_", "_test_", "no test"),
        ("manifests/toy/toy_test.rego", "toy.applies ==", "absent(toy.applies) ==", "could not be run"),
    ],
)
def test_mutate_what_cannot_be_judged_is_unknown(
    home: Path, file: str, old: str, new: str, reason: str
) -> None:
    """Red or absent tests, and policies that don't compile, are no proof of anything."""
    change(home / file, old, new)
    report = mutate(home, ["toy", "lib/numbers"])
    assert report.outcome is Outcome.UNKNOWN
    assert reason in "\n".join(one.message for one in report.checks())


def test_mutate_file_without_a_mutant_is_unknown(home: Path) -> None:
    """Nothing killed of nothing is no pass."""
    write(home / "lib/same.rego", "package hallmark.lib.same\n\nsame(one) := one\n")
    (same,) = mutate(home, ["lib/same"]).tested
    assert (same.check().outcome, same.check().message) == (Outcome.UNKNOWN, "there is no mutant")


def test_mutate_without_opa_or_with_a_broken_rule_is_unknown(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is tried, and the report says why."""

    def absent(_: str) -> Path:
        raise CannotJudge("opa is not installed")

    with monkeypatch.context() as patch:
        patch.setattr("hallmark.tools.path", absent)
        report = mutate(home)
        assert (report.outcome, report.checks()[1].message) == (Outcome.UNKNOWN, "opa is not installed")
    change(home / "manifests/toy/toy.rego", "violations contains", "violation contains")
    assert mutate(home).outcome is Outcome.UNKNOWN


def test_mutate_name_that_is_not_there_is_a_usage_error(home: Path) -> None:
    """A misspelt rule is not judged by nothing."""
    with pytest.raises(UsageError, match="there is no rule toi"):
        mutate(home, ["toi"])


def test_mutate_remembers_until_anything_with_a_say_changes(home: Path) -> None:
    """What is known is not tried again, unless it is asked to; a changed test, of whatever user, is tried."""
    tried: list[tuple[int, int]] = []

    def told() -> list[tuple[int, int]]:
        tried.clear()
        mutate(home, tell=lambda done, of: tried.append((done, of)))
        return tried

    assert told() == [(16, 16)]
    first = mutate(home, tell=lambda done, of: tried.append((done, of)))
    assert tried == [(16, 16)]
    assert mutate(home, fresh=True).as_json() == first.as_json()
    change(home / "manifests/toy/toy_test.rego", "objects as 2", "objects as 3")
    assert told() == [(16, 16)]


INTERRUPTED = """
import sys, time
from pathlib import Path
from hallmark.policy.mutation import campaign, mutate, trial

trial.FILES_A_RUN = 1
campaign.cache_home = lambda: Path(sys.argv[2])

def tell(done, of):
    print(done, of, flush=True)
    if done > 2:
        time.sleep(600)

mutate(Path(sys.argv[1]), tell=tell)
"""


def test_mutate_killed_goes_on_where_it_was(home: Path, tmp_path: Path) -> None:
    """What was tried before the kill is not tried again, and all of it together is what one run finds."""
    argv = [sys.executable, "-c", INTERRUPTED, str(home), str(tmp_path / "cache")]
    with subprocess.Popen(argv, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        done, of = next(
            (int(one), int(all_of)) for one, all_of in map(str.split, child.stdout) if int(one) > 2
        )
        os.kill(child.pid, signal.SIGKILL)
    assert (done, of) == (3, 16)
    tried: list[tuple[int, int]] = []
    resumed = mutate(home, tell=lambda done, of: tried.append((done, of)))
    assert tried == [(13, 13)]
    assert resumed.as_json() == mutate(home, fresh=True).as_json()


def test_mutate_tries_again_only_what_was_late(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A test past its deadline may have been the machine's fault; what else is known of its file stays known."""
    run = trial.run

    def late(*asked: Any) -> Iterator[Any]:
        for results in run(*asked):
            for tried in results.values():
                assert isinstance(tried, list)
                tried[0] = replace(tried[0], fate=trial.Fate.TIMEOUT)
            yield results

    with monkeypatch.context() as patch:
        patch.setattr(trial, "run", late)
        mutate(home)
    tried: list[tuple[int, int]] = []
    mutate(home, tell=lambda done, of: tried.append((done, of)))
    assert tried == [(2, 2)]


def test_mutate_listed_as_equivalent_passes_only_while_it_survives(home: Path) -> None:
    """An entry excuses exactly its mutant; one that is killed, that isn't there or that is of no file fails."""
    change(home / "manifests/toy/toy_test.rego", "objects as 2", "objects as 3")
    listing = home / equivalents.NAME
    assert mutate(home).outcome is Outcome.FAIL
    entry = {**SURVIVOR, "replacement": "3"}
    others = [{**entry, "kind": "operator", "original": "<", "replacement": "<="}]
    listing.write_text(yaml.safe_dump([entry, *others]))
    assert mutate(home).outcome is Outcome.PASS
    for wrong, said in (
        ({"replacement": "1"}, "as equivalent, but killed"),
        ({"occurrence": 2}, "there is no such mutant"),
        ({"file": "lib/absent.rego"}, "there is no lib/numbers of this file"),
    ):
        listing.write_text(yaml.safe_dump([entry, *others, {**entry, **wrong}]))
        report = mutate(home)
        assert report.outcome is Outcome.FAIL
        assert said in "\n".join(one.message for one in report.checks())


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("{}", "must be a list"),
        ("# nothing", "must be a list"),
        ("[{rule: lib/numbers}]", "line 1: reason: Field required"),
        (json.dumps([{**SURVIVOR, "reason": " "}]), "line 1: reason"),
        (json.dumps([{**SURVIVOR, "occurrence": "1"}]), "line 1: occurrence"),
        (json.dumps([{**SURVIVOR, "owner": "x"}]), "line 1: owner"),
        (json.dumps([SURVIVOR, SURVIVOR]), "listed twice"),
        ("[{rule: a, rule: b}]", "duplicate key"),
    ],
)
def test_equivalents_outside_their_schema_are_unknown(home: Path, text: str, reason: str) -> None:
    """A list of which anything cannot be read excuses nothing."""
    (home / equivalents.NAME).write_text(text)
    report = mutate(home)
    assert report.outcome is Outcome.UNKNOWN
    assert reason in report.checks()[1].message


def test_command_exit_code_and_words_follow_the_outcome(home: Path) -> None:
    """Standard output has the survivors and the sum, or one JSON document."""
    asked = ["mutate", "--all", "--policies", str(home)]
    passed = CliRunner().invoke(command.app, asked)
    assert (passed.exit_code, passed.stdout) == (
        0,
        "pass: 2 files, 13 of 13 mutants killed, 0 listed as equivalent\n",
    )
    change(home / "manifests/toy/toy_test.rego", "objects as 2", "objects as 3")
    failed = CliRunner().invoke(command.app, asked)
    assert failed.exit_code == 1
    assert (
        "survived: lib/numbers: constant '2' to '3'\n  where: lib/numbers.rego:4, occurrence 1\n"
        in failed.stdout
    )
    document = json.loads(CliRunner().invoke(command.app, [*asked, "--json"]).stdout)
    assert (document["outcome"], document["killed"], document["judged"]) == ("fail", 11, 13)
    (home / equivalents.NAME).write_text("{}")
    assert CliRunner().invoke(command.app, asked).exit_code == 2
