resource "aws_kms_key" "it" {}

resource "aws_cloudwatch_log_group" "left_out" {
  name       = "left_out"
  kms_key_id = "arn:aws:kms:eu-central-1:123456789012:key/0"
}

resource "aws_cloudwatch_log_group" "empty" {
  name       = "empty"
  kms_key_id = aws_kms_key.it.arn
}
