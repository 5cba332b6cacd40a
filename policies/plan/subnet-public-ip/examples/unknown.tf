resource "terraform_data" "chosen" {
  input = true
}

resource "aws_subnet" "open" {
  vpc_id                  = "vpc-0a"
  cidr_block              = "10.0.0.0/24"
  map_public_ip_on_launch = terraform_data.chosen.output
}
