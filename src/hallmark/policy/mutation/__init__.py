"""Mutation testing of the policies: small changes to each rule, every one of which its tests must notice."""

from hallmark.policy.mutation.campaign import mutate
from hallmark.policy.mutation.report import FileReport, MutationReport

__all__ = ["FileReport", "MutationReport", "mutate"]
