package hallmark.dockerfile.df_add_remote_test

import data.hallmark.dockerfile.df_add_remote
import data.hallmark.testing.dockerfiles

test_denies_its_example if {
	set := dockerfiles.set(["df-add-remote/fail"])
	found := df_add_remote.violations with input as set
	dockerfiles.places("df-add-remote/fail", found) == {"2"}
	count(df_add_remote.unknowns) == 0 with input as set
}

test_allows_what_is_as_it_should_be if {
	set := dockerfiles.set(["df-add-remote/pass"])
	count(df_add_remote.violations) == 0 with input as set
	count(df_add_remote.unknowns) == 0 with input as set
}

test_denies_repository if {
	set := dockerfiles.set(["df-add-remote/fail-repository"])
	found := df_add_remote.violations with input as set
	dockerfiles.places("df-add-remote/fail-repository", found) == {"2", "3", "4"}
	count(df_add_remote.unknowns) == 0 with input as set
}

test_denies_one_of_several if {
	set := dockerfiles.set(["df-add-remote/fail-one-of-several"])
	found := df_add_remote.violations with input as set
	dockerfiles.places("df-add-remote/fail-one-of-several", found) == {"2"}
	count(df_add_remote.unknowns) == 0 with input as set
}

test_denies_by_argument if {
	set := dockerfiles.set(["df-add-remote/fail-by-argument"])
	found := df_add_remote.violations with input as set
	dockerfiles.places("df-add-remote/fail-by-argument", found) == {"3"}
	count(df_add_remote.unknowns) == 0 with input as set
}

test_allows_local if {
	set := dockerfiles.set(["df-add-remote/pass-local"])
	count(df_add_remote.violations) == 0 with input as set
	count(df_add_remote.unknowns) == 0 with input as set
}

test_allows_commit if {
	set := dockerfiles.set(["df-add-remote/pass-commit"])
	count(df_add_remote.violations) == 0 with input as set
	count(df_add_remote.unknowns) == 0 with input as set
}

test_leaves_open_what_has_no_value if {
	set := dockerfiles.set(["df-add-remote/unknown"])
	found := df_add_remote.unknowns with input as set
	dockerfiles.places("df-add-remote/unknown", found) == {"3"}
	count(df_add_remote.violations) == 0 with input as set
}

test_applies_to_what_it_is_about_only if {
	set := dockerfiles.set(["df-add-remote/fail", "df-user/fail"])
	df_add_remote.applies == {0} with input as set
}
