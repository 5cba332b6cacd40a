package hallmark.dockerfile.df_setuid_test

import data.hallmark.dockerfile.df_setuid
import data.hallmark.testing.dockerfiles

test_denies_its_example if {
	set := dockerfiles.set(["df-setuid/fail"])
	found := df_setuid.violations with input as set
	dockerfiles.places("df-setuid/fail", found) == {"2"}
}

test_allows_what_is_as_it_should_be if {
	set := dockerfiles.set(["df-setuid/pass"])
	count(df_setuid.violations) == 0 with input as set
}

test_denies_modes if {
	set := dockerfiles.set(["df-setuid/fail-modes"])
	found := df_setuid.violations with input as set
	dockerfiles.places("df-setuid/fail-modes", found) == {"2", "3", "4", "5", "6", "7", "8", "9"}
}

test_allows_modes if {
	set := dockerfiles.set(["df-setuid/pass-modes"])
	count(df_setuid.violations) == 0 with input as set
}

test_applies_to_what_it_is_about_only if {
	set := dockerfiles.set(["df-setuid/fail", "df-user/fail"])
	df_setuid.applies == {0} with input as set
}
