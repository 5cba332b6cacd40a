resource "aws_db_instance" "left_out" {
  instance_class              = "db.t3.micro"
  engine                      = "postgres"
  allocated_storage           = 8
  username                    = "it"
  manage_master_user_password = true
}

resource "aws_db_instance" "off" {
  instance_class              = "db.t3.micro"
  engine                      = "postgres"
  allocated_storage           = 8
  username                    = "it"
  manage_master_user_password = true
  storage_encrypted           = false
}
