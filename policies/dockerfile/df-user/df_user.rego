# METADATA
# title: The final image runs as a user of a number that is not 0
# description: >-
#   The last USER of the final stage, or of the stages on which it stands, is a number other than 0. A name is
#   refused: the kubelet cannot tell by it that a container with runAsNonRoot is not root. A user that the
#   base image sets doesn't count; a variable without a value leaves it open. ARG counts with its default.
# custom:
#   id: df-user
#   profile: restricted
#   severity: high
#   scope: object
#   why: >-
#     A process that is root in the container is one flaw of the kernel or the runtime away from root on the
#     node.
#   fix: >-
#     End the final stage with USER and a number, such as USER 65532:65532.
#   reference: https://docs.docker.com/reference/dockerfile/#user
package hallmark.dockerfile.df_user

import data.hallmark.lib.dockerfile
import data.hallmark.lib.objects

applies := dockerfile.ids

violations contains objects.violation(entry.id, ["stages", dockerfile.target(entry)], "sets no USER: the image runs as root, unless its base says otherwise") if {
	some entry in input.objects
	not dockerfile.last(entry.id, "user")
}

violations contains dockerfile.finding(user, sprintf("runs the image as the user %q, which is not a number other than 0", [user.spec.value])) if {
	some user in _users
	not dockerfile.is_open(user.spec)
	not regex.match(`^0*[1-9][0-9]*(:[^:]+)?$`, user.spec.value)
}

unknowns contains dockerfile.finding(user, sprintf("runs the image as a user that depends on %s, which has no value here", [concat(", ", names)])) if {
	some user in _users
	names := user.spec.unset
}

_users := [dockerfile.last(entry.id, "user") | some entry in input.objects]
