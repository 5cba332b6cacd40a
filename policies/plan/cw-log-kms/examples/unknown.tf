resource "terraform_data" "chosen" {
  input = "arn:aws:kms:eu-central-1:123456789012:key/0"
}

resource "aws_cloudwatch_log_group" "open" {
  name       = "open"
  kms_key_id = terraform_data.chosen.output
}
