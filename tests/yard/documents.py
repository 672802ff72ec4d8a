"""Runs what a document tells its reader to do, and compares what the reader would see.

A ```console block holds commands (`$ bangfu ...`) and below each the lines it prints; `...` stands for
anything. A comment `<!-- Excel: FILE | SHEET | CELL | VALUE -->` stands for what the reader changes by hand.
"""

import doctest
import os
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

from openpyxl import load_workbook

from tests.shape.tree import ROOT

PART = re.compile(r"^```console\n(?P<block>.*?)^```$|^<!-- Excel: (?P<change>.*?) -->$", re.MULTILINE | re.DOTALL)
SEEN = doctest.OutputChecker()
LOOSE = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


@dataclass(frozen=True)
class Command:
    """One command of a document, and what the document says it prints."""

    line: str
    printed: str


@dataclass(frozen=True)
class Change:
    """One cell that the reader corrects in Excel."""

    file: str
    sheet: str
    cell: str
    value: str

    def make(self, folder: Path) -> None:
        """Write the value into the cell, as the reader would."""
        path = next(folder.glob(self.file))
        book = load_workbook(path)
        book[self.sheet][self.cell] = int(self.value) if self.value.isdigit() else self.value
        book.save(path)


def steps(page: Path) -> list[Command | Change]:
    """Return what a document tells its reader to do, in order."""
    found: list[Command | Change] = []
    for part in PART.finditer(page.read_text(encoding="utf-8")):
        if part["change"]:
            found.append(Change(*(word.strip() for word in part["change"].split("|"))))
            continue
        for piece in re.split(r"^\$ ", part["block"], flags=re.MULTILINE)[1:]:
            line, _, printed = piece.partition("\n")
            found.append(Command(line, printed))
    return found


def follow(page: Path, folder: Path, language: str) -> list[str]:
    """Do everything that a document says, in a folder; return where the reader would see something else."""
    settings = {key: value for key, value in os.environ.items() if not key.startswith("BANGFU_")}
    settings |= {"BANGFU_LANG": language, "PATH": f"{ROOT / '.venv/bin'}:{os.environ['PATH']}", "COLUMNS": "118"}
    settings["TUTORIAL"] = str(page.parent)
    differences = []
    for step in steps(page):
        if isinstance(step, Change):
            step.make(folder)
            continue
        done = subprocess.run(
            ["sh", "-c", step.line], cwd=folder, env=settings, capture_output=True, text=True, check=False, timeout=300
        )
        seen = done.stdout + (done.stderr if done.returncode else "")
        refused = step.printed.startswith("BF")  # a page shows what fails with the sentence that says so
        if bool(done.returncode) != refused or not SEEN.check_output(step.printed, seen, LOOSE):
            differences.append(f"$ {step.line}\n-- the page says\n{step.printed}-- the reader sees\n{seen}")
    return differences
