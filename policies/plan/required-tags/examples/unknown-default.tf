provider "aws" {
  region = "eu-central-1"

  default_tags {
    tags = { Owner = terraform_data.owner.output }
  }
}

resource "terraform_data" "owner" {
  input = "platform"
}

resource "aws_vpc" "by_default" {
  cidr_block = "10.0.0.0/16"
}
