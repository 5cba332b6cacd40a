# METADATA
# title: What every rule says
# description: >-
#   One document for each family of rules; the engine asks for its own. A rule that has no answer is missing from it,
#   and a missing answer is unknown, never a pass.
package hallmark.report

manifests[rule] := said if {
	some rule in input.rules
	said := {
		"applies": data.hallmark.manifests[rule].applies,
		"violations": data.hallmark.manifests[rule].violations,
	}
}

plan[rule] := said if {
	some rule in input.rules
	said := {
		"applies": data.hallmark.plan[rule].applies,
		"violations": data.hallmark.plan[rule].violations,
		"unknowns": data.hallmark.plan[rule].unknowns,
	}
}

dockerfile[rule] := said if {
	some rule in input.rules
	said := {
		"applies": data.hallmark.dockerfile[rule].applies,
		"violations": data.hallmark.dockerfile[rule].violations,
		"unknowns": {one | some one in data.hallmark.dockerfile[rule].unknowns},
	}
}

workflows[rule] := said if {
	some rule in input.rules
	said := {
		"applies": data.hallmark.workflows[rule].applies,
		"violations": data.hallmark.workflows[rule].violations,
		"unknowns": {one | some one in data.hallmark.workflows[rule].unknowns},
	}
}
