provider "aws" {
  region = var.region
  # Credentials of another account are refused before anything is asked of it.
  allowed_account_ids = [var.account_id]

  default_tags {
    tags = {
      Environment = "bootstrap"
      Owner       = var.owner
      Project     = var.project
      Repository  = var.repository
      ExpiresAt   = "never"
    }
  }
}
