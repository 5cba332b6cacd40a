resource "aws_eks_access_policy_association" "workflow" {
  cluster_name  = "it"
  policy_arn    = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy"
  principal_arn = "arn:aws:iam::123456789012:role/hallmark-stage-production"
  access_scope {
    type = "cluster"
  }
}

resource "aws_eks_access_policy_association" "user" {
  cluster_name  = "it"
  policy_arn    = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy"
  principal_arn = "arn:aws:iam::123456789012:user/it"
  access_scope {
    type = "cluster"
  }
}

resource "aws_eks_access_policy_association" "partition" {
  cluster_name  = "it"
  policy_arn    = "arn:aws-us-gov:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy"
  principal_arn = "arn:aws:iam::123456789012:role/hallmark-stage-production"
  access_scope {
    type = "cluster"
  }
}
