package hallmark.manifests.cronjob_deadline_test

import data.hallmark.manifests.cronjob_deadline
import data.hallmark.testing

_cron_job := "batch/CronJob"

_place := "CronJob: spec/startingDeadlineSeconds"

_places(set) := testing.places(set, found) if {
	found := cronjob_deadline.violations with input as set
}

_without := {"op": "remove", "path": "/spec/startingDeadlineSeconds"}

test_denies_unset if {
	_places(testing.changed(_cron_job, [_without])) == {_place}
}

test_denies_no_spec if {
	_places(testing.changed(_cron_job, [{"op": "remove", "path": "/spec"}])) == {_place}
}

test_denies_both_of_two if {
	set := testing.doubled(testing.changed(_cron_job, [_without]), _cron_job, [])
	found := cronjob_deadline.violations with input as set
	{one.object | some one in found} == testing.ids(set, {_cron_job})
	count(found) == 2
}

test_allows_any_number if {
	every seconds in [0, 10] {
		_places(testing.changed(_cron_job, [{"op": "replace", "path": "/spec/startingDeadlineSeconds", "value": seconds}])) == set()
	}
}

test_allows_what_is_as_it_should_be if {
	_places(testing.all) == set()
}

test_applies_to_its_kinds_only if {
	found := cronjob_deadline.applies with input as testing.all
	found == testing.ids(testing.all, {_cron_job})
}
