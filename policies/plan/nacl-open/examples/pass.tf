resource "aws_network_acl" "left_out" {
  vpc_id = "vpc-0a"
}

resource "aws_network_acl" "web" {
  vpc_id = "vpc-0a"
  ingress {
    protocol   = "tcp"
    rule_no    = 100
    action     = "allow"
    cidr_block = "0.0.0.0/0"
    from_port  = 443
    to_port    = 443
  }
}

resource "aws_network_acl" "ssh" {
  vpc_id = "vpc-0a"
  ingress {
    protocol   = "tcp"
    rule_no    = 100
    action     = "allow"
    cidr_block = "192.0.2.0/24"
    from_port  = 22
    to_port    = 22
  }
}

resource "aws_network_acl" "denied" {
  vpc_id = "vpc-0a"
  ingress {
    protocol   = "tcp"
    rule_no    = 100
    action     = "deny"
    cidr_block = "0.0.0.0/0"
    from_port  = 22
    to_port    = 22
  }
}

resource "aws_network_acl" "udp" {
  vpc_id = "vpc-0a"
  ingress {
    protocol   = "udp"
    rule_no    = 100
    action     = "allow"
    cidr_block = "0.0.0.0/0"
    from_port  = 0
    to_port    = 65535
  }
}

resource "aws_network_acl" "out" {
  vpc_id = "vpc-0a"
  egress {
    protocol   = "tcp"
    rule_no    = 100
    action     = "allow"
    cidr_block = "0.0.0.0/0"
    from_port  = 22
    to_port    = 22
  }
}

resource "aws_network_acl_rule" "denied" {
  network_acl_id = "acl-0a"
  rule_number    = 100
  protocol       = "tcp"
  rule_action    = "deny"
  cidr_block     = "0.0.0.0/0"
  from_port      = 22
  to_port        = 22
}

resource "aws_network_acl_rule" "out" {
  network_acl_id = "acl-0a"
  rule_number    = 100
  protocol       = "tcp"
  rule_action    = "allow"
  cidr_block     = "0.0.0.0/0"
  from_port      = 22
  to_port        = 22
  egress         = true
}

resource "aws_network_acl_rule" "ssh" {
  network_acl_id = "acl-0a"
  rule_number    = 100
  protocol       = "tcp"
  rule_action    = "allow"
  cidr_block     = "192.0.2.0/24"
  from_port      = 22
  to_port        = 22
}

resource "aws_network_acl_rule" "web" {
  network_acl_id = "acl-0a"
  rule_number    = 100
  protocol       = "tcp"
  rule_action    = "allow"
  cidr_block     = "0.0.0.0/0"
  from_port      = 23
  to_port        = 3388
}

resource "aws_eip" "it" {
  domain = "vpc"
}

resource "aws_network_acl_rule" "harmless" {
  network_acl_id = "acl-0a"
  rule_number    = 100
  protocol       = "tcp"
  rule_action    = "allow"
  cidr_block     = "${aws_eip.it.public_ip}/32"
  from_port      = 443
  to_port        = 443
}
