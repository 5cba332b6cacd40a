# What a plan can do with a key: terraform.tfstate says what was there before.
terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "5.100.0"
    }
  }
}

provider "aws" {
  region                      = "eu-central-1"
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_region_validation      = true
  skip_requesting_account_id  = true
}

provider "aws" {
  alias                       = "west"
  region                      = "eu-west-1"
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_region_validation      = true
  skip_requesting_account_id  = true
}

variable "nothing" {
  type    = bool
  default = null
}

removed {
  from = aws_kms_key.forgotten

  lifecycle {
    destroy = false
  }
}

resource "aws_kms_key" "improved" {
  enable_key_rotation = true
}

resource "aws_kms_key" "worsened" {
  enable_key_rotation = false
}

resource "aws_kms_key" "replaced" {
  customer_master_key_spec = "SYMMETRIC_DEFAULT"
  enable_key_rotation      = true
}

resource "aws_kms_key" "unchanged" {
  enable_key_rotation = false
}

resource "aws_kms_key" "deposed" {
  enable_key_rotation = true
}

resource "aws_kms_key" "null_by_variable" {
  provider            = aws.west
  enable_key_rotation = var.nothing
}

module "inner" {
  for_each = { "a.b[c]" = true }
  source   = "./inner"
  key      = aws_kms_key.improved.key_id
  rotation = each.value
}
