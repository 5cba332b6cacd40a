resource "aws_db_instance" "on" {
  instance_class              = "db.t3.micro"
  engine                      = "postgres"
  allocated_storage           = 8
  username                    = "it"
  manage_master_user_password = true
  publicly_accessible         = true
}
