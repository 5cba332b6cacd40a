terraform {
  required_version = ">= 1.11, < 2.0"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "5.100.0"
    }
  }

  # Bucket, key and region come with `-backend-config`: they differ between accounts and environments.
  backend "s3" {
    encrypt      = true
    use_lockfile = true
  }
}
