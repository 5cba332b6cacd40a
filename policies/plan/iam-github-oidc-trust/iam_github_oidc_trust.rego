# METADATA
# title: A role trusts one repository of GitHub, not all
# description: >-
#   A trust of GitHub's OpenID provider has a condition on aud and one on sub, by StringEquals or StringLike.
#   Every value of sub begins with the repository: "*", "repo:*", an owner with a wildcard, and a sub that
#   begins with a claim which anybody can set (workflow, environment, ref, context, head_ref, base_ref) count
#   as missing.
# custom:
#   id: iam-github-oidc-trust
#   profile: baseline
#   severity: critical
#   scope: object
#   why: >-
#     Without it a workflow of anybody's repository can act as the role.
#   fix: >-
#     Add StringEquals conditions on token.actions.githubusercontent.com:aud and :sub, such as
#     repo:OWNER/REPO:environment:NAME.
#   reference: https://docs.github.com/en/actions/security-for-github-actions/security-hardening-your-deployments/about-security-hardening-with-openid-connect
package hallmark.plan.iam_github_oidc_trust

import data.hallmark.lib.iam
import data.hallmark.lib.plan

applies := plan.ids({"aws_iam_role"})

violations contains plan.violation(entry, _path, sprintf("statement %s trusts others than one repository: its condition on %s is missing or too wide", [statement.name, claim])) if {
	some entry in plan.of_types({"aws_iam_role"})
	some statement in iam.read(entry, _path).statements
	some claim in ["aud", "sub"]
	_verdict(statement, claim) == "fail"
}

unknowns contains iam.unknown(entry, _path) if {
	some entry in plan.of_types({"aws_iam_role"})
	"unknown" in _verdicts(iam.read(entry, _path))
}

_path := ["assume_role_policy"]

_verdicts(document) := {_verdict(statement, claim) |
	some statement in document.statements
	some claim in ["aud", "sub"]
} | {"unknown" | document.open}

_verdict(statement, claim) := plan.together({iam.allowing(statement), iam.trusts(statement, _issuer), _lacks(statement, claim)})

_issuer := "token.actions.githubusercontent.com"

# "fail" when no condition pins the claim.
_lacks(statement, claim) := "pass" if {
	some condition in statement.conditions
	_pins(condition, claim)
} else := "unknown" if {
	some condition in statement.conditions
	plan.has_mark(condition)
	not _known_too_wide(condition, claim)
} else := "fail"

_pins(condition, claim) if {
	_is_about(condition, claim)
	count(condition.values) > 0
	every value in condition.values {
		is_string(value)
		_narrow(claim, value)
	}
}

# An open list of values with one that is too wide is too wide.
_known_too_wide(condition, claim) if {
	_is_about(condition, claim)
	some value in condition.values
	is_string(value)
	not _narrow(claim, value)
}

_is_about(condition, claim) if {
	is_string(condition.test)
	is_string(condition.variable)
	regex.match(`^(?i)(ForAnyValue:)?String(Equals|Like|EqualsIgnoreCase)$`, condition.test)
	startswith(lower(condition.variable), _issuer)
	endswith(lower(condition.variable), sprintf(":%s", [claim]))
}

_narrow("aud", value) if not regex.match(`[*?]`, value)

_narrow("sub", value) if regex.match(`^(?i)(repo|repository):[^/:*?]+/.+$`, value)

_narrow("sub", value) if {
	regex.match(`^(?i)(repository_id|repository_owner|repository_owner_id|job_workflow_ref|enterprise|enterprise_id):[^:*?]+`, value)
}
