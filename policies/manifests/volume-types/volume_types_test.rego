package hallmark.manifests.volume_types_test

import data.hallmark.manifests.volume_types
import data.hallmark.testing

test_denies_host_path if {
	set := testing.changed("apps/Deployment", [{"op": "add", "path": "/spec/template/spec/volumes/-", "value": {"name": "host", "hostPath": {"path": "/etc"}}}])
	found := volume_types.violations with input as set
	testing.places(set, found) == {"Deployment: spec/template/spec/volumes/1"}
}

test_denies_nfs if {
	set := testing.changed("apps/Deployment", [{"op": "add", "path": "/spec/template/spec/volumes/-", "value": {"name": "n", "nfs": {"server": "s", "path": "/"}}}])
	found := volume_types.violations with input as set
	testing.places(set, found) == {"Deployment: spec/template/spec/volumes/1"}
}

test_denies_two_kinds_at_once if {
	set := testing.changed("apps/Deployment", [{"op": "add", "path": "/spec/template/spec/volumes/-", "value": {"name": "n", "emptyDir": {}, "hostPath": {"path": "/"}}}])
	found := volume_types.violations with input as set
	testing.places(set, found) == {"Deployment: spec/template/spec/volumes/1"}
}

test_allows_what_is_as_it_should_be if {
	set := testing.all
	found := volume_types.violations with input as set
	count(found) == 0
}

test_allows_no_source if {
	set := testing.changed("apps/Deployment", [{"op": "add", "path": "/spec/template/spec/volumes/-", "value": {"name": "n"}}])
	found := volume_types.violations with input as set
	count(found) == 0
}

test_allows_every_harmless_kind if {
	every kind in [
		"configMap", "csi", "downwardAPI", "emptyDir",
		"ephemeral", "persistentVolumeClaim", "projected", "secret",
	] {
		set := testing.changed("apps/Deployment", [{"op": "add", "path": "/spec/template/spec/volumes/-", "value": {"name": "n", kind: {}}}])
		found := volume_types.violations with input as set
		count(found) == 0
	}
}

test_applies_to_its_kinds_only if {
	found := volume_types.applies with input as testing.all
	testing.kinds(testing.all, found) == {"CronJob", "Deployment", "StatefulSet"}
}
