"""Builds policies/testing/rendered.json, from which the tests of the rules start.

Run as a program it writes the file; test_fixture.py fails when the file is out of step with the manifests.
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from hallmark import config, documents, manifests
from hallmark.policy.objects import entry

ROOT = Path(__file__).resolve().parents[3]
FIXTURE = ROOT / "policies" / "testing" / "rendered.json"
IMAGE = "registry.hallmark.internal/quotes@sha256:" + "0123456789abcdef" * 4


def build(scratch: Path) -> str:
    """The rendered production stage and the other kinds, as the entries that rules see."""
    shutil.copy(ROOT / "hallmark.toml", scratch)
    shutil.copytree(ROOT / "manifests", scratch / "manifests")
    rendered = manifests.render(config.load(scratch), "production", image=IMAGE, commit="0" * 40)
    deployment = next(one for one in rendered.objects if one["kind"] == "Deployment")
    pod = deployment["spec"]["template"]["spec"]
    others = [
        one.value
        for one in documents.objects((ROOT / "policies/testing/others.yaml").read_text(encoding="utf-8"))
    ]
    for one in others:
        if one["kind"] == "StatefulSet":
            one["spec"]["template"]["spec"] = pod
        if one["kind"] == "CronJob":
            one["spec"]["jobTemplate"]["spec"]["template"]["spec"] = {**pod, "restartPolicy": "Never"}
    entries: list[dict[str, Any]] = [
        entry(number, one) for number, one in enumerate([*rendered.objects, *others])
    ]
    return json.dumps({"rendered": entries}, indent=1) + "\n"


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        text = build(Path(folder))
    FIXTURE.write_text(text, encoding="utf-8")
    sys.stdout.write(f"{FIXTURE}\n")
