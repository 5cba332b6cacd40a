"""The settings: typed, complete, and refused in one line that names every fault."""

import os

import pytest

from quotes.__main__ import main
from quotes.settings import InvalidSettings, load


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("QUOTES_")]:
        monkeypatch.delenv(name)


def load_with(monkeypatch: pytest.MonkeyPatch, **variables: str) -> object:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    return load(os.environ)


def test_load_environment_alone_takes_the_defaults(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the environment's name must be given."""
    settings = load_with(monkeypatch, QUOTES_ENVIRONMENT="staging").model_dump()  # type: ignore[attr-defined]
    assert settings == {
        "environment": "staging",
        "currency": "EUR",
        "log_level": "info",
        "image_digest": "unknown",
        "commit": "unknown",
        "listen_host": "0.0.0.0",
        "listen_port": 8080,
        "drain_seconds": 5.0,
        "finish_seconds": 15.0,
        "body_seconds": 10.0,
        "max_body_bytes": 65536,
    }


def test_load_service_link_variables_are_no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """What Kubernetes injects for a Service named quotes neither sets nor breaks anything."""
    links = {
        "QUOTES_SERVICE_HOST": "10.96.0.7",
        "QUOTES_SERVICE_PORT_HTTP": "80",
        "QUOTES_PORT": "tcp://10.96.0.7:80",
        "QUOTES_PORT_80_TCP_ADDR": "10.96.0.7",
    }
    settings = load_with(monkeypatch, QUOTES_ENVIRONMENT="staging", **links)
    assert settings.listen_port == 8080  # type: ignore[attr-defined]


def test_load_missing_annotations_give_empty_variables_which_are_allowed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A pod without the kit's annotations starts all the same."""
    assert load_with(monkeypatch, QUOTES_ENVIRONMENT="staging", QUOTES_COMMIT="", QUOTES_IMAGE_DIGEST="")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("QUOTES_ENVIRONMENT", ""),
        ("QUOTES_ENVIRONMENT", "Production!"),
        ("QUOTES_CURRENCY", "eur"),
        ("QUOTES_CURRENCY", "JPY"),
        ("QUOTES_LOG_LEVEL", "loud"),
        ("QUOTES_DRAIN_SECONDS", "-1"),
        ("QUOTES_DRAIN_SECONDS", "soon"),
        ("QUOTES_DRAIN_SECONDS", "nan"),
        ("QUOTES_LISTEN_PORT", "70000"),
        ("QUOTES_IMAGE_DIGEST", "latest"),
        ("QUOTES_COMMIT", "main; rm"),
        ("QUOTES_CURENCY", "EUR"),
    ],
)
def test_load_wrong_value_is_refused_by_variable(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    """Every wrong or misspelt variable is refused under the name the reader must look for."""
    with pytest.raises(InvalidSettings, match=f"^{name}: "):
        load_with(monkeypatch, **{"QUOTES_ENVIRONMENT": "staging", name: value})


def test_main_several_faults_prints_one_line_and_exits_2(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """All faults in one line, no traceback, an exit code that is not 0."""
    monkeypatch.setenv("QUOTES_CURRENCY", "gold")
    assert main() == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert "QUOTES_ENVIRONMENT: Field required" in line
    assert "QUOTES_CURRENCY: Input should be 'EUR', 'USD', 'GBP' or 'CHF'" in line
