"""What would change: which recorded fact, if wrong, would change a decision (哪些事实会改变结果).

Nothing is guessed: each fact is recorded otherwise, one at a time, and the household is judged again by
the rules of its run. Amounts come out exact to the fen.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from bangfu.analysis.alternatives import (
    Fact,
    Variant,
    facts_behind,
    is_money,
    member_variants,
    money_trials,
    money_variants,
    word_variants,
)
from bangfu.analysis.explanation import RESULTS
from bangfu.analysis.findings import outcome_of_number
from bangfu.analysis.frames import Frames
from bangfu.analysis.plan import IDENTIFY, make_plan
from bangfu.analysis.reasons import Outcome, deciding
from bangfu.analysis.rows import outcome_column
from bangfu.analysis.show import field_of, show_value
from bangfu.analysis.variants import Court, open_court
from bangfu.kernel.money import yuan
from bangfu.kernel.texts import Text
from bangfu.params import Parameters

OTHERWISE: Final = Text(
    zh="如果%(title)s不是%(recorded)s，而是%(needed)s，结果将变为：%(result)s。",
    en="If %(title)s were %(needed)s instead of %(recorded)s, the result would be: %(result)s.",
)
FOUND_OUT: Final = Text(
    zh="%(title)s没有登记；如果核实为%(needed)s，结果将变为：%(result)s。",
    en="%(title)s is not recorded; if it proves to be %(needed)s, the result would be: %(result)s.",
)
AMOUNT_FOUND_OUT: Final = Text(
    zh="%(title)s没有登记；如果核实为%(needed)s元，结果将变为：%(result)s。",
    en="%(title)s is not recorded; if it proves to be %(needed)s yuan, the result would be: %(result)s.",
)
MORE: Final = Text(
    zh="如果%(title)s多%(difference)s元，即不是%(recorded)s元而是%(needed)s元，结果将变为：%(result)s。",
    en="If %(title)s were %(difference)s yuan more, %(needed)s instead of %(recorded)s, "
    "the result would be: %(result)s.",
)
LESS: Final = Text(
    zh="如果%(title)s少%(difference)s元，即不是%(recorded)s元而是%(needed)s元，结果将变为：%(result)s。",
    en="If %(title)s were %(difference)s yuan less, %(needed)s instead of %(recorded)s, "
    "the result would be: %(result)s.",
)
MEMBERS: Final = Text(zh="家庭人口", en="the number of members")
AGE: Final = Text(zh="年龄", en="the age")


@dataclass(frozen=True, slots=True)
class Change:
    """One fact that alone, if it was recorded wrongly, changes the result (可改变结果的事实).

    field       the field; None for the number of members
    person      register number of the member whose fact it is, None for the household's own
    title       what the fact is called
    recorded, needed  the value as recorded and the nearest one with the other result; None is unknown
    difference  needed minus recorded for amounts (fen) and counts, else None
    outcome     the result it would then be
    sentence    the same in words
    """

    field: str | None
    person: int | None
    title: Text
    recorded: int | None
    needed: int | None
    difference: int | None
    outcome: Outcome
    sentence: Text


@dataclass(frozen=True, slots=True)
class WhatWouldChange:
    """How firmly a decision stands (结果的稳固程度).

    outcome  the result as recorded
    changes  every fact that alone would change it, by the order of the criteria
    firm     titles of facts behind the result that alone would not change it
    missing  titles of facts behind the result that nobody recorded
    """

    outcome: Outcome
    changes: tuple[Change, ...]
    firm: tuple[Text, ...]
    missing: tuple[Text, ...]


def what_would_change(
    frames: Frames, parameters: Parameters, manifest: Mapping[str, Any], household: int, decision: str = IDENTIFY
) -> WhatWouldChange:
    """Tell which recorded facts, each taken alone, would change a decision on a household if they were wrong.

    frames      the frames of the run
    parameters  the parameters of the run
    manifest    the run's manifest
    household   register number; must be in the frames
    decision    which decision of the programme
    Returns     the changes, the facts that alone change nothing, and those that are missing
    """
    on = date.fromisoformat(manifest["on"])
    plan = make_plan(parameters, manifest["programme"], on, _counties(manifest)).only(decision)
    court = open_court(frames, plan, household)
    (decided,) = plan.decisions
    trials = money_trials(facts_behind(court.plan.criteria, court.home), court)
    row, *tried = court.judge([court.home, *(each.home for pair in trials.values() for each in pair)])
    outcomes = {each.name: outcome_of_number(row[each.name]) for each in court.plan.criteria}
    responsible = deciding(decided.rule, outcomes)
    behind = facts_behind([each for each in court.plan.criteria if each.name in responsible], court.home)
    rows = dict(zip(trials, zip(tried[::2], tried[1::2], strict=True), strict=True))
    variants = [*word_variants(behind, court, parameters), *money_variants(behind, trials, rows, court)]
    if any(is_money(fact) for fact in behind):
        variants += member_variants(court)
    column = outcome_column(decided)
    nearest = _nearest(
        variants, [each[column] for each in court.judge([each.home for each in variants])], row[column], court
    )
    changes = tuple(_change(variant, outcome, court, parameters) for variant, outcome in nearest)
    moving = {(each.field, each.person) for each in changes}
    missing = [fact for fact in behind if court.home.fact(str(fact.field), fact.person) is None]
    firm = [fact for fact in behind if (fact.field, fact.person) not in moving and fact not in missing]
    return WhatWouldChange(
        outcome=outcome_of_number(row[column]),
        changes=changes,
        firm=_titles(firm, parameters),
        missing=_titles(missing, parameters),
    )


def _counties(manifest: Mapping[str, Any]) -> set[int]:
    """Return the counties that the run told apart; none where one threshold held everywhere."""
    groups = (each["counties"] for criterion in manifest["criteria"].values() for each in criterion["thresholds"])
    return {county for group in groups if group is not None for county in group}


def _nearest(
    variants: Iterable[Variant], outcomes: Iterable[int | None], recorded: int | None, court: Court
) -> list[tuple[Variant, int | None]]:
    """Return for each fact and each other outcome the variant nearest to what is recorded."""
    best: dict[tuple[Fact, int | None], tuple[int, Variant]] = {}
    for variant, outcome in zip(variants, outcomes, strict=True):
        if outcome == recorded:
            continue
        distance = abs(_difference(variant, court) or 0)
        if distance < best.get((variant.fact, outcome), (distance + 1, variant))[0]:
            best[variant.fact, outcome] = (distance, variant)
    return [(variant, outcome) for (_, outcome), (_, variant) in best.items()]


def _difference(variant: Variant, court: Court) -> int | None:
    recorded = _recorded(variant.fact, court)
    counted = variant.fact.field in {None, "age", "declared_members"} or is_money(variant.fact)
    return variant.value - recorded if counted and recorded is not None and variant.value is not None else None


def _recorded(fact: Fact, court: Court) -> int | None:
    return len(court.home.members) if fact.field is None else court.home.fact(fact.field, fact.person)


def _change(variant: Variant, outcome: int | None, court: Court, parameters: Parameters) -> Change:
    fact, recorded = variant.fact, _recorded(variant.fact, court)
    difference = _difference(variant, court)
    result = outcome_of_number(outcome)
    words = {
        "title": _title(fact, parameters),
        "recorded": show_value(str(fact.field), recorded, parameters),
        "needed": show_value(str(fact.field), variant.value, parameters),
        "result": RESULTS[result],
    }
    gap = {"difference": yuan(abs(difference or 0))}
    wording = _wording(fact, recorded, difference or 0)
    return Change(
        field=fact.field,
        person=fact.person,
        title=words["title"],
        recorded=recorded,
        needed=variant.value,
        difference=difference,
        outcome=result,
        sentence=Text(
            zh=wording.zh % {**{name: text.zh for name, text in words.items()}, **gap},
            en=wording.en % {**{name: text.en for name, text in words.items()}, **gap},
        ),
    )


def _wording(fact: Fact, recorded: int | None, difference: int) -> Text:
    if recorded is None:
        return AMOUNT_FOUND_OUT if is_money(fact) else FOUND_OUT
    if not is_money(fact):
        return OTHERWISE
    return MORE if difference > 0 else LESS


def _title(fact: Fact, parameters: Parameters) -> Text:
    if fact.field is None:
        return MEMBERS
    field = field_of(parameters, fact.field, "household" if fact.person is None else "person")
    return AGE if field is None else field.title


def _titles(facts: Iterable[Fact], parameters: Parameters) -> tuple[Text, ...]:
    return tuple(dict.fromkeys(_title(fact, parameters) for fact in facts))
