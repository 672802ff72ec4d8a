"""Reads what `simulate` wrote with other tools than it wrote with, by the labels on the sheets alone."""

import csv
import io
from functools import cached_property

import openpyxl

LABELS = {
    "town": {"乡(镇)", "乡镇", "乡"},
    "village": {"行政村", "行政村名称", "村"},
    "household_no": {"户编号", "户编码"},
    "person_no": {"人编号", "人员编号"},
    "name": {"姓名", "成员姓名"},
    "id_no": {"证件号码", "身份证号码"},
    "sex": {"性别"},
    "born_on": {"出生日期"},
    "members": {"人数", "家庭人口数"},
    "relation": {"与户主关系", "与户主的关系"},
    "education": {"文化程度", "学历"},
    "enrolment": {"在校生状况", "在校状况"},
    "health": {"健康状况", "身体状况"},
    "labour": {"劳动技能", "劳动能力"},
    "work_region": {"务工状况", "务工区域"},
    "work_months": {"务工时间（月）", "务工时间(月)"},
    "post": {"是否公益性岗位"},
    "resident_medical": {"是否参加城乡居民基本医疗保险"},
    "employee_medical": {"是否参加城镇职工基本医疗保险"},
    "exit_status": {"脱贫属性", "脱贫状态"},
    "exit_year": {"(脱贫年度)", "脱贫年度"},
    "cause": {"主要致贫原因", "致贫原因"},
    "grade": {"危房户", "是否危房户", "危房等级", "危房级别"},
    "water": {"饮水安全", "是否解决安全饮用水", "是否饮水安全"},
    "per_head": {"人均纯收入"},
    "phone": {"联系电话", "手机号码"},
    "wage": {"工资性收入(元)", "工资收入"},
    "business": {"生产经营性收入(元)", "经营性收入"},
    "property": {"财产性收入(元)", "财产收入"},
    "transfer": {"转移性收入(元)", "转移收入"},
    "cost": {"生产经营性支出(元)", "经营性支出"},
    "total": {"家庭总收入(元)", "总收入"},
    "net": {"纯收入(元)", "家庭纯收入"},
    "area": {"住房面积(平方米)", "房屋面积"},
    "structure": {"住房结构", "房屋结构"},
    "built": {"建房时间"},
    "cultivated": {"耕地面积(亩)"},
    "irrigated": {"有效灌溉面积(亩)"},
    "forest": {"林地面积(亩)"},
    "road": {"与村主干路距离(km)"},
    "parts": {"计划生育金(元)", "低保金(元)", "五保金(元)", "养老保险金(元)", "生态补偿金(元)", "其他转移性收入(元)"},
}
NOT_A_PERSON = ("合计", "小计", "填表人")
ROSTER, HOUSEHOLDS = "_贫困人口名单_", "_贫困户台账_"


def sheets_of(path):
    """Return every sheet of a workbook or text file as rows of cells."""
    if path.suffix == ".csv":
        return {path.stem: list(csv.reader(io.StringIO(path.read_text("gb18030"), newline="")))}
    book = openpyxl.load_workbook(path, read_only=True)
    sheets = {sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)] for sheet in book}
    book.close()
    return sheets


def header_of(rows):
    """Return the number of the last header row and its labels; merged groups above are looked through."""
    first = next(n for n, row in enumerate(rows) if sum(cell is not None for cell in row) > 3)
    below = rows[first + 1]
    if any(cell is None for cell in rows[first]):
        return first + 1, [low or high for high, low in zip(rows[first], below, strict=True)]
    return first, rows[first]


class Sheet:
    """One sheet: labels and data rows, each a mapping of label to cell, by the number of the row."""

    def __init__(self, rows):
        head, self.labels = header_of(rows)
        self.rows = {
            number: dict(zip(self.labels, row, strict=False))
            for number, row in enumerate(rows[head + 1 :], head + 2)
            if not str(row[0] or "").startswith(NOT_A_PERSON)
        }


def cell(row, field):
    """Return the cell of a row by the field's possible labels; None where there is none or it is blank."""
    value = next((row[label] for label in LABELS[field] if label in row), None)
    return None if value == "" else value


class Written:
    """Everything that one call of `simulate` wrote, read again."""

    def __init__(self, summary):
        self.summary = summary
        self.out = summary.out

    def table(self, name):
        """Return a CSV file of the truth as mappings."""
        with (self.out / name).open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    @cached_property
    def ledger_cells(self):
        """Every sheet of every ledger as rows of cells, by (file, sheet)."""
        return self._cells("ledgers")

    @cached_property
    def department_cells(self):
        """Every sheet of every department's list as rows of cells, by (file, sheet)."""
        return self._cells("departments")

    def _cells(self, folder):
        found = {}
        for path in sorted((self.out / folder).rglob("*.*")):
            for sheet, rows in sheets_of(path).items():
                found[str(path.relative_to(self.out)), "名单" if path.suffix == ".csv" else sheet] = rows
        return found

    @cached_property
    def ledgers(self):
        """The labels and data rows of every ledger sheet, by (file, sheet)."""
        return {place: Sheet(rows) for place, rows in self.ledger_cells.items()}

    def rows(self, kind):
        """Yield (file, sheet, row number, row) of all ledgers whose name holds `kind`."""
        for (file, name), sheet in self.ledgers.items():
            if kind in file:
                for number, row in sheet.rows.items():
                    yield file, name, number, row

    @cached_property
    def households(self):
        """The truth of each household by number."""
        return {row["household_no"]: row for row in self.table("truth/households.csv")}

    @cached_property
    def planted(self):
        """The planted problems."""
        return self.table("truth/planted.csv")

    @cached_property
    def rejected(self):
        """Places of rows that cannot be taken: (file, sheet, row)."""
        return {(p["file"], p["sheet"], int(p["row"])) for p in self.planted if p["rejected"] == "yes"}
