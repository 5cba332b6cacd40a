# METADATA
# title: Whose a resource of AWS is
# description: >-
#   The tag Environment says to which environment a resource belongs. One that is not among lasting_environments in
#   policies/parameters.yaml is ephemeral: it expires, and may be deleted with all that is in it.
package hallmark.lib.environments

import data.hallmark.lib.plan
import data.parameters

# Whether a resource is of an ephemeral environment: "pass", "fail" (it stays, or doesn't say), or "unknown".
ephemeral(entry) := _by_name(tag(entry, "Environment")) if {
	is_string(tag(entry, "Environment"))
} else := "unknown" if {
	plan.is_open(entry, ["tags_all", "Environment"])
} else := "fail"

# The same of one that is deleted, for good or because it is replaced, by the tags that it had; undefined for others.
was_ephemeral(entry) := _by_name(object.get(entry.before, ["tags_all", "Environment"], ""))

# The value of a tag, its mark, or nothing. What is unknown of all tags may still be known of the resource's own.
tag(entry, key) := value if {
	value := entry.values.tags_all[key]
} else := entry.values.tags[key]

_by_name(name) := "fail" if {
	trim_space(name) in ({""} | {one | some one in parameters.lasting_environments})
} else := "pass"
