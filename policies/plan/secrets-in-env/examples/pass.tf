resource "aws_lambda_function" "pair" {
  function_name = "pair"
  role          = "arn:aws:iam::123456789012:role/it"
  image_uri     = "it"
  package_type  = "Image"
}

resource "aws_lambda_function" "id" {
  function_name = "id"
  role          = "arn:aws:iam::123456789012:role/it"
  image_uri     = "it"
  package_type  = "Image"
  environment {
    variables = {
      MODE              = "fast"
      AWS_ACCESS_KEY_ID = "none"
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
      DB_PASSWORD = ""
      DB_SECRET   = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:db"
      SECRET_ARN  = "it"
      SECRET_NAME = "db/password"
      TOKEN_URL   = "https://example.org"
      TOKEN_FILE  = "/opt/token"
    }
  }
}
