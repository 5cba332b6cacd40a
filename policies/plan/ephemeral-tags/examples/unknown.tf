resource "terraform_data" "chosen" {
  input = "x"
}

resource "aws_vpc" "all" {
  cidr_block = "10.0.0.0/16"
  tags = { for name in ["Environment"] : name => terraform_data.chosen.output }
}
