"""Dockerfiles through the engine: each rule fires on its own examples, and what cannot be read is never a pass."""

from __future__ import annotations

import io
import json
import os
import shutil
from pathlib import Path
from typing import Any

import pytest
from fixture import FAMILIES, ROOT, build_examples  # type: ignore[import-not-found]

from hallmark import policy, tools
from hallmark.image import base
from hallmark.outcome import CannotJudge, Outcome
from hallmark.policy import dockerfiles, rules, texts
from hallmark.policy.files import Text

RULES = [rule.id for rule in rules.load(family="dockerfile").rules]
EXAMPLES = sorted((ROOT / "policies/dockerfile").glob("*/examples/*"))
FIXTURE = next(file for file, family in FAMILIES.items() if family is dockerfiles.FAMILY)
BASE = "FROM docker.io/library/debian@sha256:" + "0123456789abcdef" * 4 + "\n"
# What BuildKit refuses: the text, the line, the reason.
REFUSED = [
    ("", 1, "file with no instructions"),
    ("# nothing but a comment\n\n", 2, "file with no instructions"),
    ("RUN true\n", 1, "no build stage"),
    ("ARG A=b\n", 1, "no FROM"),
    (f"{BASE}RUN true\nFETCH x\n", 3, "unknown instruction: FETCH"),
    (f"{BASE}COPY a\n", 2, "requires at least two arguments"),
    (f"{BASE}RUN <<EOF\ntrue\n", 2, "unterminated heredoc"),
    (f"{BASE}ENV A=${{B\n", 2, "unsupported modifier"),
    (f"{BASE}ONBUILD COPY a\n", 2, "requires at least two arguments"),
    (f"{BASE}ONBUILD FROM a\n", 2, "isn't allowed as an ONBUILD trigger"),
    (f"{BASE}HEALTHCHECK --interval=x CMD true\n", 2, "invalid duration"),
    (f"{BASE}RUN --mount=type=none,target=/a true\n", 2, "unsupported mount type"),
    (f"{BASE}COPY --form=a b c\n", 2, "unknown flag"),
    ("FROM a b\n", 1, "either one or three arguments"),
    ("FROM {{ base }}\n", 1, "either one or three arguments"),
]
# What is read but for one part.
UNREAD = [
    (f"{BASE}RUN echo 'a\n", 2, "RUN cannot be read: no shell script: 1:6: reached EOF"),
    (f"{BASE}RUN bash -c 'if'\n", 2, "no shell script"),
    (f"{BASE}CMD echo 'a\n", 2, "CMD cannot be read"),
    (f"{BASE}ENTRYPOINT ( a\n", 2, "ENTRYPOINT cannot be read"),
    (f"{BASE}HEALTHCHECK CMD a &&\n", 2, "HEALTHCHECK cannot be read"),
    (f'{BASE}SHELL ["pwsh", "-c"]\nRUN Get-Item\n', 3, "run by pwsh, whose scripts are not read here"),
    (f'{BASE}SHELL ["/bin/init", "/bin/sh", "-c"]\nRUN a\n', 3, "run by /bin/init"),
    (f"# syntax=example/other:1\n{BASE}", 1, "the frontend example/other:1"),
]
FRONTENDS = [
    "# syntax=docker/dockerfile:1",
    "# syntax=docker.io/docker/dockerfile:1.7@sha256:" + "0" * 64,
    "# syntax=docker/dockerfile-upstream:master",
    "# escape=`",
]


@pytest.fixture(scope="module")
def judged() -> dict[Path, policy.Report]:
    """Every example as a set of its own, judged by every rule in one run."""
    reports = policy.check_dockerfiles([[file] for file in EXAMPLES], profile="all")
    return dict(zip(EXAMPLES, reports, strict=True))


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> dict[str, policy.Report]:
    """The texts above as files of their own, judged in one run by the rule df-user."""
    written = [text for text, _, _ in REFUSED]
    written += [f"{text}USER {user}\n" for text, _, _ in UNREAD for user in (0, 65532)]
    written += [f"{line}\n{BASE}USER 1\n" for line in FRONTENDS]
    folder = tmp_path_factory.mktemp("alone")
    files = [folder / str(number) for number in range(len(written))]
    for file, text in zip(files, written, strict=True):
        file.write_text(text, encoding="utf-8")
    reports = policy.check_dockerfiles([[file] for file in files], rules=["df-user"])
    return dict(zip(written, reports, strict=True))


@pytest.fixture
def check(tmp_path: Path) -> Any:
    """Judges one text as a file of its own."""

    def one(text: str, **options: Any) -> policy.Report:
        file = tmp_path / "Dockerfile"
        file.write_text(text, encoding="utf-8")
        return policy.check_dockerfiles([[file]], **options)[0]

    return one


def read(*written: str) -> list[dict[str, Any]]:
    """What the parser reads of each text."""
    found = texts.Texts([Text(str(number), text) for number, text in enumerate(written)])
    (parsed,) = dockerfiles.parse([found])
    assert found.not_evaluated == []
    return [dict(one.value) for one in parsed]


def commands(script: str) -> list[tuple[list[str], list[int]]]:
    """The words of every command of a RUN but its shell, and the commands whose output each one executes."""
    run = read(f"FROM a\nRUN {script}\n")[0]["stages"][0]["instructions"][0]
    return [(one["words"], one.get("executes", [])) for one in run["commands"]][1:]


def test_rules_are_there() -> None:
    """The demanded rules exist, each with a failing and a passing example, and all ids begin alike."""
    assert len(RULES) >= 20
    assert [one for one in RULES if not one.startswith("df-")] == []
    named = {(file.parent.parent.name, file.stem) for file in EXAMPLES}
    assert {(rule, stem) for rule in RULES for stem in ("fail", "pass")} <= named


@pytest.mark.parametrize("file", EXAMPLES, ids=[f"{one.parent.parent.name}-{one.stem}" for one in EXAMPLES])
def test_rule_judges_its_own_example(file: Path, judged: dict[Path, policy.Report]) -> None:
    """An example does what the first word of its name says: it fails by its rule, passes it or leaves it open."""
    report = judged[file]
    assert report.not_evaluated == ()
    said = {str(one.outcome) for one in report.results if one.rule == file.parent.parent.name}
    assert said == {file.stem.partition("-")[0]}


def test_fixture_of_the_rego_tests_is_what_is_read() -> None:
    """If this fails: .venv/bin/python tests/unit/policy/fixture.py"""
    assert FIXTURE.read_text(encoding="utf-8") == build_examples(FIXTURE)


def test_own_dockerfile_passes() -> None:
    """The kit's service meets the profile production, and its default base is the one that the kit would take."""
    (report,) = policy.check_dockerfiles([["app/Dockerfile"]], root=ROOT)
    assert [str(one) for one in report.findings] == []
    assert report.outcome is Outcome.PASS
    assert f"ARG BASE_IMAGE={base.PUBLIC}\n" in (ROOT / "app/Dockerfile").read_text(encoding="utf-8")


def test_finding_stands_at_its_line(check: Any) -> None:
    """An instruction over several lines is named by its first, in the object that is the file."""
    report = check(f"{BASE}RUN true && \\\n    # why\n    true\nUSER \\\n  root\n", rules=["df-user"])
    (finding,) = report.findings
    assert (finding.line, finding.path) == (5, "stages[0].instructions[1]")
    assert finding.message == 'runs the image as the user "root", which is not a number other than 0'
    document = report.as_json()["objects"]
    assert [(one["kind"], one["namespace"], one["name"]) for one in document] == [
        ("Dockerfile", "", finding.file)
    ]
    assert document[0]["line"] == 1


def test_finding_is_named_by_its_text_wherever_it_stands(check: Any) -> None:
    """What tells one finding from another stays the same when lines are put before it."""
    (one,) = check(f"{BASE}USER root\n", rules=["df-user"]).findings
    (other,) = check(f"# c\n{BASE}ENV A=b\nUSER root\n", rules=["df-user"]).findings
    assert one.part == other.part == ("stages", 0, "instructions", "USER root")
    assert (one.line, other.line) == (2, 4)


@pytest.mark.parametrize(("text", "line", "reason"), REFUSED)
def test_check_file_that_cannot_be_read_is_unknown(
    alone: dict[str, policy.Report], text: str, line: int, reason: str
) -> None:
    """What BuildKit refuses is named with its line, and nothing of the file is judged."""
    report = alone[text]
    assert report.outcome is Outcome.UNKNOWN
    (gap,) = report.not_evaluated
    assert (gap.line, len(report.results)) == (line, 0)
    assert reason in gap.reason
    assert "parse error" not in gap.reason


@pytest.mark.parametrize(("text", "line", "reason"), UNREAD)
def test_check_script_that_cannot_be_read_is_unknown(
    alone: dict[str, policy.Report], text: str, line: int, reason: str
) -> None:
    """It is a result of its own, on its line; no rule passes the file any more, and a failure still counts."""
    report = alone[f"{text}USER 65532\n"]
    assert report.outcome is Outcome.UNKNOWN
    assert [(one.rule, str(one.outcome), one.line) for one in report.results] == [
        ("df-readable", "unknown", line),
        ("df-user", "unknown", 1),
    ]
    assert reason in report.findings[0].message
    assert alone[f"{text}USER 0\n"].outcome is Outcome.FAIL


@pytest.mark.parametrize("line", FRONTENDS)
def test_check_frontend_of_this_language_is_read(alone: dict[str, policy.Report], line: str) -> None:
    """Docker's own frontends, pinned or not."""
    assert alone[f"{line}\n{BASE}USER 1\n"].outcome is Outcome.PASS


def test_check_folder_takes_the_files_by_their_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Dockerfiles and Containerfiles however they are called, in hidden folders too; nothing of other people's."""
    ours = ["Dockerfile", "a/Dockerfile.dev", "a/web.Dockerfile", "a/b/Containerfile", ".ci/dockerfile"]
    ours += ["Dockerfile-dev", "Dockerfile_prod", "dockerfile2", "web-Dockerfile", "web_containerfile"]
    others = [
        "Dockerfile.dockerignore",
        "README",
        "node_modules/x/Dockerfile",
        ".git/Dockerfile",
        "Dockerfiles",
        "dockerfile_test.rego",
        "mydockerfile",
    ]
    for name in [*ours, *others]:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(f"{BASE}USER 1\n")
    monkeypatch.chdir(tmp_path)
    (report,) = policy.check_dockerfiles([["."]], rules=["df-user"])
    assert {one.name for one in report.objects} == set(ours)
    assert {one.file for one in report.objects} == {f"./{name}" for name in ours}


def test_check_the_same_file_twice_is_judged_once(tmp_path: Path) -> None:
    """By name, by folder and by a link."""
    (tmp_path / "Dockerfile").write_text(f"{BASE}USER 1\n")
    (tmp_path / "Dockerfile.link").symlink_to("Dockerfile")
    (report,) = policy.check_dockerfiles([[tmp_path, tmp_path / "Dockerfile"]], rules=["df-user"])
    assert len(report.objects) == 1


def test_check_named_file_is_read_whatever_its_name_and_input_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A path that is given means it; - is standard input."""
    (tmp_path / "image.txt").write_text(f"{BASE}USER 1\n")
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"FROM a\n")))
    named, piped = policy.check_dockerfiles([[tmp_path / "image.txt"], ["-"]], rules=["df-user"])
    assert (named.outcome, piped.outcome) == (Outcome.PASS, Outcome.FAIL)
    assert piped.findings[0].object.name == "-"


def test_check_nothing_to_judge_is_unknown(tmp_path: Path) -> None:
    """No path, no file of that name, none at all, no text."""
    (tmp_path / "binary").write_bytes(b"\xff\xfe\x00")
    asked: list[list[str | Path]] = [[], [tmp_path], [tmp_path / "absent"], [tmp_path / "binary"]]
    reports = policy.check_dockerfiles(asked)
    assert [one.outcome for one in reports] == [Outcome.UNKNOWN] * 4
    said = [one.not_evaluated[0].reason for one in reports]
    assert said == [
        "no input was given",
        "no file here is a Dockerfile or Containerfile by its name",
        "cannot be read: No such file or directory",
        "not UTF-8 text",
    ]


def test_check_unreadable_beside_readable_judges_nothing_unless_told_to(tmp_path: Path) -> None:
    """Half a set is not judged by itself; with keep_going it is, and the outcome still isn't a pass."""
    (tmp_path / "a.Dockerfile").write_text(f"{BASE}USER 1\n")
    (tmp_path / "b.Dockerfile").write_text("nothing\n")
    (report,) = policy.check_dockerfiles([[tmp_path]], rules=["df-user"])
    assert len(report.results) == 0
    assert [Path(one.file).name for one in report.not_evaluated] == ["b.Dockerfile", "a.Dockerfile"]
    (kept,) = policy.check_dockerfiles([[tmp_path]], rules=["df-user"], keep_going=True)
    assert ([str(one.outcome) for one in kept.results], kept.outcome) == (["pass"], Outcome.UNKNOWN)


@pytest.mark.parametrize(
    ("program", "reason"),
    [
        ("#!/bin/sh\nexit 7\n", "exited with 7"),
        ("#!/bin/sh\necho broken >&2; kill -9 $$\n", "broken"),
        ("#!/bin/sh\necho '[]'\n", "did not read the files"),
        ("#!/bin/sh\necho no json\n", "did not read the files"),
    ],
)
def test_check_parser_that_fails_is_unknown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: str, reason: str
) -> None:
    """A parser that dies, answers nonsense or forgets a file judges nothing."""
    file = tmp_path / "ast"
    file.write_text(program)
    file.chmod(0o755)
    real = tools.path
    monkeypatch.setattr(tools, "path", lambda name: file if name == "dockerfile-ast" else real(name))
    (report,) = policy.check_dockerfiles([["app/Dockerfile"]], root=ROOT)
    assert report.outcome is Outcome.UNKNOWN
    assert reason in report.not_evaluated[0].reason


def test_check_missing_parser_is_unknown_and_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """The report names the command that fetches it."""

    def missing(_: str) -> Path:
        raise CannotJudge("it is not installed", next_step="fetch it")

    monkeypatch.setattr(tools, "path", missing)
    (report,) = policy.check_dockerfiles([["app/Dockerfile"]], root=ROOT)
    assert str(report.not_evaluated[0]) == "app/Dockerfile: it is not installed (fetch it)"


def test_parser_finds_what_variables_stand_for() -> None:
    """Defaults count, before FROM and in a stage; ENV lasts into stages built on it, ARG doesn't."""
    (one,) = read(
        "ARG V=1\nARG B=a:${V}\nFROM $B AS first\nARG V\nARG W=${V}2\nENV E=$W\nUSER $W\n"
        "FROM first\nUSER ${E}:${W}\nWORKDIR ${X:-/d}\nUSER $V\nARG TARGETARCH\nENV T=$TARGETARCH\n"
    )
    first, second = one["stages"]
    assert first["base"] == {"text": "$B", "image": "a:1"}
    assert [made["value"] for made in first["instructions"] if made["name"] == "user"] == ["12"]
    assert second["base"] == {"text": "first", "stage": 0}
    user, folder, unset, _, environment = second["instructions"]
    assert (user["value"], user["unset"]) == ("12:", ["W"])
    assert (folder["value"], "unset" in folder) == ("/d", False)
    assert (unset["value"], unset["unset"]) == ("", ["V"])
    assert environment["pairs"] == [{"key": "T", "value": "amd64"}]


def test_parser_tells_stages_from_images() -> None:
    """A name means the stage before it, in any case; a number does where BuildKit says so; scratch is neither."""
    (one,) = read(
        "FROM later\nFROM scratch AS Later\nFROM LATER\nFROM 0\n"
        "COPY --from=1 a b\nCOPY --from=later a b\nCOPY --from=9 a b\nRUN --mount=from=0,target=/a true\n"
    )
    assert [stage["base"].get("image", stage["base"].get("stage")) for stage in one["stages"]] == [
        "later",
        None,
        1,
        "0",
    ]
    *copies, run = one["stages"][3]["instructions"]
    assert [made["from"].get("stage", made["from"].get("image")) for made in copies] == [1, 1, "9"]
    assert run["mounts"][0]["from"]["stage"] == 0


@pytest.mark.parametrize(
    ("script", "found"),
    [
        ('a \'b c\' "d\\"$e" f\\ g', [(["a", "b c", 'd"$e', "f g"], [])]),
        ("a | b", [(["a"], []), (["b"], [])]),
        (
            "if a; then b & fi; for x in $(c); do { d; }; done",
            [(["a"], []), (["b"], []), (["c"], []), (["d"], [])],
        ),
        ("a() { b; }; case $x in y) c;; esac", [(["b"], []), (["c"], [])]),
        ("a || sh", [(["a"], []), (["sh"], [])]),
        ("a | sh", [(["a"], []), (["sh"], [1])]),
        (
            "a | b | bash -x -o pipefail",
            [(["a"], []), (["b"], []), (["bash", "-x", "-o", "pipefail"], [1, 2])],
        ),
        ("a | sh -c b", [(["a"], []), (["sh", "-c", "b"], []), (["b"], [])]),
        ("a | sh script", [(["a"], []), (["sh", "script"], [])]),
        ("a | sh /dev/stdin", [(["a"], []), (["sh", "/dev/stdin"], [1])]),
        ("a | sh - x", [(["a"], []), (["sh", "-", "x"], [])]),
        ("a | sh -s x", [(["a"], []), (["sh", "-s", "x"], [1])]),
        ("a | bash --norc", [(["a"], []), (["bash", "--norc"], [1])]),
        ("a | python3", [(["a"], []), (["python3"], [1])]),
        ("a | python3 -u - x", [(["a"], []), (["python3", "-u", "-", "x"], [1])]),
        ("a | python3 x.py", [(["a"], []), (["python3", "x.py"], [])]),
        ("a | perl -e x", [(["a"], []), (["perl", "-e", "x"], [])]),
        ('python3 -c "$(a)"', [(["a"], []), (["python3", "-c", "$(a)"], [1])]),
        ('sh x "$(a)"', [(["a"], []), (["sh", "x", "$(a)"], [])]),
        ("source <(a)", [(["a"], []), (["source", "<(a)"], [1])]),
        ("$(a) b", [(["a"], []), (["$(a)", "b"], [1])]),
        ("b $(a)", [(["a"], []), (["b", "$(a)"], [])]),
        ("su x -c 'a'", [(["su", "x", "-c", "a"], []), (["a"], [])]),
        ("A=b env -u X C=d a", [(["env", "-u", "X", "C=d", "a"], []), (["a"], [])]),
        ("sudo -u x -- a -b", [(["sudo", "-u", "x", "--", "a", "-b"], []), (["a", "-b"], [])]),
        ("timeout -k 1 5 a", [(["timeout", "-k", "1", "5", "a"], []), (["a"], [])]),
        (
            "find . -exec a {} \\; -ok b +",
            [
                (["find", ".", "-exec", "a", "{}", ";", "-ok", "b", "+"], []),
                (["a", "{}"], []),
                (["b"], []),
            ],
        ),
        ("sh <<< 'a'", [(["sh"], []), (["a"], [])]),
        ("eval 'a;' b", [(["eval", "a;", "b"], []), (["a"], []), (["b"], [])]),
        ("[[ a == b ]] && (( 1 ))", []),
    ],
)
def test_parser_finds_every_command_and_what_it_executes(
    script: str, found: list[tuple[list[str], list[int]]]
) -> None:
    """However deep a command stands, behind whatever runs it; indices count from the shell that runs the script."""
    assert commands(script) == found


def test_parser_refuses_scripts_inside_scripts_without_end() -> None:
    """Nesting past a limit is not read, and is said to be so."""
    script = "true"
    for _ in range(10):
        script = f"sh -c {json.dumps(script)}"
    run = read(f"FROM a\nRUN {script}\n")[0]["stages"][0]["instructions"][0]
    assert "too deep" in run["unread"]


def test_parser_reads_no_file_and_no_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A Dockerfile means the same everywhere."""
    monkeypatch.setenv("V", "of the machine")
    monkeypatch.chdir(tmp_path)
    (one,) = read("FROM a\nUSER $V\n")
    assert one["stages"][0]["instructions"][0]["value"] == ""
    assert os.listdir(tmp_path) == []  # noqa: PTH208


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("unknowns contains", "unknown contains", "it offers applies, unknown, violations"),
        ("unknowns contains", "unknowns := set()\n\n_unknowns contains", "must be added to with `contains`"),
    ],
)
def test_check_unknowns_outside_their_contract_are_refused(
    tmp_path: Path, old: str, new: str, reason: str
) -> None:
    """What a rule may leave out cannot be misspelt, nor be undefined in silence."""
    home = copy_of_policies(tmp_path)
    file = home / "dockerfile/df-user/df_user.rego"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")
    (report,) = policy.check_dockerfiles([["app/Dockerfile"]], root=ROOT, policies=home)
    assert report.outcome is Outcome.UNKNOWN
    assert reason in report.not_evaluated[0].reason


def copy_of_policies(folder: Path) -> Path:
    """One rule with what it needs, free to break."""
    home = folder / "policies"
    shutil.copytree(ROOT / "policies/lib", home / "lib")
    shutil.copytree(ROOT / "policies/dockerfile/df-user", home / "dockerfile/df-user")
    for name in ("report.rego", "parameters.yaml"):
        shutil.copy(ROOT / "policies" / name, home)
    return home
