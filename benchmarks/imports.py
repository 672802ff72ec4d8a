"""Import of 100,000 person rows from Excel with all checks, against reading the file and a raw load.

The raw side reads the same file with calamine and loads exactly the rows that the import wrote into
the same tables with the same indexes, in one transaction, knowing nothing about them.
"""

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from statistics import median

from benchmarks.measuring import Line, measured

PERSONS = 100_000
MEMBERS = 4
VILLAGES = 250
ROUNDS = 3
_FOLDER = Path(tempfile.gettempdir()) / "bangfu-benchmark-imports"
_HEADER = (
    "县(市、区、旗)",
    "乡(镇)",
    "行政村",
    "自然村",
    "户编号",
    "人编号",
    "姓名",
    "证件号码",
    "人数",
    "与户主关系",
    "民族",
    "文化程度",
    "在校生状况",
    "健康状况",
    "劳动技能",
    "务工状况",
    "务工时间（月）",
    "参加大病医疗",
    "脱贫属性",
    "脱贫年度",
    "贫困户属性",
    "主要致贫原因",
    "危房户",
    "饮水安全",
    "饮水困难",
    "人均纯收入",
    "联系电话",
)  # fmt: skip  the header of the real ledger, 27 columns
_FAMILY = (("户主", 11_000, 1), ("配偶", 11_700, 2), ("子", 1_500, 1), ("母", 24_000, 2))
"""Relation to the head, age in days on the last day of 2016, parity of the sequence number."""


def main() -> list[Line]:
    """Measure import and raw load in turn, each in a process of its own, and compare the medians."""
    shutil.rmtree(_FOLDER, ignore_errors=True)
    _FOLDER.mkdir()
    write_ledger(_FOLDER / "roster.xlsx", PERSONS)
    pairs = []
    for number in range(ROUNDS):
        ours = measured("", "benchmarks.imports:whole_import", str(number), times=1)
        plain = measured("", "benchmarks.imports:raw_load", str(number), times=1)
        pairs.append((ours, plain))
    shutil.rmtree(_FOLDER)
    ours, plain = sorted(pairs, key=lambda pair: pair[0].wall_s / pair[1].wall_s)[len(pairs) // 2]
    what = f"{PERSONS:,} person rows"
    import_line = Line(f"import of {what}, all checks", ours.wall_s, ours.cpu_s, ours.peak_mb)
    raw_line = Line(f"calamine read and raw load of {what}", plain.wall_s, plain.cpu_s, plain.peak_mb)
    ratio = median(one.wall_s / other.wall_s for one, other in pairs)
    assert abs(ratio - import_line.wall_s / raw_line.wall_s) < 1e-9
    return [raw_line, import_line.against(raw_line, 2.5)]


def write_ledger(path: Path, persons: int) -> None:
    """Write a ledger of fictional persons, `MEMBERS` a household."""
    import xlsxwriter

    from bangfu.kernel.ids import check_character

    last = date(2016, 12, 31)
    surnames, given = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗", "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂兰"
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("名单")
        sheet.write_row(0, 0, _HEADER)
        for number in range(persons):
            household, member = divmod(number, MEMBERS)
            village = household % VILLAGES
            relation, days, parity = _FAMILY[member]
            born = last - timedelta(days=days + household % 3_000)
            first = f"99{village:04d}{born:%Y%m%d}{(household // VILLAGES * 2 + parity) % 998 + 1:03d}"
            name = surnames[household % 20] + given[number % 23] + given[number // 23 % 23]
            school = "小学" if relation == "子" else "非在校"
            head = member == 0
            row = (
                "清溪县",
                f"第{village // 25 + 1}镇",
                f"第{village + 1}村",
                "一组",
                f"H{household:08d}",
                f"P{number:09d}",
                name,
                first + check_character(first),
                str(MEMBERS),
                relation,
                "汉族",
                "小学",
                school,
                "健康",
                "普通劳动力" if member < 2 else "无劳动力",
                "县外省内" if head else "其他",
                "6" if head else "0",
                "是",
                "未脱贫",
                "",
                "一般贫困户",
                "因病",
                "否",
                "是",
                "否",
                f"{2_000 + household % 4_000}",
                f"139{household % 100_000_000:08d}" if head else "",
            )  # fmt: skip  one row of the ledger
            sheet.write_row(number + 1, 0, row)


def whole_import(number: str) -> Callable[[], object]:
    """Prepare a home with places; the work reads, checks, compares, approves and applies the ledger."""
    home, people = _home(f"import-{number}")

    def work() -> None:
        from bangfu.intake.actions.apply_batch import apply_batch
        from bangfu.intake.actions.stage_batch import stage_batch

        staged = stage_batch(by=people["clerk"], paths=[_FOLDER / "roster.xlsx"], home=home)
        told = staged.report[0]
        assert told["accepted"] == told["added"] == PERSONS, {
            key: told[key] for key in ("accepted", "added", "rejected")
        }
        apply_batch(by=people["approver"], number=staged.batch.pk, home=home)

    return work


def raw_load(number: str) -> Callable[[], object]:
    """Prepare an empty home and the rows that the import wrote; the work reads the file and loads them."""
    import polars as pl
    from python_calamine import CalamineWorkbook

    with sqlite3.connect(_FOLDER / f"import-{number}" / "register.sqlite3") as source:
        tables = [
            name
            for (name,) in source.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE 'registry_%'"
            )
        ]
        rows = {}
        for table in tables:
            cursor = source.execute(f"SELECT * FROM {table}")
            columns = [column[0] for column in cursor.description]
            rows[table] = (columns, cursor.fetchall())
    home, _ = _home(f"raw-{number}")
    del pl

    def work() -> None:
        CalamineWorkbook.from_path(str(_FOLDER / "roster.xlsx")).get_sheet_by_index(0).to_python()
        with sqlite3.connect(home.database_file) as target:
            target.execute("PRAGMA synchronous = FULL")
            target.execute("BEGIN IMMEDIATE")
            for table, (columns, values) in rows.items():
                places = ", ".join("?" * len(columns))
                target.executemany(f"INSERT INTO {table} VALUES ({places})", values)
        del values

    return work


def _home(name: str):
    """Make a demonstration home with the places of the ledger."""
    path = _FOLDER / name
    os.environ["BANGFU_HOME"] = str(path)
    os.environ.pop("BANGFU_DATABASE_URL", None)
    from bangfu.cli.opening import open_home

    home = open_home()
    from bangfu.access.actions.ensure_demo_people import ensure_demo_people
    from bangfu.places.actions.load_places import load_places

    people = ensure_demo_people()
    rows = [
        {"code": "990000000000", "name": "云岭省", "level": "province", "parent": ""},
        {"code": "990100000000", "name": "青石市", "level": "city", "parent": "990000000000"},
        {"code": "990101000000", "name": "清溪县", "level": "county", "parent": "990100000000"},
    ]
    for town in range(VILLAGES // 25):
        code = f"990101{100 + town}000"
        rows.append({"code": code, "name": f"第{town + 1}镇", "level": "town", "parent": "990101000000"})
        rows += [
            {
                "code": f"990101{100 + town}{200 + place}",
                "name": f"第{town * 25 + place + 1}村",
                "level": "village",
                "parent": code,
            }
            for place in range(25)
        ]
    load_places(by=people["clerk"], rows=rows)
    return home, people
