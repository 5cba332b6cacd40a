"""The settings are read strictly: a misspelt key or a wrong type is never passed over."""

from __future__ import annotations

from pathlib import Path

import pytest

from hallmark import config
from hallmark.outcome import UsageError

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / config.SETTINGS_FILE).read_text()


def load(tmp_path: Path, text: str) -> config.Project:
    (tmp_path / config.SETTINGS_FILE).write_text(text)
    return config.load(tmp_path)


def test_load_the_kits_own_settings(tmp_path: Path) -> None:
    """The committed file is valid, and durations become seconds."""
    settings = load(tmp_path, TEXT).settings
    assert settings.stage_names() == ["staging", "production"]
    assert settings.environment.ttl_s == 8 * 3600


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ("nodes = 1", "nods = 1", "environment.nods"),
        ("nodes = 1", 'nodes = "1"', "environment.nodes"),
        ("nodes = 1", "nodes = 9", "environment.nodes"),
        ('"8h"', '"8 hours"', "environment.ttl"),
        ('"8h"', "8", "environment.ttl"),
        ('provider = "embedded"', 'provider = "magic"', "environment.provider"),
        ('name = "quotes"', 'name = "../quotes"', "service.name"),
        ('base = "auto"', 'base = "python:latest"', "image.base"),
        ('"lint", "unit"', '"lint", "luck"', "promotion.layers.1"),
        ('cidr = "10.0.0.0/16"', 'cidr = "10.0.0.1/16"', r"eks\.cidr.*host bits"),
        ('cidr = "10.0.0.0/16"', 'cidr = "8.8.0.0/16"', r"eks\.cidr.*within 10\.0\.0\.0/8"),
        ('cidr = "10.0.0.0/16"', 'cidr = "10.0.0.0/24"', r"eks\.cidr.*from /16 to /20"),
        ('cidr = "10.0.0.0/16"', 'cidr = "everything"', r"eks\.cidr.*no IPv4 network"),
        ("zones = 2", "zones = 4", r"eks\.zones"),
        ('"1.35"', '"latest"', r"eks\.kubernetes_version"),
        ("node_desired = 2", "node_desired = 9", "node_desired must lie between"),
        ("log_retention_days = 30", "log_retention_days = 31", r"eks\.log_retention_days"),
        (
            "public_access_cidrs = []",
            'public_access_cidrs = ["0.0.0.0/0"]',
            r"eks\.public_access_cidrs\.0.*more than a /16",
        ),
        ("public_access_cidrs = []", 'public_access_cidrs = ["home"]', r"eks\.public_access_cidrs\.0"),
        ("deployer_role_arns = []", 'deployer_role_arns = ["*"]', r"eks\.deployer_role_arns\.0"),
        ('account_id = ""', "account_id = 123456789012", r"eks\.account_id"),
        ("[service]", "[serwice]", "serwice"),
        ('name = "production"', 'name = "staging"', "names a stage twice"),
        ("[service]", "[service", "cannot be read"),
    ],
)
def test_load_a_wrong_setting_is_named(tmp_path: Path, old: str, new: str, named: str) -> None:
    """Every kind of mistake is an error that says where it is."""
    assert old in TEXT
    with pytest.raises(UsageError, match=named):
        load(tmp_path, TEXT.replace(old, new, 1))


def test_load_names_every_mistake_at_once(tmp_path: Path) -> None:
    """Two mistakes need one run to be found."""
    with pytest.raises(UsageError, match=r"environment\.nodes.*image\.builder"):
        load(
            tmp_path, TEXT.replace("nodes = 1", "nodes = 0").replace('builder = "auto"', 'builder = "magic"')
        )


def test_find_root_looks_upwards(tmp_path: Path) -> None:
    """A command works in any folder of a checkout, and says so outside of one."""
    (tmp_path / "a" / "b").mkdir(parents=True)
    with pytest.raises(UsageError, match=r"no hallmark\.toml"):
        config.find_root(tmp_path / "a" / "b")
    (tmp_path / config.SETTINGS_FILE).write_text(TEXT)
    assert config.find_root(tmp_path / "a" / "b") == tmp_path


def test_load_without_terraform_names_no_stack(tmp_path: Path) -> None:
    """A checkout without Terraform says nothing of it."""
    begin, end = TEXT.index("[terraform]"), TEXT.index("[[stages]]")
    settings = load(tmp_path, TEXT[:begin] + TEXT[end:]).settings
    assert (settings.terraform.stacks, settings.terraform.provider_mirror) == ([], "auto")
