package hallmark.manifests.hostpath_writable_test

import data.hallmark.manifests.hostpath_writable
import data.hallmark.testing

test_denies_writable_mount if {
	set := testing.changed("apps/Deployment", [{"op": "add", "path": "/spec/template/spec/volumes/-", "value": {"name": "host", "hostPath": {"path": "/var/log"}}}, {"op": "add", "path": "/spec/template/spec/containers/0/volumeMounts/-", "value": {"name": "host", "mountPath": "/log"}}])
	found := hostpath_writable.violations with input as set
	testing.places(set, found) == {"Deployment: spec/template/spec/containers/0/volumeMounts/1"}
}

test_denies_init_and_ephemeral_container if {
	every field in ["initContainers", "ephemeralContainers"] {
		set := testing.changed("apps/Deployment", [
			{"op": "add", "path": "/spec/template/spec/volumes/-", "value": {"name": "host", "hostPath": {"path": "/var/log"}}},
			testing.extra(field),
			{"op": "add", "path": sprintf("/spec/template/spec/%s/0/volumeMounts/-", [field]), "value": {"name": "host", "mountPath": "/log", "readOnly": false}},
		])
		found := hostpath_writable.violations with input as set
		testing.places(set, found) == {sprintf("Deployment: spec/template/spec/%s/0/volumeMounts/1", [field])}
	}
}

test_allows_what_is_as_it_should_be if {
	set := testing.all
	found := hostpath_writable.violations with input as set
	count(found) == 0
}

test_allows_read_only_mount if {
	set := testing.changed("apps/Deployment", [{"op": "add", "path": "/spec/template/spec/volumes/-", "value": {"name": "host", "hostPath": {"path": "/var/log"}}}, {"op": "add", "path": "/spec/template/spec/containers/0/volumeMounts/-", "value": {"name": "host", "mountPath": "/log", "readOnly": true}}])
	found := hostpath_writable.violations with input as set
	count(found) == 0
}

test_applies_to_its_kinds_only if {
	found := hostpath_writable.applies with input as testing.all
	testing.kinds(testing.all, found) == {"CronJob", "Deployment", "StatefulSet"}
}
