resource "aws_iam_user" "it" {
  name = "it"
}

resource "aws_sns_topic_policy" "json" {
  arn = "arn:aws:sns:eu-central-1:123456789012:json"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = aws_iam_user.it.arn }
      Action    = "sns:Publish"
      Resource  = "*"
    }]
  })
}

data "aws_iam_policy_document" "deferred" {
  statement {
    actions   = ["sns:Publish"]
    resources = ["*"]
    principals {
      type        = "AWS"
      identifiers = [aws_iam_user.it.arn]
    }
  }
}

resource "aws_sns_topic_policy" "deferred" {
  arn    = "arn:aws:sns:eu-central-1:123456789012:deferred"
  policy = data.aws_iam_policy_document.deferred.json
}

data "aws_iam_policy_document" "condition" {
  statement {
    actions   = ["sns:Publish"]
    resources = ["*"]
    principals {
      type        = "AWS"
      identifiers = ["*"]
    }
    dynamic "condition" {
      for_each = aws_iam_user.it.unique_id == "" ? toset([]) : toset(["123456789012"])
      content {
        test     = "StringEquals"
        variable = "aws:SourceAccount"
        values   = [condition.value]
      }
    }
  }
}

resource "aws_sns_topic_policy" "condition" {
  arn    = "arn:aws:sns:eu-central-1:123456789012:condition"
  policy = data.aws_iam_policy_document.condition.json
}
