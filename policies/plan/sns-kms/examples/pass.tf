resource "aws_kms_key" "it" {}

resource "aws_sns_topic" "left_out" {
  kms_master_key_id = "alias/it"
}

resource "aws_sns_topic" "null" {
  kms_master_key_id = aws_kms_key.it.key_id
}
