package hallmark.dockerfile.df_image_tag_test

import data.hallmark.dockerfile.df_image_tag
import data.hallmark.testing.dockerfiles

test_denies_its_example if {
	set := dockerfiles.set(["df-image-tag/fail"])
	found := df_image_tag.violations with input as set
	dockerfiles.places("df-image-tag/fail", found) == {"1 base"}
	count(df_image_tag.unknowns) == 0 with input as set
}

test_allows_what_is_as_it_should_be if {
	set := dockerfiles.set(["df-image-tag/pass"])
	count(df_image_tag.violations) == 0 with input as set
	count(df_image_tag.unknowns) == 0 with input as set
}

test_denies_no_tag if {
	set := dockerfiles.set(["df-image-tag/fail-no-tag"])
	found := df_image_tag.violations with input as set
	dockerfiles.places("df-image-tag/fail-no-tag", found) == {"1 base"}
	count(df_image_tag.unknowns) == 0 with input as set
}

test_denies_port_is_no_tag if {
	set := dockerfiles.set(["df-image-tag/fail-port-is-no-tag"])
	found := df_image_tag.violations with input as set
	dockerfiles.places("df-image-tag/fail-port-is-no-tag", found) == {"1 base"}
	count(df_image_tag.unknowns) == 0 with input as set
}

test_denies_copied_from_image if {
	set := dockerfiles.set(["df-image-tag/fail-copied-from-image"])
	found := df_image_tag.violations with input as set
	dockerfiles.places("df-image-tag/fail-copied-from-image", found) == {"2 from"}
	count(df_image_tag.unknowns) == 0 with input as set
}

test_denies_default_of_argument if {
	set := dockerfiles.set(["df-image-tag/fail-default-of-argument"])
	found := df_image_tag.violations with input as set
	dockerfiles.places("df-image-tag/fail-default-of-argument", found) == {"2 base"}
	count(df_image_tag.unknowns) == 0 with input as set
}

test_allows_digest if {
	set := dockerfiles.set(["df-image-tag/pass-digest"])
	count(df_image_tag.violations) == 0 with input as set
	count(df_image_tag.unknowns) == 0 with input as set
}

test_allows_stage if {
	set := dockerfiles.set(["df-image-tag/pass-stage"])
	count(df_image_tag.violations) == 0 with input as set
	count(df_image_tag.unknowns) == 0 with input as set
}

test_allows_port if {
	set := dockerfiles.set(["df-image-tag/pass-port"])
	count(df_image_tag.violations) == 0 with input as set
	count(df_image_tag.unknowns) == 0 with input as set
}

test_leaves_open_what_has_no_value if {
	set := dockerfiles.set(["df-image-tag/unknown"])
	found := df_image_tag.unknowns with input as set
	dockerfiles.places("df-image-tag/unknown", found) == {"2 base"}
	count(df_image_tag.violations) == 0 with input as set
}

test_applies_to_what_it_is_about_only if {
	set := dockerfiles.set(["df-image-tag/fail", "df-exec-form/pass-scratch"])
	df_image_tag.applies == {0} with input as set
}
