resource "aws_kms_key" "left_out" {}

resource "aws_kms_key" "empty" {
  policy = ""
}
