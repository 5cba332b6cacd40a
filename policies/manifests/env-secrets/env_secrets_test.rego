package hallmark.manifests.env_secrets_test

import data.hallmark.manifests.env_secrets
import data.hallmark.testing

_places(set) := testing.places(set, found) if {
	found := env_secrets.violations with input as set
}

_variable := {"name": "A", "valueFrom": {"secretKeyRef": {"name": "a", "key": "b"}}}

_source := {"secretRef": {"name": "a"}}

_env(field) := {"op": "add", "path": sprintf("/spec/template/spec/%s/0/env", [field]), "value": [_variable, {"name": "B", "value": "b"}, _variable]}

_env_from(field) := {"op": "add", "path": sprintf("/spec/template/spec/%s/0/envFrom", [field]), "value": [{"configMapRef": {"name": "a"}}, _source, _source]}

test_denies_all_of_every_kind_of_container if {
	every field in ["containers", "initContainers", "ephemeralContainers"] {
		extra := [testing.extra(field) | field != "containers"]
		set := testing.changed("apps/Deployment", array.concat(extra, [_env(field), _env_from(field)]))
		_places(set) == {
			sprintf("Deployment: spec/template/spec/%s/0/env/0", [field]),
			sprintf("Deployment: spec/template/spec/%s/0/env/2", [field]),
			sprintf("Deployment: spec/template/spec/%s/0/envFrom/1", [field]),
			sprintf("Deployment: spec/template/spec/%s/0/envFrom/2", [field]),
		}
	}
}

test_denies_second_container if {
	set := testing.changed("apps/Deployment", [{"op": "add", "path": "/spec/template/spec/containers/-", "value": {"name": "b", "env": [_variable]}}])
	_places(set) == {"Deployment: spec/template/spec/containers/1/env/0"}
}

test_denies_every_kind if {
	every type in ["/Pod", "/PodTemplate", "/ReplicationController", "apps/DaemonSet", "apps/ReplicaSet", "apps/StatefulSet", "batch/CronJob", "batch/Job"] {
		set := testing.as_kind(type, [{"op": "add", "path": "/spec/containers/0/envFrom", "value": [_source]}])
		count(_places(set)) == 1
	}
}

test_denies_optional_reference if {
	optional := {"op": "add", "path": "/spec/template/spec/containers/0/env", "value": [{"name": "A", "valueFrom": {"secretKeyRef": {}}}]}
	_places(testing.changed("apps/Deployment", [optional])) == {"Deployment: spec/template/spec/containers/0/env/0"}
	source := {"op": "add", "path": "/spec/template/spec/containers/0/envFrom", "value": [{"secretRef": {}}]}
	_places(testing.changed("apps/Deployment", [source])) == {"Deployment: spec/template/spec/containers/0/envFrom/0"}
}

test_allows_mounted_secret if {
	mounted := testing.changed("apps/Deployment", [{"op": "add", "path": "/spec/template/spec/volumes/-", "value": {"name": "a", "secret": {"secretName": "a"}}}])
	_places(mounted) == set()
}

test_allows_config_map if {
	referring := testing.changed("apps/Deployment", [{"op": "add", "path": "/spec/template/spec/containers/0/env", "value": [{"name": "A", "valueFrom": {"configMapKeyRef": {"name": "a", "key": "b"}}}]}])
	_places(referring) == set()
}

test_allows_what_is_as_it_should_be if {
	_places(testing.all) == set()
}

test_applies_to_its_kinds_only if {
	found := env_secrets.applies with input as testing.all
	testing.kinds(testing.all, found) == {"CronJob", "Deployment", "StatefulSet"}
}
