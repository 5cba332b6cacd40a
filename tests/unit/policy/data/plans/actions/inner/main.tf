variable "key" {
  type = string
}

variable "rotation" {
  type = bool
}

resource "aws_kms_key" "counted" {
  count               = 2
  enable_key_rotation = var.rotation
}

resource "aws_vpc" "of" {
  for_each   = { a = "10.0.0.0/16", b = "10.1.0.0/16" }
  cidr_block = each.value
}

module "logs" {
  source = "./logs"
  vpcs   = { for name, one in aws_vpc.of : name => one.id }
  one    = aws_vpc.of["b"].id
}
