resource "aws_ecr_lifecycle_policy" "untagged" {
  repository = "it"
  policy = jsonencode({ rules = [{
    rulePriority = 1
    selection    = { tagStatus = "untagged", countType = "imageCountMoreThan", countNumber = 10 }
    action       = { type = "expire" }
  }] })
}

resource "aws_ecr_lifecycle_policy" "prefix" {
  repository = "it"
  policy = jsonencode({ rules = [{
    rulePriority = 1
    selection    = { tagStatus = "tagged", tagPrefixList = ["ephemeral-"], countType = "imageCountMoreThan", countNumber = 10 }
    action       = { type = "expire" }
  }] })
}

resource "aws_ecr_lifecycle_policy" "pattern" {
  repository = "it"
  policy = jsonencode({ rules = [{
    rulePriority = 1
    selection    = { tagStatus = "tagged", tagPatternList = ["ephemeral-*"], countType = "imageCountMoreThan", countNumber = 10 }
    action       = { type = "expire" }
  }] })
}
