"""What goes into a build and what a failed one says; the builds themselves are in tests/kit."""

from pathlib import Path

import pytest

from hallmark.image.base import PackageSource, certificates, host_sources
from hallmark.image.builder import explain, pip_settings
from hallmark.outcome import CannotJudge, Refused

DOCKERFILE = (
    "ARG BASE_IMAGE\nFROM ${BASE_IMAGE}\nCOPY quotes /srv/app/quotes\nRUN python3 -m nothing && true\n"
)


def test_explain_failing_run_names_step_cause_and_line(tmp_path: Path) -> None:
    """Three lines: the step with its cause, where it stands, where the whole output is."""
    output = (
        "STEP 1/3: FROM localhost/base@sha256:00\nSTEP 2/3: COPY quotes /srv/app/quotes\n--> 12ab\n"
        "STEP 3/3: RUN python3 -m nothing && true\n/usr/bin/python3: No module named nothing\n"
        'error building at STEP "RUN python3 -m nothing && true": error while running runtime: exit status 1\n'
    )
    error = explain(output, DOCKERFILE, tmp_path / "build.log")
    assert isinstance(error, Refused)
    assert str(error).splitlines() == [
        "the Dockerfile fails at 'RUN python3 -m nothing && true': /usr/bin/python3: No module named nothing",
        "  where: Dockerfile:4",
        f"  next:  read {tmp_path / 'build.log'}",
    ]


def test_explain_base_that_cannot_be_had_is_no_judgement(tmp_path: Path) -> None:
    """An unreachable base says nothing about the Dockerfile: unknown, not refused."""
    output = "STEP 1/3: FROM example.test/base@sha256:00\nError: initializing source: no such host\n"
    assert isinstance(explain(output, DOCKERFILE, tmp_path / "log"), CannotJudge)


def test_explain_nothing_said_still_says_so(tmp_path: Path) -> None:
    """A builder that dies at once is reported, not passed over."""
    assert "it said nothing" in str(explain("", DOCKERFILE, tmp_path / "log"))


def test_pip_settings_variables_win_and_other_settings_stay_home(tmp_path: Path) -> None:
    """Only where packages come from is lent; a variable wins over every file, a later file over an earlier."""
    first, second = tmp_path / "first", tmp_path / "second"
    first.write_text("[global]\nindex-url = https://one.test/\nfind-links = /opt/x\ntimeout = 5\n")
    second.write_text("[install]\ntimeout = 7\n")
    environ = {"PIP_INDEX_URL": "https://two.test/", "PIP_USER": "1"}
    assert pip_settings(environ, [first, second, tmp_path / "gone"]) == {
        "index-url": "https://two.test/",
        "timeout": "7",
    }


def test_host_sources_both_formats_are_read_and_disabled_ones_are_not(tmp_path: Path) -> None:
    """One-line and deb822 sources alike; source packages, comments and disabled stanzas stay out."""
    (tmp_path / "sources.list.d").mkdir()
    (tmp_path / "sources.list").write_text(
        "# deb http://no.test/ x main\ndeb [signed-by=/k.gpg arch=amd64] http://a.test/ trixie main contrib\n"
        "deb-src http://a.test/ trixie main\n"
    )
    (tmp_path / "sources.list.d/b.sources").write_text(
        "Types: deb deb-src\n# note\nURIs: http://b.test/\nSuites: trixie trixie-updates\nComponents: main\n"
        "Signed-By: /b.gpg\n\nTypes: deb\nEnabled: no\nURIs: http://c.test/\nSuites: trixie\nComponents: main\n"
    )
    assert host_sources(tmp_path) == [
        PackageSource("http://a.test/", "trixie", ("main", "contrib"), "/k.gpg"),
        PackageSource("http://b.test/", "trixie", ("main",), "/b.gpg"),
        PackageSource("http://b.test/", "trixie-updates", ("main",), "/b.gpg"),
    ]


def test_certificates_named_by_the_environment_win(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A bundle that the environment names is the one that is lent; one that is not there is passed over."""
    bundle = tmp_path / "bundle.pem"
    bundle.write_text("x")
    monkeypatch.setenv("PIP_CERT", str(tmp_path / "gone"))
    monkeypatch.setenv("SSL_CERT_FILE", str(bundle))
    assert certificates() == bundle
