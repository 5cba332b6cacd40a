provider "aws" {
  region = var.region
  # Credentials of another account are refused before anything is asked of it.
  allowed_account_ids = [var.account_id]

  default_tags {
    tags = merge(local.owner_tags, {
      Repository = var.repository
      Commit     = var.commit
      ExpiresAt  = var.expires_at
    })
  }
}
