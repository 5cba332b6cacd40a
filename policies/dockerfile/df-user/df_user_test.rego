package hallmark.dockerfile.df_user_test

import data.hallmark.dockerfile.df_user
import data.hallmark.testing.dockerfiles

test_denies_its_example if {
	set := dockerfiles.set(["df-user/fail"])
	found := df_user.violations with input as set
	dockerfiles.places("df-user/fail", found) == {"2"}
	count(df_user.unknowns) == 0 with input as set
}

test_allows_what_is_as_it_should_be if {
	set := dockerfiles.set(["df-user/pass"])
	count(df_user.violations) == 0 with input as set
	count(df_user.unknowns) == 0 with input as set
}

test_denies_missing if {
	set := dockerfiles.set(["df-user/fail-missing"])
	found := df_user.violations with input as set
	dockerfiles.places("df-user/fail-missing", found) == {"1"}
	count(df_user.unknowns) == 0 with input as set
}

test_denies_missing_in_final_stage if {
	set := dockerfiles.set(["df-user/fail-missing-in-final-stage"])
	found := df_user.violations with input as set
	dockerfiles.places("df-user/fail-missing-in-final-stage", found) == {"4"}
	count(df_user.unknowns) == 0 with input as set
}

test_denies_root_by_name if {
	set := dockerfiles.set(["df-user/fail-root-by-name"])
	found := df_user.violations with input as set
	dockerfiles.places("df-user/fail-root-by-name", found) == {"2"}
	count(df_user.unknowns) == 0 with input as set
}

test_denies_by_name if {
	set := dockerfiles.set(["df-user/fail-by-name"])
	found := df_user.violations with input as set
	dockerfiles.places("df-user/fail-by-name", found) == {"2"}
	count(df_user.unknowns) == 0 with input as set
}

test_denies_zeros if {
	set := dockerfiles.set(["df-user/fail-zeros"])
	found := df_user.violations with input as set
	dockerfiles.places("df-user/fail-zeros", found) == {"2"}
	count(df_user.unknowns) == 0 with input as set
}

test_denies_back_to_root if {
	set := dockerfiles.set(["df-user/fail-back-to-root"])
	found := df_user.violations with input as set
	dockerfiles.places("df-user/fail-back-to-root", found) == {"4"}
	count(df_user.unknowns) == 0 with input as set
}

test_denies_by_argument if {
	set := dockerfiles.set(["df-user/fail-by-argument"])
	found := df_user.violations with input as set
	dockerfiles.places("df-user/fail-by-argument", found) == {"3"}
	count(df_user.unknowns) == 0 with input as set
}

test_denies_from_earlier_stage if {
	set := dockerfiles.set(["df-user/fail-from-earlier-stage"])
	found := df_user.violations with input as set
	dockerfiles.places("df-user/fail-from-earlier-stage", found) == {"2"}
	count(df_user.unknowns) == 0 with input as set
}

test_denies_empty if {
	set := dockerfiles.set(["df-user/fail-empty"])
	found := df_user.violations with input as set
	dockerfiles.places("df-user/fail-empty", found) == {"3"}
	count(df_user.unknowns) == 0 with input as set
}

test_denies_trigger_only if {
	set := dockerfiles.set(["df-user/fail-trigger-only"])
	found := df_user.violations with input as set
	dockerfiles.places("df-user/fail-trigger-only", found) == {"1"}
	count(df_user.unknowns) == 0 with input as set
}

test_denies_no_group_behind_colon if {
	set := dockerfiles.set(["df-user/fail-no-group-behind-colon"])
	found := df_user.violations with input as set
	dockerfiles.places("df-user/fail-no-group-behind-colon", found) == {"2"}
	count(df_user.unknowns) == 0 with input as set
}

test_allows_by_argument if {
	set := dockerfiles.set(["df-user/pass-by-argument"])
	count(df_user.violations) == 0 with input as set
	count(df_user.unknowns) == 0 with input as set
}

test_allows_from_earlier_stage if {
	set := dockerfiles.set(["df-user/pass-from-earlier-stage"])
	count(df_user.violations) == 0 with input as set
	count(df_user.unknowns) == 0 with input as set
}

test_allows_with_root_before if {
	set := dockerfiles.set(["df-user/pass-with-root-before"])
	count(df_user.violations) == 0 with input as set
	count(df_user.unknowns) == 0 with input as set
}

test_leaves_open_what_has_no_value if {
	set := dockerfiles.set(["df-user/unknown"])
	found := df_user.unknowns with input as set
	dockerfiles.places("df-user/unknown", found) == {"2"}
	count(df_user.violations) == 0 with input as set
}

test_applies_to_what_it_is_about_only if {
	set := dockerfiles.set(["df-user/fail", "df-user/fail"])
	df_user.applies == {0, 1} with input as set
}
