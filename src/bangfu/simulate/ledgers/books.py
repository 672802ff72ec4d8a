"""Writes each office's roster and household ledger as a workbook or text file."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bangfu.simulate.ledgers.household_ledger import household_columns
from bangfu.simulate.ledgers.roster import roster_columns
from bangfu.simulate.names import CITY, PROVINCE
from bangfu.simulate.records import Record, Unit
from bangfu.simulate.sheets import Row, Sheet, lay_out, write_csv, write_workbook

DAY: Final = "20161231"
DAY_ZH: Final = "2016年12月31日"
_FOLDER: Final = "ledgers"
_ENCODING: Final = "gb18030"


@dataclass(frozen=True, slots=True)
class Office:
    """The county office whose files are written.

    out     the folder of the whole place
    county  name of the county
    folder  its own folder inside ledgers, departments and truth; empty where there is no other county
    """

    out: Path
    county: str
    folder: str = ""

    def inside(self, folder: str) -> str:
        """Return the office's folder inside one of the place's folders, relative to the place's."""
        return f"{folder}/{self.folder}" if self.folder else folder


@dataclass(frozen=True, slots=True)
class Written:
    """One file that was written: its name under the output, its sheets with their rows."""

    file: str
    sheets: Sequence[Sheet]

    @property
    def rows(self) -> list[Row]:
        """All data rows of the file."""
        return [row for sheet in self.sheets for row in sheet.rows]


def titles(county: str, office: str, subject: str, lines: int) -> list[str]:
    """Return up to three title lines; the first one that stands names the day on which the ledger was true."""
    every = [
        f"{office}{subject}（截至{DAY_ZH}）",
        f"{PROVINCE}{CITY}{county}",
        f"填报单位：{office}扶贫工作站　　单位：人、元、亩",
    ]
    return every[:lines]


def save(office: Office, name: str, sheets: Sequence[Sheet], *, csv: bool = False, folder: str = _FOLDER) -> Written:
    """Lay out and write sheets as one file of the office; one sheet only when it is a text file."""
    suffix = "csv" if csv else "xlsx"
    file = f"{office.inside(folder)}/{name}.{suffix}"
    for sheet in sheets:
        lay_out(sheet, file)
    if csv:
        write_csv(office.out / file, sheets[0], _ENCODING)
    else:
        write_workbook(office.out / file, sheets)
    for sheet in sheets:
        sheet.lines = []
    return Written(file, sheets)


def write_roster(office: Office, unit: Unit, records: Sequence[Record]) -> Written:
    """Write the roster (名单) of one office."""
    style = unit.style
    columns = roster_columns(style)
    rows = [row for record in records for row in record.roster]
    parts: dict[str, list[Row]] = {}
    for row in rows:
        parts.setdefault(str(row.cells["village_name"]) if style.by_village else "名单", []).append(row)
    sheets = [
        Sheet(
            name=name,
            titles=titles(office.county, unit.name, "建档立卡贫困人口名单", style.titles),
            columns=columns,
            rows=part,
            grouped=style.grouped,
            totals=style.totals,
            notes=("填表人：　　　　审核人：　　　　填表日期：2016年12月31日",) if style.notes else (),
        )
        for name, part in parts.items()
    ]
    return save(office, f"{unit.number + 1:02d}_{unit.name}_贫困人口名单_{DAY}", sheets, csv=style.csv)


def write_household_ledger(office: Office, unit: Unit, records: Sequence[Record]) -> Written:
    """Write the household ledger (贫困户台账) of one office."""
    style = unit.style
    rows = [row for record in records for row in (record.ledger, *record.again)]
    sheet = Sheet(
        name="贫困户台账",
        titles=titles(office.county, unit.name, "贫困户台账", style.titles),
        columns=household_columns(style),
        rows=rows,
        grouped=style.grouped,
        totals="end" if style.totals else "",
        texts=style.texts,
    )
    return save(office, f"{unit.number + 1:02d}_{unit.name}_贫困户台账_{DAY}", [sheet])
