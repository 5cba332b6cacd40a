resource "aws_s3_bucket" "data" {}

data "aws_iam_policy_document" "data" {
  statement {
    actions   = ["sns:Publish"]
    resources = [aws_s3_bucket.data.arn]
  }
}

resource "aws_iam_policy" "data" {
  policy = data.aws_iam_policy_document.data.json
}

data "aws_iam_policy_document" "denied" {
  statement {
    effect    = "Deny"
    actions   = ["*"]
    resources = ["*", aws_s3_bucket.data.arn]
  }
}

resource "aws_iam_policy" "denied" {
  policy = data.aws_iam_policy_document.denied.json
}
