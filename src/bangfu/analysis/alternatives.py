"""Alternatives: how else each fact behind a decision could have been recorded (事实的其他取值)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from bangfu.analysis.show import field_of
from bangfu.analysis.variants import Court, Home
from bangfu.params import Criterion, Parameters
from bangfu.rules.income import TRANSFER_PARTS

MAY_BE_NEGATIVE: Final = frozenset({"net_income_fen", "net_income_pc_fen", "disposable_income_pc_fen"})
"""Amounts that may be below zero; every other amount is recorded as zero or more."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One recorded fact (登记事实): a field of the household, or of one of its members by register number.

    A field of None stands for the number of members.
    """

    field: str | None
    person: int | None = None


@dataclass(frozen=True, slots=True)
class Variant:
    """The household with one fact recorded otherwise, and the value it then has."""

    fact: Fact
    value: int | None
    home: Home


def facts_behind(criteria: Sequence[Criterion], home: Home) -> tuple[Fact, ...]:
    """Name the facts at which criteria look, each once: the household's, then its members' one by one."""
    fields = dict.fromkeys(field for criterion in criteria for field in _fields(criterion, home))
    own = [Fact(field) for field in fields if field in home.facts]
    of_members = [Fact(field, each["person"]) for field in fields for each in home.members if field in each]
    return (*own, *of_members)


def is_money(fact: Fact) -> bool:
    """Tell whether a fact is an amount of money."""
    return fact.field is not None and fact.field.endswith("_fen")


def word_variants(facts: Sequence[Fact], court: Court, parameters: Parameters) -> Iterator[Variant]:
    """Record every fact that is no amount in each other way that its field allows."""
    for fact in facts:
        if fact.field is None or is_money(fact):
            continue
        recorded = court.home.fact(fact.field, fact.person)
        for value in _other_values(fact.field, court, parameters):
            if value != recorded:
                yield Variant(fact, value, court.home.with_fact(fact.field, value, fact.person))


def member_variants(court: Court) -> Iterator[Variant]:
    """Take each member away, add one who is like the first, and take the members counted for those declared."""
    home = court.home
    for member in home.members:
        kept = [each for each in home.members if each is not member]
        if kept:
            yield Variant(Fact(None), len(kept), home.with_members(kept))
    if home.members:
        newcomer = {**home.members[0], "person": 1 + max(each["person"] for each in home.members)}
        yield Variant(Fact(None), len(home.members) + 1, home.with_members([*home.members, newcomer]))
        counted = len(home.members)
        if home.facts["declared_members"] not in {None, counted}:
            yield Variant(Fact("declared_members"), counted, home.with_members(home.members))


Trials = dict[Fact, tuple[Variant, Variant]]
"""Two trials of each amount: as recorded, and one fen more."""


def money_trials(facts: Sequence[Fact], court: Court) -> Trials:
    """Record each amount as it is and one fen higher: how a comparison moves with it shows from these two."""
    return {fact: _base(court.home, fact) for fact in facts if is_money(fact)}


def money_variants(
    facts: Sequence[Fact], trials: Trials, rows: Mapping[Fact, Sequence[Mapping[str, Any]]], court: Court
) -> Iterator[Variant]:
    """Record every amount with the whole fen at and around which a comparison turns.

    Every comparison of money is linear in each amount. Two trials per amount, one fen apart, give its
    slope; the amount at which the two sides meet follows, and the fen around it are the only ones at which
    the outcome can turn.

    rows  of each amount the rows of its two trials, judged
    """
    for fact in facts:
        if fact not in trials:
            continue
        (start, _), (below, above) = trials[fact], rows[fact]
        for value in sorted(_turning_values(start.value or 0, below, above, court)):
            if value >= 0 or fact.field in MAY_BE_NEGATIVE:
                yield _recorded(court.home, fact, value)


def _base(home: Home, fact: Fact) -> tuple[Variant, Variant]:
    value = home.fact(str(fact.field), fact.person) or 0
    return _recorded(home, fact, value), _recorded(home, fact, value + 1)


def _recorded(home: Home, fact: Fact, value: int) -> Variant:
    return Variant(fact, value, home.with_fact(str(fact.field), value, fact.person))


def _turning_values(value: int, below: Mapping[str, Any], above: Mapping[str, Any], court: Court) -> set[int]:
    found: set[int] = set()
    for criterion in court.plan.criteria:
        first, second = _margin(criterion, below, court), _margin(criterion, above, court)
        if first is not None and second is not None and first != second:
            meeting = value - first // (second - first)
            found |= {meeting - 1, meeting, meeting + 1}
    return found


def _margin(criterion: Criterion, row: Mapping[str, Any], court: Court) -> int | None:
    """Return by how much the left side of a comparison of money exceeds the right; None where either is unknown."""
    income, heads, members = row["income_fen"], row["income_heads"], row["members"]
    if criterion.function == "rigid_spending_exceeds_income":
        spent = row[f"{criterion.name}_value"]
        return None if None in {income, heads, members, spent} else spent * heads - income * members
    thresholds = court.plan.thresholds.get(criterion.name, ())
    line = next((each.value.value for each in thresholds if each.holds_in(row["county"])), None)
    return None if None in {income, heads, line} else income - line * heads


def _fields(criterion: Criterion, home: Home) -> tuple[str, ...]:
    parts = TRANSFER_PARTS if "transfer_fen" in criterion.fields and home.facts["transfer_fen"] is None else ()
    return (*("age" if field == "born_on" else field for field in criterion.fields), *parts)


def _other_values(field: str, court: Court, parameters: Parameters) -> tuple[int, ...]:
    if field == "age":
        limits = {number for each in court.plan.criteria for number in court.plan.numbers(each).values()}
        return tuple(sorted({age + step for age in limits for step in (-1, 0, 1)}))
    described = field_of(parameters, field)
    codes = parameters.code_lists[described.codes].entries if described and described.codes else ()
    numbers = tuple(entry.number for entry in codes)
    flags = (0, *(1 << number for number in numbers))
    return {"bool": (1, 0), "code": numbers, "flags": flags}.get(described.type if described else "", ())
