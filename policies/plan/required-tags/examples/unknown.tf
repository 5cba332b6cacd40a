provider "aws" {
  region = "eu-central-1"

  default_tags {
    tags = { Owner = "platform" }
  }
}

resource "terraform_data" "project" {
  input = "quotes"
}

resource "aws_vpc" "value" {
  cidr_block = "10.0.0.0/16"
  tags       = { Project = terraform_data.project.output, Environment = "staging" }
}

resource "aws_vpc" "whole" {
  cidr_block = "10.0.0.0/16"
  tags       = terraform_data.project.output == "" ? {} : { Project = "quotes", Environment = "staging" }
}
