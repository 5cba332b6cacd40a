resource "aws_internet_gateway" "it" {
  vpc_id = "vpc-0a"
}

resource "aws_subnet" "private" {
  vpc_id     = "vpc-0a"
  cidr_block = "10.0.0.0/24"
}

resource "aws_route_table" "private" {
  vpc_id = "vpc-0a"
}

resource "aws_route" "private" {
  route_table_id         = aws_route_table.private.id
  destination_cidr_block = "0.0.0.0/0"
  nat_gateway_id         = "nat-0a"
}

resource "aws_route_table_association" "private" {
  subnet_id      = aws_subnet.private.id
  route_table_id = aws_route_table.private.id
}

resource "aws_eks_node_group" "private" {
  cluster_name  = "it"
  node_role_arn = "arn:aws:iam::123456789012:role/it"
  subnet_ids    = [aws_subnet.private.id]
  scaling_config {
    desired_size = 1
    max_size     = 1
    min_size     = 1
  }
}

resource "aws_subnet" "alone" {
  vpc_id                  = "vpc-0a"
  cidr_block              = "10.0.0.0/24"
  map_public_ip_on_launch = false
}

resource "aws_eks_node_group" "alone" {
  cluster_name  = "it"
  node_role_arn = "arn:aws:iam::123456789012:role/it"
  subnet_ids    = [aws_subnet.alone.id, aws_subnet.private.id]
  scaling_config {
    desired_size = 1
    max_size     = 1
    min_size     = 1
  }
}

resource "aws_subnet" "public" {
  vpc_id     = "vpc-0a"
  cidr_block = "10.0.0.0/24"
}

resource "aws_route_table" "public" {
  vpc_id = "vpc-0a"
  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.it.id
  }
}

resource "aws_route_table_association" "public" {
  subnet_id      = aws_subnet.public.id
  route_table_id = aws_route_table.public.id
}
