"""Cells of ledgers as people read them: the field's label, and its value in words and units."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, Final

import polars as pl
from django.utils.translation import get_language, gettext

from bangfu.intake.changes import MARK
from bangfu.intake.preview import without_numbers
from bangfu.kernel.days import OPEN_START
from bangfu.params import Field, load
from bangfu.places.queries import places_frame
from bangfu.places.scope import Scope
from bangfu.registry.queries import household_numbers
from bangfu.web.templatetags.shown import MISSING, day, outcome, yuan

_SCALES: Final = {"mu100": 100, "dm2": 100, "km": 1000}
_STANDS_FOR: Final = {"village": "village_name", "household_id": "household_no"}
"""Columns of the register that are numbers of something, and the field that people know instead."""


@cache
def fields() -> Mapping[str, Field]:
    """Return every field by its name."""
    catalogue = load().fields
    return {**catalogue["village"], **catalogue["household"], **catalogue["person"]}


def field_title(name: str) -> str:
    """Return what people call a field, in the language of the page."""
    known = fields().get(_STANDS_FOR.get(name, name))
    return known.title.say(get_language() or "") if known else name


def value_text(name: str, raw: str | None) -> str:
    """Return a raw value (as changes.CHANGES has it) in words."""
    if raw is None:
        return MISSING
    if raw == MARK:
        return gettext("filled in")
    known = fields().get(name)
    if known and known.codes and raw.lstrip("-").isdigit():
        return _label(known, int(raw))
    match known.type if known else "text":
        case "bool":
            return outcome(raw in {"1", "true"})
        case "fen":
            return yuan(int(raw))
        case "mu100" | "dm2" | "km" as kind:
            return f"{Decimal(raw) / _SCALES[kind]:,f}"
        case "day":
            return day(date.fromisoformat(raw))
        case _:
            return without_numbers(raw)


def _label(field: Field, number: int) -> str:
    """Return the word of a code, or the words of all flags that are set."""
    codes, language = load().code_lists[str(field.codes)], get_language() or ""
    if field.type == "code":
        return codes.label(number).say(language) if number in codes.numbers else str(number)
    separator = "、" if language.startswith("zh") else ", "
    return separator.join(one.label.say(language) for one in codes.entries if number >> one.number & 1) or MISSING


def change_rows(frame: pl.DataFrame) -> list[dict[str, Any]]:
    """Return a page of changed cells ready to be shown; values of masked fields say only that they are there."""
    if frame.is_empty():
        return []
    rows = frame.to_dicts()
    named = _names(rows)
    for row in rows:
        masked = MARK in {row["old"], row["new"]}
        row["title"] = field_title(row["field"])
        for key in ("old", "new"):
            raw = row[key]
            row[key] = named.get((row["field"], raw)) or value_text(row["field"], raw)
        if masked:
            row["new"] = gettext("changed") if row["old"] != MISSING else gettext("filled in")
        row["effective_from"] = None if row["effective_from"] == OPEN_START else row["effective_from"]
    return rows


def _names(rows: list[dict[str, Any]]) -> dict[tuple[str, str], str]:
    """Return the names of villages and the numbers of households that the values of a page stand for."""
    wanted = {
        name: {row[key] for row in rows if row["field"] == name for key in ("old", "new")} for name in _STANDS_FOR
    }
    found: dict[tuple[str, str], str] = {}
    villages = [int(raw) for raw in wanted["village"] if raw]
    if villages:
        places = places_frame(Scope(tuple(villages))).select("place", "name")
        found |= {("village", str(number)): name for number, name in places.iter_rows()}
    homes = [int(raw) for raw in wanted["household_id"] if raw and not raw.startswith("-")]
    if homes:
        numbers = household_numbers(homes).iter_rows()
        found |= {("household_id", str(number)): text for number, text in numbers}
    return found
