package hallmark.manifests.host_aliases_test

import data.hallmark.manifests.host_aliases
import data.hallmark.testing

test_denies_host_aliases if {
	set := testing.changed("apps/Deployment", [{"op": "add", "path": "/spec/template/spec/hostAliases", "value": [{"ip": "10.0.0.1", "hostnames": ["db"]}]}])
	found := host_aliases.violations with input as set
	testing.places(set, found) == {"Deployment: spec/template/spec/hostAliases"}
}

test_allows_what_is_as_it_should_be if {
	set := testing.all
	found := host_aliases.violations with input as set
	count(found) == 0
}

test_allows_empty_list if {
	set := testing.changed("apps/Deployment", [{"op": "add", "path": "/spec/template/spec/hostAliases", "value": []}])
	found := host_aliases.violations with input as set
	count(found) == 0
}

test_applies_to_its_kinds_only if {
	found := host_aliases.applies with input as testing.all
	testing.kinds(testing.all, found) == {"CronJob", "Deployment", "StatefulSet"}
}
