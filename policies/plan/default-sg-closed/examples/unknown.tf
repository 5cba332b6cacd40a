resource "terraform_data" "chosen" {
  input = "one"
}

resource "aws_vpc" "one" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_vpc" "two" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_default_security_group" "either" {
  vpc_id = terraform_data.chosen.output == "one" ? aws_vpc.one.id : aws_vpc.two.id
}

resource "aws_vpc" "rules" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_default_security_group" "rules" {
  vpc_id = aws_vpc.rules.id
  egress = terraform_data.chosen.output == "one" ? [] : null
}
