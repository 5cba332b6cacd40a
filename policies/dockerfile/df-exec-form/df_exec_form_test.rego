package hallmark.dockerfile.df_exec_form_test

import data.hallmark.dockerfile.df_exec_form
import data.hallmark.testing.dockerfiles

test_denies_its_example if {
	set := dockerfiles.set(["df-exec-form/fail"])
	found := df_exec_form.violations with input as set
	dockerfiles.places("df-exec-form/fail", found) == {"2"}
}

test_allows_what_is_as_it_should_be if {
	set := dockerfiles.set(["df-exec-form/pass"])
	count(df_exec_form.violations) == 0 with input as set
}

test_denies_cmd if {
	set := dockerfiles.set(["df-exec-form/fail-cmd"])
	found := df_exec_form.violations with input as set
	dockerfiles.places("df-exec-form/fail-cmd", found) == {"3"}
}

test_denies_both if {
	set := dockerfiles.set(["df-exec-form/fail-both"])
	found := df_exec_form.violations with input as set
	dockerfiles.places("df-exec-form/fail-both", found) == {"2", "3"}
}

test_denies_from_earlier_stage if {
	set := dockerfiles.set(["df-exec-form/fail-from-earlier-stage"])
	found := df_exec_form.violations with input as set
	dockerfiles.places("df-exec-form/fail-from-earlier-stage", found) == {"2"}
}

test_denies_quotes_of_no_json if {
	set := dockerfiles.set(["df-exec-form/fail-quotes-of-no-json"])
	found := df_exec_form.violations with input as set
	dockerfiles.places("df-exec-form/fail-quotes-of-no-json", found) == {"2"}
}

test_allows_overridden if {
	set := dockerfiles.set(["df-exec-form/pass-overridden"])
	count(df_exec_form.violations) == 0 with input as set
}

test_allows_builder if {
	set := dockerfiles.set(["df-exec-form/pass-builder"])
	count(df_exec_form.violations) == 0 with input as set
}

test_allows_scratch if {
	set := dockerfiles.set(["df-exec-form/pass-scratch"])
	count(df_exec_form.violations) == 0 with input as set
}

test_applies_to_what_it_is_about_only if {
	set := dockerfiles.set(["df-exec-form/fail", "df-user/fail", "df-exec-form/pass-scratch"])
	df_exec_form.applies == {0, 2} with input as set
}
