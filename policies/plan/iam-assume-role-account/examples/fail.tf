resource "aws_iam_role" "root" {
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = { AWS = "arn:aws:iam::123456789012:root" }
      Action = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role" "number" {
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = { AWS = ["123456789012"] }
      Action = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role" "china" {
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = { AWS = "arn:aws-cn:iam::123456789012:root" }
      Action = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_user" "it" {
  name = "it"
}

data "aws_iam_policy_document" "deferred" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::123456789012:root", aws_iam_user.it.arn]
    }
  }
}

resource "aws_iam_role" "deferred" {
  assume_role_policy = data.aws_iam_policy_document.deferred.json
}
