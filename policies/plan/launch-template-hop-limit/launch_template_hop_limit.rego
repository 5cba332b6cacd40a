# METADATA
# title: Pods don't reach the credentials of their node
# description: >-
#   http_put_response_hop_limit in metadata_options is 1 where it is given. Left out AWS takes 1, unless the
#   account or the image says otherwise.
# custom:
#   id: launch-template-hop-limit
#   profile: production
#   severity: medium
#   scope: object
#   why: >-
#     With a limit of 2 a container on a bridge network gets the answer that is meant for its node, with the
#     node's credentials.
#   fix: >-
#     Set http_put_response_hop_limit = 1, or leave it out.
#   reference: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-options.html
package hallmark.plan.launch_template_hop_limit

import data.hallmark.lib.plan

applies := plan.ids(_types)

violations contains plan.violation(entry, _path, "the hop limit is not 1") if {
	some entry in plan.of_types(_types)
	_verdict(entry) == "fail"
}

unknowns contains plan.unknown(entry, _path) if {
	some entry in plan.of_types(_types)
	_verdict(entry) == "unknown"
}

_types := {"aws_launch_template", "aws_launch_configuration"}

_path := ["metadata_options", 0, "http_put_response_hop_limit"]

_verdict(entry) := plan.verdict(entry, _path, 1, {1})
