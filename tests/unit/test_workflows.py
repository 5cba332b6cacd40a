"""What every workflow promises: least rights, pinned actions, a time limit, and a gate that nothing slips past."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from hallmark import folders
from hallmark.config import LAYERS
from hallmark.layers import lint
from hallmark.policy.mutation import campaign

REPOSITORY = Path(__file__).parents[2]
WORKFLOWS = sorted((REPOSITORY / ".github" / "workflows").iterdir())
PINNED = re.compile(r"uses: [\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+")

Tree = dict[Any, Any]


def read(file: Path) -> Tree:
    workflow = yaml.safe_load(file.read_text(encoding="utf-8"))
    assert isinstance(workflow, dict)
    return workflow


def steps(workflow: Tree) -> Iterator[Tree]:
    for job in workflow["jobs"].values():
        yield from job["steps"]


def pull_request() -> Tree:
    return read(REPOSITORY / ".github" / "workflows" / "pull-request.yml")


def nightly() -> Tree:
    return read(REPOSITORY / ".github" / "workflows" / "nightly.yml")


def test_workflows_are_there() -> None:
    """The parametrised tests below judge something."""
    assert [file.name for file in WORKFLOWS] == ["nightly.yml", "pull-request.yml"]


@pytest.mark.parametrize("file", WORKFLOWS, ids=lambda file: file.name)
def test_workflow_starts_without_rights_and_each_job_says_why_it_has_some(file: Path) -> None:
    """Nothing is allowed at the top; a job may read the repository, with the reason beside it, and no more."""
    workflow = read(file)
    assert workflow["permissions"] == {}
    assert [job["permissions"] for job in workflow["jobs"].values()] == [{"contents": "read"}] * len(
        workflow["jobs"]
    )
    raised = [line for line in file.read_text(encoding="utf-8").splitlines() if "contents: read" in line]
    assert all(re.search(r"contents: read # \S+", line) for line in raised)


@pytest.mark.parametrize("file", WORKFLOWS, ids=lambda file: file.name)
def test_workflow_bounds_every_job_in_time(file: Path) -> None:
    """A job that hangs ends within the hour; GitHub's own limit is six."""
    for name, job in read(file)["jobs"].items():
        assert 0 < job.get("timeout-minutes", 0) <= 60, name


@pytest.mark.parametrize("file", WORKFLOWS, ids=lambda file: file.name)
def test_workflow_pins_every_action_to_a_commit_with_its_version(file: Path) -> None:
    """A tag can be moved to other code; a commit cannot. The comment tells a person which release it is."""
    lines = [line.strip().removeprefix("- ") for line in file.read_text(encoding="utf-8").splitlines()]
    uses = [line for line in lines if line.startswith("uses:")]
    assert uses
    assert [line for line in uses if PINNED.fullmatch(line) is None] == []


def test_workflows_agree_on_the_commit_of_each_action() -> None:
    """One release of an action is used everywhere."""
    pins: dict[str, set[str]] = {}
    for file in WORKFLOWS:
        for step in steps(read(file)):
            if "uses" in step:
                action, _, commit = step["uses"].partition("@")
                pins.setdefault("/".join(action.split("/")[:2]), set()).add(commit)
    assert {action: len(commits) for action, commits in pins.items()} == dict.fromkeys(pins, 1)


@pytest.mark.parametrize("file", WORKFLOWS, ids=lambda file: file.name)
def test_workflow_leaves_no_credentials_in_the_checkout(file: Path) -> None:
    """What runs after the checkout, the change's own code included, cannot push."""
    checkouts = [step for step in steps(read(file)) if step.get("uses", "").startswith("actions/checkout@")]
    assert len(checkouts) == len(read(file)["jobs"])
    assert [step["with"]["persist-credentials"] for step in checkouts] == [False] * len(checkouts)


@pytest.mark.parametrize("file", WORKFLOWS, ids=lambda file: file.name)
def test_workflow_runs_only_the_kits_own_commands(file: Path) -> None:
    """What CI does, a desk can do; no expression reaches a command line."""
    for step in steps(read(file)):
        command = step.get("run", "./hallmark")
        assert re.match(r"(sudo -E )?\./hallmark( |$)|python3 src/hallmark/layers/gate\.py$", command), (
            command
        )
        assert "${{" not in command


def test_pull_request_judges_every_layer() -> None:
    """A layer that no job runs would be a layer that no change has to pass."""
    words = " ".join(step.get("run", "") for step in steps(pull_request())).split()
    assert [layer for layer in LAYERS if layer not in words] == []


def test_pull_request_cancels_what_a_newer_push_made_stale() -> None:
    """Runs of one pull request share a group; two pull requests do not."""
    concurrency = pull_request()["concurrency"]
    assert "github.ref" in concurrency["group"]
    assert concurrency["cancel-in-progress"] is True


def test_gate_needs_every_other_job_and_always_runs() -> None:
    """A job that the gate does not wait for could be red behind a green gate; a skipped gate counts as green."""
    jobs = pull_request()["jobs"]
    gate = jobs["gate"]
    assert sorted(gate["needs"]) == sorted(set(jobs) - {"gate"})
    assert gate["if"] == "always()"


def test_gate_reads_its_needs_from_the_environment() -> None:
    """Results are data, never text of a command."""
    last = pull_request()["jobs"]["gate"]["steps"][-1]
    assert last == {
        "run": "python3 src/hallmark/layers/gate.py",
        "env": {"NEEDS": "${{ toJSON(needs) }}", "PYTHONPATH": "src"},
    }


def test_no_job_before_the_gate_is_conditional_or_allowed_to_fail() -> None:
    """The gate turns a skipped job red; none is skipped on purpose, and none hides its failure."""
    for name, job in pull_request()["jobs"].items():
        if name != "gate":
            assert not {"if", "continue-on-error"} & set(job), name
        assert not any("continue-on-error" in step for step in job["steps"]), name


@pytest.mark.parametrize("job", [pull_request()["jobs"]["environment"], nightly()["jobs"]["features"]])
def test_environment_is_taken_down_whatever_happened(job: Tree) -> None:
    """`up` is followed by `down` even after a failed test or a cancelled run."""
    commands = [step.get("run", "") for step in job["steps"]]
    down = commands.index("sudo -E ./hallmark down")
    assert commands.index("sudo -E ./hallmark up") < down
    assert job["steps"][down]["if"] == "always()"


@pytest.mark.parametrize("workflow", [pull_request(), nightly()], ids=["pull-request", "nightly"])
def test_policy_job_goes_on_from_the_mutants_that_were_tried(workflow: Tree) -> None:
    """They are looked for by what decides about them, else the newest are taken; what a red run tried is kept too."""
    at = {
        step.get("run") or step["uses"].partition("@")[0]: step
        for step in workflow["jobs"]["policy"]["steps"]
    }
    restore, save = at["actions/cache/restore"], at["actions/cache/save"]
    remembered = campaign.memories().relative_to(folders.cache_home())
    for step in (restore, save):
        assert step["with"]["path"] == f"${{{{ env.HALLMARK_CACHE }}}}/{remembered}"
    key = restore["with"]["key"]
    decisive = re.findall(r"'([^']+)/\*\*'", key)
    assert decisive == ["policies", "src/hallmark/policy/mutation", "src/hallmark/tools"]
    assert all((REPOSITORY / folder).is_dir() for folder in decisive)
    assert key.startswith(restore["with"]["restore-keys"])
    assert save["with"]["key"] == f"${{{{ steps.{restore['id']}.outputs.cache-primary-key }}}}"
    assert save["if"].startswith("always() && ")
    assert (
        list(at).index("actions/cache/restore")
        < list(at).index("./hallmark test policy")
        < list(at).index("actions/cache/save")
    )


def test_pre_commit_runs_lint_commands_and_nothing_else() -> None:
    """The hooks are the layer's own commands, in the layer's order."""
    config = yaml.safe_load((REPOSITORY / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    assert [source["repo"] for source in config["repos"]] == ["local"]
    hooks = config["repos"][0]["hooks"]
    assert [hook["id"] for hook in hooks] == lint.names()
    for hook in hooks:
        assert hook["entry"] == f"./hallmark test lint --only {hook['id']}"
        assert (hook["language"], hook["pass_filenames"]) == ("system", False)
