package hallmark.dockerfile.df_syntax_digest_test

import data.hallmark.dockerfile.df_syntax_digest
import data.hallmark.testing.dockerfiles

test_denies_its_example if {
	set := dockerfiles.set(["df-syntax-digest/fail"])
	found := df_syntax_digest.violations with input as set
	dockerfiles.places("df-syntax-digest/fail", found) == {"1"}
}

test_allows_what_is_as_it_should_be if {
	set := dockerfiles.set(["df-syntax-digest/pass"])
	count(df_syntax_digest.violations) == 0 with input as set
}

test_applies_to_what_it_is_about_only if {
	set := dockerfiles.set(["df-syntax-digest/fail", "df-user/fail", "df-syntax-digest/pass"])
	df_syntax_digest.applies == {0, 2} with input as set
}
