package hallmark.dockerfile.df_apt_recommends_test

import data.hallmark.dockerfile.df_apt_recommends
import data.hallmark.testing.dockerfiles

test_denies_its_example if {
	set := dockerfiles.set(["df-apt-recommends/fail"])
	found := df_apt_recommends.violations with input as set
	dockerfiles.places("df-apt-recommends/fail", found) == {"2"}
}

test_allows_what_is_as_it_should_be if {
	set := dockerfiles.set(["df-apt-recommends/pass"])
	count(df_apt_recommends.violations) == 0 with input as set
}

test_denies_one_of_several if {
	set := dockerfiles.set(["df-apt-recommends/fail-one-of-several"])
	found := df_apt_recommends.violations with input as set
	dockerfiles.places("df-apt-recommends/fail-one-of-several", found) == {"3", "4", "5"}
}

test_allows_setting if {
	set := dockerfiles.set(["df-apt-recommends/pass-setting"])
	count(df_apt_recommends.violations) == 0 with input as set
}

test_allows_builder if {
	set := dockerfiles.set(["df-apt-recommends/pass-builder"])
	count(df_apt_recommends.violations) == 0 with input as set
}

test_applies_to_what_it_is_about_only if {
	set := dockerfiles.set(["df-apt-recommends/fail", "df-user/fail", "df-package-lists/fail-apk"])
	df_apt_recommends.applies == {0} with input as set
}
