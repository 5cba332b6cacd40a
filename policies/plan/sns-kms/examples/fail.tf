resource "aws_sns_topic" "left_out" {}

resource "aws_sns_topic" "null" {
  kms_master_key_id = null
}
