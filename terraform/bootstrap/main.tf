# Once for each account, by a person: the trust in GitHub, the bucket for states, the repositories for images.

data "aws_partition" "this" {}

module "identity" {
  source = "../modules/identity"

  account_id     = var.account_id
  region         = var.region
  repository     = var.repository
  repository_ids = var.repository_ids
  stages         = var.stages
  state_bucket   = var.state_bucket
  repositories   = var.repositories
}

module "registry" {
  source = "../modules/registry"

  repositories = var.repositories
  kms_key_arn  = aws_kms_key.this.arn
}

# For states and images: whoever may read one of them may use the key by IAM.
resource "aws_kms_key" "this" {
  description             = "States and images of ${var.project}"
  enable_key_rotation     = true
  deletion_window_in_days = 30
  policy                  = data.aws_iam_policy_document.key.json
}

resource "aws_kms_alias" "this" {
  name          = "alias/hallmark-bootstrap"
  target_key_id = aws_kms_key.this.key_id
}

data "aws_iam_policy_document" "key" {
  # Without this statement nobody could ever change the key again; who may use it, IAM policies of the account say.
  statement {
    sid       = "Account"
    actions   = ["kms:*"]
    resources = ["*"]

    principals {
      type        = "AWS"
      identifiers = ["arn:${data.aws_partition.this.partition}:iam::${var.account_id}:root"]
    }
  }
}
