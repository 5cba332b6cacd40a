"""A checkout whose stack for environments makes nothing that costs anything, and has what the provider relies on."""

from __future__ import annotations

import base64
import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
ALLOWED = ("POST", "/apis/authentication.k8s.io/v1/selfsubjectreviews")
USER = {"status": {"userInfo": {"username": "arn:aws:sts::123456789012:assumed-role/deployer/me"}}}
# What terraform/environment has of what the provider relies on: its variables' checks, its outputs, and something made.
STACK = """
terraform {{
  backend "s3" {{}}
}}
variable "name" {{ type = string }}
variable "ephemeral" {{ type = bool }}
variable "expires_at" {{ type = string }}
variable "kubernetes_version" {{
  type = string
  validation {{
    condition     = var.kubernetes_version == "1.35"
    error_message = "kubernetes_version must be 1.35."
  }}
}}
resource "terraform_data" "cluster" {{
  input = "hallmark-${{var.name}}"
  provisioner "local-exec" {{
    command = <<-EOT
      {command}
    EOT
  }}
  provisioner "local-exec" {{
    when    = destroy
    command = <<-EOT
      {ending}
    EOT
  }}
}}
resource "terraform_data" "tags" {{
  input = [var.ephemeral, var.expires_at]
}}
output "cluster_name" {{ value = terraform_data.cluster.output }}
output "cluster_endpoint" {{ value = "{endpoint}" }}
output "cluster_certificate_authority_data" {{ value = "{authority}" }}
"""


def make(root: Path, api_server: Any) -> Path:
    """A git checkout at `root` with the kit's settings and the small stack, whose cluster is `api_server`."""
    root.mkdir()
    shutil.copy(ROOT / "hallmark.toml", root)
    git = ["git", "-C", str(root), "-c", "user.name=t", "-c", "user.email=t@example.org"]
    for words in (["init", "--quiet"], ["add", "--all"], ["commit", "--quiet", "--message=x"]):
        subprocess.run([*git, *words], check=True)
    api_server.answers["GET", "/readyz"] = (200, "ok")
    api_server.answers[ALLOWED] = (201, USER)
    for kind in ("services", "namespaces"):
        api_server.answers["GET", f"/api/v1/{kind}"] = (200, {"items": []})
    write_stack(root, api_server)
    return root


def write_stack(root: Path, api_server: Any, command: str = "true", ending: str = "true") -> None:
    """The stack; `command` is run while its cluster is made, `ending` while it is destroyed."""
    document = json.loads(api_server.kubeconfig.read_text())
    write_environment(root, document["clusters"][0]["cluster"]["server"], b"none", command, ending)


def write_environment(
    root: Path, endpoint: str, authority: bytes, command: str = "true", ending: str = "true"
) -> None:
    """The same for the cluster at `endpoint`, instead of what is there."""
    folder = root / "terraform" / "environment"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    encoded = base64.b64encode(authority).decode()
    text = STACK.format(command=command, ending=ending, endpoint=endpoint, authority=encoded)
    (folder / "main.tf").write_text(text)


def settle(root: Path, **values: str) -> None:
    """Change settings: the key's whole line."""
    file = root / "hallmark.toml"
    lines = file.read_text().splitlines()
    for key, value in values.items():
        (at,) = [n for n, line in enumerate(lines) if line.startswith(f"{key} =")]
        lines[at] = f"{key} = {value}"
    file.write_text("\n".join(lines))
