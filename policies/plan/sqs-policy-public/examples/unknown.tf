resource "aws_iam_user" "it" {
  name = "it"
}

resource "aws_sqs_queue_policy" "json" {
  queue_url = "https://sqs.eu-central-1.amazonaws.com/123456789012/json"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = aws_iam_user.it.arn }
      Action    = "sqs:SendMessage"
      Resource  = "*"
    }]
  })
}

resource "aws_sqs_queue" "json" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = aws_iam_user.it.arn }
      Action    = "sqs:SendMessage"
      Resource  = "*"
    }]
  })
}

data "aws_iam_policy_document" "deferred" {
  statement {
    actions   = ["sqs:SendMessage"]
    resources = ["*"]
    principals {
      type        = "AWS"
      identifiers = [aws_iam_user.it.arn]
    }
  }
}

resource "aws_sqs_queue_policy" "deferred" {
  queue_url = "https://sqs.eu-central-1.amazonaws.com/123456789012/deferred"
  policy    = data.aws_iam_policy_document.deferred.json
}

resource "aws_sqs_queue" "deferred" {
  policy = data.aws_iam_policy_document.deferred.json
}

data "aws_iam_policy_document" "condition" {
  statement {
    actions   = ["sqs:SendMessage"]
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

resource "aws_sqs_queue_policy" "condition" {
  queue_url = "https://sqs.eu-central-1.amazonaws.com/123456789012/condition"
  policy    = data.aws_iam_policy_document.condition.json
}

resource "aws_sqs_queue" "condition" {
  policy = data.aws_iam_policy_document.condition.json
}
