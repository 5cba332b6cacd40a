"""What an account gets once: roles that only the right workflows assume, buckets and repositories that keep things."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from tftest import TerraformPlanOutput

if TYPE_CHECKING:
    from tests.infra.terraform.conftest import Plans  # type: ignore[import-not-found, unused-ignore]

STAGES = ("preview", "production", "staging")
CONDITION = "token.actions.githubusercontent.com:sub"


@pytest.fixture
def plan(plans: Plans) -> TerraformPlanOutput:
    """The one set of variables: three stages, one repository."""
    return plans["bootstrap-three-stages"]


def _all(plan: TerraformPlanOutput, kind: str) -> dict[str, dict[str, Any]]:
    return {
        str(one.get("index", "")): one["change"]["after"]
        for one in plan.resource_changes.values()
        if one["type"] == kind
    }


def test_stages_roles_are_assumed_by_their_own_jobs_alone(plan: TerraformPlanOutput) -> None:
    """An exact list of subjects for each stage, none of which is another stage's, and GitHub's audience."""
    roles = _all(plan, "aws_iam_role")
    assert set(roles) == set(STAGES)
    for stage, role in roles.items():
        (statement,) = json.loads(role["assume_role_policy"])["Statement"]
        conditions = statement["Condition"]
        assert set(conditions) == {"StringEquals"}
        subjects = conditions["StringEquals"][CONDITION]
        assert sorted([subjects] if isinstance(subjects, str) else subjects) == [
            f"repo:example/hallmark:environment:{stage}",
            f"repo:example@1/hallmark@2:environment:{stage}",
        ]
        audience = conditions["StringEquals"]["token.actions.githubusercontent.com:aud"]
        assert audience == "sts.amazonaws.com"


def test_buckets_are_closed_versioned_and_encrypted(plan: TerraformPlanOutput) -> None:
    """The states' bucket and that of its access log, alike."""
    buckets = {"access_log", "state"}
    blocks = _all(plan, "aws_s3_bucket_public_access_block")
    versions = _all(plan, "aws_s3_bucket_versioning")
    ciphers = _all(plan, "aws_s3_bucket_server_side_encryption_configuration")
    assert set(blocks) == set(versions) == set(ciphers) == set(_all(plan, "aws_s3_bucket")) == buckets
    for block in blocks.values():
        kinds = ("block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets")
        assert all(block[kind] is True for kind in kinds)
    for version in versions.values():
        assert version["versioning_configuration"][0]["status"] == "Enabled"


def test_repositories_keep_what_was_pushed(plan: TerraformPlanOutput) -> None:
    """No tag is moved, every push is scanned, the key is ours."""
    (repository,) = _all(plan, "aws_ecr_repository").values()
    assert repository["image_tag_mutability"] == "IMMUTABLE"
    assert repository["image_scanning_configuration"] == [{"scan_on_push": True}]
    assert repository["encryption_configuration"][0]["encryption_type"] == "KMS"
    assert repository["force_delete"] is not True


def test_outputs_are_those_that_the_kit_reads(plan: TerraformPlanOutput) -> None:
    """By these names workflows and environments find what is here."""
    assert {
        "oidc_provider_arn",
        "repository_urls",
        "role_arns",
        "state_bucket",
        "state_kms_key_arn",
    } <= set(plan.planned_values["outputs"])
