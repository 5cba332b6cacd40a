"""Makes what the tests of the rules over plans start from, by the real Terraform and the real provider.

Run as a program, with the ids of rules, or for all (and for the tests of the reader, data/plans/) without: every
policies/plan/<id>/examples/<name>.tf is planned, and what a rule reads of `terraform show -json` is written beside it
as <name>.json. Then policies/testing/plans/<id>.json is made, the same as the entries that rules see; test_plans.py
fails when those are out of step.

Nothing is asked of AWS. Where there is no internet, TF_CLI_CONFIG_FILE names a configuration with a mirror.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from hallmark.policy import plans

HERE = Path(__file__).parent
ROOT = Path(__file__).resolve().parents[3]
RULES = ROOT / "policies" / "plan"
# What the tests of the reader start from: a configuration and the state before.
ACTIONS = HERE / "data" / "plans" / "actions"
ENTRIES = ROOT / "policies" / "testing" / "plans"
_REQUIRED = """\
terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "5.100.0"
    }
  }
}
"""
_SKIPPED = (
    "skip_credentials_validation",
    "skip_metadata_api_check",
    "skip_region_validation",
    "skip_requesting_account_id",
)
_OFFLINE = "".join(f"  {one} = true\n" for one in _SKIPPED)
_PROVIDER = f'provider "aws" {{\n  region = "eu-central-1"\n{_OFFLINE}}}\n'
# No account: a key that signs nothing.
_ENVIRONMENT = {
    "AWS_ACCESS_KEY_ID": "none",
    "AWS_SECRET_ACCESS_KEY": "none",
    "AWS_EC2_METADATA_DISABLED": "true",
    "CHECKPOINT_DISABLE": "1",
    "TF_IN_AUTOMATION": "1",
}


def plan(folder: Path, *arguments: str) -> dict[str, Any]:
    """The plan of the configuration in a folder, as `terraform show -json` has it."""
    _run(folder, "init", "-input=false", "-no-color")
    _run(folder, "plan", "-input=false", "-no-color", "-out=made.plan", *arguments)
    shown: dict[str, Any] = json.loads(_run(folder, "show", "-json", "made.plan"))
    return shown


def make_actions() -> None:
    """The plan from the state in ACTIONS to its configuration, and that state, each as Terraform shows it."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "actions"
        shutil.copytree(ACTIONS, folder)
        made = {
            "plan": trimmed(plan(folder, "-refresh=false")),
            "state": json.loads(_run(folder, "show", "-json")),
        }
    for one, document in made.items():
        text = json.dumps(document, indent=1) + "\n"
        ACTIONS.with_name(f"{one}.json").write_text(text, encoding="utf-8")


def _run(folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        ["terraform", *arguments],
        cwd=folder,
        env={**os.environ, **_ENVIRONMENT},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        sys.exit(f"terraform {arguments[0]}: {done.stdout}{done.stderr}")
    return done.stdout


def make(sources: Iterable[Path]) -> Iterator[tuple[Path, dict[str, Any]]]:
    """For each configuration the trimmed plan. Those without a provider of their own are modules of one plan.

    One with a provider can have a state before, <name>.tfstate, without what the provider fills in.
    """
    alone = [one for one in sources if 'provider "' in one.read_text(encoding="utf-8")]
    together = {f"m{number}": one for number, one in enumerate(sorted(set(sources) - set(alone)))}
    if together:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            calls = "".join(f'module "{key}" {{\n  source = "./{key}"\n}}\n' for key in together)
            (folder / "main.tf").write_text(_REQUIRED + _PROVIDER + calls, encoding="utf-8")
            for key, one in together.items():
                (folder / key).mkdir()
                text = one.read_text(encoding="utf-8")
                (folder / key / "main.tf").write_text(text, encoding="utf-8")
            whole = plan(folder)
        for key, one in together.items():
            yield one, trimmed(_as_root(whole, key))
    for one in alone:
        with tempfile.TemporaryDirectory() as name:
            text = one.read_text(encoding="utf-8").replace(
                'provider "aws" {\n', f'provider "aws" {{\n{_OFFLINE}'
            )
            (Path(name) / "main.tf").write_text(_REQUIRED + text, encoding="utf-8")
            state = one.with_suffix(".tfstate")
            if state.is_file():
                shutil.copy(state, Path(name) / "terraform.tfstate")
            yield one, trimmed(plan(Path(name), "-refresh=false"))


def _as_root(whole: Mapping[str, Any], key: str) -> dict[str, Any]:
    """The plan of one module as that of a root: what Terraform says of its resources doesn't depend on where it is."""
    start = f"module.{key}"
    changes = [
        _moved(one, start)
        for one in whole["resource_changes"]
        if f"{one.get('module_address')}.".startswith(f"{start}.")
    ]
    configuration = whole["configuration"]
    root = configuration["root_module"]["module_calls"][key]["module"]
    return {
        **whole,
        "resource_changes": changes,
        "configuration": {"provider_config": configuration["provider_config"], "root_module": root},
    }


def _moved(change: Mapping[str, Any], start: str) -> dict[str, Any]:
    inner = change["module_address"].removeprefix(start).removeprefix(".")
    moved = {**change, "address": change["address"].removeprefix(f"{start}."), "module_address": inner}
    if not inner:
        del moved["module_address"]
    return moved


def trimmed(document: Mapping[str, Any]) -> dict[str, Any]:
    """What the reader uses of a plan."""
    configuration = document["configuration"]
    providers = {
        key: {
            **one,
            "expressions": {
                name: value for name, value in one.get("expressions", {}).items() if name not in _SKIPPED
            },
        }
        for key, one in configuration["provider_config"].items()
        if "expressions" in one
    }
    return {
        "format_version": document["format_version"],
        "terraform_version": document["terraform_version"],
        "resource_changes": [_change(one) for one in document["resource_changes"]],
        "configuration": {"provider_config": providers, "root_module": _module(configuration["root_module"])},
    }


def _change(one: Mapping[str, Any]) -> dict[str, Any]:
    change = one["change"]
    after, unknown = change["after"], change["after_unknown"]
    return {
        **{
            key: value
            for key, value in one.items()
            if key not in ("provider_name", "action_reason", "change")
        },
        "change": {
            "actions": change["actions"],
            **({"before": _set(change["before"])} if "delete" in change["actions"] else {}),
            "after": after and _set(after),
            "after_unknown": unknown
            and {key: value for key, value in unknown.items() if "true" in json.dumps(value)},
        },
    }


def _set(values: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value is not None or "tags" in key}


def _module(module: Mapping[str, Any]) -> dict[str, Any]:
    kept: dict[str, Any] = {
        "resources": [
            {key: value for key, value in one.items() if key not in ("schema_version", "provider_config_key")}
            for one in module.get("resources", [])
        ]
    }
    calls = {
        name: {**call, "module": _module(call["module"])}
        for name, call in module.get("module_calls", {}).items()
    }
    return {
        **kept,
        **({"module_calls": calls} if calls else {}),
        **({"outputs": module["outputs"]} if "outputs" in module else {}),
    }


def entries(rule: str) -> str:
    """The examples of a rule as the entries that rules see, by name."""
    made: dict[str, Any] = {}
    for file in sorted((RULES / rule / "examples").glob("*.json")):
        gathered = plans.Documents()
        plans.read(gathered, file.name, file.read_text(encoding="utf-8"), 0)
        if gathered.not_evaluated:
            sys.exit(f"{file}: {gathered.not_evaluated[0]}")
        made[file.stem] = gathered.entries
    return json.dumps({"plans": {rule: made}}, indent=1) + "\n"


def main(rules: Iterable[str]) -> None:
    chosen = sorted(rules)
    if not chosen:
        make_actions()
        chosen = sorted(one.name for one in RULES.iterdir() if one.is_dir())
    sources = [file for rule in chosen for file in sorted((RULES / rule / "examples").glob("*.tf"))]
    for source, made in make(sources):
        source.with_suffix(".json").write_text(json.dumps(made, indent=1) + "\n", encoding="utf-8")
    ENTRIES.mkdir(exist_ok=True)
    for rule in chosen:
        (ENTRIES / f"{rule}.json").write_text(entries(rule), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
