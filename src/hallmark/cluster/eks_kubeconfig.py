"""A kubeconfig for a cluster on EKS that holds no secret: who uses it signs a token by their own AWS credentials."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

import hallmark
from hallmark import folders
from hallmark.cluster.eks_record import Place, Record
from hallmark.cluster.eks_token import API_VERSION
from hallmark.records import write_atomically


def write(record: Record) -> None:
    """Write the environment's kubeconfig. It is for its owner alone, and works from any folder."""
    document = json.dumps(render(record), indent=2)
    write_atomically(Place(record.name).kubeconfig, f"{document}\n", 0o600)


def render(record: Record) -> dict[str, Any]:
    """The kubeconfig as a document; its user is a command of this kit."""
    name = record.cluster
    # What this process knows and another one, started by kubectl from anywhere, would not.
    variables = {
        "HALLMARK_STATE": str(folders.state_home().absolute()),
        "PYTHONPATH": str(Path(hallmark.__file__).absolute().parents[1]),
    }
    if profile := os.environ.get("AWS_PROFILE"):
        variables["AWS_PROFILE"] = profile
    command = {
        "apiVersion": API_VERSION,
        "command": sys.executable,
        # -P: what lies in the folder that kubectl is called in is not imported.
        "args": ["-P", "-m", "hallmark", "env", "token", record.name],
        "env": [{"name": key, "value": value} for key, value in sorted(variables.items())],
        "interactiveMode": "Never",
        "provideClusterInfo": False,
    }
    return {
        "apiVersion": "v1",
        "kind": "Config",
        "current-context": name,
        "contexts": [{"name": name, "context": {"cluster": name, "user": name}}],
        "clusters": [
            {
                "name": name,
                "cluster": {"server": record.endpoint, "certificate-authority-data": record.authority},
            }
        ],
        "users": [{"name": name, "user": {"exec": command}}],
    }
