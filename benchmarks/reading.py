"""A workbook of 100,000 person rows to typed columns, against calamine that only reads it."""

import random
import tempfile
from collections.abc import Callable
from pathlib import Path

import xlsxwriter
from python_calamine import CalamineWorkbook

from bangfu.intake.layouts import recognise
from bangfu.intake.parsing import parse
from bangfu.intake.reading import read_file
from bangfu.kernel.ids import check_character
from bangfu.params import load
from benchmarks.measuring import Line, measured

ROWS = 100_000
HEADER = (
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
    "(脱贫年度)",
    "贫困户属性",
    "主要致贫原因",
    "危房户",
    "饮水安全",
    "饮水困难",
    "人均纯收入",
    "联系电话",
)  # fmt: skip  the header of the real roster
_SURNAMES, _MIDDLE, _LAST = "赵钱孙李周吴郑王", "一二三四五六七八九十", "甲乙丙丁戊己庚辛"


def write_roster(path: Path, rows: int = ROWS) -> None:
    """Write a roster of made-up persons, three to a household."""
    dice = random.Random(1)
    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as book:
        page = book.add_worksheet("名单")
        page.write_row(0, 0, HEADER)
        for number in range(rows):
            page.write_row(number + 1, 0, _person(number, dice))


def _person(number: int, dice: random.Random) -> list[str | int | float]:
    household, turn = divmod(number, 3)
    day = f"{dice.randint(1940, 2015)}{dice.randint(1, 12):02d}{dice.randint(1, 28):02d}"
    first = f"99{dice.randint(0, 9999):04d}{day}{dice.randint(0, 999):03d}"
    return [
        "清溪县",
        f"第{household % 20}镇",
        f"第{household % 1400}村",
        "一组",
        f"9901{household:010d}",
        f"9901{household:010d}{turn:02d}",
        dice.choice(_SURNAMES) + dice.choice(_MIDDLE) + dice.choice(_LAST),
        first + check_character(first),
        3,
        ("户主", "配偶", "之子")[turn],
        "汉族",
        dice.choice(("小学", "初中", "高中")),
        "非在校",
        dice.choice(("健康", "长期慢性病,残疾")),
        "普通劳动力",
        dice.choice(("乡(镇)内务工", "省外务工", "")),
        dice.randint(0, 12),
        "是",
        "未脱贫",
        "",
        "一般贫困户",
        ("因病", "因残", "缺技术")[household % 3],
        "否",
        "是",
        "否",
        1000 + household % 90_000 / 10,
        f"138{number:08d}",
    ]  # fmt: skip  one row of the roster


def parsing(path: str) -> Callable[[], object]:
    """Prepare reading, recognising and parsing."""
    parameters = load()

    def work() -> object:
        sheet = read_file(path)[0]
        return parse(sheet, recognise(sheet, "roster.xlsx", parameters), parameters)

    return work


def reading(path: str) -> Callable[[], object]:
    """Prepare calamine alone: the values of all cells as Python objects."""
    return lambda: CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()


def main() -> list[Line]:
    """Measure both on the same file."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "roster.xlsx"
        write_roster(path)
        plain = measured("reading: calamine alone, 100,000 rows", "benchmarks.reading:reading", str(path), times=2)
        ours = measured("reading: to typed columns and problems", "benchmarks.reading:parsing", str(path), times=2)
    return [plain, ours.against(plain, 2.0)]
