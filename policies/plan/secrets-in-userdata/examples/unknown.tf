resource "terraform_data" "chosen" {
  input = "x"
}

resource "aws_iam_access_key" "it" {
  user = "it"
}

resource "aws_instance" "open" {
  ami           = "ami-0a"
  instance_type = "t3.micro"
  user_data     = "key=${aws_iam_access_key.it.secret}"
}

resource "aws_instance" "hash" {
  ami           = "ami-0a"
  instance_type = "t3.micro"
  user_data     = join("", [path.module, "#!/bin/sh\necho it\n"])
}

resource "aws_launch_template" "open" {
  user_data = base64encode(aws_iam_access_key.it.secret)
}

resource "aws_launch_configuration" "open" {
  image_id      = "ami-0a"
  instance_type = "t3.micro"
  user_data     = aws_iam_access_key.it.secret
}

resource "aws_launch_template" "compressed" {
  user_data = base64gzip("it")
}
