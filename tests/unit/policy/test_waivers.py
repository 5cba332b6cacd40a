"""Waivers: their whole life, and everything that must not count as one."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from fixture import ROOT  # type: ignore[import-not-found]
from typer.testing import CliRunner

from hallmark.cli.verbs import build
from hallmark.outcome import Outcome
from hallmark.policy import rules, waivers
from hallmark.policy.report import Judgement, NotEvaluated, ObjectReference, Report, Result
from hallmark.policy.waivers import Unusable

BAD = ROOT / "policies/manifests/privileged/examples/fail.yaml"
GOOD = ROOT / "policies/manifests/privileged/examples/pass.yaml"
CREATED, LAST = date(2026, 1, 1), date(2026, 4, 1)
RULES = {rule.id: rule for rule in rules.load().rules}
WEB = ObjectReference("web.yaml", 1, "Deployment", "shop", "web")
OTHER = ObjectReference("web.yaml", 50, "Deployment", "shop", "other")
PART = ("spec", "template", "spec", "containers", "app", "securityContext", "privileged")
FAILURE = Result("privileged", WEB, Judgement.FAIL, "container app is privileged", part=PART)
WAIVER = """\
- rule: privileged
  object:
    kind: Deployment
    namespace: shop
    name: web
  owner: team-web
  reason: The driver needs it until the next release.
  created: 2026-01-01
  expires: 2026-04-01
"""


def load(folder: Path, text: str = WAIVER, today: date = CREATED) -> waivers.Waivers:
    file = folder / "waivers.yaml"
    file.write_text(text, encoding="utf-8")
    return waivers.load(file=file, today=today)


def report(*results: Result, objects: tuple[ObjectReference, ...] = (WEB, OTHER)) -> Report:
    return Report("all", (RULES["privileged"], RULES["host-path"]), objects, results)


@pytest.mark.parametrize("today", [CREATED, date(2026, 2, 1), LAST])
def test_waiver_from_its_first_to_its_last_day_covers_the_failure(tmp_path: Path, today: date) -> None:
    """The result stays a failure, says who lets it pass and until when, and does not count."""
    waived = load(tmp_path, today=today).apply(report(FAILURE))
    assert waived.outcome is Outcome.PASS
    assert waived.findings == ()
    (one,) = waived.waived
    assert (one.outcome, one.message) == (Judgement.FAIL, FAILURE.message)
    assert one.as_json()["waiver"] == {
        "owner": "team-web",
        "reason": "The driver needs it until the next release.",
        "expires": "2026-04-01",
    }


def test_waiver_on_the_day_after_its_last_fails_again_and_says_so(tmp_path: Path) -> None:
    """The finding names the owner and the day."""
    over = load(tmp_path, today=LAST + timedelta(days=1)).apply(report(FAILURE))
    assert over.outcome is Outcome.FAIL
    (one,) = over.findings
    assert one.waiver is None
    assert one.message == "container app is privileged; the waiver of team-web ended on 2026-04-01"


@pytest.mark.parametrize(
    "other",
    [
        replace(FAILURE, rule="host-path"),
        replace(FAILURE, object=OTHER),
        replace(FAILURE, object=replace(WEB, kind="StatefulSet")),
        replace(FAILURE, object=replace(WEB, namespace="")),
        replace(FAILURE, outcome=Judgement.UNKNOWN),
        Result("schema", WEB, Judgement.UNKNOWN, "spec.replica is no field"),
    ],
)
def test_waiver_of_something_else_covers_nothing(tmp_path: Path, other: Result) -> None:
    """Another rule, object, kind or namespace; and never what is unknown, nor the schema."""
    judged = report(other)
    assert load(tmp_path).apply(judged) == judged


def test_waiver_of_a_container_covers_that_container_only(tmp_path: Path) -> None:
    """Not the next container, not the pod; and it comes before one of the whole object."""
    held = load(tmp_path, WAIVER.replace("name: web\n", "name: web\n    container: app\n"))
    sidecar = replace(FAILURE, part=("spec", "template", "spec", "containers", "sidecar", "securityContext"))
    pod = replace(FAILURE, part=("spec", "template", "spec", "securityContext"))
    unnamed = replace(FAILURE, part=("spec", "template", "spec", "containers", 0))
    assert held.apply(report(FAILURE, sidecar, pod, unnamed)).findings == (sidecar, pod, unnamed)
    both = load(
        tmp_path,
        WAIVER + WAIVER.replace("name: web\n", "name: web\n    container: app\n").replace("team-web", "b"),
    )
    owners = [one.waiver and one.waiver.owner for one in both.apply(report(FAILURE, sidecar)).waived]
    assert owners == ["b", "team-web"]


def test_waiver_that_nothing_needs_is_a_failure_at_its_line(tmp_path: Path) -> None:
    """Its object is there, its rule was asked and did not fail."""
    held = load(tmp_path, f"# a comment\n{WAIVER}")
    (one,) = held.unused([held.apply(report())])
    assert (one.rule, one.outcome, one.line, one.file) == ("waiver", Judgement.FAIL, 2, str(held.file))
    assert one.message == "nothing of it fails privileged: the waiver of team-web is not needed"
    assert held.unused([held.apply(report(FAILURE))]) == ()


@pytest.mark.parametrize("today", [CREATED, LAST + timedelta(days=1)])
def test_waiver_is_needed_while_its_rule_fails_though_it_is_over(tmp_path: Path, today: date) -> None:
    """An expired waiver is told of by the finding, not by a second failure; without a finding it is not needed."""
    held = load(tmp_path, today=today)
    assert held.unused([held.apply(report(FAILURE))]) == ()
    assert len(held.unused([held.apply(report())])) == 1


@pytest.mark.parametrize(
    "judged",
    [
        report(objects=(OTHER,)),
        replace(report(), rules=(RULES["host-path"],)),
        report(Result("privileged", WEB, Judgement.UNKNOWN, "the rule's result is undefined")),
        report(Result("schema", WEB, Judgement.UNKNOWN, "spec.replica is no field")),
        report(FAILURE).unjudged([NotEvaluated("x.yaml", 1, "invalid YAML")]),
    ],
    ids=["object-absent", "rule-not-asked", "rule-unknown", "schema-unknown", "nothing-judged"],
)
def test_waiver_is_not_called_unused_without_a_judgement(tmp_path: Path, judged: Report) -> None:
    """A check of an unrelated file, of other rules, or one that could not judge the object says nothing of it."""
    assert load(tmp_path).unused([judged]) == ()


def test_waiver_of_a_rule_over_a_set_is_unused_only_where_all_is_judged(tmp_path: Path) -> None:
    """The same object alone, without what the rule asks about, may pass."""
    held = load(tmp_path, WAIVER.replace("rule: privileged", "rule: hpa-replicas-unset"))
    judged = replace(report(), rules=(RULES["hpa-replicas-unset"],))
    assert held.unused([judged]) == ()
    assert len(held.unused([judged], anywhere=True)) == 1


def test_waiver_of_an_object_that_is_nowhere_fails_where_all_is_judged(tmp_path: Path) -> None:
    """Over all stages a waiver is needed by one of them, or it fails; what was not read leaves that open."""
    held = load(tmp_path)
    absent = report(objects=(OTHER,))
    assert len(held.unused([absent, absent], anywhere=True)) == 1
    assert held.unused([absent, report(FAILURE)], anywhere=True) == ()
    assert held.unused([absent.unjudged([NotEvaluated("x", 1, "y")])], anywhere=True) == ()


@pytest.mark.parametrize(
    ("old", "new", "line", "reason"),
    [
        ("rule: privileged", "rule: privilegd", 1, "there is no rule privilegd; is it privileged"),
        ("rule: privileged", "rule: '*'", 1, "'*' has a wildcard"),
        ("rule: privileged", "rule: schema", 1, "the rule schema cannot be waived"),
        ("rule: privileged", "rule: waiver", 1, "the rule waiver cannot be waived"),
        ("name: web", "name: web-*", 5, "'web-*' has a wildcard"),
        ("namespace: shop", "namespace: '?'", 4, "'?' has a wildcard"),
        ("kind: Deployment", "kind: '[DS]*'", 3, "has a wildcard"),
        ("name: web", "name: web\n    container: '*'", 6, "'*' has a wildcard"),
        ("    name: web\n", "", 2, "object.name: Field required"),
        ("  owner: team-web\n", "", 1, "owner: Field required"),
        ("owner: team-web", "owner: ' '", 6, "owner: is empty"),
        ("owner: team-web", "owner:", 6, "owner: Input should be a valid string"),
        ("reason: The driver needs it until the next release.", "reason: ''", 7, "reason: is empty"),
        ("created: 2026-01-01", "created: 2026-01-02", 1, "not yet valid: it was created on 2026-01-02"),
        ("expires: 2026-04-01", "expires: 2026-04-02", 1, "longer than 90 days: at most until 2026-04-01"),
        ("expires: 2026-04-01", "expires: 2025-12-31", 1, "ends on 2025-12-31, before it begins"),
        ("expires: 2026-04-01", "expires: 2026-04-31", 9, "expires: "),
        ("expires: 2026-04-01", "expires: 20260401", 9, "must be a day such as"),
        ("expires: 2026-04-01", "expires: never", 9, "must be a day such as"),
        ("  owner:", "  ticket: X-1\n  owner:", 6, "ticket: Extra inputs are not permitted"),
        ("    kind:", "    apiVersion: apps/v1\n    kind:", 3, "object.apiVersion: Extra inputs"),
        ("  owner: team-web\n", "  owner: a\n  owner: b\n", 7, "duplicate key 'owner'"),
        ("- rule", "rule", 2, "invalid YAML"),
    ],
)
def test_waiver_with_anything_wrong_is_unusable_at_its_line(
    tmp_path: Path, old: str, new: str, line: int, reason: str
) -> None:
    """Misspelt, wildcard, ownerless, too long, not yet valid: nothing is waived, and the place is named."""
    assert old in WAIVER
    with pytest.raises(Unusable) as raised:
        load(tmp_path, WAIVER.replace(old, new, 1))
    (one,) = raised.value.reasons
    assert (one.file, one.line) == (str(tmp_path / "waivers.yaml"), line)
    assert reason in one.reason


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "must be a list"),
        ("# none\n", "must be a list"),
        ("waivers: []", "must be a list"),
        ("- 7", "valid"),
    ],
)
def test_waivers_of_another_form_are_unusable(tmp_path: Path, text: str, reason: str) -> None:
    """An empty file is no empty list: half a file must not look like none."""
    with pytest.raises(Unusable, match=reason):
        load(tmp_path, text)


def test_waiver_twice_is_unusable_and_all_reasons_are_told_at_once(tmp_path: Path) -> None:
    """The second names the line of the first; other faults stand beside it, in the order of the file."""
    with pytest.raises(Unusable) as raised:
        load(tmp_path, WAIVER + WAIVER + WAIVER.replace("name: web", "name: b").replace("team-web", "''"))
    assert [(one.line, one.reason) for one in raised.value.reasons] == [
        (10, "the same waiver stands on line 1"),
        (24, "owner: is empty"),
    ]


def test_waivers_file_that_is_named_must_be_there(tmp_path: Path) -> None:
    """The default one may be absent beside one's own rules."""
    assert waivers.load(tmp_path).placed == ()
    with pytest.raises(Unusable, match="cannot be read"):
        waivers.load(file=tmp_path / "absent.yaml")
    (tmp_path / "waivers.yaml").write_bytes(b"\xff")
    with pytest.raises(Unusable, match="not UTF-8"):
        waivers.load(tmp_path)


def test_waivers_of_the_kit_are_none_and_the_form_it_shows_is_right(tmp_path: Path) -> None:
    """What the comment shows can be used once its marks are taken away."""
    file = ROOT / "policies/waivers.yaml"
    assert waivers.load(today=CREATED).placed == ()
    lines = file.read_text(encoding="utf-8").splitlines()
    shown = "\n".join(line[2:] for line in lines if line.startswith(("# - ", "#   ")))
    (one,) = load(tmp_path, shown, today=date(2026, 1, 15)).placed
    assert (one.entry.rule, one.entry.object.container) == ("image-digest", "quotes")


def check(*words: str) -> tuple[int, str]:
    done = CliRunner().invoke(build(), [*words])
    return done.exit_code, done.stdout


def now_waived(folder: Path, **changes: str) -> Path:
    """A waiver for the example of `privileged`, created today; it outlives a test that runs over midnight."""
    today = datetime.now(tz=UTC).date()
    text = WAIVER.replace("shop", "production").replace("name: web", "name: quotes")
    text = text.replace("2026-01-01", today.isoformat()).replace("2026-04-01", str(today + timedelta(days=2)))
    for old, new in changes.items():
        text = text.replace(f"{old}: ", f"{old}: {new}", 1)
    file = folder / "waivers.yaml"
    file.write_text(text, encoding="utf-8")
    return file


def test_check_waived_failure_passes_and_stays_in_the_document(tmp_path: Path) -> None:
    """Exit 0; the same waiver on the passing example is a failure; on another rule it says nothing."""
    file = now_waived(tmp_path)
    words = ("--rules", "privileged", "--json", "--waivers", str(file))
    code, said = check("check", "manifests", str(BAD), *words)
    (result,) = json.loads(said)["results"]
    assert (code, result["outcome"], result["waiver"]["owner"]) == (0, "fail", "team-web")
    code, said = check("check", "manifests", str(GOOD), *words)
    assert (code, [one["rule"] for one in json.loads(said)["results"] if one["outcome"] == "fail"]) == (
        1,
        ["waiver"],
    )
    code, _ = check("check", "manifests", str(GOOD), "--rules", "host-path", "--waivers", str(file))
    assert code == 0


def test_check_with_unusable_waivers_judges_nothing(tmp_path: Path) -> None:
    """Exit 2 though a rule would fail; the place is named, and the object is told not to be judged."""
    file = now_waived(tmp_path, owner="'' #")
    code, said = check(
        "check", "manifests", str(BAD), "--rules", "privileged", "--json", "--waivers", str(file)
    )
    document = json.loads(said)
    assert (code, document["outcome"], document["objects"], document["results"]) == (2, "unknown", [], [])
    assert [(one["file"], one["line"]) for one in document["not_evaluated"]] == [
        (str(file), 6),
        (str(BAD), 1),
    ]


def test_list_shows_days_left_oldest_first_and_marks_what_is_expired(tmp_path: Path) -> None:
    """Exit code by the outcome: fail when one is expired."""
    young = WAIVER.replace("2026-01-01", "2026-03-01").replace("name: web", "name: young")
    held = load(tmp_path, young + WAIVER, today=date(2026, 3, 22))
    assert str(held).splitlines()[0::3] == [
        "10 days left: privileged on Deployment shop/web",
        "10 days left: privileged on Deployment shop/young",
        "2 waivers, 0 expired",
    ]
    assert held.outcome is Outcome.PASS
    old = replace(held, today=date(2026, 4, 4))
    assert str(old).splitlines()[0] == "EXPIRED 3 days ago: privileged on Deployment shop/web"
    assert old.outcome is Outcome.FAIL
    assert [
        (one["object"]["name"], one["days_left"], one["expired"]) for one in old.as_json()["waivers"]
    ] == [
        ("web", -3, True),
        ("young", -3, True),
    ]


def test_waivers_command_exit_code_says_whether_one_is_expired(tmp_path: Path) -> None:
    """0 while all hold, 1 when one is over."""
    file = now_waived(tmp_path)
    code, said = check("waivers", "--waivers", str(file), "--json")
    assert (code, json.loads(said)["waivers"][0]["owner"]) == (0, "team-web")
    file.write_text(WAIVER.replace("2026-0", "2025-0"), encoding="utf-8")
    code, said = check("waivers", "--waivers", str(file))
    assert code == 1
    assert said.startswith("EXPIRED ")
