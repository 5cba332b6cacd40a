package hallmark.manifests.service_externalname_localhost_test

import data.hallmark.manifests.service_externalname_localhost
import data.hallmark.testing

_service := "/Service"

_judged(set) := found if {
	found := service_externalname_localhost.applies with input as set
}

# Where the Service quotes is wrong when it has this type and name.
_places(type, name) := testing.places(set, found) if {
	set := _named(type, name)
	found := service_externalname_localhost.violations with input as set
}

_named(type, name) := testing.changed(_service, [
	{"op": "replace", "path": "/spec", "value": {"type": type, "externalName": name}},
])

test_denies_every_name_for_localhost if {
	every name in [
		"localhost", "LocalHost", "localhost.", "db.localhost", "a.b.localhost.", "localhost.localdomain",
		"localhost4", "localhost6", "localhost4.localdomain4", "localhost6.localdomain6",
		"ip6-localhost", "ip6-loopback", "127.0.0.1", "127.1", "127.8.9.10", "0.0.0.0", "::1",
	] {
		_places("ExternalName", name) == {"Service: spec/externalName"}
	}
}

test_denies_both_of_two if {
	set := _named("ExternalName", "localhost")
	found := service_externalname_localhost.violations with input as set
	{one.object | some one in found} == testing.ids(set, {_service})
	count(found) == 2
}

test_allows_other_names if {
	every name in [
		"db.example.org", "localhost.example.org", "notlocalhost", "localhosts", "my-localhost.org",
		"128.0.0.1", "10.127.0.1", "127.example.org", "10.0.0.0", "", "localhost7",
	] {
		_places("ExternalName", name) == set()
	}
}

test_judges_no_other_type if {
	every type in ["ClusterIP", "NodePort", "LoadBalancer"] {
		_places(type, "localhost") == set()
		_judged(_named(type, "localhost")) == set()
	}
	_judged(testing.all) == set()
	_judged(testing.changed(_service, [{"op": "remove", "path": "/spec"}])) == set()
}

test_applies_to_its_kinds_only if {
	set := _named("ExternalName", "db.example.org")
	_judged(set) == testing.ids(set, {_service})
}
