package hallmark.plan.iam_managed_iamfull_test

import data.hallmark.plan.iam_managed_iamfull
import data.hallmark.testing.plans

_violations(example) := plans.places(set, found) if {
	set := plans.of("iam-managed-iamfull", example)
	found := iam_managed_iamfull.violations with input as set
}

_unknowns(example) := plans.places(set, found) if {
	set := plans.of("iam-managed-iamfull", example)
	found := iam_managed_iamfull.unknowns with input as set
}

_applies(example) := plans.addresses(set, found) if {
	set := plans.of("iam-managed-iamfull", example)
	found := iam_managed_iamfull.applies with input as set
}

test_denies_what_breaks_the_demand if {
	_violations("fail") == {
		"aws_iam_group_policy_attachment.it: policy_arn",
		"aws_iam_group_policy_attachments_exclusive.it: policy_arns.0",
		"aws_iam_policy_attachment.it: policy_arn",
		"aws_iam_role.it: managed_policy_arns.0",
		"aws_iam_role_policy_attachment.china: policy_arn",
		"aws_iam_role_policy_attachment.it: policy_arn",
		"aws_iam_role_policy_attachments_exclusive.it: policy_arns.0",
		"aws_iam_user_policy_attachment.it: policy_arn",
		"aws_iam_user_policy_attachments_exclusive.it: policy_arns.0",
	}
	_unknowns("fail") == set()
}

test_allows_what_is_as_it_should_be if {
	_violations("pass") == set()
	_unknowns("pass") == set()
}

test_leaves_open_what_is_known_after_apply_only if {
	_violations("unknown") == set()
	_unknowns("unknown") == {
		"aws_iam_group_policy_attachment.it: policy_arn",
		"aws_iam_group_policy_attachments_exclusive.it: policy_arns.0",
		"aws_iam_policy_attachment.it: policy_arn",
		"aws_iam_role.it: managed_policy_arns",
		"aws_iam_role_policy_attachment.it: policy_arn",
		"aws_iam_role_policy_attachments_exclusive.it: policy_arns.0",
		"aws_iam_user_policy_attachment.it: policy_arn",
		"aws_iam_user_policy_attachments_exclusive.it: policy_arns.0",
	}
}

test_applies_to_its_types_only if {
	_applies("fail") == {
		"aws_iam_group_policy_attachment.it",
		"aws_iam_group_policy_attachments_exclusive.it",
		"aws_iam_policy_attachment.it",
		"aws_iam_role.it",
		"aws_iam_role_policy_attachment.china",
		"aws_iam_role_policy_attachment.it",
		"aws_iam_role_policy_attachments_exclusive.it",
		"aws_iam_user_policy_attachment.it",
		"aws_iam_user_policy_attachments_exclusive.it",
	}
	_applies("pass") == {
		"aws_iam_group_policy_attachment.it",
		"aws_iam_group_policy_attachments_exclusive.it",
		"aws_iam_policy_attachment.it",
		"aws_iam_role.it",
		"aws_iam_role_policy_attachment.china",
		"aws_iam_role_policy_attachment.it",
		"aws_iam_role_policy_attachment.made",
		"aws_iam_role_policy_attachments_exclusive.it",
		"aws_iam_user_policy_attachment.it",
		"aws_iam_user_policy_attachments_exclusive.it",
	}
	_applies("unknown") == {
		"aws_iam_group_policy_attachment.it",
		"aws_iam_group_policy_attachments_exclusive.it",
		"aws_iam_policy_attachment.it",
		"aws_iam_role.it",
		"aws_iam_role_policy_attachment.it",
		"aws_iam_role_policy_attachments_exclusive.it",
		"aws_iam_user_policy_attachment.it",
		"aws_iam_user_policy_attachments_exclusive.it",
	}
}
