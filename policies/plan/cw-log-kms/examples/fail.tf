resource "aws_cloudwatch_log_group" "left_out" {
  name = "left_out"
}

resource "aws_cloudwatch_log_group" "empty" {
  name       = "empty"
  kms_key_id = null
}
