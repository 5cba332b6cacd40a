package hallmark.lib.containers_test

import data.hallmark.lib.containers

test_finding_names_container_and_path if {
	spec := {"template": {"spec": {"containers": [{"name": "x"}]}}}
	set := {"objects": [{"id": 3, "type": "apps/Deployment", "object": {"spec": spec}}]}
	found := containers.all with input as set
	containers.finding(found[0], ["image"], "has an image") == {
		"object": 3,
		"path": ["spec", "template", "spec", "containers", 0, "image"],
		"message": "container x has an image",
	}
}
