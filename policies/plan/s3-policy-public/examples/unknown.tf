resource "aws_s3_bucket" "made" {}

resource "terraform_data" "chosen" {
  input = "o-0a"
}

resource "aws_s3_bucket_policy" "json" {
  bucket = "it"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = "*"
      Action = "s3:GetObject"
      Resource = aws_s3_bucket.made.arn
    }]
  })
}

data "aws_iam_policy_document" "condition" {
  statement {
    actions = ["s3:GetObject"]
    resources = ["${aws_s3_bucket.made.arn}/*"]
    principals {
      type = "*"
      identifiers = ["*"]
    }
    condition {
      test = "StringEquals"
      variable = "aws:PrincipalOrgID"
      values = [terraform_data.chosen.output]
    }
  }
}

resource "aws_s3_bucket_policy" "condition" {
  bucket = "it"
  policy = data.aws_iam_policy_document.condition.json
}

resource "aws_s3_bucket" "inline" {
  bucket = "inline"
  policy = data.aws_iam_policy_document.condition.json
}
