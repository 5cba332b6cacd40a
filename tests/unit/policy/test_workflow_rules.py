"""Workflows through the engine: each rule fires on its own examples, and what cannot be read is never a pass."""

from __future__ import annotations

import copy
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fixture import FAMILIES, ROOT, build_examples  # type: ignore[import-not-found]

from hallmark import documents, policy
from hallmark.outcome import Outcome
from hallmark.policy import engine, inquiry, rules, texts, workflow_shape, workflows

LOADED = rules.load(family="workflows")
RULES = [rule.id for rule in LOADED.rules]
EXAMPLES = sorted((ROOT / "policies/workflows").glob("*/examples/*"))
FIXTURE = next(file for file, family in FAMILIES.items() if family is workflows.FAMILY)
HEAD = "on: push\npermissions: {}\njobs:\n  build:\n"
GOOD = f"{HEAD}    runs-on: ubuntu-24.04\n    timeout-minutes: 5\n    steps:\n      - run: make\n"
BOMB = "a: &a [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{after}: &{after} [{', '.join([f'*{before}'] * 10)}]\n"
    for before, after in zip("abcde", "bcdef", strict=True)
)
# What is no workflow at all: the text, the line, the reason.
REFUSED = [
    ("", 0, "nothing but comments"),
    ("# a comment\n", 0, "nothing but comments"),
    ("---\n~\n", 0, "nothing but comments"),
    ("- a\n", 1, "no workflow"),
    ("a: b\n", 1, "no workflow"),
    ("on: push\non: push\njobs: {}\n", 2, "duplicate key 'on'"),
    ("on: push\njobs:\n  a: {}\n  a: {}\n", 4, "duplicate key 'a'"),
    ("on: [push\n", 2, "invalid YAML"),
    (f"{GOOD}---\n{GOOD}", 10, "a second document"),
    (BOMB, 6, "aliases that expand"),
]
# What GitHub would refuse: the text, the line, the message, and what a rule says that would pass.
FAULTY = [
    (
        f"{GOOD}    timeout-minute: 5\n",
        9,
        "jobs.build.timeout-minute is not known; timeout-minutes is meant?",
        "pass",
    ),
    (f"{GOOD}        timout: 5\n", 9, "jobs.build.steps[0].timout is not known", "pass"),
    (f"permission: {{}}\n{GOOD}", 1, "permission is not known; permissions is meant?", "pass"),
    (f"<<: {{}}\n{GOOD}", 1, "<< is not known", "pass"),
    (GOOD.replace("on: push\n", "in: push\n"), 1, "on is missing", "unknown"),
    (GOOD.replace("on: push\n", "in: push\n"), 1, "in is not known", "unknown"),
    ("on: push\npermissions: {}\njobs: {}\n", 3, "jobs is empty", "unknown"),
    ("on: push\npermissions: {}\n", 1, "jobs is missing", "unknown"),
    (GOOD.replace("    runs-on: ubuntu-24.04\n", ""), 4, "jobs.build has no runs-on", "unknown"),
    (f"{HEAD}    runs-on: x\n", 4, "jobs.build must have either steps or uses", "unknown"),
    (f"{GOOD}    uses: ./a.yml\n", 4, "jobs.build must have either steps or uses", "unknown"),
    (f"{HEAD}    runs-on: x\n    steps: []\n", 6, "jobs.build.steps is empty", "unknown"),
    (f"{GOOD}        uses: a@b\n", 8, "jobs.build.steps[0] must have either uses or run", "unknown"),
    (f"{GOOD}      - name: x\n", 9, "jobs.build.steps[1] must have either uses or run", "unknown"),
    (
        f"{GOOD}      - uses: a@b\n        with: [x]\n",
        10,
        "jobs.build.steps[1].with must be single values by name",
        "",
    ),
    (f"{GOOD}      - run: [x]\n", 9, "jobs.build.steps[1].run must be a text", ""),
    (f"{GOOD}      - run: 5\n", 9, "jobs.build.steps[1].run must be a text", ""),
    (f"{GOOD}      -\n", 9, "jobs.build.steps[1] must be a mapping", ""),
    (f"{GOOD}    needs: 5\n", 9, "jobs.build.needs must be a text or a list", ""),
    (f"{GOOD}    continue-on-error: yes\n", 9, "jobs.build.continue-on-error must be true or false", ""),
    (GOOD.replace("minutes: 5", "minutes: '5'"), 6, "jobs.build.timeout-minutes must be a number", ""),
    (GOOD.replace("minutes: 5", "minutes: true"), 6, "jobs.build.timeout-minutes must be a number", ""),
    (GOOD.replace("{}", "[read]"), 2, "permissions must be a text or a mapping", ""),
    (f"{GOOD}    strategy: [a]\n", 9, "jobs.build.strategy must be a mapping", ""),
    ("on: push\npermissions: {}\njobs: [a]\n", 3, "jobs must be a mapping", ""),
    (f"{HEAD.replace('  build:', '  build: x')}", 4, "jobs.build must be a mapping", ""),
    (f"env: text\n{GOOD}", 1, "env must be single values by name", ""),
    (f"env: {{A: [b]}}\n{GOOD}", 1, "env must be single values by name", ""),
    (
        "runs: {using: composite, steps: [{run: a, shell: sh, timeout-minutes: 1}]}\n",
        1,
        "timeout-minutes is not known",
        "",
    ),
    ("runs: {using: composite, steps: [{name: a}]}\n", 1, "must have either uses or run", ""),
    ("runs: {steps: [{run: a}]}\n", 1, "runs.using is missing", ""),
]
ODD: list[Any] = [
    5,
    1.5,
    True,
    None,
    "x",
    "${{ x.y }}",
    [],
    {},
    ["x"],
    [5],
    {"x": "y"},
    {"x": None},
    [[]],
    [{}],
]


@pytest.fixture(scope="module")
def judged() -> dict[Path, policy.Report]:
    """Every example as a set of its own, judged by every rule in one run."""
    reports = policy.check_workflows([[file] for file in EXAMPLES], profile="all")
    return dict(zip(EXAMPLES, reports, strict=True))


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> dict[str, policy.Report]:
    """The texts above as files of their own, judged in one run by the rule wf-permissions."""
    written = [GOOD, *(text for text, *_ in REFUSED), *(text for text, *_ in FAULTY)]
    folder = tmp_path_factory.mktemp("alone")
    files = [folder / f"{number}.yml" for number in range(len(written))]
    for file, text in zip(files, written, strict=True):
        file.write_text(text, encoding="utf-8")
    reports = policy.check_workflows([[file] for file in files], rules=["wf-permissions"])
    return dict(zip(written, reports, strict=True))


def test_rules_are_there() -> None:
    """The demanded rules exist, each with a failing and a passing example, and all ids begin alike."""
    assert len(RULES) >= 15
    assert [one for one in RULES if not one.startswith("wf-")] == []
    named = {(file.parent.parent.name, file.stem) for file in EXAMPLES}
    assert {(rule, stem) for rule in RULES for stem in ("fail", "pass")} <= named


@pytest.mark.parametrize("file", EXAMPLES, ids=[f"{one.parent.parent.name}-{one.stem}" for one in EXAMPLES])
def test_rule_judges_its_own_example(file: Path, judged: dict[Path, policy.Report]) -> None:
    """An example does what the first word of its name says, and none has anything that GitHub would refuse."""
    report = judged[file]
    assert report.not_evaluated == ()
    assert [one.message for one in report.results if one.rule == "wf-readable"] == []
    said = {str(one.outcome) for one in report.results if one.rule == file.parent.parent.name}
    assert said == {file.stem.partition("-")[0]}


def test_fixture_of_the_rego_tests_is_what_is_read() -> None:
    """If this fails: .venv/bin/python tests/unit/policy/fixture.py"""
    assert FIXTURE.read_text(encoding="utf-8") == build_examples(FIXTURE)


def test_own_workflows_pass() -> None:
    """The kit's workflows meet even what people disagree about."""
    (report,) = policy.check_workflows([["."]], profile="all", root=ROOT)
    assert [str(one) for one in report.findings] == []
    assert report.outcome is Outcome.PASS
    assert [one.name for one in report.objects] == [
        ".github/workflows/nightly.yml",
        ".github/workflows/pull-request.yml",
    ]


def test_finding_stands_at_its_line(tmp_path: Path) -> None:
    """The value is named by its path, and the object is the file."""
    file = tmp_path / "ci.yml"
    file.write_text(f"{GOOD}      - name: Lint\n        uses: example/lint@v1\n")
    (report,) = policy.check_workflows([[file]], rules=["wf-action-sha"])
    (finding,) = report.findings
    assert (finding.line, finding.path) == (10, "jobs.build.steps[1].uses")
    assert finding.part == ("jobs", "build", "steps", "Lint", "uses")
    assert report.as_json()["objects"] == [
        {"file": str(file), "line": 1, "kind": "Workflow", "namespace": "", "name": str(file)}
    ]


def test_check_action_is_an_object_of_its_own_kind(tmp_path: Path) -> None:
    """The steps of a composite action are judged like those of a job."""
    file = tmp_path / "action.yml"
    file.write_text("runs:\n  using: composite\n  steps:\n    - uses: example/lint@v1\n")
    (report,) = policy.check_workflows([[file]])
    assert [(one.object.kind, one.rule, one.line) for one in report.findings] == [
        ("Action", "wf-action-sha", 4)
    ]


@pytest.mark.parametrize(("text", "line", "reason"), REFUSED)
def test_check_file_that_is_no_workflow_is_unknown(
    alone: dict[str, policy.Report], text: str, line: int, reason: str
) -> None:
    """It is named with its line, and nothing of it is judged."""
    report = alone[text]
    assert report.outcome is Outcome.UNKNOWN
    (gap,) = report.not_evaluated
    assert (gap.line, len(report.results)) == (line, 0)
    assert reason in gap.reason


@pytest.mark.parametrize(("text", "line", "message", "otherwise"), FAULTY)
def test_check_workflow_that_github_would_refuse_is_unknown(
    alone: dict[str, policy.Report], text: str, line: int, message: str, otherwise: str
) -> None:
    """A misspelt key hides nothing from the rules, a missing part makes a pass unknown, another type hides it all."""
    report = alone[text]
    assert report.outcome is Outcome.UNKNOWN
    said = [(one.line, one.message) for one in report.results if one.rule == "wf-readable"]
    assert [one for one in said if message in one[1] and one[0] == line], said
    assert [str(one.outcome) for one in report.results if one.rule == "wf-permissions"] == (
        [otherwise] if otherwise else []
    ) or "runs:" in text


def test_check_workflow_of_these_is_good(alone: dict[str, policy.Report]) -> None:
    """What the texts above are made from passes."""
    assert alone[GOOD].outcome is Outcome.PASS


def test_check_reads_words_as_github_does() -> None:
    """`on`, `yes` and `off` are words and no truth values; a date is a text."""
    located = documents.document("on: on\nyes: off\nday: 2026-01-01\nno: 012\n", documents.CORE)
    assert located is not None
    assert located.value == {"on": "on", "yes": "off", "day": "2026-01-01", "no": 12}
    assert located.line_of(("day",)) == 3


def test_check_folder_takes_workflows_and_actions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a checkout what GitHub would run; of a folder of workflows every YAML file."""
    ours = [".github/workflows/a.yml", ".github/workflows/b.yaml", "tools/lint/action.yml"]
    others = ["a.yml", ".github/dependabot.yml", "docs/workflows/c.yml", ".github/workflows/README.md"]
    for name in [*ours, *others]:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        text = "runs: {using: composite, steps: [{run: a, shell: sh}]}\n" if "action" in name else GOOD
        (tmp_path / name).write_text(text)
    checkout, folder = policy.check_workflows([["."], ["docs"]], root=tmp_path)
    assert [one.name for one in checkout.objects] == ours
    assert [one.name for one in folder.objects] == ["docs/workflows/c.yml"]
    monkeypatch.chdir(tmp_path / ".github/workflows")
    (inside,) = policy.check_workflows([["."]])
    assert [one.name for one in inside.objects] == ["a.yml", "b.yaml"]


def test_check_input_and_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """- is standard input; a folder without any workflow is unknown."""
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(GOOD.encode())))
    piped, empty = policy.check_workflows([["-"], [tmp_path]])
    assert (piped.outcome, piped.objects[0].name) == (Outcome.PASS, "-")
    assert empty.outcome is Outcome.UNKNOWN
    assert "no file here is a workflow" in empty.not_evaluated[0].reason


def test_rules_end_on_no_value_that_the_shape_lets_through() -> None:
    """Every value of a rich workflow, replaced by values of every type: a rule answers, or never sees the file."""
    sources = ["testing/everything", "testing/composite", "wf-concurrency/pass", "wf-self-hosted/fail-labels"]
    sources += ["wf-gate/pass", "wf-self-hosted/fail-matrix", "wf-container-digest/fail-services"]
    sources += ["wf-script-injection/fail-inputs", "wf-untrusted-checkout/fail", "wf-environment/pass-others"]
    entries: list[inquiry.Entry] = []
    read = workflows.parse([texts.gather([example_file(one) for one in sources], workflows.FAMILY)])[0]
    for one in read:
        for path in paths(one.value):
            for value in ODD:
                changed = replaced(dict(one.value), path, value)
                faults = list(workflow_shape.faults(one.reference.kind, changed))
                if texts.Hides.ALL not in {fault.hides for fault in faults}:
                    seen = {"kind": one.reference.kind, "object": changed}
                    entries.append(engine.encoded(len(entries), seen))
    subjects: list[engine.Subject] = [read[0]] * len(entries)
    (report,) = engine.judge(LOADED, LOADED.chosen("all"), "all", [engine.Set(subjects, entries)])
    assert len(entries) > 500
    assert report.not_evaluated == ()
    undecided = {one.message for one in report.results if str(one.outcome) == "unknown"}
    assert [one for one in undecided if "undefined" in one or "must be" in one] == []


def example_file(name: str) -> Path:
    folder, _, stem = name.partition("/")
    place = "testing/workflows" if folder == "testing" else f"workflows/{folder}/examples"
    return Path(ROOT, "policies", place, f"{stem}.yml")


def paths(value: Any, at: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """The way to every value but the whole."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, one in inner:
        yield (*at, key)
        yield from paths(one, (*at, key))


def replaced(value: dict[str, Any], path: tuple[str | int, ...], new: Any) -> dict[str, Any]:
    changed = copy.deepcopy(value)
    part: Any = changed
    for step in path[:-1]:
        part = part[step]
    part[path[-1]] = new
    return changed
