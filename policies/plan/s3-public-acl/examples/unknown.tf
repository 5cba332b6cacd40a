resource "terraform_data" "chosen" {
  input = true
}

resource "aws_s3_bucket" "canned" {
  bucket = "canned"
  acl    = terraform_data.chosen.output ? "private" : "public-read"
}

resource "aws_s3_bucket" "grant" {
  bucket = "grant"
  grant {
    type        = "Group"
    permissions = ["READ"]
    uri         = terraform_data.chosen.output ? "http://acs.amazonaws.com/groups/global/AllUsers" : "http://acs.amazonaws.com/groups/s3/LogDelivery"
  }
}

resource "aws_s3_bucket_acl" "canned" {
  bucket = "elsewhere"
  acl    = terraform_data.chosen.output ? "private" : "public-read"
}

resource "aws_s3_bucket_acl" "grant" {
  bucket = "elsewhere"
  access_control_policy {
    grant {
      permission = "READ"
      grantee {
        type = "Group"
        uri  = terraform_data.chosen.output ? "http://acs.amazonaws.com/groups/global/AllUsers" : "http://acs.amazonaws.com/groups/s3/LogDelivery"
      }
    }
    owner {
      id = "0a"
    }
  }
}
