"""Which criteria made a decision come out as it did, read from the recorded outcomes (判定依据)."""

from collections.abc import Mapping
from typing import Any

Outcome = bool | None


def weigh(rule: Any, outcomes: Mapping[str, Outcome]) -> Outcome:
    """Read a rule tree over recorded outcomes (三值逻辑).

    rule      a criterion's name, or a pair of all_of, any_of or not with what it joins
    outcomes  the recorded outcome of each criterion; None is unknown
    Returns   the outcome of the tree
    """
    if isinstance(rule, str):
        return outcomes[rule]
    word, inner = rule
    if word == "not":
        outcome = weigh(inner, outcomes)
        return None if outcome is None else not outcome
    decisive = word == "any_of"
    branches = [weigh(branch, outcomes) for branch in inner]
    if decisive in branches:
        return bool(decisive)
    return None if None in branches else not decisive


def deciding(rule: Any, outcomes: Mapping[str, Outcome]) -> tuple[str, ...]:
    """Name the criteria to which a decision owes its outcome.

    One branch is enough for yes under any_of and for no under all_of; then those branches decide. For the
    opposite all of them do, and for unknown the unknown ones.

    rule, outcomes  as for `weigh`
    Returns         names in the order of the rule, each once
    """
    if isinstance(rule, str):
        return (rule,)
    word, inner = rule
    if word == "not":
        return deciding(inner, outcomes)
    result = weigh(rule, outcomes)
    responsible = [branch for branch in inner if weigh(branch, outcomes) is result]
    return tuple(dict.fromkeys(name for branch in responsible for name in deciding(branch, outcomes)))
