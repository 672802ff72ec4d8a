"""What a hit may say of a row: the list's kept fields, without name, number, address or plate, and one sentence."""

import json
import re
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from bangfu.access.field_classes import HOUSEHOLD, Sight, Sights
from bangfu.audit.commitments import canonical_json
from bangfu.intake.lists import ListField, ListForm
from bangfu.kernel.hidden_numbers import hides_number
from bangfu.kernel.texts import Text, day_said
from bangfu.params import Parameters
from bangfu.params.field import SENSITIVE

STATED: Final = Text(zh="名单已载明（本级不显示）", en="stated on the list (not shown here)")
"""What a masked fact shows."""
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
    """Return facts in Chinese words, in the order of the list's fields; none of a class that pages mask."""
    open_to_all = {name: facts[name] for name in facts if class_of(name, form, parameters) < SENSITIVE}
    every = Sights(dict.fromkeys(range(SENSITIVE), Sight.FULL))
    return "，".join(f"{title}{words}" for title, words in said_each(open_to_all, form, parameters, every))


def said_each(
    facts: Mapping[str, int | str], form: ListForm, parameters: Parameters, sights: Sights
) -> list[tuple[str, str]]:
    """Return each fact that somebody sees as the title of its column and its words, in Chinese as the list has them.

    sights  what the person sees of the household: a masked fact says only that the list states it
    """
    seen = {name: sights.of_class(class_of(name, form, parameters)) for name in facts if name in form.fields}
    return [
        (
            form.fields[name].labels[0],
            _words(form.fields[name], facts[name], parameters) if sight == Sight.FULL else STATED.zh,
        )
        for name, sight in seen.items()
        if sight != Sight.NONE
    ]


def class_of(name: str, form: ListForm, parameters: Parameters) -> int:
    """Return the class of a field of a list: that of the register's field that says the same (数据级别)."""
    field = form.fields.get(name)
    if field is None or field.same is None:
        return HOUSEHOLD
    subject, same = field.same
    return parameters.fields[subject][same].privacy


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
