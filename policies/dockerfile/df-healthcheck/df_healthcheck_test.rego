package hallmark.dockerfile.df_healthcheck_test

import data.hallmark.dockerfile.df_healthcheck
import data.hallmark.testing.dockerfiles

test_denies_its_example if {
	set := dockerfiles.set(["df-healthcheck/fail"])
	found := df_healthcheck.violations with input as set
	dockerfiles.places("df-healthcheck/fail", found) == {"1"}
}

test_allows_what_is_as_it_should_be if {
	set := dockerfiles.set(["df-healthcheck/pass"])
	count(df_healthcheck.violations) == 0 with input as set
}

test_denies_none if {
	set := dockerfiles.set(["df-healthcheck/fail-none"])
	found := df_healthcheck.violations with input as set
	dockerfiles.places("df-healthcheck/fail-none", found) == {"1"}
}

test_denies_builder_only if {
	set := dockerfiles.set(["df-healthcheck/fail-builder-only"])
	found := df_healthcheck.violations with input as set
	dockerfiles.places("df-healthcheck/fail-builder-only", found) == {"3"}
}

test_allows_from_earlier_stage if {
	set := dockerfiles.set(["df-healthcheck/pass-from-earlier-stage"])
	count(df_healthcheck.violations) == 0 with input as set
}

test_applies_to_what_it_is_about_only if {
	set := dockerfiles.set(["df-healthcheck/fail", "df-user/fail"])
	df_healthcheck.applies == {0, 1} with input as set
}
