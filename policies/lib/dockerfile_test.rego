package hallmark.lib.dockerfile_test

import data.hallmark.lib.dockerfile
import data.hallmark.testing.dockerfiles

_stages := dockerfiles.set(["testing/triggers", "testing/stages"])

_lines(found) := [[one.id, one.spec.line] | some one in found]

test_knows_every_file if {
	dockerfile.ids == {0, 1} with input as _stages
}

test_finds_instructions_in_order_with_their_places if {
	found := dockerfile.named({"user", "cmd"}) with input as _stages
	_lines(found) == [[0, 2], [1, 4], [1, 8], [1, 13], [1, 14]]
	dockerfile.ids_of(found) == {0, 1}
	[one.stage | some one in found] == [0, 0, 1, 2, 2]
	every one in found {
		object.get(_stages.objects[one.id].object, one.path, {}) == one.spec
		dockerfile.finding(one, "said") == {"object": one.id, "path": one.path, "message": "said"}
	}
}

test_finds_arguments_before_the_first_stage if {
	found := dockerfile.global_args with input as _stages
	_lines(found) == [[1, 1], [1, 2]]
	[one.path | some one in found] == [["args", 0], ["args", 1]]
}

test_final_image_is_its_stage_and_what_that_stands_on if {
	set := dockerfiles.set(["df-user/fail-from-earlier-stage", "df-user/fail-missing-in-final-stage", "df-user/fail-trigger-only"])
	found := dockerfile.final with input as set
	_lines(found) == [[0, 2], [0, 5], [1, 5]]
	dockerfile.last(0, "user").spec.line == 2 with input as set
	dockerfile.last(0, "user").path == ["stages", 0, "instructions", 0] with input as set
	not dockerfile.last(1, "user") with input as set
	not dockerfile.last(2, "user") with input as set
	dockerfile.in_final(0, 0) with input as set
	not dockerfile.in_final(1, 0) with input as set
	dockerfile.target(set.objects[0]) == 1
}

test_last_instruction_of_a_name_counts if {
	set := dockerfiles.set(["df-user/pass-with-root-before", "df-user/fail-back-to-root"])
	dockerfile.last(0, "user").spec.line == 4 with input as set
	dockerfile.last(1, "user").spec.line == 4 with input as set
	dockerfile.last(1, "user").id == 1 with input as set
}

test_finds_images_wherever_they_are_named if {
	found := dockerfile.images with input as _stages
	{[concat("/", [sprintf("%v", [step]) | some step in one.path]), one.source.image] | some one in found} == {
		["stages/0/base", "docker.io/library/debian:13"],
		["stages/1/base", "registry.example.org/tools:"],
		["stages/2/instructions/1/from", "docker.io/library/busybox"],
		["stages/2/instructions/2/mounts/0/from", "docker.io/library/alpine"],
	}
	dockerfile.ids_of(found) == {1}
	{one.source.image | some one in found; dockerfile.is_open(one.source)} == {"registry.example.org/tools:"}
}

test_digest_is_whole if {
	hex := "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
	dockerfile.is_pinned(sprintf("a:1@sha256:%s", [hex]))
	not dockerfile.is_pinned(sprintf("@sha256:%s", [hex]))
	not dockerfile.is_pinned(sprintf("a@sha256:%s0", [hex]))
	not dockerfile.is_pinned(sprintf("a@sha512:%s", [hex]))
	not dockerfile.is_pinned("a:1")
}

test_commands_are_named_by_their_program if {
	found := dockerfile.commands with input as _stages
	[[one.number, one.program] | some one in found; one.spec.line == 12] == [
		[0, "sh"],
		[1, ""],
		[2, "env"],
		[3, "sudo"],
		[4, "true"],
	]
	all := [one | some one in found; one.spec.line == 12]
	dockerfile.beside(all[3]) == all with input as _stages
	dockerfile.program({"words": ["/usr/bin/curl", "/a/b"]}) == "curl"
}

test_operands_are_what_is_no_option if {
	dockerfile.operands({"words": ["apt-get", "-y", "install", "--quiet", "a"]}) == ["install", "a"]
	dockerfile.operands({"words": ["a"]}) == []
}

test_installs_are_those_of_package_managers if {
	every program in ["apk", "apt", "apt-get", "aptitude", "dnf", "microdnf", "yum", "zypper"] {
		every word in ["add", "install", "reinstall", "localinstall", "groupinstall", "build-dep"] {
			dockerfile.installs({"program": program, "command": {"words": [program, "-q", word, "a"]}})
		}
		not dockerfile.installs({"program": program, "command": {"words": [program, "remove", "a"]}})
		not dockerfile.installs({"program": program, "command": {"words": [program, "--install"]}})
	}
	not dockerfile.installs({"program": "pip", "command": {"words": ["pip", "install", "a"]}})
}

test_finds_what_variables_are_set_to if {
	found := dockerfile.variables with input as _stages
	[[one.spec.line, one.key, one.value] | some one in found] == [
		[1, "BASE", "docker.io/library/debian:13"],
		[2, "TAG", ""],
		[5, "A", "b"],
		[5, "TOKEN", "c"],
		[7, "KEY", ""],
		[12, "D", "e"],
		[12, "F", "g"],
		[12, "H", "i"],
		[12, "j", "k"],
		[12, "Q", "r"],
	]
	[one.path | some one in found; one.spec.line < 6] == [
		["args", 0, "pairs", 0],
		["args", 1, "pairs", 0],
		["stages", 0, "instructions", 1, "pairs", 0],
		["stages", 0, "instructions", 1, "pairs", 1],
	]
}

test_takes_a_word_apart_at_its_first_equals_sign if {
	dockerfile.assigned("A=b=c") == {"key": "A", "value": "b=c"}
	dockerfile.assigned("A=A=") == {"key": "A", "value": "A="}
	dockerfile.assigned("A=") == {"key": "A", "value": ""}
	not dockerfile.assigned("A")
}

test_finds_modes_wherever_they_are_given if {
	found := dockerfile.modes with input as dockerfiles.set(["df-world-writable/fail-copied", "testing/modes", "testing/stages"])
	{[one.id, one.spec.line, one.mode] | some one in found} == {
		[0, 2, "777"], [0, 3, "0666"],
		[1, 2, "a"], [1, 3, "b,c"], [1, 4, "-w"], [1, 5, "1"], [1, 6, "2"], [1, 7, "3"], [1, 8, "4"], [1, 9, "u=5"],
		[2, 10, "755"],
	}
}
