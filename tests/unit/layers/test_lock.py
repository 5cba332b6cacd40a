"""The lock file is judged by its text alone."""

from __future__ import annotations

from hallmark.layers.finding import Finding
from hallmark.layers.lock import find_loose, find_missing, of_list, of_project

SHA256 = "--hash=sha256:" + "0" * 64
MANIFEST = """\
[project]
dependencies = [
    "Some.Thing>=1",
    "other[extra]",
]
[project.optional-dependencies]
test = ["pytest"]
"""


def test_find_missing_of_a_whole_lock_finds_nothing() -> None:
    """Names are compared as package indexes compare them: case, dots, dashes and underscores do not matter."""
    lock = f"some_thing==1.2 \\\n    {SHA256}\nother[extra]==3 {SHA256}\npytest==9 {SHA256}\n"
    assert find_missing(of_project(MANIFEST), lock, "pyproject.toml") == []


def test_find_missing_names_every_absent_dependency_with_its_line() -> None:
    """A dependency that was added to the project and not locked is found, in the extras too."""
    lock = f"some-thing==1.2 {SHA256}\n"
    assert find_missing(of_project(MANIFEST), lock, "pyproject.toml") == [
        Finding("pyproject.toml", 4, "other[extra] is not in the lock"),
        Finding("pyproject.toml", 7, "pytest is not in the lock"),
    ]


def test_find_missing_ignores_what_only_a_comment_names() -> None:
    """A comment pins nothing."""
    lock = f"# pytest==9 {SHA256}\nother==1 {SHA256}\nsome-thing==1 {SHA256}\n"
    assert [finding.text for finding in find_missing(of_project(MANIFEST), lock, "p")] == [
        "pytest is not in the lock"
    ]


def test_of_list_reads_names_and_passes_over_comments_and_options() -> None:
    """What remains are the direct dependencies with their lines."""
    assert of_list("# what the service imports\n-r other.in\n\nfastapi  # web\nuvicorn>=0.30\n") == [
        (4, "fastapi"),
        (5, "uvicorn>=0.30"),
    ]


def test_find_loose_of_a_good_lock_finds_nothing() -> None:
    """Continued lines, comments, several hashes and environment markers belong to a good lock."""
    lock = f"# note\na==1 ; python_version < '3.12' \\\n    {SHA256} \\\n    {SHA256}\n    # via b\nb==2 {SHA256}\n"
    assert find_loose(lock, "r.txt") == []


def test_find_loose_names_what_is_not_exact() -> None:
    """Each loose entry is named by the line on which it begins."""
    lock = f"a>=1 \\\n    {SHA256}\nb==2\nc==3 \\\n    --hash=md5:abc\nd==4 {SHA256}\n"
    assert find_loose(lock, "r.txt") == [
        Finding("r.txt", 1, "a>=1 has no exact version"),
        Finding("r.txt", 3, "b==2 has no sha256"),
        Finding("r.txt", 4, "c==3 has no sha256"),
    ]


def test_find_loose_names_every_address() -> None:
    """An index address, as an option, as a comment or as a direct reference, binds the lock to one place."""
    lock = (
        f"--index-url https://index.example/simple\n# from https://index.example\n-f there\na==1 {SHA256}\n"
    )
    assert [finding.line for finding in find_loose(lock, "r.txt")] == [1, 2, 3]


def test_find_loose_of_an_empty_lock_is_a_finding() -> None:
    """A lock that locks nothing is no lock."""
    assert find_loose("# only a comment\n", "r.txt") == [Finding("r.txt", 0, "has no entry")]


def test_find_loose_of_a_lock_cut_off_in_an_entry_is_a_finding() -> None:
    """A file that ends inside an entry lost its hashes."""
    assert find_loose("a==1 \\\n", "r.txt") == [Finding("r.txt", 1, "a==1 has no sha256")]
