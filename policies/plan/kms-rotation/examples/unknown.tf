resource "terraform_data" "choice" {
  input = true
}

resource "terraform_data" "spec" {
  input = "RSA_4096"
}

resource "aws_kms_key" "rotation" {
  enable_key_rotation = terraform_data.choice.output
}

resource "aws_kms_key" "spec" {
  customer_master_key_spec = terraform_data.spec.output
}
