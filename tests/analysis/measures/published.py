"""Published figures and the tables they were told of; where the folder is absent, no test asks for them."""

import gzip
import json
from functools import cache

import polars as pl

from bangfu.analysis.measures.columns import Table
from tests.published_folder import FIGURES, FOLDER


@cache
def table(name) -> Table:
    """Return a table of the folder with all cells as text."""
    path = FOLDER / name
    content = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return Table(pl.read_csv(content, infer_schema=False), path.name, 2)


@cache
def figures() -> dict:
    """Return every published figure by its name."""
    return {each["id"]: each for each in json.loads(FIGURES.read_text(encoding="utf-8"))}
