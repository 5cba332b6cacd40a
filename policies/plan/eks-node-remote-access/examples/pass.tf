resource "aws_security_group" "it" {}

resource "aws_eks_node_group" "key" {
  cluster_name = "it"
  node_role_arn = "arn:aws:iam::123456789012:role/node"
  subnet_ids = ["subnet-0a"]
  scaling_config {
    desired_size = 1
    max_size = 2
    min_size = 1
  }
  remote_access {
    ec2_ssh_key = "it"
    source_security_group_ids = ["sg-0a"]
  }
}

resource "aws_eks_node_group" "empty" {
  cluster_name = "it"
  node_role_arn = "arn:aws:iam::123456789012:role/node"
  subnet_ids = ["subnet-0a"]
  scaling_config {
    desired_size = 1
    max_size = 2
    min_size = 1
  }
  remote_access {
    ec2_ssh_key = "it"
    source_security_group_ids = [aws_security_group.it.id]
  }
}

resource "aws_eks_node_group" "left_out" {
  cluster_name = "it"
  node_role_arn = "arn:aws:iam::123456789012:role/node"
  subnet_ids = ["subnet-0a"]
  scaling_config {
    desired_size = 1
    max_size = 2
    min_size = 1
  }
}

resource "aws_eks_node_group" "no_key" {
  cluster_name = "it"
  node_role_arn = "arn:aws:iam::123456789012:role/node"
  subnet_ids = ["subnet-0a"]
  scaling_config {
    desired_size = 1
    max_size = 2
    min_size = 1
  }
  remote_access {
    source_security_group_ids = ["sg-0a"]
  }
}
