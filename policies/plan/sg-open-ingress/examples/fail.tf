resource "aws_security_group" "ssh" {
  ingress {
    protocol    = "tcp"
    from_port   = 22
    to_port     = 22
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_security_group" "rdp" {
  ingress {
    protocol         = "tcp"
    from_port        = 3000
    to_port          = 4000
    ipv6_cidr_blocks = ["::/0"]
  }
}

resource "aws_security_group" "everything" {
  ingress {
    protocol    = "-1"
    from_port   = 0
    to_port     = 0
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_security_group" "second" {
  ingress {
    protocol    = "tcp"
    from_port   = 443
    to_port     = 443
    cidr_blocks = ["0.0.0.0/0"]
  }
  ingress {
    protocol    = "tcp"
    from_port   = 0
    to_port     = 65535
    cidr_blocks = ["10.0.0.0/8", "0.0.0.0/1", "128.0.0.0/1"]
  }
}

resource "aws_security_group_rule" "ssh" {
  security_group_id = "sg-0a"
  type              = "ingress"
  protocol          = "tcp"
  from_port         = 22
  to_port           = 22
  cidr_blocks       = ["0.0.0.0/0"]
}

resource "aws_security_group_rule" "everything" {
  security_group_id = "sg-0a"
  type              = "ingress"
  protocol          = "all"
  from_port         = 0
  to_port           = 65535
  ipv6_cidr_blocks  = ["::/0"]
}

resource "aws_security_group_rule" "any_port" {
  security_group_id = "sg-0a"
  type              = "ingress"
  protocol          = "tcp"
  from_port         = -1
  to_port           = -1
  cidr_blocks       = ["0.0.0.0/0"]
}

resource "aws_security_group_rule" "number" {
  security_group_id = "sg-0a"
  type              = "ingress"
  protocol          = "6"
  from_port         = 0
  to_port           = 1024
  cidr_blocks       = ["0.0.0.0/0"]
}

resource "aws_vpc_security_group_ingress_rule" "ssh" {
  security_group_id = "sg-0a"
  ip_protocol       = "tcp"
  from_port         = 22
  to_port           = 22
  cidr_ipv4         = "0.0.0.0/0"
}

resource "aws_vpc_security_group_ingress_rule" "everything" {
  security_group_id = "sg-0a"
  ip_protocol       = "-1"
  cidr_ipv6         = "::/0"
}
