# What is where in the account, whosever it is: else nobody could prove that an environment is gone.

data "aws_iam_policy_document" "inventory" {
  statement {
    sid = "Look"
    actions = [
      "autoscaling:Describe*", "ec2:Describe*", "ecr:GetAuthorizationToken", "eks:DescribeAddonVersions", "eks:ListClusters",
      "elasticloadbalancing:Describe*", "iam:ListInstanceProfiles", "iam:ListPolicies", "iam:ListRoles", "kms:ListAliases",
      "kms:ListKeys", "logs:DescribeLogGroups", "s3:ListAllMyBuckets", "tag:GetResources",
    ]
    resources = ["*"]
  }

  statement {
    sid = "Inventory"
    actions = [
      "ecr:DescribeRepositories", "ecr:ListTagsForResource", "eks:DescribeCluster", "eks:List*", "iam:GetInstanceProfile",
      "iam:ListPolicyTags", "iam:ListRoleTags", "kms:DescribeKey", "kms:ListResourceTags", "logs:ListTagsForResource",
      "s3:GetBucketTagging",
    ]
    resources = concat(
      [for part in ["ecr:${local.here}:repository/*", "eks:${local.here}:cluster/hallmark-*", "kms:${local.here}:key/*", "s3:::hallmark-*"] :
      "arn:${local.partition}:${part}"],
      [for part in ["instance-profile/*", "policy/hallmark-*", "role/hallmark-*"] :
      "arn:${local.partition}:iam::${var.account_id}:${part}"],
      [for folder in ["/aws/containerinsights", "/aws/eks", "/hallmark"] :
      "arn:${local.partition}:logs:${local.here}:log-group:${folder}/hallmark-*"],
    )
  }
}
