provider "aws" {
  region = "eu-central-1"

  default_tags {
    tags = { Owner = "platform" }
  }
}

resource "aws_iam_role_policy_attachment" "untaggable" {
  role       = "some"
  policy_arn = "arn:aws:iam::aws:policy/ReadOnlyAccess"
}

resource "aws_vpc" "lacks" {
  cidr_block = "10.0.0.0/16"
  tags       = { Project = "quotes", Environment = "staging" }
}

resource "aws_vpc" "empty" {
  cidr_block = "10.0.0.0/16"
  tags       = { Project = "quotes", Environment = "staging", Owner = "team" }
}
