"""Decisions: how a programme's criteria join into one outcome, from which day on (认定规则)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, TypeAlias, cast

from bangfu.kernel.texts import Text
from bangfu.params.criterion import Criterion, unknown
from bangfu.params.source import Source, Sources, source_of
from bangfu.params.value import rising
from bangfu.params.yaml_file import Cell, Spot, Table

Rule: TypeAlias = "str | tuple[str, Rule] | tuple[str, tuple[Rule, ...]]"
"""A criterion's name, ("not", rule), ("all_of", (rule, ...)) or ("any_of", (rule, ...))."""

JOINS: Final = frozenset({"all_of", "any_of"})


@dataclass(frozen=True, slots=True)
class Class:
    """One named class of those who are found, with the rule that puts a household there (类别)."""

    name: str
    title: Text
    rule: Rule


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision of a programme as it stands from a day on (认定规则).

    name       identify, exit, clear, ...
    title      its name
    subject    household, village or county
    rule       the tree of criteria; three-valued: yes, no, unknown
    classes    where several classes are kept apart; the rule is any_of their rules unless it is written out
    considers  criteria that are shown to the village's appraisal and do not decide
    start      the day from which it holds
    source     where it stands
    """

    name: str
    title: Text
    subject: str
    rule: Rule
    classes: tuple[Class, ...]
    considers: tuple[str, ...]
    start: date
    source: Source
    spot: Spot

    @property
    def criteria(self) -> tuple[str, ...]:
        """Return the names of all criteria that decide, class or are considered, each once, in order."""
        classing = [name for each in self.classes for name in criteria_of(each.rule)]
        return tuple(dict.fromkeys((*criteria_of(self.rule), *classing, *self.considers)))


def criteria_of(rule: Rule) -> tuple[str, ...]:
    """Return the names of the criteria of a rule in the order in which they stand."""
    if isinstance(rule, str):
        return (rule,)
    inner = rule[1]
    branches = cast("tuple[Rule, ...]", (inner,) if rule[0] == "not" else inner)
    return tuple(name for branch in branches for name in criteria_of(branch))


Criteria = Mapping[str, Criterion]


def read_rule(cell: Cell, criteria: Criteria) -> Rule:
    """Return the rule written at a place; raises NameUnknown for a criterion that nothing defines."""
    if cell.is_scalar():
        if cell.text() not in criteria:
            raise unknown(cell, "the criterion", cell.text(), frozenset(criteria))
        return cell.text()
    table = cell.table()
    table.allow(JOINS | {"not"})
    if len(table.cells) != 1:
        raise cell.wrong("one of all_of, any_of or not")
    join, branch = next(table.items())
    if join == "not":
        return ("not", read_rule(branch, criteria))
    branches = tuple(read_rule(each, criteria) for each in branch.cells())
    if not branches:
        raise branch.wrong("a list of at least one criterion")
    return (join, branches)


def _classes(cell: Cell, criteria: Criteria) -> tuple[Class, ...]:
    classes = []
    for table in cell.tables():
        table.allow(frozenset({"name", "title", "rule"}))
        classes.append(Class(table["name"].text(), table["title"].both(), read_rule(table["rule"], criteria)))
    return tuple(classes)


def _considered(table: Table, criteria: Criteria) -> tuple[str, ...]:
    if "considers" not in table:
        return ()
    for cell in table["considers"].cells():
        read_rule(cell, criteria)
    return table["considers"].texts()


def _read_decision(name: str, table: Table, criteria: Criteria, sources: Sources) -> Decision:
    table.allow(frozenset({"from", "title", "subject", "rule", "classes", "considers", "source"}))
    classes = _classes(table["classes"], criteria) if "classes" in table else ()
    rule: Rule
    if classes and "rule" not in table:
        rule = ("any_of", tuple(each.rule for each in classes))
    else:
        rule = read_rule(table["rule"], criteria)
    return Decision(
        name=name,
        title=table["title"].both(),
        subject=table["subject"].choice(frozenset({"household", "village", "county"})),
        rule=rule,
        classes=classes,
        considers=_considered(table, criteria),
        start=table["from"].day(),
        source=source_of(table, sources),
        spot=table.spot,
    )


def read_decision(name: str, cell: Cell, criteria: Criteria, sources: Sources) -> tuple[Decision, ...]:
    """Return the versions of one decision, start days rising."""
    decisions = tuple(_read_decision(name, table, criteria, sources) for table in cell.tables())
    rising(tuple((each.start, each.spot) for each in decisions), name)
    return decisions
