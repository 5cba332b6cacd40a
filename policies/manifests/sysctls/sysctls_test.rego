package hallmark.manifests.sysctls_test

import data.hallmark.manifests.sysctls
import data.hallmark.testing

_places(set) := testing.places(set, found) if {
	found := sysctls.violations with input as set
}

_with(names) := testing.pod([{"op": "add", "path": "/securityContext/sysctls", "value": [{"name": name, "value": "1"} | some name in names]}])

test_denies_all_of_several if {
	_places(_with(["kernel.msgmax", "net.ipv4.tcp_syncookies", "vm.swappiness"])) == testing.in_pod(["securityContext/sysctls/0", "securityContext/sysctls/2"])
}

test_denies_other_spellings if {
	every name in ["net/ipv4/tcp_syncookies", "net.ipv4.TCP_SYNCOOKIES", "net.ipv4.*", ""] {
		_places(_with([name])) == testing.in_pod(["securityContext/sysctls/0"])
	}
}

test_denies_no_name if {
	_places(testing.pod([{"op": "add", "path": "/securityContext/sysctls", "value": [{"value": "1"}]}])) == testing.in_pod(["securityContext/sysctls/0"])
}

test_allows_every_safe_one if {
	every name in [
		"kernel.shm_rmid_forced", "net.ipv4.ip_local_port_range", "net.ipv4.ip_local_reserved_ports",
		"net.ipv4.ip_unprivileged_port_start", "net.ipv4.ping_group_range", "net.ipv4.tcp_fin_timeout",
		"net.ipv4.tcp_keepalive_intvl", "net.ipv4.tcp_keepalive_probes", "net.ipv4.tcp_keepalive_time",
		"net.ipv4.tcp_rmem", "net.ipv4.tcp_syncookies", "net.ipv4.tcp_wmem",
	] {
		_places(_with([name])) == set()
	}
}

test_allows_what_is_as_it_should_be if {
	_places(testing.all) == set()
}

test_applies_to_its_kinds_only if {
	found := sysctls.applies with input as testing.all
	found == testing.ids(testing.all, testing.workloads)
}
