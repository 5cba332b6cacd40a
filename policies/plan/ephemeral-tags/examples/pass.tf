resource "aws_vpc" "ephemeral" {
  cidr_block = "10.0.0.0/16"
  tags = {
    Environment = "pr-1"
    Owner = "team"
    ExpiresAt = "2026-01-31T12:00:00Z"
  }
}

resource "aws_vpc" "offset" {
  cidr_block = "10.0.0.0/16"
  tags = {
    Environment = "pr-1"
    Owner = "team"
    ExpiresAt = "2026-01-31T12:00:00.5+01:00"
  }
}

resource "aws_vpc" "stage" {
  cidr_block = "10.0.0.0/16"
  tags = {
    Environment = "production"
    Owner = "team"
    ExpiresAt = "never"
  }
}

resource "aws_vpc" "staging" {
  cidr_block = "10.0.0.0/16"
  tags = {
    Environment = "staging"
  }
}

resource "aws_vpc" "without" {
  cidr_block = "10.0.0.0/16"
}
