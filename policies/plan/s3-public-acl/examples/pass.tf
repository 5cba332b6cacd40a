resource "aws_s3_bucket" "left_out" {
  bucket = "left-out"
}

resource "aws_s3_bucket" "private" {
  bucket = "private"
  acl    = "private"
}

resource "aws_s3_bucket" "logs" {
  bucket = "logs"
  grant {
    type        = "CanonicalUser"
    id          = "0a"
    permissions = ["FULL_CONTROL"]
  }
  grant {
    type        = "Group"
    permissions = ["READ"]
    uri         = "http://acs.amazonaws.com/groups/s3/LogDelivery"
  }
}

resource "aws_s3_bucket_acl" "private" {
  bucket = "elsewhere"
  acl    = "private"
}

resource "aws_s3_bucket_acl" "logs" {
  bucket = "elsewhere"
  access_control_policy {
    grant {
      permission = "FULL_CONTROL"
      grantee {
        type = "CanonicalUser"
        id   = "0a"
      }
    }
    grant {
      permission = "READ"
      grantee {
        type = "Group"
        uri  = "http://acs.amazonaws.com/groups/s3/LogDelivery"
      }
    }
    owner {
      id = "0a"
    }
  }
}
