provider "aws" {
  region = "eu-central-1"

  default_tags {
    tags = { Owner = "platform" }
  }
}

resource "aws_vpc" "default_only" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_vpc" "lacks" {
  cidr_block = "10.0.0.0/16"
  tags       = { Project = "quotes" }
}

resource "aws_vpc" "empty" {
  cidr_block = "10.0.0.0/16"
  tags       = { Project = "quotes", Environment = " " }
}

resource "aws_vpc" "overridden" {
  cidr_block = "10.0.0.0/16"
  tags       = { Project = "quotes", Environment = "staging", Owner = "" }
}
