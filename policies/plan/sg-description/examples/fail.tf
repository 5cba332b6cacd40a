resource "aws_security_group" "left_out" {}

resource "aws_security_group" "default" {
  description = "Managed by Terraform"
}

resource "aws_security_group" "second" {
  description = "Of the service."
  ingress {
    protocol    = "tcp"
    from_port   = 443
    to_port     = 443
    cidr_blocks = ["10.0.0.0/8"]
    description = "From the service."
  }
  ingress {
    protocol    = "tcp"
    from_port   = 80
    to_port     = 80
    cidr_blocks = ["10.0.0.0/8"]
  }
}

resource "aws_security_group" "out" {
  description = "Of the service."
  egress {
    protocol    = "tcp"
    from_port   = 443
    to_port     = 443
    cidr_blocks = ["10.0.0.0/8"]
  }
}

resource "aws_security_group" "blank" {
  description = "Of the service."
  ingress {
    protocol    = "tcp"
    from_port   = 443
    to_port     = 443
    cidr_blocks = ["10.0.0.0/8"]
    description = " "
  }
}

resource "aws_security_group_rule" "left_out" {
  security_group_id = "sg-0a"
  type              = "ingress"
  protocol          = "tcp"
  from_port         = 443
  to_port           = 443
  cidr_blocks       = ["10.0.0.0/8"]
}

resource "aws_security_group_rule" "empty" {
  security_group_id = "sg-0a"
  type              = "ingress"
  protocol          = "tcp"
  from_port         = 443
  to_port           = 443
  cidr_blocks       = ["10.0.0.0/8"]
  description       = ""
}

resource "aws_vpc_security_group_ingress_rule" "left_out" {
  security_group_id = "sg-0a"
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
  cidr_ipv4         = "10.0.0.0/8"
}

resource "aws_vpc_security_group_ingress_rule" "empty" {
  security_group_id = "sg-0a"
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
  cidr_ipv4         = "10.0.0.0/8"
  description       = "Managed by Terraform"
}
