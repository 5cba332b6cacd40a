package hallmark.dockerfile.df_final_stage_test

import data.hallmark.dockerfile.df_final_stage
import data.hallmark.testing.dockerfiles

test_denies_its_example if {
	set := dockerfiles.set(["df-final-stage/fail"])
	found := df_final_stage.violations with input as set
	dockerfiles.places("df-final-stage/fail", found) == {"1 base"}
}

test_allows_what_is_as_it_should_be if {
	set := dockerfiles.set(["df-final-stage/pass"])
	count(df_final_stage.violations) == 0 with input as set
}

test_denies_bases if {
	set := dockerfiles.set(["df-final-stage/fail-bases"])
	found := df_final_stage.violations with input as set
	dockerfiles.places("df-final-stage/fail-bases", found) == {"1 base"}
}

test_denies_installed if {
	set := dockerfiles.set(["df-final-stage/fail-installed"])
	found := df_final_stage.violations with input as set
	dockerfiles.places("df-final-stage/fail-installed", found) == {"2", "3", "4", "5", "6"}
}

test_denies_not_removed if {
	set := dockerfiles.set(["df-final-stage/fail-not-removed"])
	found := df_final_stage.violations with input as set
	dockerfiles.places("df-final-stage/fail-not-removed", found) == {"2", "3", "4", "5"}
}

test_allows_runtime if {
	set := dockerfiles.set(["df-final-stage/pass-runtime"])
	count(df_final_stage.violations) == 0 with input as set
}

test_allows_removed if {
	set := dockerfiles.set(["df-final-stage/pass-removed"])
	count(df_final_stage.violations) == 0 with input as set
}

test_applies_to_what_it_is_about_only if {
	set := dockerfiles.set(["df-final-stage/fail", "df-user/fail"])
	df_final_stage.applies == {0, 1} with input as set
}
