"""The plans of the stacks, one for each set of variables (terraform/*/tests/*.tfvars.json), made once for all tests.

The layer `infra` makes them beforehand and names their folder in HALLMARK_PLANS; without it they are made here.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path

import pytest
from tftest import TerraformPlanOutput

from hallmark import config
from hallmark.layers import stacks

ROOT = Path(__file__).resolve().parents[3]

Plans = Mapping[str, TerraformPlanOutput]


@pytest.fixture(scope="session")
def plans(tmp_path_factory: pytest.TempPathFactory) -> Plans:
    """Every plan by the name of its stack and set, such as `environment-production-3-zones`."""
    named = os.environ.get(stacks.PLANS_VARIABLE)
    folder = Path(named) if named else stacks.plan(config.load(ROOT), tmp_path_factory.mktemp("stacks"))
    return {file.stem: TerraformPlanOutput(json.loads(file.read_bytes())) for file in folder.glob("*.json")}
