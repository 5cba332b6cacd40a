resource "terraform_data" "chosen" {
  input = true
}

resource "aws_subnet" "private" {
  vpc_id     = "vpc-0a"
  cidr_block = "10.0.0.0/24"
}

resource "aws_subnet" "mapped" {
  vpc_id                  = "vpc-0a"
  cidr_block              = "10.0.0.0/24"
  map_public_ip_on_launch = true
}

resource "aws_eks_node_group" "elsewhere" {
  cluster_name  = "it"
  node_role_arn = "arn:aws:iam::123456789012:role/it"
  subnet_ids    = ["subnet-0a"]
  scaling_config {
    desired_size = 1
    max_size     = 1
    min_size     = 1
  }
}

resource "aws_eks_node_group" "either" {
  cluster_name  = "it"
  node_role_arn = "arn:aws:iam::123456789012:role/it"
  subnet_ids    = [terraform_data.chosen.output ? aws_subnet.private.id : aws_subnet.mapped.id]
  scaling_config {
    desired_size = 1
    max_size     = 1
    min_size     = 1
  }
}

resource "aws_subnet" "open" {
  vpc_id                  = "vpc-0a"
  cidr_block              = "10.0.0.0/24"
  map_public_ip_on_launch = terraform_data.chosen.output
}

resource "aws_eks_node_group" "open" {
  cluster_name  = "it"
  node_role_arn = "arn:aws:iam::123456789012:role/it"
  subnet_ids    = [aws_subnet.open.id]
  scaling_config {
    desired_size = 1
    max_size     = 1
    min_size     = 1
  }
}

locals {
  subnets = [aws_subnet.private.id]
}

resource "aws_eks_node_group" "local" {
  cluster_name  = "it"
  node_role_arn = "arn:aws:iam::123456789012:role/it"
  subnet_ids    = local.subnets
  scaling_config {
    desired_size = 1
    max_size     = 1
    min_size     = 1
  }
}

resource "aws_subnet" "foreign" {
  vpc_id     = "vpc-0a"
  cidr_block = "10.0.0.0/24"
}

resource "aws_route_table_association" "foreign" {
  subnet_id      = aws_subnet.foreign.id
  route_table_id = "rtb-0a"
}

resource "aws_eks_node_group" "foreign" {
  cluster_name  = "it"
  node_role_arn = "arn:aws:iam::123456789012:role/it"
  subnet_ids    = [aws_subnet.foreign.id]
  scaling_config {
    desired_size = 1
    max_size     = 1
    min_size     = 1
  }
}
