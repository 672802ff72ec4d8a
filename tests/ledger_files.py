"""Small ledgers for tests, written by hand: a roster of two households, and ways to alter it."""

from pathlib import Path

import xlsxwriter

from bangfu.kernel.ids import check_character

HEADER = (
    "县(市、区、旗)",
    "乡(镇)",
    "行政村",
    "户编号",
    "人编号",
    "姓名",
    "证件号码",
    "人数",
    "与户主关系",
    "文化程度",
    "在校生状况",
    "健康状况",
    "劳动技能",
    "参加大病医疗",
    "贫困户属性",
    "主要致贫原因",
    "危房户",
    "饮水安全",
    "人均纯收入",
    "联系电话",
)  # fmt: skip  the header as the ledger has it, in one piece


def id_no(birth: str, sequence: int) -> str:
    """Return a valid number of the fictional region 990101."""
    first = f"990101{birth}{sequence:03d}"
    return first + check_character(first)


def roster_rows() -> list[list[str]]:
    """Return two households of 上柳村: three persons below the line, two above."""
    place = ["清溪县", "柳河镇", "上柳村"]
    poor = ["贫困户", "3"]
    del poor
    return [
        [
            *place,
            "H001",
            "P0011",
            "张大山",
            id_no("19700101", 11),
            "3",
            "户主",
            "小学",
            "非在校",
            "健康",
            "普通劳动力",
            "是",
            "一般贫困户",
            "因病",
            "否",
            "是",
            "2000",
            "13900000001",
        ],
        [
            *place,
            "H001",
            "P0012",
            "李秀英",
            id_no("19720202", 22),
            "3",
            "配偶",
            "小学",
            "非在校",
            "长期慢性病",
            "普通劳动力",
            "是",
            "",
            "",
            "",
            "",
            "",
            "",
        ],
        [
            *place,
            "H001",
            "P0013",
            "张小川",
            id_no("20050303", 31),
            "3",
            "子",
            "小学",
            "小学",
            "健康",
            "无劳动力",
            "是",
            "",
            "",
            "",
            "",
            "",
            "",
        ],
        [
            *place,
            "H002",
            "P0021",
            "王守田",
            id_no("19650505", 51),
            "2",
            "户主",
            "初中",
            "非在校",
            "健康",
            "普通劳动力",
            "是",
            "一般贫困户",
            "缺技术",
            "否",
            "是",
            "3500.50",
            "13900000002",
        ],
        [
            *place,
            "H002",
            "P0022",
            "赵桂花",
            id_no("19660606", 62),
            "2",
            "配偶",
            "初中",
            "非在校",
            "健康",
            "普通劳动力",
            "是",
            "",
            "",
            "",
            "",
            "",
            "",
        ],
    ]  # fmt: skip  a row of the ledger is a row here


def write_roster(path: Path, rows: list[list[str]], title: str = "建档立卡贫困人口名单") -> Path:
    """Write rows under a title and the header; data begins in row 3 of the sheet."""
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("名单")
        sheet.merge_range(0, 0, 0, len(HEADER) - 1, title)
        sheet.write_row(1, 0, HEADER)
        for number, row in enumerate(rows, start=2):
            for column, text in enumerate(row):
                sheet.write_string(number, column, text)
    return path


def changed(rows: list[list[str]], row: int, label: str, text: str) -> list[list[str]]:
    """Return a copy of the rows with one cell altered."""
    copy = [list(one) for one in rows]
    copy[row][HEADER.index(label)] = text
    return copy


def many_households(households: int) -> list[list[str]]:
    """Return a ledger of so many households with two persons each."""
    rows = []
    for number in range(households):
        for member, (birth, row) in enumerate((("19700101", roster_rows()[0]), ("19720202", roster_rows()[1]))):
            one = [*row]
            one[3], one[4] = f"H{number:05d}", f"P{number:05d}{member}"
            one[6] = id_no(birth, 2 * number % 998 + 1 - member % 2) if number < 499 else ""
            one[7] = "2" if member == 0 else ""
            one[19] = ""
            rows.append(one)
    return rows
