# METADATA
# title: The final image says how its health is checked
# description: >-
#   The final image has a HEALTHCHECK that is not NONE. Kubernetes ignores it and asks by its own probes
#   (rules liveness-probe and readiness-probe), so nothing but the profile all demands it.
# custom:
#   id: df-healthcheck
#   profile: all
#   severity: low
#   scope: object
#   why: >-
#     Where no cluster asks (docker, podman, compose, ECS), a process that hangs is taken for healthy.
#   fix: >-
#     HEALTHCHECK CMD ["program", "argument"]
#   reference: https://docs.docker.com/reference/dockerfile/#healthcheck
package hallmark.dockerfile.df_healthcheck

import data.hallmark.lib.dockerfile
import data.hallmark.lib.objects

applies := dockerfile.ids

violations contains objects.violation(entry.id, ["stages", dockerfile.target(entry)], "has no HEALTHCHECK") if {
	some entry in input.objects
	not _is_checked(entry.id)
}

_is_checked(id) if dockerfile.last(id, "healthcheck").spec.form != "none"
