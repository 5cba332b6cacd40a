package hallmark.dockerfile.df_single_start_test

import data.hallmark.dockerfile.df_single_start
import data.hallmark.testing.dockerfiles

test_denies_its_example if {
	set := dockerfiles.set(["df-single-start/fail"])
	found := df_single_start.violations with input as set
	dockerfiles.places("df-single-start/fail", found) == {"2"}
}

test_allows_what_is_as_it_should_be if {
	set := dockerfiles.set(["df-single-start/pass"])
	count(df_single_start.violations) == 0 with input as set
}

test_denies_each if {
	set := dockerfiles.set(["df-single-start/fail-each"])
	found := df_single_start.violations with input as set
	dockerfiles.places("df-single-start/fail-each", found) == {"2", "3", "4"}
}

test_allows_others if {
	set := dockerfiles.set(["df-single-start/pass-others"])
	count(df_single_start.violations) == 0 with input as set
}

test_allows_stages if {
	set := dockerfiles.set(["df-single-start/pass-stages"])
	count(df_single_start.violations) == 0 with input as set
}

test_applies_to_what_it_is_about_only if {
	set := dockerfiles.set(["df-single-start/fail", "df-user/fail", "testing/triggers"])
	df_single_start.applies == {0} with input as set
}
