resource "aws_network_acl" "ssh" {
  vpc_id = "vpc-0a"
  ingress {
    protocol   = "tcp"
    rule_no    = 100
    action     = "allow"
    cidr_block = "0.0.0.0/0"
    from_port  = 22
    to_port    = 22
  }
}

resource "aws_network_acl" "rdp" {
  vpc_id = "vpc-0a"
  ingress {
    protocol        = "tcp"
    rule_no         = 100
    action          = "allow"
    from_port       = 3000
    to_port         = 4000
    ipv6_cidr_block = "::/0"
  }
}

resource "aws_network_acl" "everything" {
  vpc_id = "vpc-0a"
  ingress {
    protocol   = "-1"
    rule_no    = 100
    action     = "allow"
    cidr_block = "0.0.0.0/0"
    from_port  = 0
    to_port    = 0
  }
}

resource "aws_network_acl" "second" {
  vpc_id = "vpc-0a"
  ingress {
    protocol   = "tcp"
    rule_no    = 100
    action     = "allow"
    cidr_block = "0.0.0.0/0"
    from_port  = 443
    to_port    = 443
  }
  ingress {
    protocol   = "6"
    rule_no    = 200
    action     = "allow"
    cidr_block = "0.0.0.0/0"
    from_port  = 0
    to_port    = 65535
  }
}

resource "aws_network_acl_rule" "ssh" {
  network_acl_id = "acl-0a"
  rule_number    = 100
  protocol       = "tcp"
  rule_action    = "allow"
  cidr_block     = "0.0.0.0/0"
  from_port      = 22
  to_port        = 22
}

resource "aws_network_acl_rule" "rdp" {
  network_acl_id  = "acl-0a"
  rule_number     = 100
  protocol        = "6"
  rule_action     = "allow"
  from_port       = 1024
  to_port         = 65535
  egress          = false
  ipv6_cidr_block = "::/0"
}

resource "aws_network_acl_rule" "everything" {
  network_acl_id = "acl-0a"
  rule_number    = 100
  protocol       = "all"
  rule_action    = "allow"
  cidr_block     = "0.0.0.0/0"
}
