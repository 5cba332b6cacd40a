"""What must hold in the text of our configurations of Terraform, and `terraform validate` doesn't look at."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
import yaml

from hallmark.terraform import tables

ROOT = Path(__file__).parents[3]
TERRAFORM = ROOT / "terraform"
STACKS = ("bootstrap", "environment")
HOLDER = re.compile(
    r'^(variable|resource|data|output|check) "([\w-]+)" (?:"([\w-]+)" )?\{$(.*?)^\}$',
    re.DOTALL | re.MULTILINE,
)
CONDITION = re.compile(r"^ +(?:validation|precondition|postcondition) \{$", re.MULTILINE)
EXPECTED = re.compile(r"expect_failures = \[(.*?)\]", re.DOTALL)
PREFIX = {"variable": "var.", "resource": "", "data": "data.", "output": "output.", "check": "check."}


def text(folder: Path, pattern: str) -> str:
    """All files of a configuration, or of its tests, one after the other."""
    return "\n".join(file.read_text(encoding="utf-8") for file in sorted(folder.glob(pattern)))


@pytest.mark.parametrize("folder", tables.folders(TERRAFORM), ids=lambda folder: folder.name)
def test_every_condition_is_broken_by_a_run(folder: Path) -> None:
    """As many runs expect a variable or a resource to fail as it has conditions, so each has been seen to refuse."""
    wanted = {
        PREFIX[kind] + ".".join(part for part in names if part): len(CONDITION.findall(body))
        for kind, *names, body in HOLDER.findall(text(folder, "*.tf"))
    }
    expected = Counter(
        name
        for names in EXPECTED.findall(text(folder, "tests/*.tftest.hcl"))
        for name in re.findall(r"[\w.-]+", names)
    )
    assert {name: count for name, count in wanted.items() if expected[name] < count} == {}


def test_conditions_are_found() -> None:
    """The test above sees them: in a variable, in a resource, and more than one."""
    bodies = {
        (kind, name): body for kind, name, _, body in HOLDER.findall(text(TERRAFORM / "environment", "*.tf"))
    }
    assert len(CONDITION.findall(bodies["variable", "cidr"])) == 2
    bodies = {
        (kind, name): body
        for kind, name, _, body in HOLDER.findall(text(TERRAFORM / "modules/network", "*.tf"))
    }
    assert len(CONDITION.findall(bodies["resource", "aws_vpc"])) == 1


@pytest.mark.parametrize("folder", tables.folders(TERRAFORM), ids=lambda folder: folder.name)
def test_every_configuration_is_tested(folder: Path) -> None:
    """A run that plans what is accepted, beside those that refuse."""
    runs = re.findall(
        r'^run "\w+" \{$(.*?)^\}$', text(folder, "tests/*.tftest.hcl"), re.DOTALL | re.MULTILINE
    )
    assert any("assert {" in run and "expect_failures" not in run for run in runs)
    assert all("assert {" in run or "expect_failures" in run for run in runs)


def test_provider_is_the_same_everywhere_and_locked_for_every_platform() -> None:
    """Both stacks lock the one version that all configurations want, with the hashes of every platform's archive."""
    wanted = {
        tuple(re.findall(r'(?:required_version|source|version) += "([^"]+)"', text(folder, "versions.tf")))
        for folder in tables.folders(TERRAFORM)
    }
    assert wanted == {(">= 1.11, < 2.0", "hashicorp/aws", "5.100.0")}
    locks = {(TERRAFORM / stack / ".terraform.lock.hcl").read_text(encoding="utf-8") for stack in STACKS}
    assert len(locks) == 1
    lock = locks.pop()
    assert re.findall(r'(?:version|constraints) += "([^"]+)"', lock) == ["5.100.0", "5.100.0"]
    assert Counter(re.findall(r'"(h1|zh):', lock)) == {"h1": 3, "zh": 15}


def test_states_are_locked_and_encrypted() -> None:
    """Nothing of it hangs on an option that somebody may forget."""
    for stack in STACKS:
        backend = re.findall(
            r'^  backend "s3" \{$(.*?)^  \}$', text(TERRAFORM / stack, "*.tf"), re.DOTALL | re.MULTILINE
        )
        assert [re.findall(r"(\w+) += (\w+)", one) for one in backend] == [
            [("encrypt", "true"), ("use_lockfile", "true")]
        ]


def test_versions_of_kubernetes_are_those_that_the_rules_allow() -> None:
    """No version can be chosen that `eks-version-supported` refuses."""
    variables = text(TERRAFORM / "environment", "variables-cluster.tf")
    found = re.search(r"contains\((\[[^]]+\]), var\.kubernetes_version\)", variables)
    assert found
    parameters = yaml.safe_load((ROOT / "policies/parameters.yaml").read_text(encoding="utf-8"))
    versions = set(yaml.safe_load(found[1]))
    assert versions
    assert versions <= set(parameters["supported_eks_versions"])


@pytest.mark.parametrize("stack", STACKS)
def test_example_gives_what_is_required_and_nothing_unknown(stack: str) -> None:
    """Who copies it has only values to change."""
    variables = text(TERRAFORM / stack, "variables*.tf")
    blocks = re.findall(r'^variable "(\w+)" \{$(.*?)^\}$', variables, re.DOTALL | re.MULTILINE)
    required = {name for name, body in blocks if not re.search(r"^  default +=", body, re.MULTILINE)}
    given = set(re.findall(r"^(\w+) += ", text(TERRAFORM / stack, "example.tfvars"), re.MULTILINE))
    assert required <= given <= {name for name, _ in blocks}
