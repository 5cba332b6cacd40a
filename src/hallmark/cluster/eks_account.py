"""What must be there before Terraform is started for an environment on EKS: each lack is said, and nothing is made."""

from __future__ import annotations

import difflib
from collections.abc import Callable
from typing import Any

from hallmark.cluster.eks_record import PREFIX
from hallmark.config import Eks
from hallmark.outcome import CannotJudge, UsageError

LOGIN = "log in to AWS as you would for any tool, or set AWS_PROFILE"


def check_region(settings: Eks) -> str:
    """The region; raises UsageError when EKS is in none of that name."""
    import boto3

    session = boto3.session.Session()
    partitions = session.get_available_partitions()
    known = {region for one in partitions for region in session.get_available_regions("eks", one)}
    if settings.region not in known:
        close = difflib.get_close_matches(settings.region, sorted(known), 3)
        raise UsageError(
            f"{settings.region!r} is no region that has EKS",
            where="hallmark.toml: eks.region",
            next_step=f"choose one, such as {', '.join(close or ['eu-central-1'])}",
        )
    return settings.region


def check_credentials(settings: Eks) -> tuple[str, str]:
    """The account and the ARN of whoever asks.

    Raises CannotJudge when there are no credentials, or none that AWS takes, and UsageError for another account.
    """
    answer = _ask(settings, "sts", lambda sts: sts.get_caller_identity())
    account, arn = str(answer["Account"]), str(answer["Arn"])
    if settings.account_id not in ("", account):
        raise UsageError(
            f"these credentials are of account {account}, and environments belong to {settings.account_id}",
            where="hallmark.toml: eks.account_id",
            next_step=LOGIN,
        )
    return account, arn


def check_bucket(settings: Eks, bucket: str, name: str) -> str:
    """Where the state of an environment lies; raises CannotJudge when the bucket is not there or not ours."""
    if not bucket:
        return "in this user's state folder: no state_bucket is set"
    # The role of a stage may list what is its own, and nothing else.
    prefix = f"{PREFIX}{name}/"
    _ask(
        settings,
        "s3",
        lambda s3: s3.list_objects_v2(Bucket=bucket, Prefix=prefix, MaxKeys=1),
        f"the state bucket {bucket}",
    )
    return f"s3://{bucket}"


def check_name(settings: Eks, cluster: str) -> None:
    """Raises UsageError when the account has a cluster of that name. To be asked when there is no record of it."""
    answer = _ask(settings, "eks", lambda eks: eks.list_clusters(maxResults=100))
    names = list(answer["clusters"])
    while token := answer.get("nextToken"):
        answer = _ask(settings, "eks", lambda eks, token=token: eks.list_clusters(nextToken=token))  # type: ignore[misc]
        names += answer["clusters"]
    if cluster in names:
        raise UsageError(
            f"the account has a cluster {cluster} that no environment known here made",
            where=f"region {settings.region}",
            next_step="choose another name; names are used once",
        )


def needs(settings: Eks, bucket: str, name: str) -> dict[str, Callable[[], str]]:
    """What `doctor` looks at, by name: each says what is there, or raises what is not."""
    return {
        "aws region": lambda: check_region(settings),
        "aws credentials": lambda: check_credentials(settings)[1],
        "terraform states": lambda: check_bucket(settings, bucket, name),
    }


def _ask(settings: Eks, service: str, question: Callable[[Any], Any], what: str = "AWS") -> Any:
    import boto3
    from botocore.config import Config
    from botocore.exceptions import BotoCoreError, ClientError

    config = Config(
        connect_timeout=10, read_timeout=20, retries={"total_max_attempts": 2, "mode": "standard"}
    )
    try:
        return question(boto3.session.Session().client(service, region_name=settings.region, config=config))
    except (BotoCoreError, ClientError) as error:
        raise CannotJudge(
            f"{what} does not answer you: {error}", where=f"{service} in {settings.region}", next_step=LOGIN
        ) from error
