resource "terraform_data" "chosen" {
  input = "it"
}

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
    ec2_ssh_key = terraform_data.chosen.output
  }
}

resource "aws_eks_node_group" "groups" {
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
    source_security_group_ids = [terraform_data.chosen.output]
  }
}
