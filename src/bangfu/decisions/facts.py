"""What a hit may say of a row: the list's kept fields, without name, number, address or plate, and one sentence."""

import json
import re
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from bangfu.audit.commitments import canonical_json
from bangfu.intake.lists import ListField, ListForm
from bangfu.kernel.hidden_numbers import hides_number
from bangfu.kernel.texts import day_said
from bangfu.params import Parameters

_DIGITS: Final = re.compile(r"\d{6}")
_MANY: Final = 20
"""Characters of a word that is shown; a longer one is a remark and may hold anything."""


def facts_of(row: Mapping[str, Any], form: ListForm, names: tuple[str | None, ...]) -> dict[str, int | str]:
    """Return the kept fields of a row that say something.

    row    a row of the list, with its fields
    names  how the row and the register call the person: a word that holds one of them is left out
    """
    kept = {}
    for name in form.of_use("kept", "told"):
        value = row[name]
        if value is None or (isinstance(value, str) and not _showable(value, names)):
            continue
        kept[name] = value
    return kept


def _showable(word: str, names: tuple[str | None, ...]) -> bool:
    if len(word) > _MANY or _DIGITS.search(word) or hides_number(word):
        return False
    return not any(name and name in word for name in names)


def facts_text(facts: Mapping[str, int | str]) -> str:
    """Return facts as they are stored: JSON with sorted keys."""
    return canonical_json(dict(facts))


def facts_read(text: str) -> dict[str, int | str]:
    """Return stored facts."""
    facts: dict[str, int | str] = json.loads(text)
    return facts


def told_on(facts: Mapping[str, int | str], form: ListForm) -> int | None:
    """Return the day that the row gives, as yyyymmdd."""
    return next((int(facts[name]) for name in form.of_use("told") if name in facts), None)


def said(facts: Mapping[str, int | str], form: ListForm, parameters: Parameters) -> str:
    """Return facts in Chinese words, in the order of the list's fields."""
    return "，".join(f"{title}{words}" for title, words in said_each(facts, form, parameters))


def said_each(facts: Mapping[str, int | str], form: ListForm, parameters: Parameters) -> list[tuple[str, str]]:
    """Return each fact as the title of its column and its words, both in Chinese as the list has them."""
    return [
        (form.fields[name].labels[0], _words(form.fields[name], facts[name], parameters))
        for name in facts
        if name in form.fields
    ]


def evidence(form: ListForm, stated_on: date, row: int | None, facts: str) -> str:
    """Return the sentence of a lead: which list of which day, which row, and what it says."""
    where = f"第{row}行" if row else "名单中没有"
    head = f"{form.office.zh}{form.title.zh}（{day_said(stated_on).zh}）{where}"
    return f"{head}：{facts}" if facts else head


def _words(field: ListField, value: int | str, parameters: Parameters) -> str:
    match field.base:
        case "fen":
            return f"{int(value) / 100:,.2f}元"
        case "dm2":
            return f"{int(value) / 100:,.2f}平方米"
        case "day":
            return f"{int(value) // 10_000}-{int(value) // 100 % 100:02d}-{int(value) % 100:02d}"
        case "code":
            entries = parameters.code_lists[field.type.partition(":")[2]].entries
            return next((entry.label.zh for entry in entries if entry.number == value), str(value))
        case _:
            return str(value)
