# Whom the account trusts. The real provider writes the documents, and asks nobody.

provider "aws" {
  region                      = "eu-central-1"
  access_key                  = "none"
  secret_key                  = "none"
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_requesting_account_id  = true
}

variables {
  account_id     = "123456789012"
  region         = "eu-central-1"
  repository     = "example/hallmark"
  repository_ids = "example@12/hallmark@34"
  stages         = ["preview", "staging", "production"]
  state_bucket   = "example-state"
  repositories   = ["quotes"]
}

run "stages" {
  command = plan

  assert {
    condition = jsondecode(aws_iam_role.stage["staging"].assume_role_policy).Statement == [{
      Effect    = "Allow"
      Action    = "sts:AssumeRoleWithWebIdentity"
      Principal = { Federated = "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com" }
      Condition = {
        StringEquals = {
          "token.actions.githubusercontent.com:aud" = "sts.amazonaws.com"
          "token.actions.githubusercontent.com:sub" = [
            "repo:example/hallmark:environment:staging",
            "repo:example@12/hallmark@34:environment:staging",
          ]
        }
      }
    }]
    error_message = "A stage's role is for the jobs of its environment in this repository, word for word."
  }

  assert {
    condition     = keys(aws_iam_role.stage) == ["preview", "production", "staging"] && keys(aws_iam_policy.stage_boundary) == keys(aws_iam_role.stage)
    error_message = "Every stage has a role and a boundary."
  }

  assert {
    condition = [
      for statement in jsondecode(aws_iam_policy.environment_boundary["staging"].policy).Statement : statement.Condition
      if statement.Sid == "OthersEnvironments" && statement.Effect == "Deny"
      ] == [{
        StringNotLike = { "aws:ResourceTag/Environment" = ["staging", "staging-*", "bootstrap"] }
        Null          = { "aws:ResourceTag/Environment" = "false" }
    }]
    error_message = "Roles of one stage's environments don't reach those of another."
  }

  assert {
    condition = alltrue([
      for statement in jsondecode(aws_iam_policy.stage_boundary["staging"].policy).Statement :
      alltrue([for action in statement.NotAction : can(regex(":(Describe|Get|List)\\*$", action))]) if statement.Sid == "OthersEnvironments"
    ])
    error_message = "What belongs to another stage can be looked at, and no more."
  }

  assert {
    condition = [
      for statement in jsondecode(aws_iam_policy.stage_boundary["staging"].policy).Statement :
      statement.Condition.StringNotEquals if statement.Sid == "Unbounded"
    ] == [{ "iam:PermissionsBoundary" = "arn:aws:iam::123456789012:policy/hallmark-environment-staging" }]
    error_message = "A stage's role makes no role without the boundary."
  }

  assert {
    condition = toset(flatten([
      for statement in jsondecode(aws_iam_role_policy.stage["staging"].policy).Statement : statement.Resource if statement.Sid == "State"
    ])) == toset(["arn:aws:s3:::example-state/environments/staging/*", "arn:aws:s3:::example-state/environments/staging-*/*"])
    error_message = "A stage's role sees the states of its own environments only."
  }
}

run "ids_unknown" {
  command = plan

  variables {
    repository_ids = ""
    stages         = ["staging"]
  }

  assert {
    condition     = jsondecode(aws_iam_role.stage["staging"].assume_role_policy).Statement[0].Condition.StringEquals["token.actions.githubusercontent.com:sub"] == "repo:example/hallmark:environment:staging"
    error_message = "Without ids the names alone are trusted."
  }
}

run "more_repositories_than_a_policy_holds" {
  command = plan

  variables {
    stages       = ["staging"]
    repositories = [for number in range(100) : "a-repository-with-a-long-name-${number}"]
  }

  expect_failures = [aws_iam_role_policy.stage]
}

run "names_longer_than_a_boundary_holds" {
  command = plan

  variables {
    stages       = ["staging"]
    state_bucket = join("", [for number in range(1000) : "xxxxx"])
  }

  expect_failures = [aws_iam_policy.stage_boundary]
}
