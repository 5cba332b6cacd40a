resource "aws_s3_bucket" "data" {}

resource "aws_iam_policy" "json" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid      = "One"
      Effect   = "Allow"
      Action   = "iam:*"
      Resource = aws_s3_bucket.data.arn
    }]
  })
}

resource "terraform_data" "chosen" {
  input = "s3:GetObject"
}

data "aws_iam_policy_document" "chosen" {
  statement {
    actions   = [terraform_data.chosen.output]
    resources = ["*"]
  }
}

resource "aws_iam_policy" "chosen" {
  policy = data.aws_iam_policy_document.chosen.json
}

data "aws_iam_policy_document" "dynamic" {
  dynamic "statement" {
    for_each = toset([terraform_data.chosen.output == "" ? "a" : "b"])
    content {
      actions   = [statement.value]
      resources = ["*"]
    }
  }
}

resource "aws_iam_policy" "dynamic" {
  policy = data.aws_iam_policy_document.dynamic.json
}

resource "aws_iam_role" "inline" {
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "ec2.amazonaws.com" }
    }]
  })
  inline_policy {
    name = "one"
    policy = jsonencode({
      Version = "2012-10-17"
      Statement = [{
        Sid      = "One"
        Effect   = "Allow"
        Action   = [terraform_data.chosen.output]
        Resource = "*"
      }]
    })
  }
}
