# METADATA
# title: ENTRYPOINT, CMD and HEALTHCHECK stand once
# description: >-
#   No stage has a second ENTRYPOINT, CMD or HEALTHCHECK: only the last one counts.
# custom:
#   id: df-single-start
#   profile: production
#   severity: low
#   scope: object
#   why: >-
#     The first one looks as if it did something; a reader and the builder disagree about what the image
#     starts.
#   fix: >-
#     Remove all but the last.
#   reference: https://docs.docker.com/reference/build-checks/multiple-instructions-disallowed/
package hallmark.dockerfile.df_single_start

import data.hallmark.lib.dockerfile
import data.hallmark.lib.objects

applies := dockerfile.ids_of([one | some one in dockerfile.named(_names); not one.spec.onbuild])

violations contains objects.violation(entry.id, ["stages", stage, "instructions", index], sprintf("%s is overridden by a later one of the same stage", [upper(one.name)])) if {
	some entry in input.objects
	some stage, made in entry.object.stages
	some index, one in made.instructions
	one.name in _names
	not one.onbuild
	some later, other in made.instructions
	later > index
	other.name == one.name
	not other.onbuild
}

_names := {"entrypoint", "cmd", "healthcheck"}
