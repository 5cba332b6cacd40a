variable "account_id" {
  description = "The AWS account that the roles are in."
  type        = string
  nullable    = false
}

variable "region" {
  description = "AWS region that environments are in."
  type        = string
  nullable    = false
}

variable "repository" {
  description = "Repository whose jobs are trusted, as OWNER/REPO."
  type        = string
  nullable    = false
}

variable "repository_ids" {
  description = "The same with the ids that GitHub never gives again, as OWNER@ID/REPO@ID; empty where its tokens don't name them."
  type        = string
  nullable    = false
}

variable "stages" {
  description = "Stages: the environments of GitHub whose jobs get a role."
  type        = list(string)
  nullable    = false
}

variable "state_bucket" {
  description = "Name of the bucket with the states."
  type        = string
  nullable    = false
}

variable "repositories" {
  description = "Names of the repositories of ECR that the roles push to."
  type        = list(string)
  nullable    = false
}
