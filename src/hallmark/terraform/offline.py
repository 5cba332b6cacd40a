"""Stacks planned without an account: the real provider, made-up credentials, and no way to AWS.

A plan needs no answer from AWS as long as the variables say what data sources would have asked for.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from hallmark.terraform import binary
from hallmark.terraform.stack import Local, Stack

# In an override, not in the stacks: there, no check may be switched off.
OVERRIDES = {
    "offline_override.tf": """provider "aws" {
  allowed_account_ids         = null
  max_retries                 = 1
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_region_validation      = true
  skip_requesting_account_id  = true
}
"""
}
# Written into the override, the credentials would be part of the plan. Nothing listens on the port "discard".
ENVIRONMENT = {
    "AWS_ACCESS_KEY_ID": "offline",
    "AWS_SECRET_ACCESS_KEY": "offline",
    "AWS_SESSION_TOKEN": "",
    "AWS_PROFILE": "",
    "AWS_CONFIG_FILE": os.devnull,
    "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
    "AWS_EC2_METADATA_DISABLED": "true",
    "AWS_ENDPOINT_URL": "http://127.0.0.1:9",
    # The provider's schema is most of the work: with fewer collections it takes a sixth less of it, for 50 MB.
    "GOGC": "400",
}


def stack(
    source: Path,
    work: Path,
    variables: Mapping[str, Any],
    *,
    mirror: str = binary.AUTO,
    lock_file: Path | None = None,
) -> Stack:
    """A stack that can be planned here and now. What provider AWS it has is kept from asking anybody."""
    has_provider = any('provider "aws"' in file.read_text(encoding="utf-8") for file in source.glob("*.tf"))
    return Stack(
        source,
        work,
        variables=variables,
        backend=Local(work / "terraform.tfstate"),
        env=ENVIRONMENT,
        overrides=OVERRIDES if has_provider else {},
        mirror=mirror,
        lock_file=lock_file,
    )
