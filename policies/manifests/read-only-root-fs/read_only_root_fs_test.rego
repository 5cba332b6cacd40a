package hallmark.manifests.read_only_root_fs_test

import data.hallmark.manifests.read_only_root_fs
import data.hallmark.testing

test_denies_container if {
	set := testing.changed("apps/Deployment", [{"op": "remove", "path": "/spec/template/spec/containers/0/securityContext/readOnlyRootFilesystem"}])
	found := read_only_root_fs.violations with input as set
	testing.places(set, found) == {"Deployment: spec/template/spec/containers/0/securityContext/readOnlyRootFilesystem"}
}

test_denies_writable if {
	set := testing.changed("apps/Deployment", [{"op": "add", "path": "/spec/template/spec/containers/0/securityContext/readOnlyRootFilesystem", "value": false}])
	found := read_only_root_fs.violations with input as set
	testing.places(set, found) == {"Deployment: spec/template/spec/containers/0/securityContext/readOnlyRootFilesystem"}
}

test_denies_init_container if {
	set := testing.changed("apps/Deployment", [testing.extra("initContainers"), {"op": "remove", "path": "/spec/template/spec/initContainers/0/securityContext/readOnlyRootFilesystem"}])
	found := read_only_root_fs.violations with input as set
	testing.places(set, found) == {"Deployment: spec/template/spec/initContainers/0/securityContext/readOnlyRootFilesystem"}
}

test_denies_ephemeral_container if {
	set := testing.changed("apps/Deployment", [testing.extra("ephemeralContainers"), {"op": "remove", "path": "/spec/template/spec/ephemeralContainers/0/securityContext/readOnlyRootFilesystem"}])
	found := read_only_root_fs.violations with input as set
	testing.places(set, found) == {"Deployment: spec/template/spec/ephemeralContainers/0/securityContext/readOnlyRootFilesystem"}
}

test_allows_what_is_as_it_should_be if {
	set := testing.all
	found := read_only_root_fs.violations with input as set
	count(found) == 0
}

test_applies_to_its_kinds_only if {
	found := read_only_root_fs.applies with input as testing.all
	testing.kinds(testing.all, found) == {"CronJob", "Deployment", "StatefulSet"}
}
