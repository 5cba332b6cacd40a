# METADATA
# title: Sysctls come from the safe list
# description: >-
#   Every sysctl of a pod is on the safe list of Pod Security as of Kubernetes 1.32, spelt with dots. What
#   later versions add to that list is refused.
# custom:
#   id: sysctls
#   profile: baseline
#   severity: medium
#   scope: object
#   why: >-
#     Other sysctls change the kernel for every pod of the node.
#   fix: >-
#     Remove the sysctl, or set it on the node.
#   reference: https://kubernetes.io/docs/concepts/security/pod-security-standards/
package hallmark.manifests.sysctls

import data.hallmark.lib.workload

applies := workload.ids

violations contains workload.pod_finding(pod, ["securityContext", "sysctls", index], sprintf("sets the sysctl %v", [object.get(sysctl, "name", "?")])) if {
	some pod in workload.pods
	some index, sysctl in pod.security.sysctls
	not _is_safe(sysctl)
}

_is_safe(sysctl) if sysctl.name in _safe

_safe := {
	"kernel.shm_rmid_forced",
	"net.ipv4.ip_local_port_range",
	"net.ipv4.ip_local_reserved_ports",
	"net.ipv4.ip_unprivileged_port_start",
	"net.ipv4.ping_group_range",
	"net.ipv4.tcp_fin_timeout",
	"net.ipv4.tcp_keepalive_intvl",
	"net.ipv4.tcp_keepalive_probes",
	"net.ipv4.tcp_keepalive_time",
	"net.ipv4.tcp_rmem",
	"net.ipv4.tcp_syncookies",
	"net.ipv4.tcp_wmem",
}
