resource "terraform_data" "chosen" {
  input = "text"
}

resource "aws_security_group" "group" {
  description = terraform_data.chosen.output
}

resource "aws_security_group" "inline" {
  description = "Of the service."
  ingress {
    protocol    = "tcp"
    from_port   = 443
    to_port     = 443
    cidr_blocks = ["10.0.0.0/8"]
    description = terraform_data.chosen.output
  }
}

resource "aws_security_group_rule" "open" {
  security_group_id = "sg-0a"
  type              = "ingress"
  protocol          = "tcp"
  from_port         = 443
  to_port           = 443
  cidr_blocks       = ["10.0.0.0/8"]
  description       = terraform_data.chosen.output
}

resource "aws_vpc_security_group_ingress_rule" "open" {
  security_group_id = "sg-0a"
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
  cidr_ipv4         = "10.0.0.0/8"
  description       = terraform_data.chosen.output
}

resource "aws_security_group" "whole" {
  description = "Of the service."
  ingress     = [for one in [terraform_data.chosen.output] : { protocol = "tcp", from_port = 1, to_port = 1, description = one, cidr_blocks = ["10.0.0.0/8"], ipv6_cidr_blocks = [], prefix_list_ids = [], security_groups = [], self = false } if one != ""]
}
