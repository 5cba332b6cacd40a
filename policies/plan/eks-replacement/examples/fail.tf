provider "aws" {
  region = "eu-central-1"
}

resource "aws_eks_cluster" "replaced" {
  name     = "replaced"
  role_arn = "arn:aws:iam::123456789012:role/other"
  vpc_config {
    subnet_ids = ["subnet-0a", "subnet-0b"]
  }
  access_config {
    authentication_mode                         = "API"
    bootstrap_cluster_creator_admin_permissions = false
  }
  tags = { Environment = "production" }
}

resource "aws_eks_node_group" "first" {
  cluster_name    = "it"
  node_group_name = "first"
  node_role_arn   = "arn:aws:iam::123456789012:role/it"
  subnet_ids      = ["subnet-0a"]
  instance_types  = ["m7g.large"]
  scaling_config {
    desired_size = 1
    max_size     = 1
    min_size     = 1
  }
  tags = { Environment = "production" }
}

resource "aws_eks_node_group" "made" {
  cluster_name    = "it"
  node_group_name = "made"
  node_role_arn   = "arn:aws:iam::123456789012:role/it"
  subnet_ids      = ["subnet-0a"]
  instance_types  = ["m7i.large"]
  scaling_config {
    desired_size = 1
    max_size     = 1
    min_size     = 1
  }
  tags = { Environment = "production" }
}

resource "aws_eks_node_group" "elsewhere" {
  cluster_name    = "another"
  node_group_name = "elsewhere"
  node_role_arn   = "arn:aws:iam::123456789012:role/it"
  subnet_ids      = ["subnet-0a"]
  instance_types  = ["m7i.large"]
  scaling_config {
    desired_size = 1
    max_size     = 1
    min_size     = 1
  }
  tags = { Environment = "production" }
}
