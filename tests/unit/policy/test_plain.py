"""The program that reads plain manifests: whatever it answers, the reader and the schema in Python say as well."""

from __future__ import annotations

import itertools
import json
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from hallmark import documents, process
from hallmark.policy import check_manifests, kinds, objects, plain, schema
from hallmark.policy.plain import Objects, Reader

ROOT = Path(__file__).resolve().parents[3]
EXAMPLES = sorted((ROOT / "policies" / "manifests").glob("*/examples/*.yaml"))
SILENT = ROOT / "tests" / "silent"
DEPLOYMENT = """\
# a comment
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web   # another
  namespace: "shop"
  annotations: {a.example/text: '1', b: "two words"}
  labels:
    app: web
spec:
  replicas: 3
  selector:
    matchLabels:
      app: web
  template:
    metadata:
      labels: {app: web}
    spec:
      securityContext: {}
      nodeSelector:
      containers:
      - name: web
        image: registry.example/web@sha256:0000
        args:
        - --flag=a
        - |
          several
            lines
        ports:
        - {containerPort: 8080, protocol: TCP}
        resources:
          limits: {cpu: 100m, memory: 1Gi}
          requests:
            cpu: 1
        readinessProbe:
          httpGet: {path: /readyz, port: http}
status:
  replicas: 3
"""
CONFIG = """\
apiVersion: v1
kind: ConfigMap
metadata:
  name: one
data:
  key: value
---
# nothing here
---
apiVersion: batch/v1
kind: CronJob
metadata: {name: nightly}
spec:
  schedule: 0 3 * * 1
  jobTemplate: {spec: {template: {spec: {restartPolicy: Never, containers: [{name: a, image: b}]}}}}
"""
# What has a meaning in some place, or is read in several ways.
WORDS = (
    ":", ": ", "- ", "-", "#", " #", "&a ", "*a", "!!str ", "!a ", "|", ">", "|-", ">+2", "?", "? ", "---",
    "\n---\n", "...", "\n...\n", "%", "\n%YAML 1.2\n", "<<: ", "<<", "{", "}", "[", "]", ",", '"', "'",
    '""', "''", "@", "`", "~", "\t", "\r", "\r\n", "\n", "\n\n", " ", "  ", "\\", "\\n", '"\\x41"', "yes",
    "No", "on", "y", "true", "True", "null", "Null", "NULL", "nan", ".inf", "0", "-0", "00", "007", "0x10",
    "0o17", "0b1", "1_000", "1:30", "1e3", "1.5", "1.", ".5", "+1", "-1", "99999999999", "2147483648",
    "100m", "1Gi", "5E", "1k", "10.0.0.1", "10.0.0.0/8", "25%", "0 3 * * 1", "2020-01-01",
    "2020-01-01 10:00:00", "=", "\xe9", "\u65e5\u672c", "\x85", "\u2028", "\ufeff", "\xa0", "\U0001f600",
    "\x00", "\x07", "\ufffd", "key: value", "kind: List", "items: []", "- name: web", "replicas: 3",
    "apiVersion: v1", "metadata:", "status: {}", "spec:", "name:", "image: {}", "Items: []",
)  # fmt: skip

PLACES = ("shop", "'1'", "two words", " 3", "100m", " 8080", "/readyz", "TCP", "1Gi", "http", "web", "app")


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    """The program, which must be there: without it every test here would pass."""
    with plain.early():
        found = plain.reader()
        assert found is not None
        yield found


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("plain") / "manifest.yaml"


def told(reader: Reader, file: Path, text: str) -> Objects | None:
    """What the program says of a text."""
    file.write_text(text, encoding="utf-8", newline="", errors="surrogatepass")
    ((_, answer),) = reader.answers([str(file)])
    return answer


def whole(text: str) -> list[documents.Located]:
    """The objects as Python reads them, which must be well and without any problem."""
    found = list(documents.objects(text))
    for one in found:
        assert kinds.is_known(one.value["apiVersion"], one.value["kind"])
        assert schema.problems(one.value) == []
    return found


def paths(value: Any, above: plain.Steps = ()) -> Iterator[plain.Steps]:
    """The way to every part of a value, and ways that lead nowhere."""
    yield above
    yield (*above, "nowhere")
    yield (*above, 99)
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, inner in items:
        yield from paths(inner, (*above, step))


def assert_agreed(answer: Objects, text: str) -> None:
    """The same objects, seen by the rules in the same way, written on the same lines."""
    expected = whole(text)
    assert len(answer) == len(expected) > 0
    for found, wanted in zip(answer, expected, strict=True):
        assert json.loads(f'{{"id": 0, {found.entry}}}') == json.loads(
            json.dumps(objects.entry(0, wanted.value))
        )
        assert found.line == wanted.line
        meta = wanted.value["metadata"]
        said = (found.kind, found.namespace, found.name)
        assert said == (
            wanted.value["kind"],
            meta.get("namespace") or "",
            meta.get("name") or meta["generateName"],
        )
        assert found.is_namespaced == kinds.is_namespaced(wanted.value["apiVersion"], wanted.value["kind"])
        for path in paths(wanted.value):
            assert found.line_of(path) == wanted.line_of(path), path


@pytest.mark.parametrize("text", [DEPLOYMENT, CONFIG], ids=["deployment", "config"])
def test_a_plain_text_is_answered_as_python_reads_it(reader: Reader, file: Path, text: str) -> None:
    """The usual ways to write manifests are all plain."""
    answer = told(reader, file, text)
    assert answer is not None
    assert_agreed(answer, text)


def test_examples_of_the_rules_are_answered_as_python_reads_them(reader: Reader) -> None:
    """Most are plain, or the program would be of no use."""
    answers = dict(reader.answers(map(str, EXAMPLES)))
    assert len(answers) == len(EXAMPLES) > 250
    answered = {name: answer for name, answer in answers.items() if answer is not None}
    for name, answer in answered.items():
        assert_agreed(answer, Path(name).read_text(encoding="utf-8"))
    assert len(answered) / len(EXAMPLES) > 0.9


def test_texts_that_hide_something_are_answered_only_where_python_finds_nothing(
    reader: Reader, file: Path
) -> None:
    """Every text with which other tools are led astray."""
    hiding = [
        text
        for one in ("texts.yaml", "objects.yaml")
        for text in _texts(yaml.safe_load((SILENT / one).read_text()))
    ]
    assert len(hiding) > 30
    for text in hiding:
        if (answer := told(reader, file, text)) is not None:
            assert_agreed(answer, text)


def _texts(value: Any) -> Iterator[str]:
    """Every text of more than one line in a document."""
    if isinstance(value, str) and "\n" in value:
        yield value
    elif isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _texts(one)


@pytest.mark.parametrize(
    "text",
    [
        *("", "# nothing\n", "---\n", "text\n", "- a\n", "a: &x 1\nb: *x\n", "{", "\tkey: value\n"),
        DEPLOYMENT.replace("replicas: 3", "replicas: three", 1),
        DEPLOYMENT.replace("replicas: 3", "replicas: 3\n  replicas: 3", 1),
        DEPLOYMENT.replace("replicas: 3", "replcas: 3", 1),
        DEPLOYMENT.replace("kind: Deployment", "kind: Deploymnet"),
        DEPLOYMENT.replace("apps/v1", "extensions/v1beta1"),
        DEPLOYMENT.replace("- name: web", "- nome: web"),
        DEPLOYMENT.replace("name: web   # another", ""),
        DEPLOYMENT.replace("app: web\nspec", "app: yes\nspec"),
        DEPLOYMENT + "---\nkind: Pod\n",
        DEPLOYMENT + "...\n",
        CONFIG.replace("key: value", "key: 1"),
        CONFIG.replace("kind: ConfigMap", "kind: ConfigMapList"),
        "apiVersion: v1\nkind: List\nitems: []\n",
        CONFIG + "a" * 500_000,
        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: " + "{a: " * 120 + "}" * 120 + "\n",
    ],
)  # fmt: skip
def test_what_is_wrong_or_not_plain_is_not_answered(reader: Reader, file: Path, text: str) -> None:
    """What is said of it is said by the reader that knows why."""
    assert told(reader, file, text) is None


def _edited(draw: st.DrawFn) -> str:
    text = draw(st.sampled_from([DEPLOYMENT, CONFIG]))
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, len(text)))
        how = draw(st.sampled_from(["insert", "insert", "replace", "delete", "again"]))
        end = min(len(text), at + draw(st.integers(1, 12)))
        word = draw(st.sampled_from(WORDS))
        if how == "again":
            begin, stop = text.rfind("\n", 0, at) + 1, text.find("\n", at) + 1 or len(text)
            word, end = text[begin:stop], begin
            at = begin
        text = (
            text[:at] + ("" if how == "delete" else word) + text[at if how in ("insert", "again") else end :]
        )
    return text


EDITED = st.composite(_edited)()
SCALARS = st.one_of(
    st.sampled_from(WORDS),
    st.text(alphabet=" -:#&*!|>'\"%@`{}[],?~.0123456789eEoxabtruefalsnymNO_/+=\\", max_size=12),
    st.from_regex(r"-?[0-9][0-9a-zA-Z.:_%/+-]{0,8}", fullmatch=True),
)


@settings(max_examples=500)
@given(text=EDITED)
def test_an_edited_text_is_answered_only_as_python_reads_it(reader: Reader, file: Path, text: str) -> None:
    """Slips and tricks anywhere: the program has no opinion of its own."""
    if (answer := told(reader, file, text)) is not None:
        assert_agreed(answer, text)


@settings(max_examples=500)
@given(
    value=SCALARS,
    place=st.sampled_from(
        ["shop", "'1'", "two words", " 3", "100m", " 8080", "/readyz", "TCP", "1Gi", "http", "web", "app"]
    ),
)
def test_a_scalar_in_any_place_is_answered_only_as_python_reads_it(
    reader: Reader, file: Path, value: str, place: str
) -> None:
    """Numbers, words and what only looks like them, where text, a number or a quantity belongs."""
    text = DEPLOYMENT.replace(place, f" {value}" if place.startswith(" ") else value, 1)
    if (answer := told(reader, file, text)) is not None:
        assert_agreed(answer, text)


@settings(max_examples=100)
@given(texts=st.lists(EDITED, max_size=5))
def test_several_documents_are_answered_only_as_python_reads_them(
    reader: Reader, file: Path, texts: Sequence[str]
) -> None:
    """One document may change how the next is read."""
    text = "---\n".join([CONFIG, *texts])
    if (answer := told(reader, file, text)) is not None:
        assert_agreed(answer, text)


def test_answers_come_in_order_and_files_that_cannot_be_read_are_none(reader: Reader, tmp_path: Path) -> None:
    """More files than are asked for at a time; a folder, a missing file and a pipe are nobody's objects."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    names = []
    for number in range(3000):
        one = tmp_path / f"{number}.yaml"
        one.write_text(f"apiVersion: v1\nkind: Namespace\nmetadata: {{name: n{number}}}\n")
        names.append(str(one))
    odd = [str(tmp_path), str(tmp_path / "missing"), str(pipe), "", "\udc80", str(tmp_path / "new\nline")]
    answers = list(reader.answers([*odd, *names, *odd]))
    assert [name for name, _ in answers] == [*odd, *names, *odd]
    assert [answer for name, answer in answers if name in odd] == [None] * 12
    for number, (_, answer) in enumerate(itertools.islice(answers, 6, 3006)):
        assert answer is not None
        assert answer[0].name == f"n{number}"


@pytest.mark.parametrize(
    "program",
    [
        "",
        "print('nonsense', flush=True); input()",
        """print('{"plain": true}', flush=True); input()""",
        """print('{"plain": true, "objects": [{"line": 1}]}', flush=True); input()""",
        """print('{"plain": true, "objects": [{"entry": 9, "lines": 1}]}', flush=True)""",
    ],
    ids=["ends", "nonsense", "no objects", "half an object", "cut"],
)
def test_a_program_that_fails_leaves_everything_to_python(program: str) -> None:
    """It can make a check faster and nothing else."""
    with process.conversing([sys.executable, "-c", program]) as child:
        found = Reader(child)
        assert list(found.answers(["a", "b"])) == [("a", None), ("b", None)]


def test_a_program_that_does_not_answer_is_waited_for_no_longer_than_its_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Then the file is read without it."""
    monkeypatch.setattr(plain, "TIMEOUT_S", 0.05)
    with process.conversing([sys.executable, "-c", "input(); import time; time.sleep(60)"]) as child:
        assert list(Reader(child).answers(["a"])) == [("a", None)]


def test_a_report_is_the_same_with_and_without_the_program(tmp_path: Path) -> None:
    """Findings, their lines and containers, and what is passed, of plain files and others side by side."""
    for number, one in enumerate(EXAMPLES[::7]):
        (tmp_path / f"{number}.yaml").write_bytes(one.read_bytes())
    (tmp_path / "odd.yaml").write_text(DEPLOYMENT.replace("replicas: 3", "replcas: 3", 1))
    without = check_manifests([str(tmp_path)], keep_going=True)
    with plain.early():
        assert plain.reader() is not None
        with_it = check_manifests([str(tmp_path)], keep_going=True)
    assert [one.as_json() for one in with_it.results] == [one.as_json() for one in without.results]
    assert with_it.not_evaluated == without.not_evaluated
    assert with_it.objects == without.objects
