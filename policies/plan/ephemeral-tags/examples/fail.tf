resource "aws_vpc" "forever" {
  cidr_block = "10.0.0.0/16"
  tags = {
    Environment = "pr-1"
    Owner = "team"
  }
}

resource "aws_vpc" "never" {
  cidr_block = "10.0.0.0/16"
  tags = {
    Environment = "pr-1"
    Owner = "team"
    ExpiresAt = "never"
  }
}

resource "aws_vpc" "day" {
  cidr_block = "10.0.0.0/16"
  tags = {
    Environment = "pr-1"
    Owner = "team"
    ExpiresAt = "2026-01-31"
  }
}

resource "aws_vpc" "nobody" {
  cidr_block = "10.0.0.0/16"
  tags = {
    Environment = "pr-1"
    ExpiresAt = "2026-01-31T12:00:00Z"
  }
}

resource "aws_vpc" "empty" {
  cidr_block = "10.0.0.0/16"
  tags = {
    Environment = "pr-1"
    Owner = ""
    ExpiresAt = "2026-01-31T12:00:00Z"
  }
}

resource "aws_vpc" "stage" {
  cidr_block = "10.0.0.0/16"
  tags = {
    Environment = "production"
    Owner = "team"
    ExpiresAt = "2026-01-31T12:00:00Z"
  }
}
