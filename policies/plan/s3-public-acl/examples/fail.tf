resource "aws_s3_bucket" "read" {
  bucket = "read"
  acl    = "public-read"
}

resource "aws_s3_bucket" "write" {
  bucket = "write"
  acl    = "public-read-write"
}

resource "aws_s3_bucket" "authenticated" {
  bucket = "authenticated"
  acl    = "authenticated-read"
}

resource "aws_s3_bucket" "all" {
  bucket = "all"
  grant {
    type        = "Group"
    permissions = ["READ"]
    uri         = "http://acs.amazonaws.com/groups/global/AllUsers"
  }
}

resource "aws_s3_bucket" "second" {
  bucket = "second"
  grant {
    type        = "CanonicalUser"
    id          = "0a"
    permissions = ["FULL_CONTROL"]
  }
  grant {
    type        = "Group"
    permissions = ["READ"]
    uri         = "http://acs.amazonaws.com/groups/global/AuthenticatedUsers"
  }
}

resource "aws_s3_bucket_acl" "read" {
  bucket = "elsewhere"
  acl    = "public-read"
}

resource "aws_s3_bucket_acl" "write" {
  bucket = "elsewhere"
  acl    = "public-read-write"
}

resource "aws_s3_bucket_acl" "authenticated" {
  bucket = "elsewhere"
  acl    = "authenticated-read"
}

resource "aws_s3_bucket_acl" "all" {
  bucket = "elsewhere"
  access_control_policy {
    grant {
      permission = "READ"
      grantee {
        type = "Group"
        uri  = "http://acs.amazonaws.com/groups/global/AllUsers"
      }
    }
    owner {
      id = "0a"
    }
  }
}

resource "aws_s3_bucket_acl" "second" {
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
        uri  = "http://acs.amazonaws.com/groups/global/AuthenticatedUsers"
      }
    }
    owner {
      id = "0a"
    }
  }
}
