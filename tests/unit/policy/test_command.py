"""`hallmark check`: every output of a report, and the exit code over all reports."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from fixture import ROOT  # type: ignore[import-not-found]
from typer.testing import CliRunner

from hallmark.outcome import ExitCode, UsageError
from hallmark.policy.check import deliver, split
from hallmark.policy.command import app
from hallmark.policy.report import Judgement, NotEvaluated, ObjectReference, Report, Result

GOOD = ObjectReference("a.yaml", 1, "Pod", "shop", "good")
BAD = ObjectReference("a.yaml", 9, "Pod", "shop", "bad")
PASSED = Report(profile="all", objects=(GOOD,), results=(Result("host-pid", GOOD, Judgement.PASS),))
FAILED = Report(
    profile="all",
    objects=(BAD,),
    results=(Result("host-pid", BAD, Judgement.FAIL, "shares hostPID", "spec.hostPID", 12),),
)
UNREAD = Report(profile="all", not_evaluated=(NotEvaluated("b.yaml", 3, "invalid YAML"),))


@pytest.mark.parametrize(
    ("reports", "code"),
    [
        ([PASSED], ExitCode.PASS),
        ([PASSED, UNREAD], ExitCode.UNKNOWN),
        ([UNREAD, FAILED, PASSED], ExitCode.REFUSED),
        ([], ExitCode.UNKNOWN),
    ],
)
def test_deliver_exit_code_is_that_of_the_worst_report(reports: list[Report], code: ExitCode) -> None:
    """A failure decides, then what is unknown; no report at all is unknown."""
    assert deliver("manifests", reports) is code


def test_deliver_each_prints_one_document_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    """Every line begins with the PATH that it is about."""
    deliver("manifests", [PASSED, FAILED], each=["a", "b"])
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(next(iter(one)), one["path"], one["outcome"]) for one in lines] == [
        ("path", "a", "pass"),
        ("path", "b", "fail"),
    ]


def test_deliver_ledger_has_a_line_for_every_result(tmp_path: Path) -> None:
    """The results of all reports stand in one file."""
    deliver("manifests", [PASSED, FAILED], ledger=tmp_path / "ledger.jsonl")
    lines = [json.loads(one) for one in (tmp_path / "ledger.jsonl").read_text().splitlines()]
    assert [(one["object"]["name"], one["outcome"]) for one in lines] == [("good", "pass"), ("bad", "fail")]


def test_deliver_file_that_cannot_be_written_is_a_usage_error_after_the_result(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What was found is shown all the same; the error names the file and what to do."""
    with pytest.raises(UsageError, match="cannot be written: No such file") as raised:
        deliver("manifests", [FAILED], ledger=tmp_path / "absent" / "ledger.jsonl")
    assert raised.value.where == str(tmp_path / "absent" / "ledger.jsonl")
    assert raised.value.next_step
    assert "shares hostPID" in capsys.readouterr().out


def test_split_takes_ids_apart() -> None:
    """No list stands for the whole profile, an empty one for nothing."""
    assert (split(None), split(" a, b,"), split("")) == (None, ["a", "b"], [])


def run(*words: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, [*words])
    return done.exit_code, done.stdout


def test_check_outside_of_the_repository_names_every_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From a folder with nothing of the kit in it: each PATH has an object or stands in not_evaluated, by its name."""
    monkeypatch.chdir(tmp_path)
    good = (ROOT / "policies/manifests/privileged/examples/pass.yaml").read_text(encoding="utf-8")
    (tmp_path / "app").mkdir()
    (tmp_path / "good.yaml").write_text(good, encoding="utf-8")
    (tmp_path / "app/kustomization.yaml").write_text("resources: [web.yaml]\n", encoding="utf-8")
    (tmp_path / "app/web.yaml").write_text(good, encoding="utf-8")
    (tmp_path / "comment.yaml").write_text("# nothing\n", encoding="utf-8")
    given = ["./good.yaml", "app", "comment.yaml", "absent.yaml"]
    code, said = run("manifests", *given, "--rules", "privileged", "--json")
    document = json.loads(said)
    refused = [(one["file"], one["line"]) for one in document["not_evaluated"]]
    assert (code, document["objects"], document["results"]) == (2, [], [])
    assert refused == [("comment.yaml", 0), ("absent.yaml", 0), ("./good.yaml", 1), ("app", 1)]
    code, said = run("manifests", *given, "--rules", "privileged", "--json", "--keep-going")
    document = json.loads(said)
    assert (code, document["outcome"]) == (2, "unknown")
    assert [one["file"] for one in document["objects"]] == ["./good.yaml", "app"]
    assert [one["outcome"] for one in document["results"]] == ["pass", "pass"]
    assert [one["file"] for one in document["not_evaluated"]] == ["comment.yaml", "absent.yaml"]


def test_check_each_answers_as_one_run_for_every_path(tmp_path: Path) -> None:
    """A line is what the PATH alone would have got, and the exit code is that of the worst of them."""
    folder = ROOT / "policies/manifests"
    paths = [str(one) for one in sorted(folder.glob("host-*/examples/*.yaml"))] + [
        str(tmp_path / "absent.yaml")
    ]
    code, said = run("manifests", "--each", "--rules", "host-pid,host-path", *paths)
    lines = [json.loads(line) for line in said.splitlines()]
    assert code == 1
    assert [one.pop("path") for one in lines] == paths
    for path, line in zip(paths[-3:], lines[-3:], strict=True):
        assert json.loads(run("manifests", "--json", "--rules", "host-pid,host-path", path)[1]) == line
    assert {one["outcome"] for one in lines} == {"pass", "fail", "unknown"}


def test_check_rules_named_in_several_options_are_all_asked() -> None:
    """A second --rules adds to the first; it doesn't take its place."""
    bad = str(ROOT / "policies/manifests/privileged/examples/fail.yaml")
    code, said = run("manifests", bad, "--rules", "privileged", "--json", "--rules", "host-pid,host-path")
    asked = [one["id"] for one in json.loads(said)["rules"]]
    assert (code, asked) == (1, ["privileged", "host-pid", "host-path"])


def test_check_with_rules_of_ones_own(tmp_path: Path) -> None:
    """--policies takes another folder, whole: its rules, its parameters, its waivers."""
    home = tmp_path / "policies"
    for name in ("lib", "manifests/privileged"):
        shutil.copytree(ROOT / "policies" / name, home / name)
    for name in ("report.rego", "parameters.yaml"):
        shutil.copy(ROOT / "policies" / name, home)
    bad = str(ROOT / "policies/manifests/privileged/examples/fail.yaml")
    code, said = run("manifests", bad, "--policies", str(home), "--json")
    document = json.loads(said)
    assert (code, [one["id"] for one in document["rules"]]) == (1, ["privileged"])
    (home / "waivers.yaml").write_text("- rule: privileged\n", encoding="utf-8")
    code, said = run("manifests", bad, "--policies", str(home), "--json")
    assert (code, json.loads(said)["not_evaluated"][0]["file"]) == (2, str(home / "waivers.yaml"))


@pytest.mark.parametrize(
    "words", [("--rules", "privilegd"), ("--rules", ""), ("--profile", "strict")], ids=" ".join
)
def test_check_unknown_rule_or_profile_is_wrong_usage(words: tuple[str, ...]) -> None:
    """Nothing is judged by less than was asked for."""
    done = CliRunner().invoke(app, ["manifests", "a.yaml", *words])
    assert isinstance(done.exception, UsageError)


@pytest.mark.parametrize(
    ("words", "kind"),
    [(("dockerfile", "app/Dockerfile"), "Dockerfile"), (("workflows", ".github/workflows"), "Workflow")],
)
def test_check_files_of_the_kit(words: tuple[str, str], kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every family has the same options: the kit's own files pass, as one document."""
    monkeypatch.chdir(ROOT)
    done = CliRunner().invoke(app, [*words, "--json", "--profile", "restricted"])
    said = json.loads(done.stdout)
    assert (done.exit_code, said["outcome"]) == (0, "pass")
    assert {one["kind"] for one in said["objects"]} == {kind}
