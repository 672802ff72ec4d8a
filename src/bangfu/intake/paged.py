"""Tables that are looked at page by page: each page sealed by itself, so that one is opened without the others."""

import io
import json
import os
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import polars as pl

from bangfu.kernel.secrets import Keys

ROWS: Final = 50
"""Rows of a page."""
_INDEX: Final = "index"


def put_pages(path: Path, tables: Iterable[tuple[str, pl.DataFrame]], notes: Mapping[str, Any], keys: Keys) -> None:
    """Seal tables in pages of ROWS rows, and notes (JSON), into a file that is whole or absent.

    tables  names and tables; taken one at a time, so that whoever makes them holds one
    """
    draft = path.with_suffix(".draft-pages")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file, zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:

        def add(name: str, plain: bytes) -> None:
            archive.writestr(name, keys.encrypt(plain, f"pages|{path.stem}|{name}"))

        rows = {}
        for table, frame in tables:
            rows[table] = frame.height
            for start in range(0, frame.height, ROWS):
                page = io.BytesIO()
                frame.slice(start, ROWS).write_ipc(page, compression="zstd")
                add(f"{table}/{start // ROWS}", page.getvalue())
        for name, note in notes.items():
            add(f"note/{name}", json.dumps(note, ensure_ascii=False).encode())
        add(_INDEX, json.dumps(rows).encode())
    draft.replace(path)


@dataclass(frozen=True, slots=True)
class Pages:
    """A file of sealed pages.

    rows  table -> number of its rows
    """

    path: Path
    keys: Keys
    rows: Mapping[str, int]

    @classmethod
    def open(cls, path: Path, keys: Keys) -> "Pages | None":
        """Return the file, None where there is none; raises SealBroken when it was altered."""
        if not path.is_file():
            return None
        return cls(path, keys, json.loads(_opened(path, keys, _INDEX)))

    def count(self, table: str) -> int:
        """Return how many pages the table has, at least one."""
        return max(-(-self.rows.get(table, 0) // ROWS), 1)

    def page(self, table: str, number: int) -> pl.DataFrame:
        """Return a page of a table, counted from 0; an empty frame where there is none."""
        if not 0 <= number * ROWS < self.rows.get(table, 0):
            return pl.DataFrame()
        return pl.read_ipc(_opened(self.path, self.keys, f"{table}/{number}"))

    def note(self, name: str) -> Any:
        """Return a note."""
        return json.loads(_opened(self.path, self.keys, f"note/{name}"))


def _opened(path: Path, keys: Keys, name: str) -> bytes:
    with zipfile.ZipFile(path) as archive:
        return keys.decrypt(archive.read(name), f"pages|{path.stem}|{name}")
