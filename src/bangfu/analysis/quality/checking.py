"""Checks registered and staged rows against the data-quality catalogue (数据质量核查).

One pass over the columns tests all rules of a subject. A finding is a question to the village, not
a verdict: nothing here changes a row. What a table does not carry is not tested, and the result
says so: `ran` and `skipped` together name every rule. Persons who left their household (died,
married out, moved) are neither tested nor counted.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from typing import Any, Final

import narwhals as nw
import polars as pl

from bangfu.analysis.frames import Frames, lazy
from bangfu.analysis.quality.passing import KEYS, Pass
from bangfu.analysis.quality.rules import SUBJECTS, Rule, quality_fields, read_rules
from bangfu.analysis.quality.setting import Setting
from bangfu.params import Parameters

STAGED_KEYS: Final = ("row", "village", "household", "person", "household_no", "person_no")
"""Columns that name a staged row in findings, as far as the table has them."""

_UNSHOWN: Final = frozenset({"text", "id_no", "phone", "card"})
"""Types whose values no finding repeats: words, numbers of identity, phones and cards."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found and what it could look at.

    findings  one row per rule and row that it fired on: code, severity, subject, the keys, `field`
              (the column that the rule speaks of first) and `value` (what it held, null for text
              and counts); sorted by the keys and the code
    ran       codes of the rules that were tested
    skipped   codes of the others, each with the columns, tables or dated values that were not there
    """

    findings: pl.DataFrame
    ran: tuple[str, ...]
    skipped: Mapping[str, tuple[str, ...]]


def check(frames: Frames, parameters: Parameters, on: date) -> pl.DataFrame:
    """Return the findings of the whole catalogue on one area (数据质量疑点).

    frames      households, persons and villages as a snapshot holds them
    parameters  the laws with the catalogue
    on          the day of the check: ages and dated limits are those of this day
    Returns     code, severity, subject, village, household (null for a village's), person (null unless
                a person's), field, value; sorted by village, household, person and code
    """
    return check_all(frames, parameters, on).findings


def check_all(frames: Frames, parameters: Parameters, on: date) -> Checked:
    """Check one area as `check` does, and say which rules were tested."""
    tables = {"person": frames.persons, "household": frames.households, "village": frames.villages}
    task = Pass.over(tables, Setting(parameters, on))
    parts = [_check_subject(task, subject, KEYS[subject]) for subject in SUBJECTS]
    keys = KEYS["person"]
    findings = pl.concat([_with_keys(part.findings, keys) for part in parts])
    return Checked(
        findings=_sorted(findings, keys),
        ran=tuple(code for part in parts for code in part.ran),
        skipped={code: lacking for part in parts for code, lacking in part.skipped.items()},
    )


def check_columns(
    frame: Any,
    parameters: Parameters,
    subject: str,
    on: date,
    *,
    persons: Any = None,
    region: int | None = None,
    keys: Sequence[str] = STAGED_KEYS,
) -> Checked:
    """Check one table, such as the staged rows of a file, with the rules on its subject.

    frame       rows with columns of the field catalogue; those absent make the rules on them not run
    subject     person, household or village
    on          the day of the check
    persons     for households: the persons beside them, so that rules that count members can run
    region      number of the place whose law gives dated limits, the nation's when not given
    keys        columns that name a row in the findings, as far as the table has them
    Returns     findings with code, severity, subject, the keys, field, value
    """
    tables = {subject: frame} if persons is None else {subject: frame, "person": persons}
    task = Pass.over(tables, Setting(parameters, on, region))
    own = lazy(frame).collect_schema().names()
    present = tuple(key for key in keys if key in own)
    checked = _check_subject(task, subject, present)
    return Checked(_sorted(checked.findings, present), checked.ran, checked.skipped)


def _check_subject(task: Pass, subject: str, keys: Sequence[str]) -> Checked:
    rules = read_rules(task.setting.parameters, subject)
    skipped = {rule.definition.code: lacking for rule in rules if (lacking := task.lacking(rule))}
    able = [rule for rule in rules if rule.definition.code not in skipped]
    findings = [_nothing(keys).lazy()]
    if able:
        fired = _fired(task, subject, able, keys).lazy()
        findings += [_of_rule(rule, fired, keys, task) for rule in able]
    return Checked(
        findings=pl.concat(findings, how="vertical_relaxed").collect(),
        ran=tuple(rule.definition.code for rule in able),
        skipped=skipped,
    )


def _fired(task: Pass, subject: str, rules: Iterable[Rule], keys: Sequence[str]) -> pl.DataFrame:
    """Return the rows on which any rule fires: keys, one truth value per rule, the columns they speak of."""
    conditions = {f"fires {rule.definition.code}": rule.condition for rule in rules}
    shown = {name for rule in rules if (name := _shown(rule, task)) is not None}
    frame = task.prepare(subject, conditions, shown)
    frame = frame.with_columns(nw.col(name).fill_null(value=False) for name in conditions)
    frame = frame.filter(reduce(lambda left, right: left | right, [nw.col(name) for name in conditions]))
    values = [nw.col(name).cast(nw.Int64).alias(f"value {name}") for name in sorted(shown)]
    native = frame.select(*keys, *conditions, *values).collect(backend="polars").to_native()
    assert isinstance(native, pl.DataFrame)
    return native


def _shown(rule: Rule, task: Pass) -> str | None:
    name = rule.first_column
    if name is None:
        return None
    known = quality_fields(task.setting.parameters)[rule.definition.subject][name]
    return None if known.type in _UNSHOWN else name


def _of_rule(rule: Rule, fired: pl.LazyFrame, keys: Sequence[str], task: Pass) -> pl.LazyFrame:
    definition = rule.definition
    shown = _shown(rule, task)
    return fired.filter(pl.col(f"fires {definition.code}")).select(
        pl.lit(definition.code).alias("code"),
        pl.lit(definition.severity).alias("severity"),
        pl.lit(definition.subject).alias("subject"),
        *keys,
        pl.lit(rule.first_column, dtype=pl.String).alias("field"),
        (pl.lit(None, dtype=pl.Int64) if shown is None else pl.col(f"value {shown}")).alias("value"),
    )


def _nothing(keys: Sequence[str]) -> pl.DataFrame:
    texts = dict.fromkeys(("code", "severity", "subject"), pl.String)
    return pl.DataFrame(schema=texts | dict.fromkeys(keys, pl.Null) | {"field": pl.String, "value": pl.Int64})


def _with_keys(findings: pl.DataFrame, keys: Sequence[str]) -> pl.DataFrame:
    absent = [pl.lit(None, dtype=pl.Int64).alias(key) for key in keys if key not in findings.columns]
    return findings.with_columns(absent).select(
        "code", "severity", "subject", *(pl.col(key).cast(pl.Int64) for key in keys), "field", "value"
    )


def _sorted(findings: pl.DataFrame, keys: Sequence[str]) -> pl.DataFrame:
    return findings.sort([*keys, "code"], nulls_last=False, maintain_order=True)
