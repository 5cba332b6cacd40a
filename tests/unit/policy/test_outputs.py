"""Every form of a report says the same, and is what its readers can read."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from fixture import ROOT  # type: ignore[import-not-found]
from junitparser import Error, Failure, JUnitXml, Skipped

from hallmark import policy
from hallmark.outcome import ExitCode, UsageError
from hallmark.policy import rules
from hallmark.policy.check import deliver
from hallmark.policy.outputs import github, places, sarif, table
from hallmark.policy.report import (
    BUILT_IN,
    Judgement,
    NotEvaluated,
    ObjectReference,
    Report,
    Result,
    Waiver,
)

SARIF = json.loads((Path(__file__).parent / "data/sarif-schema-2.1.0.json").read_text(encoding="utf-8"))
DOCUMENT = json.loads((ROOT / "docs/schemas/check.schema.json").read_text(encoding="utf-8"))
EXAMPLES = ROOT / "policies/manifests"
RULES = {rule.id: rule for rule in rules.load().rules}
ASKED = tuple(RULES[one] for one in ("host-pid", "privileged", "ingress-tls", "image-pull-policy"))
WEB = ObjectReference("deploy/web app.yaml", 3, "Deployment", "shop", "web")
JOB = ObjectReference("deploy/job.yaml", 1, "Job", "shop", "job")
PART = ("spec", "template", "spec", "containers", "app", "securityContext", "privileged")
PRIVILEGED = Result(
    "privileged", WEB, Judgement.FAIL, "container app is privileged", "spec…privileged", 44, PART
)
PULL = Result(
    "image-pull-policy", JOB, Judgement.FAIL, "container job is not pulled Always", "spec…image", 20
)
SCHEMA = Result("schema", JOB, Judgement.UNKNOWN, "spec.replica is no field", "spec.replica", 7)
WAIVED = replace(
    PRIVILEGED,
    object=JOB,
    line=30,
    waiver=Waiver("team-job", "The driver needs it.", date(2026, 4, 1)),
)
GAP = NotEvaluated("deploy/broken.yaml", 9, "invalid YAML: did not find expected ',' or ']'")
WHOLE = Report(
    "all",
    ASKED,
    (WEB, JOB),
    (
        Result("host-pid", WEB, Judgement.PASS),
        Result("host-pid", JOB, Judgement.PASS),
        PULL,
        PRIVILEGED,
        WAIVED,
        Result("image-pull-policy", WEB, Judgement.PASS),
        Result("ingress-tls", WEB, Judgement.NOT_APPLICABLE),
        Result("ingress-tls", JOB, Judgement.NOT_APPLICABLE),
        SCHEMA,
    ),
    (GAP,),
)


@pytest.fixture(autouse=True)
def elsewhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """In an empty folder, and not in a workflow."""
    monkeypatch.chdir(tmp_path)
    for name in ("GITHUB_ACTIONS", "GITHUB_WORKSPACE", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)


def log(*reports: Report) -> Any:
    document = sarif.log(reports, "manifests")
    jsonschema.Draft4Validator(SARIF).validate(document)
    return document["runs"][0]


# JSON


def test_json_of_anything_follows_its_schema(tmp_path: Path) -> None:
    """What passes, fails, is unknown or waived, alone and with --each."""
    file = tmp_path / "broken.yaml"
    file.write_text("a: [", encoding="utf-8")
    inputs = [EXAMPLES / "privileged/examples/fail.yaml", EXAMPLES / "privileged/examples/pass.yaml", file]
    judged = policy.check_each([[one] for one in inputs], profile="all")
    validator = jsonschema.Draft202012Validator(DOCUMENT)
    for report in (*judged, WHOLE, WHOLE.unjudged([GAP])):
        validator.validate(report.as_json())
        validator.validate({"path": "x", **report.as_json()})
    assert [str(one.outcome) for one in judged] == ["fail", "fail", "unknown"]


@pytest.mark.parametrize(
    "change",
    [
        {"outcome": "passed"},
        {"surplus": 1},
        {"results": [{**PRIVILEGED.as_json(), "message": ""}]},
        {"results": [{**WAIVED.as_json(), "outcome": "pass", "message": ""}]},
        {"objects": [{"file": "x", "line": 0, "kind": "Pod", "namespace": "", "name": "x"}]},
    ],
)
def test_json_schema_refuses_what_is_wrong(change: dict[str, Any]) -> None:
    """The schema says something."""
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**WHOLE.as_json(), **change}, DOCUMENT)


# SARIF


def test_sarif_tells_rules_with_all_their_metadata() -> None:
    """Every rule that was asked, and what the kit itself says; links are absolute."""
    found = {one["id"]: one for one in log(WHOLE)["tool"]["driver"]["rules"]}
    assert list(found) == [*(rule.id for rule in ASKED), *BUILT_IN]
    one, rule = found["privileged"], RULES["privileged"]
    assert one["shortDescription"]["text"] == rule.title
    assert one["fullDescription"]["text"] == rule.description
    assert one["helpUri"] == rule.reference
    assert one["help"]["text"] == f"Why: {rule.why}\nFix: {rule.fix}"
    assert one["defaultConfiguration"]["level"] == "error"
    assert one["properties"]["security-severity"] == "9.5"
    assert all(re.match("https://", entry.get("helpUri", "https://")) for entry in found.values())


def test_sarif_results_are_failures_open_questions_and_suppressions() -> None:
    """A failure has the level of its rule, what is unknown is open, what is waived says who, why and until when."""
    run = log(WHOLE)
    ids = [one["id"] for one in run["tool"]["driver"]["rules"]]
    said = [
        (one["ruleId"], one["kind"], one["level"], len(one["suppressions"]), ids[one["ruleIndex"]])
        for one in run["results"]
    ]
    assert sorted(said) == [
        ("image-pull-policy", "fail", "note", 0, "image-pull-policy"),
        ("privileged", "fail", "error", 0, "privileged"),
        ("privileged", "fail", "error", 1, "privileged"),
        ("schema", "open", "none", 0, "schema"),
    ]
    (suppression,) = next(one["suppressions"] for one in run["results"] if one["suppressions"])
    assert suppression["kind"] == "external"
    assert suppression["status"] == "accepted"
    assert suppression["justification"] == "team-job, until 2026-04-01: The driver needs it."


def test_sarif_result_stands_at_its_line_in_its_file() -> None:
    """With the object and the field beside it; a blank in a path is escaped."""
    (one,) = log(Report("all", ASKED, (WEB,), (PRIVILEGED,)))["results"]
    (place,) = one["locations"]
    assert place["physicalLocation"] == {
        "artifactLocation": {"uri": "deploy/web%20app.yaml"},
        "region": {"startLine": 44},
    }
    (thing,) = place["logicalLocations"]
    assert thing["fullyQualifiedName"] == "shop/Deployment/web#spec…privileged"
    assert one["message"]["text"] == "Deployment shop/web: container app is privileged"


def test_sarif_invocation_says_how_the_run_ended() -> None:
    """What was not evaluated is a notification, and the run no success; the exit code is that of the command."""
    (one,) = log(WHOLE)["invocations"]
    assert (one["executionSuccessful"], one["exitCode"]) == (False, ExitCode.REFUSED)
    (notification,) = one["toolExecutionNotifications"]
    assert notification["message"]["text"] == GAP.reason
    assert notification["locations"][0]["physicalLocation"]["region"]["startLine"] == 9
    (one,) = log(Report("all", ASKED, (WEB,), (Result("host-pid", WEB, Judgement.PASS),)))["invocations"]
    assert (one["executionSuccessful"], one["exitCode"]) == (True, ExitCode.PASS)
    (one,) = log(Report("all", not_evaluated=(NotEvaluated("", 0, "no input was given"),)))["invocations"]
    assert (one["executionSuccessful"], one["exitCode"]) == (False, ExitCode.UNKNOWN)


def fingerprints(*inputs: Path) -> set[str]:
    run = log(policy.check_manifests(inputs, profile="all"))
    found = [one["partialFingerprints"][sarif.FINGERPRINT] for one in run["results"]]
    assert len(found) == len(set(found))
    return set(found)


def test_sarif_fingerprints_stay_when_lines_files_and_containers_move(tmp_path: Path) -> None:
    """They change with the rule, the object or the field, and with nothing else."""
    text = (EXAMPLES / "privileged/examples/fail-init-container.yaml").read_text(encoding="utf-8")
    (tmp_path / "a.yaml").write_text(text, encoding="utf-8")
    before = fingerprints(tmp_path / "a.yaml")
    assert len(before) > 3
    (tmp_path / "moved.yaml").write_text(f"# moved\n\n---\n{text}", encoding="utf-8")
    (tmp_path / "other.yaml").write_text(
        (EXAMPLES / "tiller/examples/pass.yaml")
        .read_text(encoding="utf-8")
        .replace("name: quotes", "name: other"),
        encoding="utf-8",
    )
    assert before < fingerprints(tmp_path / "moved.yaml", tmp_path / "other.yaml")
    assert fingerprints(tmp_path / "moved.yaml", tmp_path / "other.yaml") == fingerprints(
        tmp_path / "other.yaml", tmp_path / "moved.yaml"
    )
    assert "      initContainers:\n        - " in text
    more = text.replace(
        "      initContainers:\n", "      initContainers:\n        - {name: first, image: a}\n"
    )
    (tmp_path / "more.yaml").write_text(more, encoding="utf-8")
    assert before < fingerprints(tmp_path / "more.yaml")


def test_sarif_fingerprints_tell_two_findings_of_one_field_apart() -> None:
    """Another rule, object, namespace or field is another finding; the same one twice is counted."""
    others = [
        PRIVILEGED,
        PRIVILEGED,
        replace(PRIVILEGED, rule="host-pid"),
        replace(PRIVILEGED, object=replace(WEB, namespace="other")),
        replace(PRIVILEGED, object=replace(WEB, kind="Job")),
        replace(PRIVILEGED, part=(*PART, "x")),
    ]
    results = log(Report("all", ASKED, (WEB,), tuple(others)))["results"]
    found = [one["partialFingerprints"][sarif.FINGERPRINT] for one in results]
    assert len(set(found)) == len(others)
    assert [one[-2:] for one in found] == [":1", ":2", ":1", ":1", ":1", ":1"]


def test_sarif_of_a_file_elsewhere_has_an_absolute_address(tmp_path: Path) -> None:
    """A file under the current folder, or under that of the workflow, is relative to it however it was named."""
    inside = replace(PRIVILEGED, object=replace(WEB, file=str(tmp_path / "deploy/ä.yaml")))
    outside = replace(PRIVILEGED, object=replace(WEB, file="/elsewhere/a b.yaml"))
    uris = [
        one["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        for one in log(Report("all", ASKED, (WEB,), (inside, outside)))["results"]
    ]
    assert uris == ["deploy/%C3%A4.yaml", "file:///elsewhere/a%20b.yaml"]


# JUnit


def junit(tmp_path: Path, *reports: Report, each: Sequence[str] | None = None) -> list[Any]:
    deliver("manifests", reports, each=each, junit=tmp_path / "junit.xml")
    return list(JUnitXml.fromfile(str(tmp_path / "junit.xml")))


def test_junit_has_a_case_for_every_rule_and_gap(tmp_path: Path) -> None:
    """Failed, unknown as an error, never applied as skipped; what is waived passes and is written beside it."""
    (suite,) = junit(tmp_path, WHOLE)
    cases = {case.name: case for case in suite}
    kinds = {name: [type(one) for one in case.result] for name, case in cases.items()}
    assert kinds == {
        "host-pid": [],
        "privileged": [Failure],
        "ingress-tls": [Skipped],
        "image-pull-policy": [Failure],
        "schema": [Error],
        "deploy/broken.yaml:9": [Error],
    }
    said = "deploy/web app.yaml:44: Deployment shop/web: container app is privileged"
    assert cases["privileged"].result[0].message == said
    assert cases["privileged"].system_out.startswith("waived: deploy/job.yaml:30: Job shop/job")
    assert (suite.tests, suite.failures, suite.errors, suite.skipped) == (6, 2, 2, 1)


def test_junit_each_has_a_suite_for_every_path(tmp_path: Path) -> None:
    """Under the PATH as it was given."""
    suites = junit(tmp_path, WHOLE, Report("all", ASKED), each=["a", "b"])
    assert [suite.name for suite in suites] == ["a", "b"]


def test_junit_holds_what_xml_cannot(tmp_path: Path) -> None:
    """A control character or a lone surrogate in a name is written out, and the file can be read."""
    bad = replace(PRIVILEGED, object=replace(WEB, name="a\x00\x1b[31m\ud800<&>"), message="line\nline")
    (suite,) = junit(tmp_path, Report("all", ASKED, (WEB,), (bad,)))
    (message,) = [one.message for case in suite for one in case.result if isinstance(one, Failure)]
    assert "a\\x00\\x1b[31m\\ud800<&>: line\\nline" in message


# GitHub


def test_github_escapes_what_would_end_a_command() -> None:
    """A percent sign, a line break, and in properties a colon and a comma."""
    bad = replace(PRIVILEGED, object=replace(WEB, file="a,b:c%.yaml"), message="100 %\n::error::x\r")
    (line,) = github.lines(Report("all", (), (WEB,), (bad,)))
    assert line == (
        "::error file=a%2Cb%3Ac%25.yaml,line=44,title=privileged%3A fail::"
        "Deployment shop/web: 100 %25%0A::error::x%0D"
    )


def test_github_annotations_in_a_workflow_leave_standard_output_alone(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The gravest first, what was not evaluated last, by paths from the root of the checkout; nothing waived."""
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.setenv("GITHUB_WORKSPACE", str(Path.cwd().parent))
    deliver("manifests", [WHOLE], as_json=True)
    said = capsys.readouterr()
    assert json.loads(said.out)["outcome"] == "fail"
    here = Path.cwd().name
    heads = [line.rpartition(",title=")[0] for line in said.err.splitlines()]
    assert heads == [
        f"::error file={here}/deploy/web app.yaml,line=44",
        f"::error file={here}/deploy/job.yaml,line=7",
        f"::error file={here}/deploy/job.yaml,line=20",
        f"::error file={here}/deploy/broken.yaml,line=9",
    ]


@pytest.mark.parametrize("value", ["", "false"])
def test_github_annotations_outside_of_a_workflow_are_not_written(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], value: str
) -> None:
    """Only GITHUB_ACTIONS=true is a workflow."""
    monkeypatch.setenv("GITHUB_ACTIONS", value)
    deliver("manifests", [WHOLE])
    assert capsys.readouterr().err == ""


# The table


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


def test_table_puts_findings_under_their_rule_the_gravest_first() -> None:
    """The fix once, a line for each place, and the counts at the end."""
    rule, pull, schema = RULES["privileged"], RULES["image-pull-policy"], BUILT_IN["schema"]
    assert list(table.lines(WHOLE, table.Paint())) == [
        f"privileged (critical: {rule.title})",
        f"  fix: {rule.fix}",
        "  fail    deploy/web app.yaml:44  Deployment shop/web  container app is privileged",
        "",
        f"schema (high: {schema.title})",
        f"  fix: {schema.fix}",
        "  unknown deploy/job.yaml:7  Job shop/job  spec.replica is no field",
        "",
        f"image-pull-policy (low: {pull.title})",
        f"  fix: {pull.fix}",
        "  fail    deploy/job.yaml:20  Job shop/job  container job is not pulled Always",
        "",
        f"unknown {GAP}",
        "waived privileged: Job shop/job: container app is privileged; team-job until 2026-04-01: The driver needs it.",
        "never applied: ingress-tls",
        "fail: 2 objects, 4 rules, 3 passes, 2 failures, 1 unknown, 1 waived, 1 not evaluated",
    ]


def test_table_of_many_findings_has_one_line_for_each() -> None:
    """300 findings of three rules: three headings, and columns that line up."""
    named = ("host-pid", "privileged", "image-pull-policy")
    results = [
        Result(rule, replace(WEB, name=f"web-{number}"), Judgement.FAIL, "is wrong", line=number + 1)
        for rule in named
        for number in range(100)
    ]
    lines = list(table.lines(Report("all", ASKED, (WEB,), tuple(results)), table.Paint()))
    findings = [line for line in lines if line.startswith("  fail")]
    assert len(findings) == 300
    assert len(lines) == 300 + 3 * len(named) + 2
    assert len({line.index("is wrong") for line in findings}) == 1


def test_table_counts_what_only_waits() -> None:
    """When nothing could be judged, the reason stands alone and the objects are one number."""
    lines = list(
        table.lines(WHOLE.unjudged([NotEvaluated("policies", 0, "no rule is there")]), table.Paint())
    )
    assert lines[:3] == [
        f"unknown {GAP}",
        "unknown policies: no rule is there",
        "unknown 2 objects were not judged for that",
    ]


def test_table_is_coloured_only_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """And not when the user said NO_COLOR, or the terminal knows no colours."""
    assert not table.Paint.of(StringIO()).is_on
    monkeypatch.setenv("TERM", "xterm")
    assert table.Paint.of(Terminal()).is_on
    assert "\x1b[31mfail   \x1b[0m" in "\n".join(table.lines(WHOLE, table.Paint.of(Terminal())))
    monkeypatch.setenv("NO_COLOR", "1")
    assert not table.Paint.of(Terminal()).is_on
    monkeypatch.delenv("NO_COLOR")
    monkeypatch.setenv("TERM", "dumb")
    assert not table.Paint.of(Terminal()).is_on


def test_table_writes_out_what_would_steer_a_terminal() -> None:
    """A name that clears the screen is shown as text."""
    bad = replace(PRIVILEGED, object=replace(WEB, name="\x1b[2J\n"))
    lines = list(table.lines(Report("all", ASKED, (WEB,), (bad,)), table.Paint()))
    assert any("Deployment shop/\\x1b[2J\\n" in line for line in lines)
    assert not any("\x1b" in line for line in lines)
    assert lines[-1] == "fail: 1 object, 4 rules, 0 passes, 1 failure, 0 unknown, 0 waived, 0 not evaluated"


def test_places_are_relative_to_the_checkout(tmp_path: Path) -> None:
    """Whatever way the file was named."""
    named = ("a.yaml", "./a.yaml", "x/../a.yaml", str(tmp_path / "a.yaml"), "-")
    assert [places.relative(one) for one in named] == ["a.yaml"] * 4 + ["-"]


@pytest.mark.parametrize("option", ["ledger", "junit", "sarif"])
def test_every_file_that_cannot_be_written_is_wrong_usage(tmp_path: Path, option: str) -> None:
    """What, where and what next."""
    with pytest.raises(UsageError, match="cannot be written") as raised:
        deliver("manifests", [WHOLE], **{option: tmp_path})  # type: ignore[arg-type]
    assert (raised.value.where, raised.value.code) == (str(tmp_path), ExitCode.USAGE)


def test_all_outputs_at_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """They can be combined, and agree on what failed."""
    files = {one: tmp_path / one for one in ("ledger", "junit", "sarif")}
    code = deliver("manifests", [WHOLE], as_json=True, **files)  # type: ignore[arg-type]
    assert code is ExitCode.REFUSED
    failed = {"privileged", "image-pull-policy"}
    document = json.loads(capsys.readouterr().out)
    ledger = [json.loads(line) for line in files["ledger"].read_text().splitlines()]
    assert ledger == document["results"]
    assert {one["rule"] for one in ledger if one["outcome"] == "fail" and "waiver" not in one} == failed
    results = json.loads(files["sarif"].read_text())["runs"][0]["results"]
    assert {one["ruleId"] for one in results if one["kind"] == "fail" and not one["suppressions"]} == failed
    cases = [case for suite in JUnitXml.fromfile(str(files["junit"])) for case in suite]
    assert {case.name for case in cases if any(isinstance(one, Failure) for one in case.result)} == failed
