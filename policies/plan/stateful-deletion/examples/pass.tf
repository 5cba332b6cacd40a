provider "aws" {
  region = "eu-central-1"
}

resource "aws_s3_bucket" "replaced" {
  bucket = "renamed"
  tags   = { Environment = "pr-1" }
}

resource "aws_s3_bucket" "kept" {
  bucket = "kept"
  tags   = { Environment = "production" }
}

resource "aws_eks_cluster" "replaced" {
  name     = "replaced"
  role_arn = "arn:aws:iam::123456789012:role/other"
  vpc_config {
    subnet_ids = ["subnet-0a", "subnet-0b"]
  }
  access_config {
    authentication_mode                         = "API"
    bootstrap_cluster_creator_admin_permissions = false
  }
  tags = { Environment = "production" }
}

resource "aws_vpc" "made" {
  cidr_block = "10.0.0.0/16"
}
