variable "secret_key" {
  type      = string
  default   = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
  sensitive = true
}

provider "aws" {
  region = "eu-central-1"
}

provider "aws" {
  alias      = "variable"
  region     = "eu-central-1"
  access_key = var.secret_key
  secret_key = var.secret_key
}

provider "aws" {
  alias      = "empty"
  region     = "eu-central-1"
  access_key = ""
  secret_key = null
}

resource "aws_vpc" "it" {
  cidr_block = "10.0.0.0/16"
}
