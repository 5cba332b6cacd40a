# Every rule about the language itself; what AWS would refuse is left to validate, the plans and policies/plan.
plugin "terraform" {
  enabled = true
  preset  = "all"
}

# Variables are kept in files by what they are about.
rule "terraform_standard_module_structure" {
  enabled = false
}
