resource "aws_eip" "it" {
  domain = "vpc"
}

resource "terraform_data" "chosen" {
  input = 22
}

resource "aws_security_group" "range" {
  ingress {
    protocol    = "tcp"
    from_port   = 22
    to_port     = 22
    cidr_blocks = ["${aws_eip.it.public_ip}/32"]
  }
}

resource "aws_security_group_rule" "range" {
  security_group_id = "sg-0a"
  type              = "ingress"
  protocol          = "tcp"
  from_port         = 22
  to_port           = 22
  cidr_blocks       = ["${aws_eip.it.public_ip}/32"]
}

resource "aws_security_group_rule" "port" {
  security_group_id = "sg-0a"
  type              = "ingress"
  protocol          = "tcp"
  from_port         = terraform_data.chosen.output
  to_port           = 65535
  cidr_blocks       = ["0.0.0.0/0"]
}

resource "aws_security_group_rule" "protocol" {
  security_group_id = "sg-0a"
  type              = "ingress"
  protocol          = terraform_data.chosen.output
  from_port         = 0
  to_port           = 1024
  cidr_blocks       = ["0.0.0.0/0"]
}

resource "aws_security_group_rule" "type" {
  security_group_id = "sg-0a"
  type              = terraform_data.chosen.output == 22 ? "ingress" : "egress"
  protocol          = "tcp"
  from_port         = 22
  to_port           = 22
  cidr_blocks       = ["0.0.0.0/0"]
}

resource "aws_vpc_security_group_ingress_rule" "range" {
  security_group_id = "sg-0a"
  ip_protocol       = "tcp"
  from_port         = 22
  to_port           = 22
  cidr_ipv4         = "${aws_eip.it.public_ip}/32"
}

resource "aws_security_group" "whole" {
  ingress = terraform_data.chosen.output == 22 ? [] : null
}
