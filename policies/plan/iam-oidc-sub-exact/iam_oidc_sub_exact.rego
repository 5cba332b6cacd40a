# METADATA
# title: A role trusts jobs of GitHub by their exact name
# description: >-
#   A trust of GitHub's OpenID provider compares sub by StringEquals, with values without * and ? that begin
#   with repo: and name a repository and what of it: an environment, a branch, a tag. StringLike, however
#   narrow, is not it.
# custom:
#   id: iam-oidc-sub-exact
#   profile: production
#   severity: high
#   scope: object
#   why: >-
#     A pattern that is meant for one branch or environment matches others that somebody may make.
#   fix: >-
#     Write a condition StringEquals on token.actions.githubusercontent.com:sub with the list of what is
#     trusted, such as repo:OWNER/REPO:environment:NAME.
#   reference: https://docs.github.com/en/actions/security-for-github-actions/security-hardening-your-deployments/about-security-hardening-with-openid-connect
package hallmark.plan.iam_oidc_sub_exact

import data.hallmark.lib.iam
import data.hallmark.lib.plan

applies := plan.ids({"aws_iam_role"})

violations contains plan.violation(entry, _path, sprintf("statement %s does not compare sub by StringEquals with exact names", [statement.name])) if {
	some entry in plan.of_types({"aws_iam_role"})
	some statement in iam.read(entry, _path).statements
	_verdict(statement) == "fail"
}

unknowns contains iam.unknown(entry, _path) if {
	some entry in plan.of_types({"aws_iam_role"})
	"unknown" in _verdicts(iam.read(entry, _path))
}

_path := ["assume_role_policy"]

_verdicts(document) := {_verdict(statement) | some statement in document.statements} | {"unknown" | document.open}

_verdict(statement) := plan.together({iam.allowing(statement), iam.trusts(statement, _issuer), _inexact(statement)})

_issuer := "token.actions.githubusercontent.com"

_sub := "token.actions.githubusercontent.com:sub"

_inexact(statement) := "pass" if {
	some condition in statement.conditions
	_is_about_sub(condition)
	count(condition.values) > 0
	every value in condition.values {
		is_string(value)
		_is_exact(value)
	}
} else := "unknown" if {
	some condition in statement.conditions
	_may_be_exact(condition)
} else := "fail"

_is_about_sub(condition) if {
	condition.test == "StringEquals"
	iam.low(condition.variable) == _sub
}

# An open one whose known parts are not wrong.
_may_be_exact(condition) if {
	plan.has_mark(condition)
	not _is_wrong(condition)
}

_is_wrong(condition) if {
	not plan.is_mark(condition.test)
	condition.test != "StringEquals"
}

_is_wrong(condition) if {
	is_string(condition.variable)
	iam.low(condition.variable) != _sub
}

_is_wrong(condition) if {
	some value in condition.values
	is_string(value)
	not _is_exact(value)
}

_is_exact(value) if regex.match(`^repo:[^/:*?]+/[^:*?]+:[^*?]+$`, value)
