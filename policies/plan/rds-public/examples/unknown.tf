resource "terraform_data" "chosen" {
  input = true
}

resource "aws_db_instance" "open" {
  instance_class              = "db.t3.micro"
  engine                      = "postgres"
  allocated_storage           = 8
  username                    = "it"
  manage_master_user_password = true
  publicly_accessible         = terraform_data.chosen.output
}
