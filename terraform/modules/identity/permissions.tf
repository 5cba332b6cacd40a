# What a stage's role may do: make and take down environments that are named after the stage, NAME or NAME-….

locals {
  environments = { for stage in var.stages : stage => [stage, "${stage}-*"] }
  names        = { for stage in var.stages : stage => ["hallmark-${stage}", "hallmark-${stage}-*"] }

  here = "${var.region}:${var.account_id}"

  role_arns = {
    for stage, names in local.names : stage => [for name in names : "arn:${local.partition}:iam::${var.account_id}:role/${name}"]
  }

  service_role_arns = "arn:${local.partition}:iam::${var.account_id}:role/aws-service-role/*"

  # The images of nodes are Amazon's.
  ec2_arns = [
    "arn:${local.partition}:ec2:${local.here}:*",
    "arn:${local.partition}:ec2:${var.region}::image/*",
    "arn:${local.partition}:ec2:${var.region}::snapshot/*",
  ]

  # The policies of AWS that roles of an environment may have.
  environment_policies = [
    for name in [
      "AmazonEC2ContainerRegistryPullOnly", "AmazonEKSClusterPolicy", "AmazonEKSWorkerNodePolicy", "AmazonEKS_CNI_Policy",
    ] : "arn:${local.partition}:iam::aws:policy/${name}"
  ]
}

resource "aws_iam_role_policy" "stage" {
  for_each = toset(var.stages)

  name   = "environments"
  role   = aws_iam_role.stage[each.key].name
  policy = data.aws_iam_policy_document.stage[each.key].minified_json

  lifecycle {
    precondition {
      condition     = length(data.aws_iam_policy_document.stage[each.key].minified_json) <= 10240
      error_message = "The permissions of the stage ${each.key} are longer than IAM allows: give it fewer repositories."
    }
  }
}

data "aws_iam_policy_document" "stage" {
  for_each = toset(var.stages)

  source_policy_documents = [data.aws_iam_policy_document.inventory.json]

  # That what it changes is the stage's own, the boundary sees to.
  statement {
    sid       = "Network"
    actions   = ["ec2:*"]
    resources = local.ec2_arns
  }

  statement {
    sid     = "Cluster"
    actions = ["eks:*"]
    resources = flatten([
      for name in local.names[each.key] : [
        for kind in ["access-entry", "addon", "cluster", "nodegroup", "podidentityassociation"] :
        "arn:${local.partition}:eks:${local.here}:${kind}/${name}${kind == "cluster" ? "" : "/*"}"
      ]
    ])
  }

  # Load balancers are made by the cluster, for services; what it leaves behind has one of these tags.
  dynamic "statement" {
    for_each = { Balancers = "Environment", ClusterBalancers = "elbv2.k8s.aws/cluster" }

    content {
      sid       = statement.key
      actions   = [for kind in ["Listener", "LoadBalancer", "TargetGroup"] : "elasticloadbalancing:Delete${kind}"]
      resources = ["arn:${local.partition}:elasticloadbalancing:${local.here}:*"]

      condition {
        test     = "StringLike"
        variable = "aws:ResourceTag/${statement.value}"
        values   = statement.value == "Environment" ? local.environments[each.key] : local.names[each.key]
      }
    }
  }

  statement {
    sid       = "MakeKey"
    actions   = ["kms:CreateKey"]
    resources = ["*"]

    condition {
      test     = "StringLike"
      variable = "aws:RequestTag/Environment"
      values   = local.environments[each.key]
    }
  }

  statement {
    sid = "Key"
    actions = [
      "kms:CreateAlias", "kms:CreateGrant", "kms:DeleteAlias", "kms:Describe*", "kms:EnableKeyRotation", "kms:Get*",
      "kms:List*", "kms:PutKeyPolicy", "kms:RetireGrant", "kms:ScheduleKeyDeletion", "kms:TagResource",
      "kms:UntagResource", "kms:UpdateAlias", "kms:UpdateKeyDescription",
    ]
    resources = ["arn:${local.partition}:kms:${local.here}:key/*"]

    condition {
      test     = "StringLike"
      variable = "aws:ResourceTag/Environment"
      values   = local.environments[each.key]
    }
  }

  statement {
    sid       = "Alias"
    actions   = ["kms:CreateAlias", "kms:DeleteAlias", "kms:UpdateAlias"]
    resources = [for name in local.names[each.key] : "arn:${local.partition}:kms:${local.here}:alias/${name}"]
  }

  statement {
    sid     = "Logs"
    actions = ["logs:*"]
    resources = flatten([
      for name in local.names[each.key] : [
        for group in ["/aws/eks/${name}/cluster", "/hallmark/${name}/flow"] :
        [for part in ["", ":*"] : "arn:${local.partition}:logs:${local.here}:log-group:${group}${part}"]
      ]
    ])
  }

  statement {
    sid       = "MakeRoles"
    actions   = ["iam:CreateRole", "iam:PutRolePermissionsBoundary"]
    resources = local.role_arns[each.key]

    condition {
      test     = "StringEquals"
      variable = "iam:PermissionsBoundary"
      values   = [local.environment_boundary_arns[each.key]]
    }
  }

  statement {
    sid = "Roles"
    actions = [
      "iam:DeleteRole", "iam:DeleteRolePolicy", "iam:Get*", "iam:List*", "iam:PutRolePolicy", "iam:TagRole",
      "iam:UntagRole", "iam:UpdateAssumeRolePolicy", "iam:UpdateRole",
    ]
    resources = local.role_arns[each.key]
  }

  statement {
    sid       = "RolePolicies"
    actions   = ["iam:AttachRolePolicy", "iam:DetachRolePolicy"]
    resources = local.role_arns[each.key]

    condition {
      test     = "ArnEquals"
      variable = "iam:PolicyARN"
      values   = local.environment_policies
    }
  }

  statement {
    sid       = "PassRoles"
    actions   = ["iam:PassRole"]
    resources = local.role_arns[each.key]

    condition {
      test     = "StringEquals"
      variable = "iam:PassedToService"
      values   = ["ec2.amazonaws.com", "eks.amazonaws.com", "pods.eks.amazonaws.com", "vpc-flow-logs.amazonaws.com"]
    }
  }

  statement {
    sid       = "ServiceRoles"
    actions   = ["iam:CreateServiceLinkedRole"]
    resources = [local.service_role_arns]

    condition {
      test     = "StringEquals"
      variable = "iam:AWSServiceName"
      values   = [for service in ["autoscaling", "eks", "eks-nodegroup", "elasticloadbalancing"] : "${service}.amazonaws.com"]
    }
  }

  statement {
    sid       = "SeeServiceRoles"
    actions   = ["iam:GetRole"]
    resources = [local.service_role_arns]
  }

  statement {
    sid       = "State"
    actions   = ["s3:DeleteObject", "s3:GetObject", "s3:PutObject"]
    resources = [for name in local.environments[each.key] : "arn:${local.partition}:s3:::${var.state_bucket}/environments/${name}/*"]
  }

  statement {
    sid       = "ListStates"
    actions   = ["s3:ListBucket"]
    resources = ["arn:${local.partition}:s3:::${var.state_bucket}"]
  }

  statement {
    sid       = "StateKey"
    actions   = ["kms:Decrypt", "kms:GenerateDataKey"]
    resources = ["arn:${local.partition}:kms:${local.here}:key/*"]

    condition {
      test     = "StringEquals"
      variable = "aws:ResourceTag/Environment"
      values   = ["bootstrap"]
    }
  }

  statement {
    sid = "Images"
    actions = [
      "ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:CompleteLayerUpload", "ecr:DescribeImages",
      "ecr:GetDownloadUrlForLayer", "ecr:InitiateLayerUpload", "ecr:ListImages", "ecr:PutImage", "ecr:UploadLayerPart",
    ]
    resources = [for name in var.repositories : "arn:${local.partition}:ecr:${local.here}:repository/${name}"]
  }
}
