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
  tags = { Environment = "pr-1" }
}

resource "aws_eks_cluster" "kept" {
  name     = "kept"
  role_arn = "arn:aws:iam::123456789012:role/it"
  vpc_config {
    subnet_ids = ["subnet-0a", "subnet-0b"]
  }
  access_config {
    authentication_mode                         = "API"
    bootstrap_cluster_creator_admin_permissions = false
  }
  tags = { Environment = "production" }
}

resource "aws_eks_node_group" "replaced" {
  cluster_name    = "kept"
  node_group_name = "replaced"
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

resource "aws_eks_node_group" "kept" {
  cluster_name    = "kept"
  node_group_name = "kept"
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

resource "aws_eks_node_group" "alone" {
  cluster_name    = "careful"
  node_group_name = "alone"
  node_role_arn   = "arn:aws:iam::123456789012:role/it"
  subnet_ids      = ["subnet-0a"]
  instance_types  = ["m7g.large"]
  scaling_config {
    desired_size = 1
    max_size     = 1
    min_size     = 1
  }
  tags = { Environment = "production" }
  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_eks_node_group" "ephemeral" {
  cluster_name    = "it"
  node_group_name = "ephemeral"
  node_role_arn   = "arn:aws:iam::123456789012:role/it"
  subnet_ids      = ["subnet-0a"]
  instance_types  = ["m7g.large"]
  scaling_config {
    desired_size = 1
    max_size     = 1
    min_size     = 1
  }
  tags = { Environment = "pr-1" }
}
