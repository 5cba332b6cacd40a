resource "aws_iam_user" "it" {
  name = "it"
}

resource "aws_ecr_repository_policy" "json" {
  repository = "json"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = aws_iam_user.it.arn }
      Action    = "ecr:BatchGetImage"
    }]
  })
}

data "aws_iam_policy_document" "deferred" {
  statement {
    actions = ["ecr:BatchGetImage"]
    principals {
      type        = "AWS"
      identifiers = [aws_iam_user.it.arn]
    }
  }
}

resource "aws_ecr_repository_policy" "deferred" {
  repository = "deferred"
  policy     = data.aws_iam_policy_document.deferred.json
}

data "aws_iam_policy_document" "condition" {
  statement {
    actions = ["ecr:BatchGetImage"]
    principals {
      type        = "AWS"
      identifiers = ["*"]
    }
    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [aws_iam_user.it.unique_id]
    }
  }
}

resource "aws_ecr_repository_policy" "condition" {
  repository = "condition"
  policy     = data.aws_iam_policy_document.condition.json
}
