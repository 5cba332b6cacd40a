package hallmark.manifests.hostpath_writable_test

import data.hallmark.manifests.hostpath_writable
import data.hallmark.testing

_places(set) := testing.places(set, found) if {
	found := hostpath_writable.violations with input as set
}

# The set with a hostPath volume and these mounts in a container.
_mounted(field, mounts) := testing.patched(
	testing.container(field, [{"op": "add", "path": "/volumeMounts/-", "value": mount} | some mount in mounts]),
	"apps/Deployment",
	[{"op": "add", "path": "/spec/template/spec/volumes/-", "value": {"name": "host", "hostPath": {"path": "/var/log"}}}],
)

_mount(change) := object.union({"name": "host", "mountPath": "/log"}, change)

test_denies_all_of_every_kind_of_container if {
	every field in testing.containers {
		_places(_mounted(field, [_mount({}), _mount({"readOnly": true}), _mount({"readOnly": false})])) == testing.in_pod([
			sprintf("%s/0/volumeMounts/1", [field]),
			sprintf("%s/0/volumeMounts/3", [field]),
		])
	}
}

test_denies_whatever_is_said_else if {
	_places(_mounted("containers", [_mount({"recursiveReadOnly": "Enabled", "subPath": "a"})])) == testing.in_pod(["containers/0/volumeMounts/1"])
}

test_allows_read_only_mount if {
	_places(_mounted("containers", [_mount({"readOnly": true})])) == set()
}

test_allows_what_is_not_mounted if {
	_places(_mounted("containers", [])) == set()
}

test_allows_what_is_as_it_should_be if {
	_places(testing.all) == set()
}

test_applies_to_its_kinds_only if {
	found := hostpath_writable.applies with input as testing.all
	found == testing.ids(testing.all, testing.workloads)
}
