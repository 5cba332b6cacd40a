# One key for the environment's own secrets: those of Kubernetes and its logs.

data "aws_partition" "this" {}

resource "aws_kms_key" "this" {
  description             = "Kubernetes secrets and logs of ${local.full_name}"
  enable_key_rotation     = true
  deletion_window_in_days = var.ephemeral ? 7 : 30
  policy                  = data.aws_iam_policy_document.key.json
}

resource "aws_kms_alias" "this" {
  name          = "alias/${local.full_name}"
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

  statement {
    sid       = "Logs"
    actions   = ["kms:Decrypt", "kms:Describe*", "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*"]
    resources = ["*"]

    principals {
      type        = "Service"
      identifiers = ["logs.${var.region}.amazonaws.com"]
    }

    condition {
      test     = "ArnLike"
      variable = "kms:EncryptionContext:aws:logs:arn"
      values = [
        for group in ["/aws/eks/${local.full_name}/*", "/hallmark/${local.full_name}/*"] :
        "arn:${data.aws_partition.this.partition}:logs:${var.region}:${var.account_id}:log-group:${group}"
      ]
    }
  }
}
