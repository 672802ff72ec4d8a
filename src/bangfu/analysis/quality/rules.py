"""The quality rules of the parameters, read once: condition, columns and messages (规则目录)."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

from bangfu.analysis.quality.columns import DERIVED
from bangfu.analysis.quality.conditions import (
    COUNTED_SUBJECTS,
    Column,
    Condition,
    Count,
    Law,
    Sum,
    comparisons,
    parse_condition,
)
from bangfu.analysis.quality.fields import QualityField
from bangfu.analysis.quality.messages import Fields, fill, message_facts
from bangfu.analysis.quality.setting import Setting
from bangfu.kernel.errors.parameters import ParameterNotInForce
from bangfu.kernel.texts import Text
from bangfu.params import Parameters, QualityRule

SUBJECTS: Final = ("person", "household", "village")


@dataclass(frozen=True, slots=True)
class Rule:
    """One quality rule with its condition read.

    definition  the rule as the parameters hold it
    condition   when it fires
    columns     the columns that it names, by subject
    laws        the dated values that it compares with
    counts      the subjects whose rows it counts or sums
    """

    definition: QualityRule
    condition: Condition
    columns: Mapping[str, tuple[str, ...]]
    laws: tuple[Law, ...]
    counts: tuple[str, ...]

    @property
    def first_column(self) -> str | None:
        """Return the column that the rule speaks of first, None when that is a count."""
        first, _ = next(comparisons(self.condition, self.definition.subject))
        return first.left.name if isinstance(first.left, Column) else None


def quality_rules_for(parameters: Parameters, subject: str) -> tuple[QualityRule, ...]:
    """Return the rules of the catalogue on persons, households or villages, in the order of their codes."""
    found = [rule for rule in parameters.quality if rule.subject == subject]
    return tuple(sorted(found, key=lambda rule: rule.code))


@lru_cache(maxsize=8)
def read_rules(parameters: Parameters, subject: str) -> tuple[Rule, ...]:
    """Return the rules on a subject with their conditions read; raises QualityRuleWrong."""
    return tuple(read_rule(rule) for rule in quality_rules_for(parameters, subject))


def read_rule(definition: QualityRule) -> Rule:
    """Return the rule with its condition read and what it needs; raises QualityRuleWrong."""
    condition = parse_condition(definition.when, definition.code)
    columns: dict[str, dict[str, None]] = {subject: {} for subject in SUBJECTS}
    laws: dict[Law, None] = {}
    counts: dict[str, None] = {}
    for comparison, subject in comparisons(condition, definition.subject):
        for side in (comparison.left, comparison.right):
            if isinstance(side, Column):
                columns[subject][side.name] = None
            elif isinstance(side, Law):
                laws[side] = None
            elif isinstance(side, Count):
                counts[COUNTED_SUBJECTS[side.of]] = None
            elif isinstance(side, Sum):
                columns["person"][side.column] = None
                counts["person"] = None
    named = {subject: tuple(names) for subject, names in columns.items()}
    return Rule(definition, condition, named, tuple(laws), tuple(counts))


@lru_cache(maxsize=8)
def quality_fields(parameters: Parameters) -> Fields:
    """Return every column that a rule may name: the field catalogue and the derived columns, by subject."""
    lists = parameters.code_lists
    fields: dict[str, dict[str, QualityField]] = {}
    for subject in SUBJECTS:
        fields[subject] = {
            name: QualityField(
                name, known.title, known.type, parameters.code_lists[known.codes] if known.codes else None
            )
            for name, known in parameters.fields[subject].items()
        }
    for column in DERIVED:
        codes = lists["sex"] if column.type == "sex" else None
        kind = "code" if codes else column.type
        fields[column.subject].setdefault(column.name, QualityField(column.name, column.title, kind, codes))
    return fields


def message(parameters: Parameters, code: str, language: str, on: date, region: int | None = None) -> str:
    """Return the message of a rule in a language, filled with the limits that its condition tests.

    code    the rule's code
    on      the day whose law fills dated limits
    region  the place whose law fills them, the nation's when not given
    Raises LookupError for an unknown code, ParameterNotInForce for a limit without a value on the day.
    """
    return rule_message(parameters, _definition(parameters, code), on, region).say(language)


def messages(parameters: Parameters, language: str, on: date, region: int | None = None) -> dict[str, str]:
    """Return the filled message of every rule by its code, without rules whose law has no value on the day."""
    filled = {}
    for rule in parameters.quality:
        with suppress(ParameterNotInForce):
            filled[rule.code] = rule_message(parameters, rule, on, region).say(language)
    return filled


def rule_message(parameters: Parameters, definition: QualityRule, on: date, region: int | None = None) -> Text:
    """Return the message of a rule in both languages, filled from its condition."""

    def law(side: Law) -> int:
        programme, name = Setting(parameters, on, region).in_force(side.names, region)
        return programme.value(name, on, region).value

    condition = parse_condition(definition.when, definition.code)
    facts = message_facts(condition, definition.subject, quality_fields(parameters), law)
    return fill(definition.message, facts)


def _definition(parameters: Parameters, code: str) -> QualityRule:
    for rule in parameters.quality:
        if rule.code == code:
            return rule
    raise LookupError(code)
