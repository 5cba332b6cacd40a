"""The ledger says the same as a list of all its results would."""

from __future__ import annotations

import json

from hallmark.outcome import Outcome
from hallmark.policy.ledger import NAMED, NOT_APPLICABLE, NOT_ASKED, PASS, Column, Ledger
from hallmark.policy.report import Judgement, ObjectReference, Report, Result

POD = ObjectReference("a.yaml", 3, "Pod", "shop", 'with "quotes" é')
JOB = ObjectReference("b.yaml", 1, "Job", "", "once")
MAP = ObjectReference("b.yaml", 9, "ConfigMap", "shop", "unread")
UNREAD = Result("schema", MAP, Judgement.UNKNOWN, "data must be a mapping", "data", 11)
FAILS = Result("host-pid", JOB, Judgement.FAIL, "shares hostPID", "spec.hostPID", 4, ("spec", "hostPID"))
LATER = Result("waiver", JOB, Judgement.FAIL, "is not needed", line=7)
LEDGER = Ledger(
    (POD, JOB, MAP),
    (
        Column("host-pid", bytes([PASS, NAMED, NOT_ASKED]), {1: (FAILS, FAILS)}),
        Column("host-ipc", bytes([PASS, PASS, NOT_ASKED]), {}),
        Column("ingress-tls", bytes([NOT_APPLICABLE, NOT_APPLICABLE, NOT_ASKED]), {}),
    ),
    (UNREAD,),
    (LATER,),
)
ALL = (
    UNREAD,
    Result("host-pid", POD, Judgement.PASS, line=3),
    FAILS,
    FAILS,
    Result("host-ipc", POD, Judgement.PASS, line=3),
    Result("host-ipc", JOB, Judgement.PASS, line=1),
    Result("ingress-tls", POD, Judgement.NOT_APPLICABLE, line=3),
    Result("ingress-tls", JOB, Judgement.NOT_APPLICABLE, line=1),
    LATER,
)
SPARSE, WHOLE = Report("all", results=LEDGER), Report("all", results=ALL)


def test_ledger_lists_every_result_in_order() -> None:
    """A mark becomes a result, what is named stands in its place, and what no rule was asked about has none."""
    assert tuple(LEDGER) == ALL
    assert (len(LEDGER), LEDGER[2], LEDGER[-1], LEDGER[1:3]) == (len(ALL), ALL[2], ALL[-1], ALL[1:3])
    assert LEDGER == ALL
    assert ALL[1:] != LEDGER


def test_ledger_json_lines_are_those_of_the_results() -> None:
    """What is written piece by piece is what each result would write."""
    assert [json.loads(line) for lines in LEDGER.as_json_lines("\n") for line in lines.split("\n")] == [
        one.as_json() for one in ALL
    ]


def test_report_of_a_ledger_says_what_a_report_of_all_results_says() -> None:
    """Outcome, findings, counts, checks and JSON don't depend on how results are kept."""
    assert SPARSE.as_json() == WHOLE.as_json()
    assert (SPARSE.outcome, SPARSE.findings, SPARSE.counts) == (Outcome.FAIL, WHOLE.findings, WHOLE.counts)
    assert (SPARSE.checks(), SPARSE.never_applied) == (WHOLE.checks(), WHOLE.never_applied)


def test_report_where_every_mark_passes_is_a_pass_and_no_mark_is_unknown() -> None:
    """Passing by a mark is a pass; a rule that applied to nothing is none."""
    passes = Ledger((POD,), (Column("host-pid", bytes([PASS]), {}),))
    assert Report("all", results=passes).outcome is Outcome.PASS
    assert [check.outcome for check in Report("all", results=passes).checks()] == [Outcome.PASS]
    nothing = Ledger((POD,), (Column("host-pid", bytes([NOT_APPLICABLE]), {}),))
    assert Report("all", results=nothing).outcome is Outcome.UNKNOWN
    assert Report("all", results=nothing).checks() == ()


def test_ledger_changed_and_extended_keeps_what_is_only_a_mark() -> None:
    """A change sees every result that is more than a mark, and results can be added behind."""
    seen: list[Result] = []

    def note(result: Result) -> Result:
        seen.append(result)
        return Result(result.rule, result.object, Judgement.UNKNOWN)

    changed = LEDGER.changed(note)
    assert seen == [FAILS, FAILS, UNREAD, LATER]
    assert [one.outcome for one in changed if one not in ALL] == [Judgement.UNKNOWN] * 4
    assert tuple(LEDGER.with_more([UNREAD])) == (*ALL, UNREAD)
