# METADATA
# title: Listeners speak TLS 1.2 or newer
# description: >-
#   A listener with HTTP only redirects to HTTPS; one with HTTPS or TLS has a policy of TLS 1.2 or newer.
#   Left out the protocol is HTTP and the policy one of TLS 1.0; a gateway's listener has neither protocol
#   nor port.
# custom:
#   id: elb-tls
#   profile: production
#   severity: high
#   scope: object
#   why: >-
#     What is sent without TLS, or with an old one, can be read and changed on the way.
#   fix: >-
#     Redirect HTTP to HTTPS, and set ssl_policy to such as ELBSecurityPolicy-TLS13-1-2-2021-06.
#   reference: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html
package hallmark.plan.elb_tls

import data.hallmark.lib.plan

applies := plan.ids(_types)

violations contains plan.violation(entry, ["protocol"], "speaks HTTP and does not only redirect to HTTPS") if {
	some entry in plan.of_types(_types)
	_protocol(entry) == "HTTP"
	_redirects(entry) == "fail"
}

violations contains plan.violation(entry, ["ssl_policy"], "its policy lets in what is older than TLS 1.2") if {
	some entry in plan.of_types(_types)
	_protocol(entry) in {"HTTPS", "TLS"}
	_modern(entry) == "fail"
}

unknowns contains plan.unknown(entry, ["protocol"]) if {
	some entry in plan.of_types(_types)
	plan.is_open(entry, ["protocol"])
}

unknowns contains plan.unknown(entry, ["default_action"]) if {
	some entry in plan.of_types(_types)
	_protocol(entry) == "HTTP"
	_redirects(entry) == "unknown"
}

unknowns contains plan.unknown(entry, ["ssl_policy"]) if {
	some entry in plan.of_types(_types)
	_protocol(entry) in {"HTTPS", "TLS"}
	_modern(entry) == "unknown"
}

_types := {"aws_lb_listener", "aws_alb_listener"}

_protocol(entry) := plan.value(entry, ["protocol"], "HTTP") if plan.value(entry, ["port"], 0) != 0

_redirects(entry) := "pass" if {
	some action in plan.blocks(entry, "default_action")
	action.value.type == "redirect"
	action.value.redirect[0].protocol == "HTTPS"
} else := "unknown" if {
	plan.has_mark(_actions(entry))
} else := "fail"

# What is known of an action that only tells where to forward decides nothing.
_actions(entry) := {action.value[key] |
	some action in plan.blocks(entry, "default_action")
	some key in ["type", "redirect"]
} | {entry.values.default_action | plan.is_open(entry, ["default_action"])}

_modern(entry) := "unknown" if {
	plan.is_open(entry, ["ssl_policy"])
} else := "pass" if {
	regex.match(`^ELBSecurityPolicy-(TLS13-1-[23]|TLS-1-2|FS-1-2)-`, plan.get(entry, ["ssl_policy"]).value)
} else := "fail"
