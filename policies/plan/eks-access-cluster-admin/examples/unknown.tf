resource "terraform_data" "chosen" {
  input = true
}

resource "aws_iam_role" "it" {
  assume_role_policy = jsonencode({})
}

resource "aws_eks_access_policy_association" "made" {
  cluster_name  = "it"
  policy_arn    = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy"
  principal_arn = aws_iam_role.it.arn
  access_scope {
    type = "cluster"
  }
}

resource "aws_eks_access_policy_association" "policy" {
  cluster_name  = "it"
  policy_arn    = terraform_data.chosen.output ? "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy" : "arn:aws:eks::aws:cluster-access-policy/AmazonEKSEditPolicy"
  principal_arn = "arn:aws:iam::123456789012:role/hallmark-stage-production"
  access_scope {
    type = "cluster"
  }
}
