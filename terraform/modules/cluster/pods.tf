# What pods may do in AWS, by EKS Pod Identity: roles for this cluster's pods and nobody else's.

resource "aws_iam_role" "pods" {
  for_each = toset(["service", "vpc-cni"])

  name                 = "${var.name}-${each.key}"
  assume_role_policy   = data.aws_iam_policy_document.pods_trust.json
  permissions_boundary = var.permissions_boundary_arn
}

data "aws_iam_policy_document" "pods_trust" {
  statement {
    actions = ["sts:AssumeRole", "sts:TagSession"]

    principals {
      type        = "Service"
      identifiers = ["pods.eks.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [var.account_id]
    }

    condition {
      test     = "ArnEquals"
      variable = "aws:SourceArn"
      values   = ["arn:${data.aws_partition.this.partition}:eks:${var.region}:${var.account_id}:cluster/${var.name}"]
    }
  }
}

resource "aws_iam_role_policy_attachment" "vpc_cni" {
  role       = aws_iam_role.pods["vpc-cni"].name
  policy_arn = "${local.iam_prefix}/AmazonEKS_CNI_Policy"
}

resource "aws_iam_role_policy_attachment" "service" {
  for_each = toset(var.service_policy_arns)

  role       = aws_iam_role.pods["service"].name
  policy_arn = each.value
}

resource "aws_eks_pod_identity_association" "service" {
  for_each = toset(var.service_namespaces)

  cluster_name    = aws_eks_cluster.this.name
  namespace       = each.key
  service_account = var.service_account
  role_arn        = aws_iam_role.pods["service"].arn
}
