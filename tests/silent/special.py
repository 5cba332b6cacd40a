"""What no text in a table can say, laid out by name."""

from __future__ import annotations

import os
import textwrap
from collections.abc import Mapping
from pathlib import Path

Texts = Mapping[str, str]


def folder(base: Path, _texts: Texts) -> None:
    (base / "given").mkdir()


def pipe(base: Path, _texts: Texts) -> None:
    os.mkfifo(base / "given" / "b.yaml")


def huge(base: Path, texts: Texts) -> None:
    comments = ("#" * 1023 + "\n") * 65 * 1024
    (base / "deployment.yaml").write_text(comments + texts["DEPLOYMENT"])


def crlf(base: Path, texts: Texts) -> None:
    (base / "deployment.yaml").write_bytes(texts["DEPLOYMENT"].replace("\n", "\r\n").encode())


def utf_16(base: Path, texts: Texts) -> None:
    (base / "deployment.yaml").write_bytes(texts["DEPLOYMENT"].encode("utf-16"))


def latin_1(base: Path, texts: Texts) -> None:
    (base / "deployment.yaml").write_bytes(b"# gr\xfcn\n" + texts["DEPLOYMENT"].encode())


def deep(base: Path, texts: Texts) -> None:
    (base / "deployment.yaml").write_text(f"{texts['DEPLOYMENT']}x: {'[' * 100_000}")


def alias_bomb(base: Path, texts: Texts) -> None:
    levels = [("a", "1"), *((name, f"*{before}") for before, name in ("ab", "bc", "cd"))]
    bomb = "".join(f"{name}: &{name} [{', '.join([inner] * 100)}]\n" for name, inner in levels)
    (base / "deployment.yaml").write_text(texts["DEPLOYMENT"] + bomb)


def indented(base: Path, texts: Texts) -> None:
    (base / "deployment.yaml").write_text(textwrap.indent(texts["DEPLOYMENT"], "  "))
