resource "aws_vpc" "alone" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_default_security_group" "alone" {
  vpc_id = aws_vpc.alone.id
}

resource "aws_vpc" "talks" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_default_security_group" "talks" {
  vpc_id  = aws_vpc.talks.id
  ingress = []
  egress  = []
}
