resource "aws_vpc" "alone" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_vpc" "talks" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_default_security_group" "talks" {
  vpc_id = aws_vpc.talks.id
  ingress {
    from_port = 0
    to_port   = 0
    protocol  = "-1"
    self      = true
  }
}

resource "aws_vpc" "calls" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_default_security_group" "calls" {
  vpc_id = aws_vpc.calls.id
  egress {
    from_port   = 0
    to_port     = 0
    protocol    = "-1"
    cidr_blocks = ["0.0.0.0/0"]
  }
}
