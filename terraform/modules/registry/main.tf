# Repositories for images: a tag is written once, and what a release names is never expired.

resource "aws_ecr_repository" "this" {
  for_each = toset(var.repositories)

  name                 = each.key
  image_tag_mutability = "IMMUTABLE"
  force_delete         = false

  image_scanning_configuration {
    scan_on_push = true
  }

  encryption_configuration {
    encryption_type = "KMS"
    kms_key         = var.kms_key_arn
  }
}

# Only what is tagged as made for a try expires. A release is found by its digest, and the evidence about it hangs on it
# without a tag: a rule about untagged or about all images would take both away.
resource "aws_ecr_lifecycle_policy" "this" {
  for_each = aws_ecr_repository.this

  repository = each.value.name

  policy = jsonencode({
    rules = [{
      rulePriority = 1
      description  = "Images of ephemeral environments, ${var.ephemeral_days} days after they were pushed"
      selection = {
        tagStatus     = "tagged"
        tagPrefixList = ["ephemeral-"]
        countType     = "sinceImagePushed"
        countUnit     = "days"
        countNumber   = var.ephemeral_days
      }
      action = { type = "expire" }
    }]
  })
}
