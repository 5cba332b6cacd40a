package hallmark.manifests.sysctls_test

import data.hallmark.manifests.sysctls
import data.hallmark.testing

test_denies_second_sysctl if {
	set := testing.changed("apps/Deployment", [{"op": "add", "path": "/spec/template/spec/securityContext/sysctls", "value": [{"name": "net.ipv4.tcp_syncookies", "value": "1"}, {"name": "kernel.msgmax", "value": "1"}]}])
	found := sysctls.violations with input as set
	testing.places(set, found) == {"Deployment: spec/template/spec/securityContext/sysctls/1"}
}

test_allows_what_is_as_it_should_be if {
	set := testing.all
	found := sysctls.violations with input as set
	count(found) == 0
}

test_allows_every_safe_sysctl if {
	safe := [
		"kernel.shm_rmid_forced", "net.ipv4.ip_local_port_range", "net.ipv4.ip_local_reserved_ports",
		"net.ipv4.ip_unprivileged_port_start", "net.ipv4.ping_group_range", "net.ipv4.tcp_fin_timeout",
		"net.ipv4.tcp_keepalive_intvl", "net.ipv4.tcp_keepalive_probes", "net.ipv4.tcp_keepalive_time",
		"net.ipv4.tcp_rmem", "net.ipv4.tcp_syncookies", "net.ipv4.tcp_wmem",
	]
	set := testing.changed("apps/Deployment", [{"op": "add", "path": "/spec/template/spec/securityContext/sysctls", "value": [{"name": name, "value": "1"} | some name in safe]}])
	found := sysctls.violations with input as set
	count(found) == 0
}

test_applies_to_its_kinds_only if {
	found := sysctls.applies with input as testing.all
	testing.kinds(testing.all, found) == {"CronJob", "Deployment", "StatefulSet"}
}
