package hallmark.manifests.storageclass_test

import data.hallmark.manifests.storageclass
import data.hallmark.testing

_claim := "/PersistentVolumeClaim"

_stateful := "apps/StatefulSet"

_deployment := "apps/Deployment"

_places(set) := testing.places(set, found) if {
	found := storageclass.violations with input as set
}

_judged(set) := found if {
	found := storageclass.applies with input as set
}

# The Deployment with an ephemeral volume, whose claim template is this.
_ephemeral(template) := testing.changed(_deployment, [{
	"op": "add", "path": "/spec/template/spec/volumes/-",
	"value": {"name": "scratch", "ephemeral": template},
}])

_template(class) := {"volumeClaimTemplate": {"spec": {"storageClassName": class}}}

test_denies_claim_without_class if {
	every path in ["/spec/storageClassName", "/spec"] {
		_places(testing.changed(_claim, [{"op": "remove", "path": path}])) == {"PersistentVolumeClaim: spec/storageClassName"}
	}
}

test_denies_empty_class if {
	_places(testing.changed(_claim, [{"op": "replace", "path": "/spec/storageClassName", "value": ""}])) == {"PersistentVolumeClaim: spec/storageClassName"}
}

test_denies_annotation_alone if {
	_places(testing.changed(_claim, [
		{"op": "remove", "path": "/spec/storageClassName"},
		{"op": "add", "path": "/metadata/annotations", "value": {"volume.beta.kubernetes.io/storage-class": "standard"}},
	])) == {"PersistentVolumeClaim: spec/storageClassName"}
}

test_denies_every_template_of_a_stateful_set if {
	nameless := {"op": "add", "path": "/spec/volumeClaimTemplates/-", "value": {"spec": {}}}
	_places(testing.changed(_stateful, [nameless, nameless])) == {
		"StatefulSet: spec/volumeClaimTemplates/1/spec/storageClassName",
		"StatefulSet: spec/volumeClaimTemplates/2/spec/storageClassName",
	}
}

test_denies_ephemeral_volume if {
	every template in [_template(""), {"volumeClaimTemplate": {"spec": {}}}, {"volumeClaimTemplate": {}}, {}] {
		_places(_ephemeral(template)) == {"Deployment: spec/template/spec/volumes/1/ephemeral/volumeClaimTemplate/spec/storageClassName"}
	}
}

test_allows_ephemeral_volume_with_a_class if {
	set := _ephemeral(_template("standard"))
	_places(set) == set()
	_judged(set) == testing.ids(set, {_claim, _stateful, _deployment})
}

test_judges_no_stateful_set_without_templates if {
	_judged(testing.changed(_stateful, [{"op": "remove", "path": "/spec/volumeClaimTemplates"}])) == testing.ids(testing.all, {_claim})
}

test_allows_what_is_as_it_should_be if {
	_places(testing.all) == set()
}

test_applies_to_its_kinds_only if {
	_judged(testing.all) == testing.ids(testing.all, {_claim, _stateful})
}
