resource "aws_security_group" "without_rules" {
  description = "Of the service."
}

resource "aws_security_group" "whole" {
  description = "Of the service."
  ingress {
    protocol    = "tcp"
    from_port   = 443
    to_port     = 443
    cidr_blocks = ["10.0.0.0/8"]
    description = "From the service."
  }
  egress {
    protocol    = "tcp"
    from_port   = 443
    to_port     = 443
    cidr_blocks = ["10.0.0.0/8"]
    description = "To the service."
  }
}

resource "aws_security_group_rule" "whole" {
  security_group_id = "sg-0a"
  type              = "ingress"
  protocol          = "tcp"
  from_port         = 443
  to_port           = 443
  cidr_blocks       = ["10.0.0.0/8"]
  description       = "From the service."
}

resource "aws_vpc_security_group_ingress_rule" "whole" {
  security_group_id = "sg-0a"
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
  cidr_ipv4         = "10.0.0.0/8"
  description       = "From the service."
}
