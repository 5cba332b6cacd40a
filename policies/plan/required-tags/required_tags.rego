# METADATA
# title: Everything that can have tags has the required ones
# description: >-
#   tags_all of every resource that has it, which includes the provider's default_tags, holds each of required_tags in
#   policies/parameters.yaml with a value that is not empty.
# custom:
#   id: required-tags
#   profile: production
#   severity: medium
#   scope: object
#   why: >-
#     What costs money must say whose it is, and what cleans up must know what it may take.
#   fix: >-
#     Set the tag in default_tags of the provider, or in tags of the resource.
#   reference: https://docs.aws.amazon.com/whitepapers/latest/tagging-best-practices/tagging-best-practices.html
package hallmark.plan.required_tags

import data.hallmark.lib.plan
import data.parameters

applies := {entry.id | some entry in _tagged}

violations contains plan.violation(entry, ["tags_all"], sprintf("lacks the tag %s, or it is empty", [tag])) if {
	some entry in _tagged
	some tag in parameters.required_tags
	_verdict(entry, tag) == "fail"
}

unknowns contains plan.unknown(entry, ["tags_all", tag]) if {
	some entry in _tagged
	some tag in parameters.required_tags
	_verdict(entry, tag) == "unknown"
}

_tagged := [entry | some entry in input.objects; entry.exists; entry.taggable; count(parameters.required_tags) > 0]

# What is unknown of all tags may still be known of the resource's own.
_verdict(entry, tag) := "pass" if {
	some argument in ["tags_all", "tags"]
	_is_text(plan.value(entry, [argument, tag], ""))
} else := "unknown" if {
	plan.is_open(entry, ["tags_all", tag])
} else := "fail"

_is_text(value) if {
	is_string(value)
	trim_space(value) != ""
}
