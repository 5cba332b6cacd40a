resource "aws_s3_bucket" "json" {}

resource "aws_s3_bucket_policy" "json" {
  bucket = aws_s3_bucket.json.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Deny"
      Principal = "*"
      Action    = "s3:*"
      Resource  = [aws_s3_bucket.json.arn, "arn:aws:s3:::x/*"]
      Condition = { Bool = { "aws:SecureTransport" = "false" } }
    }]
  })
}

resource "aws_s3_bucket" "who" {}

resource "aws_iam_user" "who" {
  name = "who"
}

data "aws_iam_policy_document" "who" {
  statement {
    effect    = "Deny"
    actions   = ["s3:*"]
    resources = ["*"]
    principals {
      type        = "AWS"
      identifiers = [aws_iam_user.who.unique_id]
    }
    condition {
      test     = "Bool"
      variable = "aws:SecureTransport"
      values   = ["false"]
    }
  }
}

resource "aws_s3_bucket_policy" "who" {
  bucket = aws_s3_bucket.who.id
  policy = data.aws_iam_policy_document.who.json
}

resource "aws_s3_bucket" "inline" {
  policy = data.aws_iam_policy_document.who.json
}
