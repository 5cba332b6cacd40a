# METADATA
# title: The final image doesn't expose SSH
# description: >-
#   No EXPOSE of the final image names TCP port 22, alone or in a range.
# custom:
#   id: df-ssh-port
#   profile: restricted
#   severity: medium
#   scope: object
#   why: >-
#     A shell over the network is a second way in, past the cluster's own access control.
#   fix: >-
#     Enter by kubectl exec or debug, where rights and audit are the cluster's.
#   reference: https://docs.docker.com/reference/dockerfile/#expose
package hallmark.dockerfile.df_ssh_port

import data.hallmark.lib.dockerfile

applies := dockerfile.ids_of(_exposed)

violations contains dockerfile.finding(one, sprintf("exposes the port %s", [port])) if {
	some one in _exposed
	some port in object.get(one.spec, "values", [])
	range := trim_suffix(lower(port), "/tcp")
	regex.match(`^[0-9]+(-[0-9]+)?$`, range)
	bounds := split(range, "-")
	to_number(bounds[0]) <= 22
	to_number(bounds[count(bounds) - 1]) >= 22
}

_exposed := [one | some one in dockerfile.final; one.spec.name == "expose"]
