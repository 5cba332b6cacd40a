resource "aws_kms_key" "left_out" {
  description = "the default is off"
}

resource "aws_kms_key" "off" {
  enable_key_rotation = false
}

resource "aws_kms_key" "named_symmetric" {
  customer_master_key_spec = "SYMMETRIC_DEFAULT"
}
