package hallmark.dockerfile.df_world_writable_test

import data.hallmark.dockerfile.df_world_writable
import data.hallmark.testing.dockerfiles

test_denies_its_example if {
	set := dockerfiles.set(["df-world-writable/fail"])
	found := df_world_writable.violations with input as set
	dockerfiles.places("df-world-writable/fail", found) == {"2"}
}

test_allows_what_is_as_it_should_be if {
	set := dockerfiles.set(["df-world-writable/pass"])
	count(df_world_writable.violations) == 0 with input as set
}

test_denies_modes if {
	set := dockerfiles.set(["df-world-writable/fail-modes"])
	found := df_world_writable.violations with input as set
	dockerfiles.places("df-world-writable/fail-modes", found) == {"2", "3", "4", "5", "6", "7", "8", "9"}
}

test_denies_copied if {
	set := dockerfiles.set(["df-world-writable/fail-copied"])
	found := df_world_writable.violations with input as set
	dockerfiles.places("df-world-writable/fail-copied", found) == {"2", "3"}
}

test_denies_created if {
	set := dockerfiles.set(["df-world-writable/fail-created"])
	found := df_world_writable.violations with input as set
	dockerfiles.places("df-world-writable/fail-created", found) == {"2", "3", "4", "5"}
}

test_allows_modes if {
	set := dockerfiles.set(["df-world-writable/pass-modes"])
	count(df_world_writable.violations) == 0 with input as set
}

test_applies_to_what_it_is_about_only if {
	set := dockerfiles.set(["df-world-writable/fail", "df-user/fail", "df-world-writable/fail-copied"])
	df_world_writable.applies == {0, 2} with input as set
}
