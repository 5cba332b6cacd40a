resource "aws_kms_key" "own" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::123456789012:role/it" }
      Action    = "kms:*"
      Resource  = "*"
    }]
  })
}

resource "aws_kms_key" "beside" {}

resource "aws_kms_key_policy" "beside" {
  key_id = aws_kms_key.beside.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::123456789012:role/it" }
      Action    = "kms:*"
      Resource  = "*"
    }]
  })
}

resource "aws_iam_role" "it" {
  assume_role_policy = jsonencode({})
}

data "aws_iam_policy_document" "deferred" {
  statement {
    actions   = ["kms:*"]
    resources = ["*"]
    principals {
      type        = "AWS"
      identifiers = [aws_iam_role.it.arn]
    }
  }
}

resource "aws_kms_key" "deferred" {
  policy = data.aws_iam_policy_document.deferred.json
}
