# METADATA
# title: What is ephemeral says when it expires and whose it is
# description: >-
#   Every resource whose tag Environment is not among lasting_environments in policies/parameters.yaml has
#   the tags ExpiresAt, an instant of RFC 3339, and Owner. One that stays has no ExpiresAt, or never.
# custom:
#   id: ephemeral-tags
#   profile: production
#   severity: high
#   scope: object
#   why: >-
#     What expires is destroyed by the reaper: it must find it, know whom to ask, and never take what stays.
#   fix: >-
#     Set ExpiresAt, such as 2026-01-31T12:00:00Z, and Owner in default_tags of the provider.
#   reference: https://www.rfc-editor.org/rfc/rfc3339
package hallmark.plan.ephemeral_tags

import data.hallmark.lib.environments
import data.hallmark.lib.plan

applies := {entry.id | some entry in _tagged}

violations contains plan.violation(entry, ["tags_all"], sprintf("is of an ephemeral environment, and its tag %s is missing or of another form", [key])) if {
	some entry in _tagged
	environments.ephemeral(entry) == "pass"
	some key, _ in _forms
	_verdict(entry, key) == "fail"
}

violations contains plan.violation(entry, ["tags_all"], "stays, and its tag ExpiresAt is not never") if {
	some entry in _tagged
	environments.ephemeral(entry) == "fail"
	expires := environments.tag(entry, "ExpiresAt")
	not plan.is_mark(expires)
	expires != "never"
}

unknowns contains plan.unknown(entry, ["tags_all", key]) if {
	some entry in _tagged
	environments.ephemeral(entry) == "pass"
	some key, _ in _forms
	_verdict(entry, key) == "unknown"
}

unknowns contains plan.unknown(entry, ["tags_all", "Environment"]) if {
	some entry in _tagged
	environments.ephemeral(entry) == "unknown"
}

unknowns contains plan.unknown(entry, ["tags_all", "ExpiresAt"]) if {
	some entry in _tagged
	plan.is_mark(environments.tag(entry, "ExpiresAt"))
}

# Those that say of which environment they are; required-tags finds the others.
_tagged := [entry | some entry in input.objects; entry.exists; entry.taggable; _says(entry)]

_says(entry) if environments.tag(entry, "Environment")

_says(entry) if plan.is_open(entry, ["tags_all"])

_verdict(entry, key) := "pass" if {
	value := environments.tag(entry, key)
	is_string(value)
	regex.match(_forms[key], value)
} else := "unknown" if {
	plan.is_open(entry, ["tags_all", key])
} else := "fail"

_forms := {
	"ExpiresAt": `^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)$`,
	"Owner": `\S`,
}
