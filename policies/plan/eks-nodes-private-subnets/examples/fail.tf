resource "aws_internet_gateway" "it" {
  vpc_id = "vpc-0a"
}

resource "aws_subnet" "mapped" {
  vpc_id                  = "vpc-0a"
  cidr_block              = "10.0.0.0/24"
  map_public_ip_on_launch = true
}

resource "aws_eks_node_group" "mapped" {
  cluster_name  = "it"
  node_role_arn = "arn:aws:iam::123456789012:role/it"
  subnet_ids    = [aws_subnet.mapped.id]
  scaling_config {
    desired_size = 1
    max_size     = 1
    min_size     = 1
  }
}

resource "aws_subnet" "routed" {
  vpc_id     = "vpc-0a"
  cidr_block = "10.0.0.0/24"
}

resource "aws_route_table" "routed" {
  vpc_id = "vpc-0a"
}

resource "aws_route" "routed" {
  route_table_id         = aws_route_table.routed.id
  destination_cidr_block = "0.0.0.0/0"
  gateway_id             = aws_internet_gateway.it.id
}

resource "aws_route_table_association" "routed" {
  subnet_id      = aws_subnet.routed.id
  route_table_id = aws_route_table.routed.id
}

resource "aws_eks_node_group" "routed" {
  cluster_name  = "it"
  node_role_arn = "arn:aws:iam::123456789012:role/it"
  subnet_ids    = [aws_subnet.routed.id]
  scaling_config {
    desired_size = 1
    max_size     = 1
    min_size     = 1
  }
}

resource "aws_subnet" "inline" {
  vpc_id     = "vpc-0a"
  cidr_block = "10.0.0.0/24"
}

resource "aws_route_table" "inline" {
  vpc_id = "vpc-0a"
  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = "igw-0a"
  }
}

resource "aws_route_table_association" "inline" {
  subnet_id      = aws_subnet.inline.id
  route_table_id = aws_route_table.inline.id
}

resource "aws_eks_node_group" "both" {
  cluster_name  = "it"
  node_role_arn = "arn:aws:iam::123456789012:role/it"
  subnet_ids    = [aws_subnet.inline.id, aws_subnet.mapped.id]
  scaling_config {
    desired_size = 1
    max_size     = 1
    min_size     = 1
  }
}
