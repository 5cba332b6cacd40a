"""The pytest plug-in, by running pytest on small projects: its fixtures, its strictness, its check of features."""

from __future__ import annotations

import http.server
import json
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest_plugins = ["pytester"]

GREETING = """
Feature: Greeting
  Scenario: Somebody is greeted
    Given somebody
    When they come in
    Then they are greeted
"""
STEPS = """
from pytest_bdd import given, scenarios, then, when

@given("somebody")
def somebody(): pass

@when("they come in")
def come_in(): pass

@then("they are greeted")
def greeted(): pass
"""


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """No variable of a real environment reaches these tests, and no plug-in but the ones they are about."""
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    for name in ("KUBECONFIG", "NAMESPACE", "SERVICE_URL", "IMAGE", "COMMIT", "OUTPUT", "STAGE"):
        monkeypatch.delenv(f"HALLMARK_{name}", raising=False)


@pytest.fixture
def project(pytester: pytest.Pytester) -> pytest.Pytester:
    """A project with one feature, its steps, and a module that binds it."""
    pytester.makefile(".feature", **{"features/greeting": GREETING})
    pytester.makepyfile(test_greeting=f'{STEPS}\nscenarios("features/greeting.feature")\n')
    return pytester


def run(pytester: pytest.Pytester, *words: str) -> pytest.RunResult:
    return pytester.runpytest(
        "-p", "no:cacheprovider", "-p", "hallmark.pytest_plugin", "-p", "pytest_bdd.plugin", *words
    )


def test_fixtures_hand_over_the_variables(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every variable arrives under its own fixture; the digest is read from the image reference."""
    given = {
        "HALLMARK_NAMESPACE": "e2e-1",
        "HALLMARK_SERVICE_URL": "http://127.0.0.1:1/",
        "HALLMARK_IMAGE": "registry/quotes@sha256:" + "a" * 64,
        "HALLMARK_COMMIT": "abc",
        "HALLMARK_STAGE": "staging",
    }
    for key, value in given.items():
        monkeypatch.setenv(key, value)
    pytester.makepyfile(
        """
        def test_all(environment, namespace, service_url, image, commit, stage):
            assert (namespace, service_url, commit, stage) == ("e2e-1", "http://127.0.0.1:1", "abc", "staging")
            assert environment.digest == "sha256:" + "a" * 64
            assert image.endswith(environment.digest)
            assert environment.output is None
        """
    )
    run(pytester).assert_outcomes(passed=1)


@pytest.mark.parametrize(
    ("fixture", "variable"),
    [
        ("namespace", "HALLMARK_NAMESPACE"),
        ("service_url", "HALLMARK_SERVICE_URL"),
        ("image", "HALLMARK_IMAGE"),
        ("commit", "HALLMARK_COMMIT"),
        ("stage", "HALLMARK_STAGE"),
        ("kubeconfig", "HALLMARK_KUBECONFIG"),
        ("kube", "HALLMARK_KUBECONFIG"),
    ],
)
def test_fixture_without_its_variable_fails_and_says_what_to_run(
    pytester: pytest.Pytester, fixture: str, variable: str
) -> None:
    """A variable that is not set never skips a test: it fails it, by name, with the command to run."""
    pytester.makepyfile(f"def test_it({fixture}): pass")
    result = run(pytester)
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines([f"*{variable} is not set*", "*./hallmark test e2e*"])


def test_empty_variable_is_not_set(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty variable is no value."""
    monkeypatch.setenv("HALLMARK_NAMESPACE", "")
    pytester.makepyfile("def test_it(namespace): pass")
    run(pytester).assert_outcomes(errors=1)


@pytest.mark.parametrize(
    "body",
    [
        '@pytest.mark.skip(reason="later")\ndef test_it(environment): pass',
        'def test_it(environment): pytest.skip("later")',
        '@pytest.mark.xfail(reason="later", strict=False)\ndef test_it(environment): assert False',
        '@pytest.mark.xfail(reason="later", strict=False)\ndef test_it(environment): pass',
    ],
)
def test_environment_test_skipped_or_expected_to_fail_is_failed(pytester: pytest.Pytester, body: str) -> None:
    """A test of an environment passes or fails: skip and xfail both end as failed, with their reason."""
    pytester.makepyfile(f"import pytest\n{body}")
    result = run(pytester)
    counted = result.parseoutcomes()
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    assert set(counted) <= {"failed", "error", "errors"}
    result.stdout.fnmatch_lines(["*not run is not passed*later*"])


def test_other_tests_may_be_skipped(pytester: pytest.Pytester) -> None:
    """A test that asks for nothing of an environment keeps pytest's own rules."""
    pytester.makepyfile("import pytest\ndef test_it(): pytest.skip('later')")
    run(pytester).assert_outcomes(skipped=1)


def test_scenario_skipped_by_a_tag_is_failed(pytester: pytest.Pytester) -> None:
    """A scenario tagged @skip is a scenario that was not run."""
    pytester.makefile(".feature", greeting=GREETING.replace("  Scenario", "  @skip\n  Scenario"))
    pytester.makepyfile(f'{STEPS}\nscenarios("greeting.feature")\n')
    result = run(pytester)
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*not run is not passed*unconditional skip*"])


def test_scenario_with_an_undefined_step_is_failed(pytester: pytest.Pytester) -> None:
    """A step that nobody defined fails its scenario."""
    pytester.makefile(".feature", greeting=GREETING + "    And they sit down\n")
    pytester.makepyfile(f'{STEPS}\nscenarios("greeting.feature")\n')
    result = run(pytester)
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*they sit down*"])


def test_features_all_bound_and_defined_are_accepted(project: pytest.Pytester) -> None:
    """A complete suite is collected as ever."""
    run(project, "--hallmark-features=features").assert_outcomes(passed=1)


def test_features_deselected_scenarios_count_as_bound(project: pytest.Pytester) -> None:
    """Choosing some by -k is a choice, no mistake: pytest's own exit code for nothing selected stays."""
    result = run(project, "--hallmark-features=features", "-k", "nothing_like_this")
    assert result.ret == pytest.ExitCode.NO_TESTS_COLLECTED


@pytest.mark.parametrize(
    ("feature", "complaint"),
    [
        ("Feature: Empty\n", "no scenario"),
        ("", "no scenario"),
        ("Feature: Broken\n  Nonsense: x\n", "other.feature: *"),
        ("Feature: O\n  Scenario: unbound\n    Given somebody\n", "'unbound' is bound to no collected test"),
        ("Feature: O\n  Scenario: stepless\n", "'stepless' has no step"),
        (
            "Feature: O\n  Scenario Outline: none\n    Given <who>\n    Examples:\n      | who |\n",
            "'none' has no example",
        ),
        (
            "Feature: O\n  Scenario: twice\n    Given somebody\n  Scenario: twice\n    Given somebody\n",
            "'twice' has the name of an earlier one",
        ),
        (
            "Feature: O\n  Rule: R\n    Scenario: in a rule\n      Given somebody\n",
            "'in a rule' is bound to no collected test",
        ),
    ],
)
def test_features_that_would_not_be_judged_stop_the_run(
    project: pytest.Pytester, feature: str, complaint: str
) -> None:
    """A feature that would silently not be judged is an error before anything runs."""
    project.makefile(".feature", **{"features/other": feature})
    Path(project.path, "features/other.feature").write_text(feature, encoding="utf-8")
    result = run(project, "--hallmark-features=features")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines([f"*{complaint}*"])


def test_features_with_an_undefined_step_stop_the_run(project: pytest.Pytester) -> None:
    """An undefined step is found by collecting alone, in every example of an outline."""
    project.makefile(
        ".feature",
        **{
            "features/other": "Feature: O\n  Scenario Outline: greet <who>\n    Given <who>\n"
            "    Examples:\n      | who |\n      | somebody |\n      | nobody |\n"
        },
    )
    project.makepyfile(test_other=f'{STEPS}\nscenarios("features/other.feature")\n')
    result = run(project, "--hallmark-features=features", "--collect-only")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["*'greet <who>': undefined step 'given nobody'"])
    result.stderr.no_fnmatch_line("*given somebody*")


def test_features_folder_without_features_stops_the_run(project: pytest.Pytester) -> None:
    """A folder that holds no feature, or is not there, proves nothing."""
    result = run(project, "--hallmark-features=nowhere")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["*nowhere: no .feature file"])


POD = {
    "metadata": {"name": "quotes-1", "namespace": "e2e-1"},
    "status": {
        "phase": "Running",
        "podIP": "10.244.1.7",
        "conditions": [{"type": "Ready", "status": "False", "reason": "ContainersNotReady"}],
        "containerStatuses": [
            {
                "name": "quotes",
                "ready": False,
                "restartCount": 1,
                "state": {"waiting": {"reason": "CrashLoopBackOff"}},
            }
        ],
    },
}
EVENT = {
    "metadata": {"creationTimestamp": "2026-01-01T00:00:00Z"},
    "type": "Warning",
    "reason": "BackOff",
    "involvedObject": {"kind": "Pod", "name": "quotes-1"},
    "message": "Back-off restarting failed container",
}


@pytest.fixture
def api_server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A small API server on loopback that knows one sick pod, and the variables that lead to it."""
    answers = {"pods": {"items": [POD]}, "events": {"items": [EVENT]}, "deployments": {"items": []}}

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            last = self.path.partition("?")[0].rpartition("/")[2]
            body = b"boom\n" if last == "log" else json.dumps(answers[last]).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=[0.02]).start()
    kubeconfig = tmp_path / "kubeconfig"
    document = {
        "current-context": "c",
        "contexts": [{"name": "c", "context": {"cluster": "c", "user": "u"}}],
        "clusters": [{"name": "c", "cluster": {"server": f"http://127.0.0.1:{server.server_port}"}}],
        "users": [{"name": "u", "user": {}}],
    }
    kubeconfig.write_text(json.dumps(document), encoding="utf-8")
    monkeypatch.setenv("HALLMARK_KUBECONFIG", str(kubeconfig))
    monkeypatch.setenv("HALLMARK_NAMESPACE", "e2e-1")
    monkeypatch.setenv("HALLMARK_OUTPUT", str(tmp_path / "output"))
    yield
    server.shutdown()
    server.server_close()


@pytest.mark.usefixtures("api_server")
def test_failed_test_shows_the_namespace_as_it_was(pytester: pytest.Pytester, tmp_path: Path) -> None:
    """Pods, events and logs are in the report and in a file, taken before the test's own clean-up."""
    pytester.makepyfile("def test_it(environment): assert False")
    result = run(pytester)
    result.assert_outcomes(failed=1)
    expected = ["*quotes-1 Running 10.244.1.7*", "*CrashLoopBackOff*", "*BackOff Pod/quotes-1*", "*boom*"]
    result.stdout.fnmatch_lines(["*namespace e2e-1 when this failed*", *expected])
    assert "CrashLoopBackOff" in (tmp_path / "output/diagnosis/test_it.txt").read_text()


@pytest.mark.usefixtures("api_server")
def test_passed_test_asks_the_cluster_nothing(pytester: pytest.Pytester, tmp_path: Path) -> None:
    """What passes needs no diagnosis."""
    pytester.makepyfile("def test_it(environment): pass")
    run(pytester).assert_outcomes(passed=1)
    assert not (tmp_path / "output").exists()


def test_failed_test_without_an_api_server_still_reports_itself(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A cluster that cannot be asked does not hide the failure it was asked about."""
    monkeypatch.setenv("HALLMARK_KUBECONFIG", "/nowhere")
    monkeypatch.setenv("HALLMARK_NAMESPACE", "e2e-1")
    pytester.makepyfile("def test_it(environment): assert 1 == 2")
    result = run(pytester)
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*assert 1 == 2*", "*could not be described*"])
