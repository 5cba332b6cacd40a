"""`hallmark check`: every output of a report, and the exit code over all reports."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from hallmark.outcome import ExitCode, UsageError
from hallmark.policy.command import deliver, split
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
