"""Hardships that the ledgers report truly and that a careful reader asks about; not faults of a ledger."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from bangfu.simulate.faults.kinds import KINDS, Kind, Mark, kind
from bangfu.simulate.homes import SAFE
from bangfu.simulate.ledgers.styles import Style
from bangfu.simulate.records import Record
from bangfu.simulate.sheets import Row


def _never(case: object) -> bool:
    """Refuse every case: natural kinds are found in the truth, not planted."""
    del case
    return False


kind("id_disability_20", "import_notice", hamlet=True, natural=True)(_never)
kind("house_unsafe_not_monitored", "criterion", hamlet=True, natural=True)(_never)
kind("water_unsafe", "criterion", hamlet=True, natural=True)(_never)
kind("exit_without_guarantee", "quality", hamlet=True, natural=True)(_never)
kind("uninsured", "quality", hamlet=True, natural=True)(_never)
kind("dropout", "criterion", hamlet=True, natural=True)(_never)

_CERTIFICATE: Final = 20


def _uninsured(person: dict[str, Any]) -> bool:
    return not person["insured"] and not person["employee_insured"]


def has_hardship(record: Record) -> bool:
    """Tell whether the household lives with a hardship that is a finding of its own."""
    truth = record.truth
    members = any(_uninsured(p) or p["dropout_reason"] for p in record.people)
    return truth["grade"] != SAFE or not truth["water_safe"] or members


def _hidden(record: Record, style: Style) -> bool:
    """Tell whether the only hardship is one that the office's ledgers have no column for."""
    shown = record.truth["grade"] != SAFE or not record.truth["water_safe"]
    out_of_school = any(p["dropout_reason"] for p in record.people)
    return not (shown or out_of_school or style.extended)


def natural_marks(records: list[Record], styles: list[Style], monitored: frozenset[str]) -> list[Mark]:
    """Return a mark for every hardship that the ledgers show.

    styles     of each ledger unit
    monitored  numbers of the households that are on the monitored list
    """
    marks = []
    for record in records:
        style = styles[record.unit]
        for row, person in zip(record.roster, record.people, strict=False):
            marks += [
                _mark(KINDS[name], record, row, column, str(row.cells["person_no"]))
                for name, column, shows in (
                    ("id_disability_20", "id_no", len(str(row.cells["id_no"])) == _CERTIFICATE),
                    ("uninsured", "resident_medical", style.extended and _uninsured(person)),
                    ("dropout", "enrolment", person["dropout_reason"] != ""),
                )
                if shows
            ]
        if record.truth["grade"] != SAFE and record.household_no not in monitored:
            marks.append(_mark(KINDS["house_unsafe_not_monitored"], record, record.ledger, "housing_grade", ""))
        if record.truth["exit_status"] == "已脱贫" and has_hardship(record) and not _hidden(record, style):
            marks.append(_mark(KINDS["exit_without_guarantee"], record, record.roster[0], "exit_status", ""))
        if not record.truth["water_safe"]:
            marks.append(_mark(KINDS["water_unsafe"], record, record.ledger, "water_safe", ""))
    return marks


def certificate_marks(rows: Iterable[Row], owners: Mapping[str, Record]) -> list[Mark]:
    """Return a mark for every disability certificate in further rosters.

    owners  records by household number
    """
    return [
        _mark(
            KINDS["id_disability_20"], owners[str(row.cells["household_no"])], row, "id_no", str(row.cells["person_no"])
        )
        for row in rows
        if len(str(row.cells["id_no"])) == _CERTIFICATE
    ]


def _mark(of: Kind, record: Record, row: Row, column: str, person_no: str) -> Mark:
    return Mark(of.name, of.finding, record, row, column, person_no)
