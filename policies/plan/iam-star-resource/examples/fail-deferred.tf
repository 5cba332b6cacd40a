resource "aws_s3_bucket" "it" {}

resource "terraform_data" "chosen" {
  input = "s3:GetObject"
}

data "aws_iam_policy_document" "star" {
  statement {
    actions = ["s3:GetObject", terraform_data.chosen.output]
    resources = ["*", aws_s3_bucket.it.arn]
  }
}

resource "aws_iam_policy" "star" {
  policy = data.aws_iam_policy_document.star.json
}
