resource "aws_eks_access_policy_association" "workflow" {
  cluster_name  = "it"
  policy_arn    = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSEditPolicy"
  principal_arn = "arn:aws:iam::123456789012:role/hallmark-stage-production"
  access_scope {
    type = "cluster"
  }
}

resource "aws_eks_access_policy_association" "person" {
  cluster_name  = "it"
  policy_arn    = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy"
  principal_arn = "arn:aws:iam::123456789012:role/aws-reserved/sso.amazonaws.com/eu-central-1/AWSReservedSSO_Admin_0a"
  access_scope {
    type = "cluster"
  }
}

resource "aws_iam_role" "it" {
  assume_role_policy = jsonencode({})
}

resource "aws_eks_access_policy_association" "made" {
  cluster_name  = "it"
  policy_arn    = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSEditPolicy"
  principal_arn = aws_iam_role.it.arn
  access_scope {
    type = "cluster"
  }
}
