# METADATA
# title: Ranges of addresses
# description: >-
#   Whether a list of CIDRs holds the whole Internet, in one or in parts such as both halves.
package hallmark.lib.cidr

import data.hallmark.lib.plan

# "fail" when what is known of the list is all addresses of IPv4 or IPv6, "unknown" when the rest could be, else "pass".
internet(ranges) := "unknown" if {
	plan.is_mark(ranges)
} else := "fail" if {
	known := {range | some range in ranges; is_string(range); net.cidr_is_valid(range)}
	some merged in net.cidr_merge(known)
	merged in {"0.0.0.0/0", "::/0"}
} else := "unknown" if {
	some range in ranges
	plan.is_mark(range)
} else := "pass"
