provider "aws" {
  region     = "eu-central-1"
  access_key = "AKIAIOSFODNN7EXAMPLE"
  secret_key = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
}

provider "aws" {
  alias      = "access"
  region     = "eu-central-1"
  access_key = "AKIAIOSFODNN7EXAMPLE"
}

provider "aws" {
  alias      = "secret"
  region     = "eu-central-1"
  secret_key = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
}

provider "aws" {
  alias  = "session"
  region = "eu-central-1"
  token  = "AQoDYXdzEPT//////////wEXAMPLE"
}

resource "aws_vpc" "it" {
  cidr_block = "10.0.0.0/16"
}
