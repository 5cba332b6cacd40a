"""Plans and states of Terraform through the engine: what is known, what is open, and what is no plan at all."""

from __future__ import annotations

import json
import zipfile
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from fixture import ROOT  # type: ignore[import-not-found]
from plan_fixture import ACTIONS, ENTRIES, RULES, entries  # type: ignore[import-not-found]
from typer.testing import CliRunner

from hallmark import policy
from hallmark.outcome import Outcome
from hallmark.policy import plans, rules
from hallmark.policy.command import app
from hallmark.policy.report import Judgement, Report

IDS = [rule.id for rule in rules.load(family="plan").rules]
EXAMPLES = sorted(RULES.glob("*/examples/*.json"))
PLAN = ACTIONS.with_name("plan.json")
STATE = ACTIONS.with_name("state.json")
KEY = RULES / "kms-rotation/examples/fail.json"


def _rule(example: Path) -> str:
    return example.parents[1].name


@pytest.fixture(scope="module")
def judged() -> dict[Path, Report]:
    """Every example by its own rule, in one run for each rule."""
    found: dict[Path, Report] = {}
    for rule in IDS:
        own = [one for one in EXAMPLES if _rule(one) == rule]
        found |= dict(zip(own, policy.check_plans([[one] for one in own], rules=[rule]), strict=True))
    return found


def _counts(report: Report) -> Counter[Judgement]:
    return Counter(one.outcome for one in report.results)


@pytest.mark.parametrize("rule", IDS)
def test_entries_of_rule_are_fresh(rule: str) -> None:
    """What the tests in Rego start from is what the reader makes of the examples now."""
    text = (ENTRIES / f"{rule}.json").read_text(encoding="utf-8")
    assert text == entries(rule), f"run: .venv/bin/python tests/unit/policy/plan_fixture.py {rule}"


def test_entries_belong_to_rules() -> None:
    """No fixture is left of a rule that is gone."""
    assert sorted(one.stem for one in ENTRIES.iterdir()) == sorted(IDS)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda one: f"{_rule(one)}-{one.stem}")
def test_example_is_judged_as_its_name_says(example: Path, judged: dict[Path, Report]) -> None:
    """One that fails has nothing open, one that is open has no failure, one that passes has neither."""
    report = judged[example]
    expected = example.stem.partition("-")[0]
    assert str(report.outcome) == expected, [str(one.message) for one in report.findings]
    others = {"fail": Judgement.UNKNOWN, "unknown": Judgement.FAIL, "pass": Judgement.FAIL}
    assert _counts(report)[others[expected]] == 0
    assert example.with_suffix(".tf").is_file()


@pytest.mark.parametrize("rule", IDS)
def test_rule_has_an_example_of_each_kind(rule: str) -> None:
    """A rule is shown failing and passing."""
    assert {"fail.json", "pass.json"} <= {one.name for one in EXAMPLES if _rule(one) == rule}


def test_check_plan_json_names_resources_by_address() -> None:
    """The document is that of every check, with the address beside the name."""
    done = CliRunner().invoke(app, ["plan", "--json", "--rules", "kms-rotation", str(KEY)])
    said = json.loads(done.stdout)
    assert (done.exit_code, said["outcome"]) == (1, "fail")
    result = next(one for one in said["results"] if one["object"]["name"] == "aws_kms_key.off")
    assert (result["outcome"], result["path"]) == ("fail", "enable_key_rotation")
    assert result["object"] == {
        "file": str(KEY),
        "line": result["object"]["line"],
        "kind": "aws_kms_key",
        "namespace": "",
        "name": "aws_kms_key.off",
        "address": "aws_kms_key.off",
    }
    lines = KEY.read_text(encoding="utf-8").splitlines()
    assert lines[result["line"] - 1].strip().startswith('"enable_key_rotation": false')
    assert '"address": "aws_kms_key.off"' in "".join(lines[result["object"]["line"] - 1 :][:2])


def test_check_plan_of_one_line_is_at_line_one(tmp_path: Path) -> None:
    """As Terraform itself writes it."""
    file = tmp_path / "plan.json"
    file.write_text(json.dumps(json.loads(KEY.read_text(encoding="utf-8"))))
    (report,) = policy.check_plans([[file]], rules=["kms-rotation"])
    assert {one.line for one in report.findings} == {1}


def _plan(**changes: Any) -> str:
    return json.dumps({**json.loads(KEY.read_text(encoding="utf-8")), **changes})


BAD = {
    "empty": ("", 1, "invalid JSON"),
    "truncated": (KEY.read_text(encoding="utf-8")[:900], 41, "invalid JSON"),
    "another document": ('{"kind": "Pod"}', 1, "neither a plan nor a state"),
    "a list": ("[]", 1, "the document must be an object"),
    "an empty state": ('{"format_version": "1.0"}', 1, "a state with nothing in it"),
    "format 2": (_plan(format_version="2.0"), 1, "has the format version 2.0: only 1.x is known"),
    "format missing": ('{"planned_values": {}}', 1, "lacks format_version"),
    "format of another type": (_plan(format_version=1), 1, "only 1.x is known"),
    "errored": (_plan(errored=True), 1, "the plan ended with an error"),
    "deferred": (_plan(deferred_changes=[{}]), 1, "changes are deferred"),
    "changes no list": (_plan(resource_changes={}), 1, "resource_changes must be a list"),
    "change no object": (_plan(resource_changes=[1]), 1, "resource_changes.0 must be an object"),
    "no address": (_plan(resource_changes=[{"mode": "managed"}]), 1, "a resource without address"),
    "configuration of another form": (_plan(configuration=[1]), 1, "of another form"),
    "a key twice": ('{"format_version": "1.0", "values": {}, "values": {}}', 1, "duplicate key 'values'"),
    "no number": ('{"format_version": "1.0", "values": NaN}', 1, "NaN is no number"),
    "nothing in it": ('{"format_version": "1.0", "values": {}}', 1, "no resource is in it"),
    "no change at all": (_plan(resource_changes=[], configuration={}), 1, "no resource is in it"),
    "a stored state": ('{"version": 4, "resources": []}', 1, "a state as Terraform stores it"),
    "a stream of events": ('{"type": "version"}\n{"type": "planned_change"}', 2, "invalid JSON"),
    "nested too deep": ("[" * 100_000, 1, "nested too deep"),
}


@pytest.mark.parametrize("name", BAD)
def test_check_plan_unreadable_is_not_evaluated_with_its_line(name: str, tmp_path: Path) -> None:
    """Nothing is judged, and what and where is said."""
    text, line, reason = BAD[name]
    file = tmp_path / "plan.json"
    file.write_text(text)
    (report,) = policy.check_plans([[file]])
    assert report.outcome is Outcome.UNKNOWN
    assert [(one.file, one.line) for one in report.not_evaluated] == [(str(file), line)]
    assert reason in report.not_evaluated[0].reason


@pytest.mark.parametrize("name", ["truncated", "format 2", "no change at all"])
def test_check_plan_unreadable_exits_2_and_says_why(name: str, tmp_path: Path) -> None:
    """The command says what is wrong with the file, and is not green."""
    text, line, reason = BAD[name]
    file = tmp_path / "plan.json"
    file.write_text(text)
    done = CliRunner().invoke(app, ["plan", str(file)])
    assert done.exit_code == 2
    assert f"unknown {file}:{line}: {reason}" in done.stdout


def test_check_plan_saved_plan_names_the_command_that_shows_it(tmp_path: Path) -> None:
    """What `terraform plan -out` writes is a zip file, whatever it is called."""
    file = tmp_path / "made.plan"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("tfplan", b"\xff\xfe")
    done = CliRunner().invoke(app, ["plan", str(file)])
    assert done.exit_code == 2
    assert f"unknown {file}: not UTF-8 text: judge what `terraform show -json` makes of it" in done.stdout


DELETED = RULES / "stateful-deletion/examples/fail.json"


def test_read_knows_what_is_deleted_as_it_was() -> None:
    """Of the others nothing of before is read: only what comes counts."""
    before: dict[str, Any] = {one["address"]: one.get("before") for one in plans.gather([DELETED]).entries}
    assert before["aws_kms_key.deleted"]["tags_all"] == {"Environment": "production"}
    assert before["aws_s3_bucket.replaced"]["bucket"] == "replaced"
    assert before["aws_s3_bucket.kept"] is None
    assert all("before" not in one for one in plans.gather([KEY]).entries)


def test_check_plan_deletion_is_let_pass_by_a_waiver_for_exactly_it(tmp_path: Path) -> None:
    """By type and address; the other deletions of the plan stand."""
    today = datetime.now(UTC).date()
    waiver = {
        "rule": "stateful-deletion",
        "object": {"kind": "aws_kms_key", "namespace": "", "name": "aws_kms_key.deleted"},
        "owner": "team",
        "reason": "What it encrypted is gone.",
        "created": today,
        "expires": today + timedelta(days=1),
    }
    file = tmp_path / "waivers.yaml"
    file.write_text(yaml.safe_dump([waiver]))
    arguments = ["plan", "--json", "--rules", "stateful-deletion", "--waivers", str(file), str(DELETED)]
    said = json.loads(CliRunner().invoke(app, arguments).stdout)
    waived = {
        one["object"]["address"]: "waiver" in one for one in said["results"] if one["outcome"] == "fail"
    }
    assert waived.pop("aws_kms_key.deleted") is True
    assert len(waived) == 4
    assert not any(waived.values())


def test_check_plans_one_unreadable_leaves_the_others_unless_told(tmp_path: Path) -> None:
    """With keep_going the rest is judged, and the whole is still not green."""
    file = tmp_path / "plan.json"
    file.write_text("{")
    (report,) = policy.check_plans([[file, KEY]], rules=["kms-rotation"])
    assert not list(report.results)
    assert any("was not judged" in one.reason for one in report.not_evaluated)
    (report,) = policy.check_plans([[file, KEY]], rules=["kms-rotation"], keep_going=True)
    assert (report.outcome, len(report.not_evaluated)) == (Outcome.FAIL, 1)


def test_check_plans_without_input_is_unknown() -> None:
    """Nothing evaluated is a failure."""
    (report,) = policy.check_plans([[]])
    assert (report.outcome, report.not_evaluated[0].reason) == (Outcome.UNKNOWN, "no input was given")


def test_check_plans_without_rules_is_unknown(tmp_path: Path) -> None:
    """A folder of policies that has none for plans judges nothing."""
    (tmp_path / "parameters.yaml").write_text((ROOT / "policies/parameters.yaml").read_text())
    (report,) = policy.check_plans([[KEY]], policies=tmp_path)
    assert report.outcome is Outcome.UNKNOWN
    assert any("no rule is there" in one.reason for one in report.not_evaluated)


def test_read_several_documents_keep_their_resources_apart() -> None:
    """Each knows of which document it is."""
    gathered = plans.gather([KEY, KEY.with_name("pass.json")])
    assert {one["document"] for one in gathered.entries} == {0, 1}
    assert [one["id"] for one in gathered.entries] == list(range(len(gathered.subjects)))


def _outcomes(report: Report) -> dict[str, str]:
    """By address what was said of each object to which the rule applies."""
    return {
        one.object.address: str(one.outcome)
        for one in report.results
        if one.outcome is not Judgement.NOT_APPLICABLE
    }


def test_check_plan_judges_what_will_exist() -> None:
    """Not what is deleted, forgotten or deposed; of an update or a replacement what comes after it; a no-op too."""
    (report,) = policy.check_plans([[PLAN]], rules=["kms-rotation"])
    inner = 'module.inner["a.b[c]"].aws_kms_key.counted'
    assert _outcomes(report) == {
        "aws_kms_key.improved": "pass",
        "aws_kms_key.worsened": "fail",
        "aws_kms_key.replaced": "pass",
        "aws_kms_key.unchanged": "fail",
        "aws_kms_key.deposed": "pass",
        "aws_kms_key.null_by_variable": "fail",
        f"{inner}[0]": "pass",
        f"{inner}[1]": "pass",
    }


def test_check_plan_has_an_object_for_each_provider_block() -> None:
    """By name and alias."""
    gathered = plans.gather([PLAN])
    providers = [one for one in gathered.entries if one["type"] == "provider"]
    assert [one["address"] for one in providers] == ["provider.aws", "provider.aws.west"]
    assert [one["values"]["region"] for one in providers] == ["eu-central-1", "eu-west-1"]


def test_check_state_judges_what_exists_with_nothing_open() -> None:
    """The same rules; what is deposed is not judged, and what was left out has its value."""
    (report,) = policy.check_plans([[STATE]], rules=["kms-rotation"])
    assert _outcomes(report) == {
        "aws_kms_key.forgotten": "fail",
        "aws_kms_key.deleted": "fail",
        "aws_kms_key.improved": "fail",
        "aws_kms_key.worsened": "pass",
        "aws_kms_key.unchanged": "fail",
        "aws_kms_key.deposed": "pass",
    }
    assert "$unknown" not in json.dumps(plans.gather([STATE]).entries)


def test_check_plan_follows_references_through_modules() -> None:
    """A VPC and its flow log find each other by variables, for_each and keys, neither having an id yet."""
    gathered = plans.gather([PLAN])
    of = 'module.inner["a.b[c]"].aws_vpc.of'
    linked = {
        one["address"].removeprefix('module.inner["a.b[c]"].module.logs.aws_flow_log.'): one["values"][
            "vpc_id"
        ]["$unknown"]["resources"]
        for one in gathered.entries
        if one["type"] == "aws_flow_log"
    }
    assert linked == {'all["a"]': [f'{of}["a"]'], 'all["b"]': [f'{of}["b"]'], "one": [f'{of}["b"]']}
    (report,) = policy.check_plans([[PLAN]], rules=["vpc-flow-logs"])
    assert _outcomes(report) == {f'{of}["a"]': "pass", f'{of}["b"]': "pass"}


def test_check_plan_without_configuration_takes_nothing_for_left_out(tmp_path: Path) -> None:
    """Fail closed: what is unknown may have been set."""
    document = json.loads(KEY.read_text(encoding="utf-8"))
    del document["configuration"]
    file = tmp_path / "plan.json"
    file.write_text(json.dumps(document))
    (report,) = policy.check_plans([[file]], rules=["eks-auth-mode-api", "kms-rotation"])
    assert report.outcome is Outcome.FAIL
    auth = RULES / "eks-auth-mode-api/examples/fail.json"
    document = json.loads(auth.read_text(encoding="utf-8"))
    del document["configuration"]
    file.write_text(json.dumps(document))
    (report,) = policy.check_plans([[file]], rules=["eks-auth-mode-api"])
    assert _outcomes(report)["aws_eks_cluster.left_out"] == "unknown"


def test_check_plan_judges_what_planned_values_alone_have(tmp_path: Path) -> None:
    """A resource without a change is judged as it will be, and what is set there and has no value is open."""
    document = json.loads((RULES / "kms-rotation/examples/unknown.json").read_text(encoding="utf-8"))
    resources = [
        {**one, "values": one["change"]["after"]}
        for one in document.pop("resource_changes")
        if one["mode"] == "managed"
    ]
    document["planned_values"] = {"root_module": {"resources": resources}}
    file = tmp_path / "plan.json"
    file.write_text(json.dumps(document))
    (report,) = policy.check_plans([[file]], rules=["kms-rotation"])
    assert _outcomes(report) == {"aws_kms_key.rotation": "unknown", "aws_kms_key.spec": "unknown"}
