resource "aws_ecr_lifecycle_policy" "any" {
  repository = "it"
  policy = jsonencode({ rules = [{
    rulePriority = 1
    selection    = { tagStatus = "any", countType = "imageCountMoreThan", countNumber = 10 }
    action       = { type = "expire" }
  }] })
}

resource "aws_ecr_lifecycle_policy" "every" {
  repository = "it"
  policy = jsonencode({ rules = [{
    rulePriority = 1
    selection    = { tagStatus = "tagged", tagPatternList = ["*"], countType = "imageCountMoreThan", countNumber = 10 }
    action       = { type = "expire" }
  }] })
}

resource "aws_ecr_lifecycle_policy" "second" {
  repository = "it"
  policy = jsonencode({ rules = [{
    rulePriority = 1
    selection    = { tagStatus = "untagged", countType = "imageCountMoreThan", countNumber = 10 }
    action       = { type = "expire" }
    }, {
    rulePriority = 2
    selection    = { tagStatus = "tagged", tagPrefixList = ["ephemeral-", "v"], countType = "imageCountMoreThan", countNumber = 10 }
    action       = { type = "expire" }
  }] })
}
