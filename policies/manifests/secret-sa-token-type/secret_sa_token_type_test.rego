package hallmark.manifests.secret_sa_token_type_test

import data.hallmark.manifests.secret_sa_token_type
import data.hallmark.testing

_secret := "/Secret"

_places(set) := testing.places(set, found) if {
	found := secret_sa_token_type.violations with input as set
}

_typed(type) := testing.changed(_secret, [{"op": "replace", "path": "/type", "value": type}])

test_denies_token if {
	_places(_typed("kubernetes.io/service-account-token")) == {"Secret: type"}
}

test_denies_both_of_two if {
	set := testing.doubled(_typed("kubernetes.io/service-account-token"), _secret, [])
	found := secret_sa_token_type.violations with input as set
	{one.object | some one in found} == testing.ids(set, {_secret})
	count(found) == 2
}

test_allows_other_types if {
	every type in ["Opaque", "kubernetes.io/tls", "kubernetes.io/dockerconfigjson", "bootstrap.kubernetes.io/token"] {
		_places(_typed(type)) == set()
	}
	_places(testing.changed(_secret, [{"op": "remove", "path": "/type"}])) == set()
}

test_allows_what_is_as_it_should_be if {
	_places(testing.all) == set()
}

test_applies_to_its_kinds_only if {
	found := secret_sa_token_type.applies with input as testing.all
	found == testing.ids(testing.all, {_secret})
}
