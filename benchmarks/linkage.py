"""A city's 613,000 registered persons against a list of 100,000 rows, beside plain Splink with its default settings.

Both get the same people in one run: four rows of ten name a registered person, one row of five has a damaged
name or number. Ours is the whole matching: digests, places by address, numbers opened, Splink with its
prepared model. Plain Splink trains its usual comparisons on the same two tables, and neither opens nor places
anything. What each found is printed to the error stream: precision and recall over all rows.
"""

import os
import random
import sys
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import django
import polars as pl

from bangfu.kernel.id_columns import examine_ids
from bangfu.kernel.ids import check_character
from bangfu.kernel.secrets import Keys
from bangfu.simulate.damages import damage
from bangfu.simulate.names import given_name, surname
from benchmarks.measuring import Line, measured

ONLY_WHEN_NAMED = True
PERSONS, ROWS, VILLAGES, COUNTIES = 613_000, 100_000, 1_439, 13
GOAL_S = 60
GOAL_MB = 4_096
_KEYS = Keys.from_root(b"\x01" * 32)
_TODAY = date(2026, 1, 1)


def _person(dice: random.Random, county: int, taken: set[str]) -> tuple[str, str]:
    """Return a made-up name and a new number."""
    sex = dice.choice("男女")
    while True:
        born = f"{dice.randint(1930, 2016)}{dice.randint(1, 12):02d}{dice.randint(1, 28):02d}"
        first = f"9901{county + 1:02d}{born}{dice.randrange(499) * 2 + (sex == '男'):03d}"
        number = first + check_character(first)
        if number not in taken:
            taken.add(number)
            return surname(dice) + given_name(dice, sex), number


def write_area(folder: Path, persons: int, rows: int) -> None:
    """Write persons, village names, the list and who each of its rows means."""
    dice, taken = random.Random(1), set[str]()
    villages = [(990_000_000_000 + number, number % COUNTIES) for number in range(VILLAGES)]
    people = []
    for number in range(persons):
        village, county = villages[number * VILLAGES // persons]
        people.append((number + 1, number // 3 + 1, village, *_person(dice, county, taken)))
    frame = pl.DataFrame(people, schema=["person_id", "household_id", "village", "name", "id_no"], orient="row")
    _persons(frame).write_parquet(folder / "persons.parquet")
    _village_names(villages).write_parquet(folder / "names.parquet")
    _list(dice, people, rows, taken).write_parquet(folder / "list.parquet")


def _persons(frame: pl.DataFrame) -> pl.DataFrame:
    from bangfu.registry.names import pinyin_columns

    pinyin, initials = pinyin_columns(frame["name"])
    pairs = list(frame.select("person_id", "id_no").iter_rows())
    sealed = [_KEYS.encrypt(number.encode(), f"identity|id_no|{person}").hex() for person, number in pairs]
    return frame.with_columns(
        pinyin,
        initials,
        pl.Series("id_index", [_KEYS.digest(number).hex() for _, number in pairs]),
        pl.Series("id_sealed", sealed),
        town=pl.col("village") // 10,
        born_on=pl.col("id_no").str.slice(6, 8).cast(pl.Int32),
    )


def _village_names(villages: list[tuple[int, int]]) -> pl.DataFrame:
    rows = [
        (
            county,
            f"县{county}",
            number // 10,
            f"{number // 10 % 1000}号镇",
            number,
            f"第{number % 10_000}村",
            str(number),
        )
        for number, county in villages
    ]
    schema = ["county", "county_name", "town", "town_name", "village", "village_name", "code"]
    return pl.DataFrame(rows, schema=schema, orient="row")


def _list(dice: random.Random, people: list[tuple], rows: int, taken: set[str]) -> pl.DataFrame:
    """Return the list: four rows of ten are registered, of each ten two are damaged."""
    lines = []
    for number in range(rows):
        person, _, village, name, id_no = dice.choice(people)
        true = person if number % 10 < 4 else None
        if true is None:
            name, id_no = _person(dice, dice.randrange(COUNTIES), taken)
        cells = {"name": name, "id_no": id_no}
        if dice.randrange(5) == 0:
            damage(cells, dice)
        lines.append(
            (number + 1, cells["name"], cells["id_no"], f"{village // 10 % 1000}号镇第{village % 10_000}村", true)
        )
    frame = pl.DataFrame(lines, schema=["row", "name", "written", "address", "true"], orient="row")
    read = examine_ids(frame["written"], _TODAY)
    widened = read["repair"].is_not_null() & (frame["written"].str.len_chars() == 15)
    sure = read["id_no"].is_not_null() & ~widened.fill_null(value=False)
    told = pl.DataFrame({"id_no": read["id_no"], "sure": sure, "born_on": read["born_on"], "sex": read["sex"]})
    return pl.concat([frame, told], how="horizontal")


def ours(folder: str) -> Callable[[], pl.DataFrame]:
    """Prepare the project's own matching of the whole list."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bangfu.site.settings")
    django.setup()
    from bangfu.decisions.matching import Register, match_rows
    from bangfu.intake.list_reading import WHO, ReadList
    from bangfu.intake.lists import list_forms

    listed = pl.read_parquet(Path(folder) / "list.parquet")
    form = list_forms()["vehicles"]
    known = set(listed.columns)
    rows = listed.with_columns(
        pl.when(~pl.col("sure")).then("written").alias("written_id"), sheet=pl.lit(1)
    ).with_columns(pl.lit(None).alias(name) for name in WHO if name not in {*known, "written_id", "sheet"})
    rows = rows.select(pl.col(name).cast(kind) for name, kind in WHO.items())
    read = ReadList(form, rows, pl.DataFrame(), rows.height, None)
    persons = pl.read_parquet(Path(folder) / "persons.parquet").drop("id_no")
    register = Register(persons, None, pl.read_parquet(Path(folder) / "names.parquet"))
    return lambda: match_rows(read, register, _KEYS).filter(pl.col("outcome") == "matched").select("row", "person_id")


def plain_splink(folder: str) -> Callable[[], pl.DataFrame]:
    """Prepare Splink as its guide shows it: usual comparisons, usual blocking, trained on the two tables."""
    listed, persons = (pl.read_parquet(Path(folder) / f"{name}.parquet") for name in ("list", "persons"))
    place = pl.col("address")
    names = pl.read_parquet(Path(folder) / "names.parquet")
    where = names.select("village", address=pl.concat_str("town_name", "village_name"))
    left = listed.select(unique_id="row", name="name", id_no="written", born=_iso("born_on"), address=place)
    right = persons.join(where, on="village").select("person_id", "name", "id_no", _iso("born_on").alias("born"), place)
    right = right.rename({"person_id": "unique_id"})
    return lambda: _trained(left.to_arrow(), right.to_arrow())


def _iso(name: str) -> pl.Expr:
    return pl.col(name).cast(pl.String).str.replace(r"^(\d{4})(\d\d)(\d\d)$", "$1-$2-$3")


def _trained(left: object, right: object) -> pl.DataFrame:
    import splink.comparison_library as usual
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on

    settings = SettingsCreator(
        link_type="link_only",
        comparisons=[
            usual.NameComparison("name"),
            usual.DateOfBirthComparison("born", input_is_string=True),
            usual.LevenshteinAtThresholds("id_no"),
            usual.ExactMatch("address"),
        ],
        blocking_rules_to_generate_predictions=[block_on("id_no"), block_on("name"), block_on("born", "address")],
    )
    engine = DuckDBAPI()
    tables = [engine.register(table, table_name=name) for name, table in (("list", left), ("register", right))]
    linker = Linker(tables, settings, log_level=None)
    linker.training.estimate_probability_two_random_records_match([block_on("id_no")], recall=0.8)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6)
    linker.training.estimate_parameters_using_expectation_maximisation(block_on("name"))
    linker.training.estimate_parameters_using_expectation_maximisation(block_on("born"))
    found = linker.inference.predict(threshold_match_probability=0.9).as_duckdbpyrelation().pl()
    best = found.sort("match_probability", descending=True).unique("unique_id_l", keep="first")
    return best.select(row="unique_id_l", person_id="unique_id_r")


def told(title: str, found: pl.DataFrame, folder: Path) -> None:
    """Print how much of what was found is right, and how much of what is there was found."""
    true = pl.read_parquet(folder / "list.parquet").select("row", "true")
    joined = found.join(true, on="row")
    right = joined.filter(pl.col("person_id") == pl.col("true")).height
    there = true.drop_nulls().height
    sys.stderr.write(f"{title}: precision {right / max(found.height, 1):.4f}, recall {right / there:.4f}\n")


def main() -> list[Line]:
    """Measure both, and say what each found."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_area(folder, PERSONS, ROWS)
        lines = []
        for title, work in (("plain Splink", plain_splink), ("bangfu", ours)):
            lines.append(
                measured(f"link 100,000 rows to 613,000: {title}", f"{__name__}:{work.__name__}", name, times=1)
            )
        told("bangfu", ours(name)(), folder)
        plain, mine = lines
        assert mine.peak_mb <= GOAL_MB, f"{mine.peak_mb:.0f} MB"
        return [plain, Line(mine.name, mine.wall_s, mine.cpu_s, mine.peak_mb, mine.wall_s / plain.wall_s, GOAL_S, True)]
