"""The commands about environments on EKS as a person types them, in their own process's stead."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest
from tests.eks.checkout import settle

from hallmark import tools
from hallmark.cli import main
from hallmark.cluster import place
from hallmark.cluster.eks_record import Place


@pytest.fixture
def call(checkout: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Any:
    """Exit code, standard output and standard error of a command in the checkout. Nothing is fetched."""
    monkeypatch.chdir(checkout)
    monkeypatch.setattr(tools, "ensure", lambda *_, **__: {})

    def run(*words: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["hallmark", *words])
        with pytest.raises(SystemExit) as ended:
            main()
        said = capsys.readouterr()
        assert isinstance(ended.value.code, int)
        return ended.value.code, said.out, said.err

    return run


def test_commands_from_up_to_down(call: Any) -> None:
    """What `up` prints leads to the cluster; every later command knows by the name alone that it is one on EKS."""
    code, out, err = call("up", "--provider", "eks", "pr-7", "--ttl", "30m", "--json")
    assert code == 0, err
    assert Path(json.loads(out)["kubeconfig"]).is_file()
    code, out, _ = call("env", "list", "--json")
    (listed,) = json.loads(out)
    assert code == 0
    assert (listed["name"], listed["provider"], listed["state"], listed["ttl_s"]) == (
        "pr-7",
        "eks",
        "running",
        1800,
    )
    assert (listed["memory_bytes"], listed["nodes"]) == (0, 2)
    code, _, err = call("env", "list")
    words = err.split()
    assert words[:3] == ["pr-7", "eks", "running"]
    assert words[-1] == "-"
    code, out, _ = call("env", "token", "pr-7")
    assert (code, json.loads(out)["kind"]) == (0, "ExecCredential")
    code, _, err = call("env", "logs", "pr-7")
    assert code == 3
    assert "CloudWatch" in err
    code, _, err = call("env", "resume", "pr-7")
    assert code == 0, err
    code, _, err = call("down", "pr-7")
    assert code == 0, err
    assert "nothing is left" in err
    assert "environment pr-7 is gone" in err
    assert json.loads(call("env", "list", "--json")[1]) == []


def test_down_of_all_leaves_what_is_there_to_stay(call: Any) -> None:
    """`--all` means what may go."""
    for name in ("staging", "pr-7"):
        assert call("up", "--provider", "eks", name)[0] == 0
    code, _, err = call("down", "--all", "--provider", "eks")
    assert code == 0, err
    assert [one["name"] for one in json.loads(call("env", "list", "--json")[1])] == ["staging"]
    assert call("down", "staging")[0] == 3
    assert "stays" in call("env", "list")[2]


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ("up --provider eks x", "too short"),
        ("up --provider eks pr-7 --nodes 2", "node_desired"),
        ("env resume pr-7", "no environment pr-7 is known"),
        ("env token pr-7", "no environment pr-7 on EKS is known here"),
        ("env resume ../x", "../x"),
        ("doctor --provider magic", "'magic' is no provider: choose embedded, existing or eks"),
    ],
)
def test_commands_with_wrong_words_are_wrong_usage(call: Any, words: str, named: str) -> None:
    """Exit code 3, the word that is wrong, and nothing made."""
    code, out, err = call(*words.split())
    assert (code, out) == (3, "")
    assert named in err
    assert json.loads(call("env", "list", "--json")[1]) == []


def test_name_of_two_providers_wants_to_be_told_which(call: Any) -> None:
    """Nothing is taken down by guessing."""
    place.Place("pr-7").folder.mkdir(parents=True)
    Place("pr-7").folder.mkdir(parents=True)
    code, _, err = call("down", "pr-7")
    assert code == 3
    assert "several providers: embedded, eks" in err
    assert Place("pr-7").folder.is_dir()


def test_doctor_says_what_environments_on_eks_lack(
    call: Any, checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Region, credentials and the bucket for states, each with what to do; no cluster runs on this machine."""
    settle(checkout, state_bucket='"nowhere"')

    def checks() -> dict[str, dict[str, str]]:
        code, out, _ = call("doctor", "--provider", "eks", "--json")
        assert code == 2
        return {one["name"]: one for one in json.loads(out)["checks"]}

    found = checks()
    assert (found["aws region"]["outcome"], found["aws region"]["message"]) == ("pass", "eu-central-1")
    assert found["aws credentials"]["outcome"] == "pass"
    assert found["terraform states"]["outcome"] == "unknown"
    assert "nowhere" in found["terraform states"]["message"]
    assert "control groups" not in found
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")
    found = checks()
    assert found["aws credentials"]["outcome"] == "unknown"
    assert "AWS_PROFILE" in found["aws credentials"]["where"]
