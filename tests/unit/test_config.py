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
