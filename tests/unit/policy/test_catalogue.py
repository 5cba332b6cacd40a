"""Every rule can be explained, and the page of rules is what their metadata says now."""

from __future__ import annotations

import json

import pytest
from fixture import ROOT  # type: ignore[import-not-found]
from typer.testing import CliRunner

from hallmark.outcome import UsageError
from hallmark.policy import catalogue, rules
from hallmark.policy.command import app

FAMILIES = rules.load_all()
IDS = sorted(rule.id for family in FAMILIES for rule in family.rules)


def test_page_of_rules_is_fresh() -> None:
    """docs/rules.md is what the metadata says now."""
    again = ".venv/bin/python -m hallmark.policy.catalogue > docs/rules.md"
    page = (ROOT / "docs/rules.md").read_text(encoding="utf-8")
    assert page == catalogue.page(FAMILIES), f"run: {again}"


@pytest.mark.parametrize("rule", IDS)
def test_explain_shows_why_how_and_what_changes(rule: str) -> None:
    """Of a rule of any family; every hunk of the difference has something to say."""
    found = catalogue.explain(rule)
    said = str(found)
    assert all(
        text in said for text in (found.rule.title, found.rule.why, found.rule.fix, found.rule.reference)
    )
    changes = [line for line in found.difference.splitlines() if line[:1] in "+-"]
    assert len(changes) > 2


def test_explain_names_the_keys_around_the_change() -> None:
    """The heading of a hunk tells where in the object it is; the keys of siblings are not taken for it."""
    said = str(catalogue.explain("run-as-non-root"))
    assert said.endswith(
        """\
@@ -94,7 +94,7 @@ spec.template.spec.containers.securityContext
             privileged: false
             readOnlyRootFilesystem: true
             runAsGroup: 65532
-            runAsNonRoot: false
+            runAsNonRoot: true
             runAsUser: 65532
             seccompProfile:
               type: RuntimeDefault"""
    )


def test_explain_json_holds_both_examples_whole() -> None:
    """For programs: the metadata, and the examples as they are."""
    done = CliRunner().invoke(app, ["explain", "privileged", "--json"])
    said = json.loads(done.stdout)
    folder = ROOT / "policies/manifests/privileged/examples"
    assert (said["id"], said["family"], said["severity"]) == ("privileged", "manifests", "critical")
    assert said["failing"]["file"] == "policies/manifests/privileged/examples/fail.yaml"
    assert said["failing"]["text"] == (folder / "fail.yaml").read_text().rstrip()
    assert said["passing"]["text"] == (folder / "pass.yaml").read_text().rstrip()
    assert "+            privileged: false" in said["difference"].splitlines()


def test_explain_what_the_kit_itself_says() -> None:
    """An id that stands in reports and is no rule in Rego is explained too."""
    assert catalogue.explain("schema").rule.title in str(catalogue.explain("schema"))


def test_explain_unknown_rule_names_the_nearest() -> None:
    """A slip is answered with what was probably meant."""
    with pytest.raises(UsageError, match="no rule rbac-secret") as raised:
        catalogue.explain("rbac-secret")
    assert "rbac-secrets," in raised.value.next_step
