"""Doubts about well-written rows: the data-quality catalogue asked of a batch before it enters the register.

A doubt is a question to whoever wrote the ledger; it refuses nothing, so each comes as a warning or a notice.
"""

from datetime import date, datetime
from typing import Final

import polars as pl

from bangfu.analysis.quality import check_columns, rule_message
from bangfu.intake.plan import Statements, coalesced, in_line_order
from bangfu.intake.refusals import REFUSED
from bangfu.kernel.days import SHANGHAI
from bangfu.params import Parameters

_LINE: Final = ("sheet", "row")
_SEVERITY: Final = {"error": "warning", "warning": "warning", "notice": "notice"}
_KEYS: Final = {"household_id": "household", "person_id": "person"}


def doubts_of(said: Statements, parameters: Parameters) -> pl.DataFrame:
    """Return what the catalogue finds in the statements of a batch, in the columns of refusals.REFUSED.

    A subject is checked once, with all that the batch says of it; a finding stands at the first line
    that speaks of the subject. Rules whose columns the batch lacks do not run.
    """
    persons = _columns(said.persons.with_columns(household_id=pl.col("of_household")), "person_id")
    told = said.persons.group_by("sheet").agg(pl.col("event").all()).filter("event")["sheet"]
    whole = ~pl.col("sheet").is_in(told.implode())  # a sheet of changes alone tells no household whole
    households = _columns(said.households.filter(whole), "household_id")
    villages = _columns(said.villages, "village")
    members = persons.filter(whole)
    tables = [("person", persons, None), ("household", households, members), ("village", villages, None)]
    found = [pl.DataFrame(schema=REFUSED)]
    for subject, frame, around in tables:
        if frame.is_empty():
            continue
        days = frame["stated_on"].drop_nulls().to_list()
        on: date = max(days) if days else datetime.now(tz=SHANGHAI).date()
        beside = around if around is not None and not around.is_empty() else None
        checked = check_columns(frame.drop("stated_on"), parameters, subject, on, persons=beside, keys=_LINE)
        found.append(_told(checked.findings, parameters, on))
    return pl.concat(found)


def _columns(said: pl.DataFrame, key: str) -> pl.DataFrame:
    """Return one row a subject as snapshots have it: days as yyyymmdd, keys under their short names."""
    one = coalesced(in_line_order(said), key)
    days = [name for name, kind in one.schema.items() if kind == pl.Date and name != "stated_on"]
    plain = one.with_columns(
        (pl.col(name).dt.year() * 10_000 + pl.col(name).dt.month().cast(pl.Int32) * 100 + pl.col(name).dt.day())
        .cast(pl.Int32)
        .alias(name)
        for name in days
    )
    return plain.rename({name: short for name, short in _KEYS.items() if name in plain.columns})


def _told(findings: pl.DataFrame, parameters: Parameters, on: date) -> pl.DataFrame:
    rules = {rule.code: rule for rule in parameters.quality}
    texts = {code: rule_message(parameters, rules[code], on) for code in findings["code"].unique().to_list()}
    zh = {code: text.zh for code, text in texts.items()}
    en = {code: text.en for code, text in texts.items()}
    return findings.select(
        pl.col("sheet").cast(pl.Int32),
        pl.col("row").cast(pl.Int32),
        pl.col("field").fill_null(""),
        "code",
        pl.col("severity").replace(_SEVERITY),
        pl.col("code").replace(zh).alias("message_zh"),
        pl.col("code").replace(en).alias("message_en"),
    )
