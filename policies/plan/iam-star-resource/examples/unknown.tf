resource "aws_s3_bucket" "it" {}

resource "terraform_data" "chosen" {
  input = "s3:GetObject"
}

resource "aws_iam_policy" "json" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid = "One"
      Effect = "Allow"
      Action = "s3:*"
      Resource = ["*", aws_s3_bucket.it.arn]
    }]
  })
}

data "aws_iam_policy_document" "chosen" {
  statement {
    actions = [terraform_data.chosen.output]
    resources = ["*"]
  }
}

resource "aws_iam_policy" "chosen" {
  policy = data.aws_iam_policy_document.chosen.json
}

data "aws_iam_policy_document" "where" {
  statement {
    actions = ["s3:GetObject"]
    resources = [terraform_data.chosen.output]
  }
}

resource "aws_iam_policy" "where" {
  policy = data.aws_iam_policy_document.where.json
}
