package hallmark.lib.cidr_test

import data.hallmark.lib.cidr

_mark := {"$unknown": {"references": [], "resources": [], "types": [], "opaque": true}}

test_the_whole_internet_in_one_or_in_parts if {
	every ranges in [["0.0.0.0/0"], ["10.0.0.0/8", "::/0"], ["0.0.0.0/1", "128.0.0.0/1"], ["8000::/1", "::/1"], ["0.0.0.0/0", _mark], ["not a range", "::/0"]] {
		cidr.internet(ranges) == "fail"
	}
}

test_anything_less_is_not if {
	every ranges in [[], ["0.0.0.0/1"], ["10.0.0.0/8"], ["not a range"]] {
		cidr.internet(ranges) == "pass"
	}
}

test_what_is_unknown_may_be_it if {
	cidr.internet(_mark) == "unknown"
	cidr.internet(["10.0.0.0/8", _mark]) == "unknown"
}
