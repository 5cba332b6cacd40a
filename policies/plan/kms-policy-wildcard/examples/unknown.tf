resource "aws_iam_user" "it" {
  name = "it"
}

resource "aws_kms_key" "json" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = aws_iam_user.it.arn }
      Action    = "kms:*"
      Resource  = "*"
    }]
  })
}

data "aws_iam_policy_document" "deferred" {
  statement {
    actions   = ["kms:*"]
    resources = ["*"]
    principals {
      type        = "AWS"
      identifiers = [aws_iam_user.it.arn]
    }
  }
}

resource "aws_kms_key" "deferred" {
  policy = data.aws_iam_policy_document.deferred.json
}

data "aws_iam_policy_document" "condition" {
  statement {
    actions   = ["kms:*"]
    resources = ["*"]
    principals {
      type        = "AWS"
      identifiers = ["*"]
    }
    dynamic "condition" {
      for_each = aws_iam_user.it.unique_id == "" ? toset([]) : toset(["123456789012"])
      content {
        test     = "StringEquals"
        variable = "aws:SourceAccount"
        values   = [condition.value]
      }
    }
  }
}

resource "aws_kms_key" "condition" {
  policy = data.aws_iam_policy_document.condition.json
}
