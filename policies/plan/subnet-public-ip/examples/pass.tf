resource "aws_subnet" "on" {
  vpc_id                  = "vpc-0a"
  cidr_block              = "10.0.0.0/24"
  map_public_ip_on_launch = false
}

resource "aws_subnet" "left_out" {
  vpc_id     = "vpc-0a"
  cidr_block = "10.0.0.0/24"
}
