"""Columns that quality rules need beside the recorded ones, each computed once (派生列).

A derived column names what it needs; where a table lacks one of these, the column and the rules on
it do not run.
"""

from collections.abc import Iterable
from typing import Any, Final

import narwhals as nw

from bangfu.analysis.quality.formulas import (
    YEAR,
    Formula,
    age,
    bits_set,
    gap,
    id_part,
    id_sex,
    in_two_households,
    income_pc,
    is_phone,
    known_sum,
    length,
    main_cause_repeated,
    months_between,
    months_since,
    of_head,
    repeats,
    whole,
)
from bangfu.analysis.quality.setting import Derived, Setting
from bangfu.kernel.days import day_number
from bangfu.kernel.texts import Text
from bangfu.rules.income import FORM_GROUPS, STATED, TRANSFER_PARTS

_INCOME: Final = ("wage_fen", "business_fen", "property_fen", "transfer_fen")
_TRANSFERS: Final = (
    "family_planning_fen",
    "dibao_fen",
    "eco_compensation_fen",
    "other_transfer_fen",
    "tekun_fen",
    "pension_fen",
)


def _of(subject: str, words: str, kind: str, needs: tuple[str, ...], build: Formula) -> Derived:
    """Return a derived column; `words` are its name and its titles in Chinese and English."""
    name, zh, en = words.split(" | ")
    return Derived(subject, name, Text(zh=zh, en=en), kind, needs, build)


def _today(subject: str) -> tuple[Derived, Derived]:
    day, year = "checked_on | 检查日 | Day of the check", "checked_year | 检查年份 | Year of the check"
    return (
        _of(subject, day, "day", (), lambda setting: nw.lit(day_number(setting.on))),
        _of(subject, year, "year", (), lambda setting: nw.lit(setting.on.year)),
    )


_PERSON: Final = (
    _of("person", "age | 年龄 | Age", "age", ("born_on",), age),
    _of("person", "head_sex | 户主性别 | Sex of the head", "sex", ("household", "relation", "sex"), of_head("sex")),
    _of(
        "person",
        "head_born_on | 户主出生日期 | Birth day of the head",
        "day",
        ("household", "relation", "born_on"),
        of_head("born_on"),
    ),
    _of("person", "id_length | 证件号码位数 | Length of the ID number", "count", ("id_no",), length("id_no")),
    _of(
        "person",
        "id_born_on | 证件号码中的出生日期 | Birth day in the ID number",
        "day",
        ("id_no",),
        lambda _: id_part(6, 8),
    ),
    _of("person", "id_sex | 证件号码中的性别 | Sex in the ID number", "sex", ("id_no",), id_sex),
    _of("person", "id_repeats | 证件号码出现次数 | Rows with this ID number", "count", ("id_no",), repeats("id_no")),
    _of("person", "phone_valid | 联系电话合规 | Phone is well formed", "bool", ("phone",), is_phone("phone")),
    _of(
        "person",
        "phone_shared | 与别户电话相同 | Phone also of another household",
        "bool",
        ("phone", "household"),
        in_two_households("phone"),
    ),
)
_HOUSEHOLD: Final = (
    _of(
        "household",
        "first_identified_year | 首次识别年份 | Year of the first identification",
        "year",
        ("first_identified_on",),
        lambda _: whole("first_identified_on") // YEAR,
    ),
    _of(
        "household",
        "main_cause_repeated | 主要致贫原因重复 | Main cause repeated among the others",
        "bool",
        ("main_cause", "other_causes"),
        main_cause_repeated,
    ),
    _of(
        "household",
        "other_cause_count | 其他致贫原因个数 | Number of other causes",
        "count",
        ("other_causes",),
        bits_set("other_causes", "poverty_cause"),
    ),
    _of("household", "risk_count | 风险个数 | Number of risks", "count", ("risks",), bits_set("risks", "risk")),
    _of(
        "household",
        "measure_count | 帮扶措施类数 | Kinds of measures",
        "count",
        ("measures",),
        bits_set("measures", "measure_class"),
    ),
    _of(
        "household",
        "months_to_clearing | 识别至消除的月数 | Months from identification to removal",
        "months",
        ("risk_identified_on", "risk_cleared_on"),
        months_between("risk_identified_on", "risk_cleared_on"),
    ),
    _of(
        "household",
        "months_monitored | 识别至检查日的月数 | Months since identification",
        "months",
        ("risk_identified_on",),
        months_since("risk_identified_on"),
    ),
    _of(
        "household",
        "known_parts_fen | 已填各项收入之和 | Sum of the income items given",
        "fen",
        _INCOME,
        known_sum(*_INCOME),
    ),
    _of(
        "household",
        "total_gap_fen | 总收入与四项收入之和的差额 | Gap between total income and its four parts",
        "fen",
        ("total_income_fen", *_INCOME),
        gap("total_income_fen", _INCOME),
    ),
    _of(
        "household",
        "transfer_gap_fen | 转移性收入与明细之和的差额 | Gap between transfer income and its items",
        "fen",
        ("transfer_fen", *_TRANSFERS),
        gap("transfer_fen", _TRANSFERS),
    ),
    _of(
        "household",
        "known_transfers_fen | 已填转移性明细之和 | Sum of the transfer items given",
        "fen",
        _TRANSFERS,
        known_sum(*_TRANSFERS),
    ),
    _of(
        "household",
        "net_gap_fen | 纯收入与总收入减经营支出的差额 | Gap between net income and total income less business cost",
        "fen",
        ("net_income_fen", "total_income_fen", "business_cost_fen"),
        gap("net_income_fen", ("total_income_fen",), ("business_cost_fen",)),
    ),
    _of(
        "household",
        "net_pc_gap_fen | 纯收入与人均纯收入乘人数的差额 | Gap between net income and income per head times members",
        "fen",
        ("net_income_fen", "net_income_pc_fen", "declared_members"),
        lambda _: (whole("net_income_pc_fen") * whole("declared_members") - whole("net_income_fen")).abs(),
    ),
    _of(
        "household",
        "income_pc_fen | 人均纯收入（先按分项，无分项按所填） | Net income per head, by its items or as stated",
        "fen",
        (*FORM_GROUPS, *TRANSFER_PARTS, *STATED["net"], "declared_members"),
        income_pc,
    ),
    _of(
        "household",
        "household_phone_valid | 户联系电话合规 | Phone of the household is well formed",
        "bool",
        ("household_phone",),
        is_phone("household_phone"),
    ),
    _of(
        "household",
        "household_phone_shared | 与别户电话相同 | Phone also of another household",
        "bool",
        ("household_phone", "household"),
        in_two_households("household_phone"),
    ),
)

DERIVED: Final[tuple[Derived, ...]] = (
    *_today("person"),
    *_today("household"),
    *_today("village"),
    *_PERSON,
    *_HOUSEHOLD,
)
"""Every derived column, each after those that it needs."""


def derive(frame: nw.LazyFrame[Any], subject: str, wanted: Iterable[str], setting: Setting) -> nw.LazyFrame[Any]:
    """Return the frame with the wanted derived columns added, one after another.

    frame    the subject's rows
    wanted   names of derived columns; those already in the frame stay as they are
    setting  the laws and the day of the check
    """
    present = set(frame.collect_schema().names())
    missing = set(wanted) - present
    for column in DERIVED:
        if column.subject == subject and column.name in missing:
            frame = frame.with_columns(column.build(setting).cast(nw.Int64).alias(column.name))
    return frame


def reachable(columns: Iterable[str], subject: str) -> dict[str, tuple[str, ...]]:
    """Return each column that a frame offers with the derived columns to compute for it, in order."""
    offered: dict[str, tuple[str, ...]] = dict.fromkeys(columns, ())
    for column in DERIVED:
        if column.subject != subject or column.name in offered:
            continue
        if all(need in offered for need in column.needs):
            before = [name for need in column.needs for name in offered[need]]
            offered[column.name] = tuple(dict.fromkeys([*before, column.name]))
    return offered
