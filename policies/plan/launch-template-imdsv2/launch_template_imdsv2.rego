# METADATA
# title: Instances hand out their credentials by IMDSv2 only
# description: >-
#   In metadata_options http_tokens is required, or http_endpoint is disabled. Left out tokens are optional.
# custom:
#   id: launch-template-imdsv2
#   profile: baseline
#   severity: high
#   scope: object
#   why: >-
#     Without a token one forged request from inside, such as through a proxy, reads the credentials of the instance.
#   fix: >-
#     Set metadata_options { http_tokens = "required" }.
#   reference: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-service.html
package hallmark.plan.launch_template_imdsv2

import data.hallmark.lib.plan

applies := plan.ids(_types)

violations contains plan.violation(entry, _tokens, "the metadata are handed out without a token") if {
	some entry in plan.of_types(_types)
	_verdicts(entry) == {"fail"}
}

unknowns contains plan.unknown(entry, path) if {
	some entry in plan.of_types(_types)
	not "pass" in _verdicts(entry)
	some path in [_tokens, _endpoint]
	plan.is_open(entry, path)
}

_types := {"aws_launch_template", "aws_instance", "aws_launch_configuration"}

_tokens := ["metadata_options", 0, "http_tokens"]

_endpoint := ["metadata_options", 0, "http_endpoint"]

_verdicts(entry) := {
	plan.verdict(entry, _tokens, null, {"required"}),
	plan.verdict(entry, _endpoint, null, {"disabled"}),
}
