resource "aws_eip" "it" {
  domain = "vpc"
}

resource "terraform_data" "chosen" {
  input = 22
}

resource "aws_network_acl" "range" {
  vpc_id = "vpc-0a"
  ingress {
    protocol   = "tcp"
    rule_no    = 100
    action     = "allow"
    cidr_block = "${aws_eip.it.public_ip}/32"
    from_port  = 22
    to_port    = 22
  }
}

resource "aws_network_acl_rule" "range" {
  network_acl_id = "acl-0a"
  rule_number    = 100
  protocol       = "tcp"
  rule_action    = "allow"
  cidr_block     = "${aws_eip.it.public_ip}/32"
  from_port      = 22
  to_port        = 22
}

resource "aws_network_acl_rule" "port" {
  network_acl_id = "acl-0a"
  rule_number    = 100
  protocol       = "tcp"
  rule_action    = "allow"
  cidr_block     = "0.0.0.0/0"
  from_port      = 1
  to_port        = terraform_data.chosen.output
}

resource "aws_network_acl_rule" "protocol" {
  network_acl_id = "acl-0a"
  rule_number    = 100
  protocol       = terraform_data.chosen.output
  rule_action    = "allow"
  cidr_block     = "0.0.0.0/0"
  from_port      = 22
  to_port        = 22
}

resource "aws_network_acl_rule" "direction" {
  network_acl_id = "acl-0a"
  rule_number    = 100
  protocol       = "tcp"
  rule_action    = "allow"
  cidr_block     = "0.0.0.0/0"
  from_port      = 22
  to_port        = 22
  egress         = terraform_data.chosen.output == 22
}

resource "aws_network_acl_rule" "action" {
  network_acl_id = "acl-0a"
  rule_number    = 100
  protocol       = "tcp"
  rule_action    = terraform_data.chosen.output == 22 ? "allow" : "deny"
  cidr_block     = "0.0.0.0/0"
  from_port      = 22
  to_port        = 22
}

resource "aws_network_acl" "whole" {
  vpc_id  = "vpc-0a"
  ingress = [for one in [terraform_data.chosen.output] : { protocol = "tcp", rule_no = 100, action = "allow", cidr_block = "0.0.0.0/0", from_port = one, to_port = one, icmp_code = 0, icmp_type = 0, ipv6_cidr_block = null } if one > 1]
}
