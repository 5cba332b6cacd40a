"""What the engine says of every rule and object. The ways for it to say nothing are in test_silent_passes.py."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from fixture import ROOT  # type: ignore[import-not-found]

from hallmark import policy
from hallmark.outcome import Outcome, UsageError

GOOD = ROOT / "policies/manifests/privileged/examples/pass.yaml"
BAD = ROOT / "policies/manifests/privileged/examples/fail.yaml"


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


def make_new(home: Path) -> Path:
    """The rule with a text that was never loaded, so that nothing about it is remembered."""
    rule = home / "manifests/privileged/privileged.rego"
    rule.write_text(f"{rule.read_text()}\n# {home}\n")
    return rule


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


def test_check_unreadable_beside_readable_judges_nothing_unless_told_to(tmp_path: Path) -> None:
    """Half a set is not judged by itself; with keep_going it is, and the outcome still isn't a pass."""
    assert policy.check_manifests([]).outcome is Outcome.UNKNOWN
    (tmp_path / "x.yaml").write_text("a: [")
    assert policy.check_manifests([GOOD, tmp_path]).results == ()
    kept = policy.check_manifests([GOOD, tmp_path], rules=["privileged"], keep_going=True)
    assert (len(kept.results), kept.outcome) == (1, Outcome.UNKNOWN)


def test_check_rule_that_looks_into_what_the_library_says_is_judged(home: Path) -> None:
    """OPA checks types before it tells the metadata, so it must know what a function of the library returns."""
    file = home / "manifests/privileged/privileged.rego"
    text = file.read_text().replace("scope: object", "scope: set")
    text = text.replace("applies := workload.ids", "applies := workload.ids if _accounts[0]")
    file.write_text(text + "\n_accounts := {0: workload.account(pod) | some pod in workload.pods}\n")
    assert policy.check_manifests([BAD], policies=home).outcome is Outcome.FAIL


def test_check_unknown_rule_or_profile_is_a_usage_error() -> None:
    """A misspelt id or profile names what there is."""
    with pytest.raises(UsageError, match="no rule privilegd"):
        policy.check_manifests([GOOD], rules=["privilegd"])
    with pytest.raises(UsageError, match="no profile 'strict'"):
        policy.check_manifests([GOOD], profile="strict")


def test_policy_lint_unformatted_is_a_failure(home: Path) -> None:
    """A file that `opa fmt` would change fails, and a clean folder passes."""
    assert {check.outcome for check in policy.lint(home)} == {Outcome.PASS}
    file = home / "manifests/privileged/privileged.rego"
    file.write_text(file.read_text().replace("\tsome", "  some"))
    assert Outcome.FAIL in {check.outcome for check in policy.lint(home)}


def test_rules_are_loaded_without_their_tests(home: Path) -> None:
    """What is wrong with a test, or with a file that no rule of the family reads, is none of a check's business."""
    make_new(home)
    test = home / "manifests/privileged/privileged_test.rego"
    test.write_text(f"{test.read_text()}\n_broken := count(1)\n")
    (home / "lib/unread.rego").write_text("package hallmark.lib.unread\n\n_broken := count(1)\n")
    assert policy.check_manifests([BAD], policies=home).outcome is Outcome.FAIL
    assert policy.test(home).outcome is Outcome.UNKNOWN


def test_rules_behind_links_are_loaded(home: Path, tmp_path: Path) -> None:
    """A rule that is kept elsewhere and linked has its METADATA too."""
    rule = make_new(home)
    rule.rename(tmp_path / "kept.rego")
    rule.symlink_to(tmp_path / "kept.rego")
    assert policy.check_manifests([BAD], policies=home).outcome is Outcome.FAIL


def test_rules_that_opa_does_not_take_are_named_with_their_line(home: Path) -> None:
    """The place is where the rule is, not where OPA was shown it."""
    rule = make_new(home)
    text = rule.read_text().replace("applies := workload.ids", "applies := workload.ids if workload.ids(1)")
    rule.write_text(text)
    line = text.splitlines().index("applies := workload.ids if workload.ids(1)") + 1
    gap = policy.check_manifests([BAD], policies=home).not_evaluated[0]
    assert (gap.file, gap.reason.partition(":")[0]) == (
        f"{rule}:{line}",
        "the rules' metadata cannot be read",
    )
