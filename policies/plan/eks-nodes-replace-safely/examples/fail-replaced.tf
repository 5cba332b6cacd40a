provider "aws" {
  region = "eu-central-1"
}

resource "aws_eks_node_group" "first" {
  cluster_name  = "it"
  node_role_arn = "arn:aws:iam::123456789012:role/it"
  subnet_ids    = ["subnet-0a"]
  scaling_config {
    desired_size = 1
    max_size     = 1
    min_size     = 1
  }
  node_group_name_prefix = "it-"
  instance_types         = ["m7g.large"]
}
