# METADATA
# title: No AppArmor profile is taken away
# description: >-
#   appArmorProfile of every container and of the pod has the type RuntimeDefault or Localhost, or isn't
#   there. The annotations of old on the pod are runtime/default or localhost/…, or empty. Without any word
#   the runtime's own profile holds.
# custom:
#   id: apparmor
#   profile: baseline
#   severity: medium
#   scope: object
#   why: >-
#     An unconfined or unknown profile gives up what the runtime's own would forbid.
#   fix: >-
#     Use RuntimeDefault or Localhost, or leave it out.
#   reference: https://kubernetes.io/docs/concepts/security/pod-security-standards/
package hallmark.manifests.apparmor

import data.hallmark.lib.objects
import data.hallmark.lib.workload

applies := workload.ids

violations contains workload.finding(container, ["securityContext", "appArmorProfile"], "has an AppArmor profile that is not allowed") if {
	some container in workload.containers
	not _confined(container.security)
}

violations contains workload.pod_finding(pod, ["securityContext", "appArmorProfile"], "has an AppArmor profile that is not allowed") if {
	some pod in workload.pods
	not _confined(pod.security)
}

violations contains objects.violation(pod.id, array.concat(pod.template_path, ["metadata", "annotations", key]), sprintf("the annotation %s is %s", [key, value])) if {
	some pod in workload.pods
	some key, value in pod.annotations
	startswith(key, "container.apparmor.security.beta.kubernetes.io/")
	not _allowed_annotation(value)
}

_confined(security) if not "appArmorProfile" in object.keys(security)

_confined(security) if security.appArmorProfile.type in {"RuntimeDefault", "Localhost"}

_allowed_annotation(value) if value in {"", "runtime/default"}

_allowed_annotation(value) if startswith(value, "localhost/")
