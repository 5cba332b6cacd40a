# METADATA
# title: SELinux options stay within the container types
# description: >-
#   seLinuxOptions of every pod and container name no user and no role, and no type but container_t,
#   container_init_t, container_kvm_t and container_engine_t (which Pod Security allows since Kubernetes
#   1.31). A level is allowed.
# custom:
#   id: selinux
#   profile: baseline
#   severity: medium
#   scope: object
#   why: >-
#     Another type, user or role takes the container out of its confinement.
#   fix: >-
#     Remove seLinuxOptions, or use one of the container types.
#   reference: https://kubernetes.io/docs/concepts/security/pod-security-standards/
package hallmark.manifests.selinux

import data.hallmark.lib.workload

applies := workload.ids

violations contains workload.finding(container, ["securityContext", "seLinuxOptions"], "has SELinux options that are not allowed") if {
	some container in workload.containers
	not _confined(container.security)
}

violations contains workload.pod_finding(pod, ["securityContext", "seLinuxOptions"], "has SELinux options that are not allowed") if {
	some pod in workload.pods
	not _confined(pod.security)
}

_confined(security) if {
	options := object.get(security, "seLinuxOptions", {})
	object.get(options, "type", "") in {"", "container_t", "container_init_t", "container_kvm_t", "container_engine_t"}
	object.get(options, "user", "") == ""
	object.get(options, "role", "") == ""
}
