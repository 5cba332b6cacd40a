# What nodes are made of.

mock_provider "aws" {
  mock_data "aws_partition" {
    defaults = { partition = "aws" }
  }
  mock_data "aws_iam_policy_document" {
    defaults = { json = "{}" }
  }
}

variables {
  name               = "hallmark-preview-1"
  cluster_name       = "hallmark-preview-1"
  kubernetes_version = "1.35"
  subnet_ids         = ["subnet-1"]
  instance_types     = ["t3.medium"]
  min_size           = 1
  max_size           = 3
  desired_size       = 2
  addon_versions     = { coredns = "v1.0.0", metrics-server = "v2.0.0" }
  owner_tags         = { Environment = "preview-1", Owner = "team-quotes", Project = "hallmark" }
}

run "group" {
  command = plan

  assert {
    condition = (
      aws_launch_template.this.metadata_options[0].http_tokens == "required" &&
      aws_launch_template.this.metadata_options[0].http_put_response_hop_limit == 1
    )
    error_message = "No pod gets the node's credentials."
  }

  assert {
    condition     = aws_launch_template.this.block_device_mappings[0].ebs[0].encrypted == "true"
    error_message = "Disks are encrypted."
  }

  assert {
    condition = {
      for specification in aws_launch_template.this.tag_specifications : specification.resource_type => specification.tags.Environment
    } == { instance = "preview-1", network-interface = "preview-1", volume = "preview-1" }
    error_message = "What EC2 makes of the template carries the environment's name."
  }

  assert {
    condition     = aws_eks_node_group.this.node_group_name_prefix == "hallmark-preview-1-"
    error_message = "Another group can be made before this one is gone."
  }

  assert {
    condition     = [for attachment in aws_iam_role_policy_attachment.node : attachment.policy_arn] == ["arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPullOnly", "arn:aws:iam::aws:policy/AmazonEKSWorkerNodePolicy"]
    error_message = "Nodes join and pull, and may do nothing else."
  }

  assert {
    condition     = { for name, addon in aws_eks_addon.after_nodes : name => addon.addon_version } == { coredns = "v1.0.0", metrics-server = "v2.0.0" }
    error_message = "Add-ons that need nodes have the versions that are given."
  }
}
