resource "aws_lambda_function" "pair" {
  function_name = "pair"
  role          = "arn:aws:iam::123456789012:role/it"
  image_uri     = "it"
  package_type  = "Image"
  environment {
    variables = {
      AWS_ACCESS_KEY_ID     = "AKIAIOSFODNN7EXAMPLE"
      AWS_SECRET_ACCESS_KEY = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
    }
  }
}

resource "aws_lambda_function" "id" {
  function_name = "id"
  role          = "arn:aws:iam::123456789012:role/it"
  image_uri     = "it"
  package_type  = "Image"
  environment {
    variables = {
      MODE = "fast"
      KEY  = "AKIAIOSFODNN7EXAMPLE"
    }
  }
}

resource "aws_lambda_function" "other" {
  function_name = "other"
  role          = "arn:aws:iam::123456789012:role/it"
  image_uri     = "it"
  package_type  = "Image"
  environment {
    variables = {
      DB_PASSWORD = "hunter2"
    }
  }
}

resource "aws_lambda_function" "private" {
  function_name = "private"
  role          = "arn:aws:iam::123456789012:role/it"
  image_uri     = "it"
  package_type  = "Image"
  environment {
    variables = {
      PEM = "-----BEGIN RSA PRIVATE KEY-----"
    }
  }
}

resource "terraform_data" "chosen" {
  input = "x"
}

resource "aws_lambda_function" "beside" {
  function_name = "beside"
  role          = "arn:aws:iam::123456789012:role/it"
  image_uri     = "it"
  package_type  = "Image"
  environment {
    variables = {
      GITHUB = "ghp_0123456789abcdefghijABCDEFGHIJ012345"
    }
  }
}
