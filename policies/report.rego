# METADATA
# title: What every rule says
# description: >-
#   The one document that the engine asks for. A rule that has no answer is missing from it, and a missing answer is
#   unknown, never a pass.
package hallmark.report

of[rule] := said if {
	some rule in input.rules
	said := {
		"applies": data.hallmark.manifests[rule].applies,
		"violations": data.hallmark.manifests[rule].violations,
	}
}
