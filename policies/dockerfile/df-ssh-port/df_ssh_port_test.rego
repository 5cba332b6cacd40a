package hallmark.dockerfile.df_ssh_port_test

import data.hallmark.dockerfile.df_ssh_port
import data.hallmark.testing.dockerfiles

test_denies_its_example if {
	set := dockerfiles.set(["df-ssh-port/fail"])
	found := df_ssh_port.violations with input as set
	dockerfiles.places("df-ssh-port/fail", found) == {"2"}
}

test_allows_what_is_as_it_should_be if {
	set := dockerfiles.set(["df-ssh-port/pass"])
	count(df_ssh_port.violations) == 0 with input as set
}

test_denies_written_otherwise if {
	set := dockerfiles.set(["df-ssh-port/fail-written-otherwise"])
	found := df_ssh_port.violations with input as set
	dockerfiles.places("df-ssh-port/fail-written-otherwise", found) == {"3", "4", "5", "6"}
}

test_denies_from_earlier_stage if {
	set := dockerfiles.set(["df-ssh-port/fail-from-earlier-stage"])
	found := df_ssh_port.violations with input as set
	dockerfiles.places("df-ssh-port/fail-from-earlier-stage", found) == {"2"}
}

test_allows_alike if {
	set := dockerfiles.set(["df-ssh-port/pass-alike"])
	count(df_ssh_port.violations) == 0 with input as set
}

test_applies_to_what_it_is_about_only if {
	set := dockerfiles.set(["df-ssh-port/fail", "df-user/fail"])
	df_ssh_port.applies == {0} with input as set
}
