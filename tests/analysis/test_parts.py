"""A nation is judged part by part: the same as at once, in any order, with any number of threads."""

import hashlib
import json
import os
import runpy
import subprocess
import sys
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from bangfu.analysis.frames import Frames
from bangfu.analysis.parts import parts_in
from bangfu.analysis.run import evaluate, evaluate_parts
from bangfu.params import load
from bangfu.simulate.nation import PROVINCES, Nation, simulate_nation
from benchmarks.identify_by_hand import identify_by_hand
from tests.shape.tree import ROOT

ON = date(2016, 12, 31)
SMALL = Nation(villages=200, households=2_000, persons=6_080)


def run(parts):
    """Return what a run over parts found, and the rows of each part."""
    rows = []
    return evaluate_parts(parts, load(), "cn_2014", ON, keep=rows.append), rows


def fingerprint(folder):
    """Return a digest of everything that a run over five provinces in a folder gives."""
    found, rows = run(parts_in(Path(folder))[:5])
    tables = (found.indicators, found.places, *rows)
    texts = [table.write_csv() for table in tables] + [json.dumps(found.manifest, sort_keys=True)]
    return hashlib.sha256("".join(texts).encode()).hexdigest()


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    out = tmp_path_factory.mktemp("nation")
    simulate_nation(1, out, SMALL)
    return out


@pytest.fixture(scope="module")
def whole(folder):
    tables = (pl.read_parquet(folder / name / "*.parquet") for name in ("households", "persons"))
    villages, places = (pl.read_parquet(folder / f"{name}.parquet") for name in ("villages", "places"))
    return evaluate(Frames(*tables, villages, places), load(), "cn_2014", ON)


def test_parts_together_find_what_the_whole_finds(folder, whole):
    found, rows = run(parts_in(folder))
    assert pl.concat(rows).equals(whole.rows)
    assert found.indicators.equals(whole.indicators)
    assert found.places.equals(whole.places)
    assert found.manifest == whole.manifest


def test_the_order_of_parts_changes_nothing_but_the_order_of_their_rows(folder, whole):
    found, rows = run(parts_in(folder)[::-1])
    assert pl.concat(rows[::-1]).equals(whole.rows)
    assert found.indicators.equals(whole.indicators)
    assert found.places.equals(whole.places)
    assert found.manifest == whole.manifest


def test_parts_that_cut_a_county_in_two_find_what_the_whole_finds(folder, whole):
    odd = pl.col("village") % 2
    halves = [
        Frames(part.households.filter(odd == half), part.persons.filter(odd == half), part.villages, part.places)
        for part in parts_in(folder)
        for half in (0, 1)
    ]
    assert run(halves)[0].indicators.equals(whole.indicators)


def test_a_village_that_lies_in_two_parts_is_a_mistake(folder):
    part = parts_in(folder)[0]
    with pytest.raises(AssertionError, match="villages of its own"):
        run([part, part])


def test_the_run_equals_the_same_work_written_by_hand(folder, whole):
    rows, indicators, places = identify_by_hand(folder)
    assert rows.equals(whole.rows)
    assert indicators.equals(whole.indicators)
    assert places.equals(whole.places)


def test_one_thread_and_two_give_the_same_bytes(folder):
    program = "import sys; sys.path.insert(0, '.'); from tests.analysis.test_parts import fingerprint; "
    found = {
        subprocess.run(
            [sys.executable, "-c", f"{program}print(fingerprint(sys.argv[1]))", folder],
            env={**os.environ, "POLARS_MAX_THREADS": threads},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for threads in ("1", "2")
    }
    assert len(found) == 1


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_program_of_the_guide_writes_the_rows_of_each_province(folder, tmp_path, monkeypatch, capsys, language):
    page = (ROOT / "docs" / "guide" / f"sizes.{language}.md").read_text(encoding="utf-8")
    (tmp_path / "program.py").write_text(page.split("```python\n")[1].split("```")[0], encoding="utf-8")
    (tmp_path / "nation").symlink_to(folder)
    monkeypatch.chdir(tmp_path)
    runpy.run_path("program.py")
    assert len(list((tmp_path / "rows").glob("*.parquet"))) == len(PROVINCES)
    assert "unknown" in capsys.readouterr().out
