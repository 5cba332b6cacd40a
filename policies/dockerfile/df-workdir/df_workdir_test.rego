package hallmark.dockerfile.df_workdir_test

import data.hallmark.dockerfile.df_workdir
import data.hallmark.testing.dockerfiles

test_denies_its_example if {
	set := dockerfiles.set(["df-workdir/fail"])
	found := df_workdir.violations with input as set
	dockerfiles.places("df-workdir/fail", found) == {"2"}
	count(df_workdir.unknowns) == 0 with input as set
}

test_allows_what_is_as_it_should_be if {
	set := dockerfiles.set(["df-workdir/pass"])
	count(df_workdir.violations) == 0 with input as set
	count(df_workdir.unknowns) == 0 with input as set
}

test_denies_every if {
	set := dockerfiles.set(["df-workdir/fail-every"])
	found := df_workdir.violations with input as set
	dockerfiles.places("df-workdir/fail-every", found) == {"3", "5", "6"}
	count(df_workdir.unknowns) == 0 with input as set
}

test_allows_otherwise if {
	set := dockerfiles.set(["df-workdir/pass-otherwise"])
	count(df_workdir.violations) == 0 with input as set
	count(df_workdir.unknowns) == 0 with input as set
}

test_denies_by_variable if {
	set := dockerfiles.set(["df-workdir/fail-by-variable"])
	found := df_workdir.violations with input as set
	dockerfiles.places("df-workdir/fail-by-variable", found) == {"3"}
	count(df_workdir.unknowns) == 0 with input as set
}

test_leaves_open_what_has_no_value if {
	set := dockerfiles.set(["df-workdir/unknown"])
	found := df_workdir.unknowns with input as set
	dockerfiles.places("df-workdir/unknown", found) == {"2", "3"}
	count(df_workdir.violations) == 0 with input as set
}

test_applies_to_what_it_is_about_only if {
	set := dockerfiles.set(["df-workdir/fail", "df-user/fail"])
	df_workdir.applies == {0} with input as set
}
