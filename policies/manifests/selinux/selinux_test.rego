package hallmark.manifests.selinux_test

import data.hallmark.manifests.selinux
import data.hallmark.testing

_places(set) := testing.places(set, found) if {
	found := selinux.violations with input as set
}

_with(options) := [{"op": "add", "path": "/securityContext/seLinuxOptions", "value": options}]

_bad := [{"type": "spc_t"}, {"type": "container_logreader_t"}, {"user": "system_u"}, {"role": "sysadm_r"}, {"type": "container_t", "user": "u"}, {"type": "container_t", "role": "r"}]

test_denies_every_kind_of_container if {
	every field in testing.containers {
		every options in _bad {
			_places(testing.container(field, _with(options))) == testing.in_pod([sprintf("%s/0/securityContext/seLinuxOptions", [field])])
		}
	}
}

test_denies_pod if {
	every options in _bad {
		_places(testing.pod(_with(options))) == testing.in_pod(["securityContext/seLinuxOptions"])
	}
}

test_denies_both_of_two_containers if {
	_places(testing.twice(_with({"type": "spc_t"}))) == testing.in_pod(["containers/0/securityContext/seLinuxOptions", "containers/1/securityContext/seLinuxOptions"])
}

test_allows_every_type_for_containers if {
	every type in ["", "container_t", "container_init_t", "container_kvm_t", "container_engine_t"] {
		options := {"type": type, "user": "", "role": "", "level": "s0:c1,c2"}
		_places(testing.container("containers", _with(options))) == set()
		_places(testing.pod(_with(options))) == set()
	}
}

test_allows_level_alone if {
	_places(testing.pod(_with({"level": "s0"}))) == set()
}

test_allows_what_is_as_it_should_be if {
	_places(testing.all) == set()
}

test_applies_to_its_kinds_only if {
	found := selinux.applies with input as testing.all
	found == testing.ids(testing.all, testing.workloads)
}
