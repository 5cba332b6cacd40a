# The control plane.

data "aws_partition" "this" {}

locals {
  iam_prefix = "arn:${data.aws_partition.this.partition}:iam::aws:policy"
}

resource "aws_eks_cluster" "this" {
  name     = var.name
  version  = var.kubernetes_version
  role_arn = aws_iam_role.cluster.arn

  enabled_cluster_log_types = ["api", "audit", "authenticator", "controllerManager", "scheduler"]

  # Add-ons come from this module alone, in versions that it knows of.
  bootstrap_self_managed_addons = false

  access_config {
    authentication_mode                         = "API"
    bootstrap_cluster_creator_admin_permissions = false
  }

  vpc_config {
    subnet_ids              = var.subnet_ids
    endpoint_private_access = true
    endpoint_public_access  = length(var.public_access_cidrs) > 0
    public_access_cidrs     = length(var.public_access_cidrs) > 0 ? var.public_access_cidrs : null
  }

  encryption_config {
    resources = ["secrets"]

    provider {
      key_arn = var.kms_key_arn
    }
  }

  # A version past its standard support is upgraded by AWS, and never paid for extra.
  upgrade_policy {
    support_type = "STANDARD"
  }

  lifecycle {
    # It also makes the cluster wait for the log group.
    precondition {
      condition     = var.log_group_name == "/aws/eks/${var.name}/cluster"
      error_message = "EKS writes the control plane's logs to /aws/eks/${var.name}/cluster, and not to ${var.log_group_name}."
    }
  }

  depends_on = [aws_iam_role_policy_attachment.cluster, aws_iam_role_policy.cluster_key]
}

resource "aws_iam_role" "cluster" {
  name                 = "${var.name}-cluster"
  assume_role_policy   = data.aws_iam_policy_document.cluster_trust.json
  permissions_boundary = var.permissions_boundary_arn
}

data "aws_iam_policy_document" "cluster_trust" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["eks.amazonaws.com"]
    }
  }
}

resource "aws_iam_role_policy_attachment" "cluster" {
  role       = aws_iam_role.cluster.name
  policy_arn = "${local.iam_prefix}/AmazonEKSClusterPolicy"
}

resource "aws_iam_role_policy" "cluster_key" {
  name   = "encrypt-secrets"
  role   = aws_iam_role.cluster.name
  policy = data.aws_iam_policy_document.cluster_key.json
}

data "aws_iam_policy_document" "cluster_key" {
  statement {
    actions   = ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:ListGrants"]
    resources = ["arn:${data.aws_partition.this.partition}:kms:${var.region}:${var.account_id}:key/*"]

    # The key's id is not known before it is made, its environment is.
    condition {
      test     = "StringEquals"
      variable = "aws:ResourceTag/Environment"
      values   = [var.owner_tags.Environment]
    }
  }
}
