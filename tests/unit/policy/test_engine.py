"""The engine cannot pass silently: everything that keeps it from judging is unknown, with its place."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from fixture import ROOT  # type: ignore[import-not-found]

from hallmark import policy
from hallmark.outcome import Outcome, UsageError

GOOD = ROOT / "policies/manifests/privileged/examples/pass.yaml"
BAD = ROOT / "policies/manifests/privileged/examples/fail.yaml"
RULE = "policies/manifests/privileged/privileged.rego"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A copy of the library and one rule, free to break."""
    base = tmp_path / "policies"
    shutil.copytree(ROOT / "policies/lib", base / "lib")
    shutil.copytree(ROOT / "policies/testing", base / "testing")
    shutil.copytree(ROOT / "policies/manifests/privileged", base / "manifests/privileged")
    for name in ("report.rego", "parameters.yaml"):
        shutil.copy(ROOT / "policies" / name, base)
    return base


def reasons(report: policy.Report) -> str:
    return "\n".join([*map(str, report.not_evaluated), *(one.message for one in report.findings)])


def test_check_ledger_has_every_rule_on_every_object() -> None:
    """A failing container is named with rule, object, path and line; other objects are not applicable, not passed."""
    report = policy.check_manifests([BAD], rules=["privileged", "host-path"])
    assert report.outcome is Outcome.FAIL
    assert {(one.rule, str(one.outcome)) for one in report.results} == {
        ("privileged", "fail"),
        ("host-path", "pass"),
    }
    (finding,) = report.findings
    assert finding.path == "spec.template.spec.containers[0].securityContext.privileged"
    assert BAD.read_text().splitlines()[finding.line - 1].strip() == "privileged: true"
    assert report.as_json()["objects"] == [
        {"file": str(BAD), "line": 1, "kind": "Deployment", "namespace": "production", "name": "quotes"}
    ]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "no object"),
        ("# only a comment\n---\n", "no object"),
        ("kind: Pod\n", "without apiVersion"),
        ("apiVersion: v1\nkind: Pod\nkind: Pod\n", "duplicate key"),
        ("a: [\n", "invalid YAML"),
        ("apiVersion: v1\nkind: Pods\nmetadata: {name: x}\n", "no kind of Kubernetes"),
        ("apiVersion: app/v1\nkind: Deployment\nmetadata: {name: x}\n", "no kind of Kubernetes"),
    ],
)
def test_check_input_that_cannot_be_judged_is_unknown(tmp_path: Path, text: str, reason: str) -> None:
    """Nothing to judge, or nothing that can be judged, is never a pass."""
    file = tmp_path / "input.yaml"
    file.write_text(text)
    report = policy.check_manifests([file])
    assert report.outcome is Outcome.UNKNOWN
    assert reason in reasons(report)


def test_check_without_input_file_or_matching_file_is_unknown(tmp_path: Path) -> None:
    """A wrong path and an empty folder are named."""
    assert "cannot be read" in reasons(policy.check_manifests([tmp_path / "absent.yaml"]))
    assert "no file here" in reasons(policy.check_manifests([tmp_path]))
    assert policy.check_manifests([]).outcome is Outcome.UNKNOWN


def test_check_unreadable_beside_readable_judges_nothing_unless_told_to(tmp_path: Path) -> None:
    """Half a set is not judged by itself; with keep_going it is, and the outcome still isn't a pass."""
    (tmp_path / "x.yaml").write_text("a: [")
    assert policy.check_manifests([GOOD, tmp_path]).results == ()
    kept = policy.check_manifests([GOOD, tmp_path], rules=["privileged"], keep_going=True)
    assert (len(kept.results), kept.outcome) == (1, Outcome.UNKNOWN)


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("violations contains", "violation contains", "it offers applies, violation"),
        ("package hallmark.manifests.privileged", "package hallmark.manifest.privileged", "the package is"),
        ("#   id: privileged", "#   id: other", "its id is other"),
        ("#   profile: baseline\n", "", "lacks profile"),
        ("#   severity: critical", "#   severity: huge", "one of: low"),
        ("# METADATA", "# METADAT", "no METADATA"),
        ("applies :=", "applies :=:", "cannot be parsed"),
        ("applies := workload.ids", "applies := workload.ids if input.absent", "result is undefined"),
        ("applies := workload.ids", "applies := object.get(input, `absent`, 7)", "must be sets"),
        ("applies := workload.ids", "applies := {99}", "isn't there"),
        ("applies := workload.ids", "applies := workload.ids\n\napplies := {7}", "conflict"),
        ("applies := workload.ids", "applies := {to_number(input.rules[0])}", "could not be evaluated"),
    ],
)
def test_check_rule_outside_its_contract_is_unknown(home: Path, old: str, new: str, reason: str) -> None:
    """A rule that is misspelt, misplaced or without an answer is an error that names it, not a silence."""
    file = home / "manifests/privileged/privileged.rego"
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new, 1))
    report = policy.check_manifests([GOOD], policies=home)
    assert report.outcome is Outcome.UNKNOWN
    assert reason in reasons(report)


def test_check_rule_that_looks_into_what_the_library_says_is_judged(home: Path) -> None:
    """OPA checks types before it tells the metadata, so it must know what a function of the library returns."""
    file = home / "manifests/privileged/privileged.rego"
    text = file.read_text().replace("applies := workload.ids", "applies := workload.ids if _accounts[0]")
    file.write_text(text + "\n_accounts := {0: workload.account(pod) | some pod in workload.pods}\n")
    assert policy.check_manifests([BAD], policies=home).outcome is Outcome.FAIL


def test_check_no_rule_or_stray_rule_is_unknown(home: Path) -> None:
    """No rule, or one outside a folder of its own, is named."""
    shutil.copy(home / "manifests/privileged/privileged.rego", home / "manifests/other.rego")
    assert "outside a folder" in reasons(policy.check_manifests([GOOD], policies=home))
    (home / "manifests/other.rego").unlink()
    shutil.rmtree(home / "manifests/privileged")
    assert "no rule is there" in reasons(policy.check_manifests([GOOD], policies=home))


def test_check_opa_over_its_deadline_is_unknown() -> None:
    """An OPA that doesn't end in time is killed, and nothing is judged."""
    report = policy.check_manifests([GOOD], timeout_s=0.001)
    assert report.outcome is Outcome.UNKNOWN
    assert "did not end within" in reasons(report)


def test_check_unknown_rule_or_profile_is_a_usage_error() -> None:
    """A misspelt id or profile names what there is."""
    with pytest.raises(UsageError, match="no rule privilegd"):
        policy.check_manifests([GOOD], rules=["privilegd"])
    with pytest.raises(UsageError, match="no profile 'strict'"):
        policy.check_manifests([GOOD], profile="strict")


def test_policy_tests_none_is_unknown(home: Path) -> None:
    """Zero tests, or a rule without one, are unknown; OPA itself would exit 0."""
    assert policy.test(home).outcome is Outcome.PASS
    (home / "manifests/privileged/privileged_test.rego").unlink()
    untested = {check.name: check.outcome for check in policy.test(home).checks}
    assert untested["privileged"] is Outcome.UNKNOWN
    for file in home.rglob("*_test.rego"):
        file.unlink()
    assert policy.test(home).outcome is Outcome.UNKNOWN


def test_policy_tests_failing_and_uncovered_are_failures(home: Path) -> None:
    """A test that is not true fails, and so does a line that no test reaches."""
    file = home / "manifests/privileged/privileged.rego"
    text = file.read_text()
    file.write_text(text + "\n_unused(x) if {\n\tx == 1\n}\n")
    assert policy.test(home).outcome is Outcome.FAIL
    file.write_text(text.replace("== false", "== true"))
    assert policy.test(home).outcome is Outcome.FAIL


def test_policy_lint_unformatted_is_a_failure(home: Path) -> None:
    """A file that `opa fmt` would change fails, and a clean folder passes."""
    assert {check.outcome for check in policy.lint(home)} == {Outcome.PASS}
    file = home / "manifests/privileged/privileged.rego"
    file.write_text(file.read_text().replace("\tsome", "  some"))
    assert Outcome.FAIL in {check.outcome for check in policy.lint(home)}
