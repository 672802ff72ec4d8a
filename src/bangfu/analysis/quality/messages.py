"""Fills the messages of quality rules from the conditions that test them.

For each comparison of a rule its message may use, under the name of the left column:

    %(age)s         the column's title                     年龄
    %(age_limit)s   the right side with its unit           16岁
    %(age_test)s    the whole comparison in words          年龄低于16岁
    %(age_each)s    the factor of the right side with the left unit; _times and _other_times are bare

A second comparison on the same column adds `_2`, a third `_3`. A count is called `persons`,
`households` or `persons_sum`. `%(field)s`, `%(limit)s` and `%(test)s` speak of the first one.
"""

from collections.abc import Callable, Mapping
from typing import Final

from bangfu.analysis.quality.conditions import (
    Column,
    Comparison,
    Condition,
    Constant,
    Count,
    Law,
    Side,
    Sum,
    comparisons,
)
from bangfu.analysis.quality.fields import QualityField
from bangfu.kernel.texts import Text

Fields = Mapping[str, Mapping[str, QualityField]]

_WORDS: Final[Mapping[str, Text]] = {
    "<": Text(zh="低于", en=" is below "),
    "<=": Text(zh="不高于", en=" is at most "),
    ">": Text(zh="超过", en=" is above "),
    ">=": Text(zh="不低于", en=" is at least "),
    "==": Text(zh="为", en=" is "),
    "!=": Text(zh="不是", en=" is not "),
    "in": Text(zh="为", en=" is "),
    "not_in": Text(zh="不是", en=" is not "),
    "has": Text(zh="含", en=" includes "),
    "is_null": Text(zh="未填", en=" is empty"),
    "not_null": Text(zh="已填", en=" is given"),
}
_WORDS_OF_TIME: Final[Mapping[str, Text]] = {
    "<": Text(zh="早于", en=" is before "),
    "<=": Text(zh="不晚于", en=" is not after "),
    ">": Text(zh="晚于", en=" is after "),
    ">=": Text(zh="不早于", en=" is not before "),
}
_TIMES_OF: Final = frozenset({"day", "year"})
_COUNTED: Final = {
    "persons": Text(zh="人数", en="Number of persons"),
    "households": Text(zh="户数", en="Number of households"),
}


def message_facts(condition: Condition, subject: str, fields: Fields, law: Callable[[Law], int]) -> dict[str, Text]:
    """Return what a rule's message may name, from its condition.

    condition  the rule's condition
    subject    person, household or village
    fields     the columns of every subject
    law        gives the value of a dated parameter
    Returns    the title, limit and whole test of each comparison, by name
    """
    facts: dict[str, Text] = {}
    seen: dict[str, int] = {}
    for place, (comparison, whose) in enumerate(comparisons(condition, subject)):
        name, known = _left(comparison.left, fields, whose)
        title = _times(known.title, comparison.times)
        limit = _right(comparison, known, fields, whose, law)
        word = _word(comparison.op, known)
        test = Text(zh=f"{title.zh}{word.zh}{limit.zh}", en=f"{title.en}{word.en}{limit.en}")
        spoken = {name: title, f"{name}_limit": limit, f"{name}_test": test} | _factors(name, comparison, known)
        if place == 0:
            facts |= {"field": title, "limit": limit, "test": test}
        seen[name] = seen.get(name, 0) + 1
        suffix = "" if seen[name] == 1 else f"_{seen[name]}"
        facts |= {f"{key}{suffix}": text for key, text in spoken.items()}
    return facts


def fill(message: Text, facts: Mapping[str, Text]) -> Text:
    """Return the message with its places filled, each language from its own words."""
    return Text(
        zh=message.zh % {name: text.zh for name, text in facts.items()},
        en=message.en % {name: text.en for name, text in facts.items()},
    )


def _word(op: str, known: QualityField) -> Text:
    if known.type in _TIMES_OF and op in _WORDS_OF_TIME:
        return _WORDS_OF_TIME[op]
    return _WORDS[op]


def _left(side: Side, fields: Fields, whose: str) -> tuple[str, QualityField]:
    if isinstance(side, Column):
        return side.name, fields[whose][side.name]
    if isinstance(side, Sum):
        return "persons_sum", _sum_field(side, fields)
    assert isinstance(side, Count), side
    return side.of, QualityField(side.of, _COUNTED[side.of], "count")


def _sum_field(side: Sum, fields: Fields) -> QualityField:
    column = fields["person"][side.column]
    title = Text(zh=f"全户{column.title.zh}合计", en=f"{column.title.en}, summed over the household")
    return QualityField(column.name, title, column.type)


def _right(comparison: Comparison, known: QualityField, fields: Fields, whose: str, law: Callable[[Law], int]) -> Text:
    side = comparison.right
    if side is None:
        return Text(zh="", en="")
    if isinstance(side, Constant):
        return known.shown(side.value)
    if isinstance(side, Law):
        return known.shown(law(side) * comparison.other_times)
    if isinstance(side, Column):
        return _times(fields[whose][side.name].title, comparison.other_times)
    if isinstance(side, Sum):
        return _times(_sum_field(side, fields).title, comparison.other_times)
    return _times(_COUNTED[side.of], comparison.other_times)


def _factors(name: str, comparison: Comparison, known: QualityField) -> dict[str, Text]:
    """Return the factors of the comparison: as plain numbers, and the right one in the left column's unit."""
    spoken = {}
    if comparison.times != 1:
        spoken[f"{name}_times"] = _figure(comparison.times)
    if comparison.other_times != 1:
        spoken[f"{name}_other_times"] = _figure(comparison.other_times)
        spoken[f"{name}_each"] = known.shown(comparison.other_times)
    return spoken


def _figure(number: int) -> Text:
    return Text(zh=str(number), en=str(number))


def _times(title: Text, times: int) -> Text:
    return title if times == 1 else Text(zh=f"{title.zh}的{times}倍", en=f"{times} times {title.en}")
