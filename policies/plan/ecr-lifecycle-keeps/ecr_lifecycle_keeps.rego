# METADATA
# title: What a stage runs, or can go back to, does not expire
# description: >-
#   A lifecycle policy of a repository lets images expire only that have no tag, or whose tags begin with one
#   of expiring_image_tags in policies/parameters.yaml. A rule for any image, or for every tag, is refused:
#   ECR does not know which digests the history of a stage names.
# custom:
#   id: ecr-lifecycle-keeps
#   profile: production
#   severity: high
#   scope: object
#   why: >-
#     A release whose image has expired cannot be started again, nor gone back to.
#   fix: >-
#     Give images of ephemeral environments tags of their own, and name those in tagPrefixList.
#   reference: https://docs.aws.amazon.com/AmazonECR/latest/userguide/lifecycle_policy_parameters.html
package hallmark.plan.ecr_lifecycle_keeps

import data.hallmark.lib.plan
import data.parameters

applies := plan.ids({"aws_ecr_lifecycle_policy"})

violations contains plan.violation(entry, ["policy"], sprintf("rule %d lets images expire that a stage may need", [index])) if {
	some entry in plan.of_types({"aws_ecr_lifecycle_policy"})
	some index, rule in _rules(entry)
	not _is_harmless(rule.selection)
}

unknowns contains plan.unknown(entry, ["policy"]) if {
	some entry in plan.of_types({"aws_ecr_lifecycle_policy"})
	plan.is_open(entry, ["policy"])
}

unknowns contains {"object": entry.id, "path": ["policy"], "message": "is no lifecycle policy that can be read"} if {
	some entry in plan.of_types({"aws_ecr_lifecycle_policy"})
	not plan.is_open(entry, ["policy"])
	not _rules(entry)
}

_rules(entry) := rules if {
	text := plan.get(entry, ["policy"]).value
	json.is_valid(text)
	rules := json.unmarshal(text).rules
	every rule in rules {
		is_object(rule.selection)
	}
}

_is_harmless(selection) if selection.tagStatus == "untagged"

_is_harmless(selection) if {
	some list in ["tagPrefixList", "tagPatternList"]
	selection.tagStatus == "tagged"
	tags := selection[list]
	is_array(tags)
	tags != []
	every tag in tags {
		is_string(tag)
		some start in parameters.expiring_image_tags
		startswith(tag, start)
	}
}
