resource "terraform_data" "chosen" {
  input = "v"
}

resource "aws_ecr_lifecycle_policy" "open" {
  repository = "it"
  policy = jsonencode({ rules = [{
    rulePriority = 1
    selection    = { tagStatus = "tagged", tagPrefixList = [terraform_data.chosen.output], countType = "imageCountMoreThan", countNumber = 10 }
    action       = { type = "expire" }
  }] })
}
