resource "aws_iam_user" "it" {
  name = "it"
}

resource "aws_iam_role" "json" {
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = { AWS = aws_iam_user.it.arn }
      Action = "sts:AssumeRole"
    }]
  })
}

data "aws_iam_policy_document" "deferred" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "AWS"
      identifiers = [aws_iam_user.it.arn]
    }
  }
}

resource "aws_iam_role" "deferred" {
  assume_role_policy = data.aws_iam_policy_document.deferred.json
}
