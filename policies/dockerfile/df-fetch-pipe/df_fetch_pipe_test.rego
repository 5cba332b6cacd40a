package hallmark.dockerfile.df_fetch_pipe_test

import data.hallmark.dockerfile.df_fetch_pipe
import data.hallmark.testing.dockerfiles

test_denies_its_example if {
	set := dockerfiles.set(["df-fetch-pipe/fail"])
	found := df_fetch_pipe.violations with input as set
	dockerfiles.places("df-fetch-pipe/fail", found) == {"2"}
}

test_allows_what_is_as_it_should_be if {
	set := dockerfiles.set(["df-fetch-pipe/pass"])
	count(df_fetch_pipe.violations) == 0 with input as set
}

test_denies_pipes if {
	set := dockerfiles.set(["df-fetch-pipe/fail-pipes"])
	found := df_fetch_pipe.violations with input as set
	dockerfiles.places("df-fetch-pipe/fail-pipes", found) == {"2", "3", "4"}
}

test_denies_words if {
	set := dockerfiles.set(["df-fetch-pipe/fail-words"])
	found := df_fetch_pipe.violations with input as set
	dockerfiles.places("df-fetch-pipe/fail-words", found) == {"2", "3", "4", "5", "6", "7"}
}

test_denies_nested if {
	set := dockerfiles.set(["df-fetch-pipe/fail-nested"])
	found := df_fetch_pipe.violations with input as set
	dockerfiles.places("df-fetch-pipe/fail-nested", found) == {"2", "3", "4", "7", "10"}
}

test_denies_fetchers if {
	set := dockerfiles.set(["df-fetch-pipe/fail-fetchers"])
	found := df_fetch_pipe.violations with input as set
	dockerfiles.places("df-fetch-pipe/fail-fetchers", found) == {"2", "3", "4", "5", "6"}
}

test_denies_trigger if {
	set := dockerfiles.set(["df-fetch-pipe/fail-trigger"])
	found := df_fetch_pipe.violations with input as set
	dockerfiles.places("df-fetch-pipe/fail-trigger", found) == {"2"}
}

test_allows_other_pipes if {
	set := dockerfiles.set(["df-fetch-pipe/pass-other-pipes"])
	count(df_fetch_pipe.violations) == 0 with input as set
}

test_applies_to_what_it_is_about_only if {
	set := dockerfiles.set(["df-fetch-pipe/fail", "df-user/fail"])
	df_fetch_pipe.applies == {0} with input as set
}
