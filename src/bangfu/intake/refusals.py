"""Why the register refuses a row that was well written: places, households and persons that do not fit."""

from enum import Enum
from typing import Final

import polars as pl

from bangfu.kernel.texts import Text

REFUSED: Final = {
    "sheet": pl.Int32,
    "row": pl.Int32,
    "field": pl.String,
    "code": pl.String,
    "severity": pl.String,
    "message_zh": pl.String,
    "message_en": pl.String,
}
"""Columns of a table of refusals; `field` is the canonical field, whose label the sheet's layout knows."""


class Refusal(Enum):
    """A reason of refusal: its code, its severity and its sentence; %(candidates)s where candidates are shown."""

    PLACE_UNKNOWN = (
        "BF151",
        "error",
        Text(
            zh="找不到该行政村：县、乡、村名称与登记的区划不一致。"
            "请按区划名录改正，或先用 bangfu places load 登记该村。",
            en="No such village: county, town and village do not agree with the registered places. "
            "Correct them by the list of places, or register the village with `bangfu places load` first.",
        ),
    )
    PLACE_OUTSIDE = (
        "BF152",
        "error",
        Text(
            zh="该村不在您的管辖范围内。请交由该村所在的乡镇或县导入。",
            en="This village is outside your area. Hand the row to the town or county that it belongs to.",
        ),
    )
    HOUSEHOLD_NO_MISSING = (
        "BF153",
        "error",
        Text(
            zh="缺少户编号，无法确定属于哪一户。请补填户编号。",
            en="The household number is missing, so the household is not known. Fill it in.",
        ),
    )
    OTHER_COUNTY = (
        "BF154",
        "error",
        Text(
            zh="该户编号已登记在另一个县。请核对户编号。",
            en="This household number is registered in another county. Check the number.",
        ),
    )
    TWO_PERSONS = (
        "BF155",
        "error",
        Text(
            zh="证件号码与人编号指向两个不同的人（候选人编号：%(candidates)s）。请核对后只保留正确的一个。",
            en="The ID number and the person number mean two different persons "
            "(candidates, person numbers: %(candidates)s). Check and keep the right one.",
        ),
    )
    SAME_NAME = (
        "BF156",
        "error",
        Text(
            zh="该户有同名成员，无法确定是哪一位（候选人编号：%(candidates)s）。请补填人编号或核对证件号码。",
            en="The household has a member of the same name, and which one is meant is not clear "
            "(candidates, person numbers: %(candidates)s). Fill in the person number or check the ID number.",
        ),
    )
    OTHER_HOUSEHOLD = (
        "BF157",
        "error",
        Text(
            zh="此人已登记在另一户（户编号：%(candidates)s）。请核对；确需迁户的，在本行填自然增减（如“转入”）和变更时间，"
            "原户不在您管辖范围内的，先请原户所在地办理减少。",
            en="This person is registered in another household (household number: %(candidates)s). "
            "Check; to move the person, write the natural change (such as 转入) and its day in this row, "
            "or have the leaving recorded there first where that household is outside your area.",
        ),
    )
    TWO_HOUSEHOLDS = (
        "BF161",
        "error",
        Text(
            zh="此人在本批文件中同时列在不同的户（户编号：%(candidates)s）。请核实后只保留一户。",
            en="This person stands in different households of these files (household numbers: %(candidates)s). "
            "Find out which one is right and keep it alone.",
        ),
    )
    CONTRADICTS_EARLIER = (
        "BF158",
        "warning",
        Text(
            zh="同一户在本批文件中的填写不一致，已采用先出现的值（%(candidates)s）。请核对。",
            en="The same household is stated differently earlier in these files; the earlier value was taken "
            "(%(candidates)s). Check.",
        ),
    )
    HOUSEHOLD_TWICE = (
        "BF159",
        "error",
        Text(
            zh="同一户在本表中出现两次，且内容不一致（%(candidates)s）。请保留正确的一行。",
            en="The household stands twice in this sheet with different content (%(candidates)s). Keep the right row.",
        ),
    )
    PERSON_TWICE = (
        "BF160",
        "error",
        Text(
            zh="此人在本批文件中出现两次（%(candidates)s）。请删除重复的一行。",
            en="This person stands twice in these files (%(candidates)s). Delete the second row.",
        ),
    )
    CHANGE_AHEAD = (
        "BF162",
        "error",
        Text(zh="变更时间在今天之后。请核对。", en="The day of the change lies in the future. Check it."),
    )
    CHANGE_UNDATED = (
        "BF163",
        "error",
        Text(
            zh="缺少变更时间，无法确定从哪一天起变动。请补填变更时间。",
            en="The day of the change is missing, so it is not known from when it holds. Fill it in.",
        ),
    )
    BEFORE_HOUSEHOLD = (
        "BF164",
        "error",
        Text(
            zh="变更时间早于该户登记在册的第一天（%(candidates)s）。请核对。",
            en="The change lies before the household's first day in the register (%(candidates)s). Check the day.",
        ),
    )
    BEFORE_LAST_CHANGE = (
        "BF165",
        "error",
        Text(
            zh="变更时间早于此人或该户已登记的最近一次变动（%(candidates)s）。请核对；原登记有误的，先撤销原批次。",
            en="The change lies before the last one on record (%(candidates)s). Check the day; "
            "if the record is wrong, undo its batch first.",
        ),
    )
    NOT_A_MEMBER = (
        "BF166",
        "error",
        Text(
            zh="登记中该户没有此人。请核对户编号、姓名和证件号码。",
            en="The register knows no such member of that household. Check household number, name and ID number.",
        ),
    )
    HAS_LEFT = (
        "BF167",
        "error",
        Text(
            zh="此人已从该户减少（%(candidates)s）。确已回归的，填自然增减“转入”和变更时间；否则删除本行。",
            en="This person has left the household (%(candidates)s). If they are back, write 转入 and the day; "
            "else delete the row.",
        ),
    )
    HEAD_LEAVES = (
        "BF168",
        "warning",
        Text(
            zh="户主减少后该户没有户主。请同时为新户主填“户主”和变更时间。",
            en="The head leaves and the household has none. Write 户主 and the day for the new head as well.",
        ),
    )
    LEFT_UNDATED = (
        "BF169",
        "warning",
        Text(
            zh="减少没有变更时间，此人自登记之日起不再计入该户。请补填变更时间。",
            en="The leaving has no day, so the person does not count from the beginning. Fill in the day.",
        ),
    )
    HOUSEHOLD_OUTSIDE = (
        "BF170",
        "error",
        Text(
            zh="该户现登记在您管辖范围以外的村。请交由该户所在的乡镇或县办理。",
            en="This household lives in a village outside your area. Hand the row to its town or county.",
        ),
    )


def refuse(rows: pl.DataFrame, reason: Refusal, field: str) -> pl.DataFrame:
    """Return the refusals of these rows; a column `candidates` fills the sentence where it has a place for it."""
    code, severity, text = reason.value
    shown = pl.col("candidates").fill_null("-") if "candidates" in rows.columns else pl.lit("-")
    return rows.select(
        pl.col("sheet").cast(pl.Int32),
        pl.col("row").cast(pl.Int32),
        pl.lit(field).alias("field"),
        pl.lit(code).alias("code"),
        pl.lit(severity).alias("severity"),
        _filled(text.zh, shown).alias("message_zh"),
        _filled(text.en, shown).alias("message_en"),
    )


def _filled(sentence: str, shown: pl.Expr) -> pl.Expr:
    before, place, after = sentence.partition("%(candidates)s")
    return pl.concat_str(pl.lit(before), shown, pl.lit(after)) if place else pl.lit(sentence)
