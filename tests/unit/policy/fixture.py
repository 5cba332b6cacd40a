"""Builds the JSON files in policies/testing/, from which the tests of the rules start.

Run as a program it writes them; test_rules.py fails when one is out of step with the manifests or the examples.
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from hallmark import config, documents, manifests
from hallmark.policy import dockerfiles, texts, workflows
from hallmark.policy.objects import entry

ROOT = Path(__file__).resolve().parents[3]
FIXTURE = ROOT / "policies" / "testing" / "rendered.json"
FAMILIES = {
    ROOT / "policies" / "testing" / "dockerfiles.json": dockerfiles.FAMILY,
    ROOT / "policies" / "testing" / "workflows.json": workflows.FAMILY,
}
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


def build_examples(file: Path) -> str:
    """The examples of a family's rules by "<rule>/<name>", and its files in testing/, as rules see them; one a line."""
    family = FAMILIES[file]
    examples = sorted((ROOT / "policies" / family.name).glob("*/examples/*"))
    examples += sorted(file.with_suffix("").glob("*"))
    read = texts.gather(examples, family)
    (parsed,) = family.parse([read])
    assert [str(one) for one in read.not_evaluated] == []
    lines = [
        f"  {json.dumps(_key(one))}: {json.dumps({'kind': made.reference.kind, 'object': made.value})}"
        for one, made in zip(examples, parsed, strict=True)
    ]
    return f'{{\n "{file.stem}": {{\n' + ",\n".join(lines) + "\n }\n}\n"


def _key(example: Path) -> str:
    folder = example.parent.parent.name
    return f"{folder}/{example.stem}"


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        made = {FIXTURE: build(Path(folder)), **{file: build_examples(file) for file in FAMILIES}}
    for file, text in made.items():
        file.write_text(text, encoding="utf-8")
        sys.stdout.write(f"{file}\n")
