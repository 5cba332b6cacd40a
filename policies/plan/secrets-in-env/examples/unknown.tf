resource "terraform_data" "chosen" {
  input = "x"
}

resource "aws_iam_access_key" "it" {
  user = "it"
}

resource "aws_lambda_function" "one" {
  function_name = "one"
  role          = "arn:aws:iam::123456789012:role/it"
  image_uri     = "it"
  package_type  = "Image"
  environment {
    variables = {
      MODE                  = "fast"
      AWS_SECRET_ACCESS_KEY = aws_iam_access_key.it.secret
    }
  }
}

resource "aws_lambda_function" "whole" {
  function_name = "whole"
  role          = "arn:aws:iam::123456789012:role/it"
  image_uri     = "it"
  package_type  = "Image"
  environment {
    variables = { for name in [terraform_data.chosen.output] : name => "1" }
  }
}
