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

test_allows_safe_sysctl if {
	set := testing.changed("apps/Deployment", [{"op": "add", "path": "/spec/template/spec/securityContext/sysctls", "value": [{"name": "net.ipv4.tcp_fin_timeout", "value": "9"}]}])
	found := sysctls.violations with input as set
	count(found) == 0
}

test_applies_to_its_kinds_only if {
	found := sysctls.applies with input as testing.all
	testing.kinds(testing.all, found) == {"CronJob", "Deployment", "StatefulSet"}
}
