"""Steps: the way of a case through village, town and county, with its days and papers (程序步骤)."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from bangfu.kernel.errors.parameters import NameTwice
from bangfu.kernel.texts import Text
from bangfu.params.source import Source, Sources, source_of
from bangfu.params.value import rising
from bangfu.params.yaml_file import Cell, Spot, Table

KINDS: Final = frozenset(
    {
        "application", "survey", "meeting", "comparison", "notice", "review", "signature", "approval",
        "announcement", "entry", "assessment",
    }
)  # fmt: skip
LEVELS: Final = frozenset({"household", "village", "town", "county", "city", "province", "country"})
KEYS: Final = frozenset(
    {
        "name", "kind", "level", "title", "actor", "minimum_days", "within_days", "quorum", "evidence", "deadline",
        "source",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a procedure (程序步骤).

    order         its place, from 1
    name          its key within the procedure
    kind          application, survey, meeting, comparison, notice, review, signature, approval, ...
    level         who holds the step: household, village, town, county, city, province, country
    title, actor  what is done, and by whom
    minimum_days  days that the step lasts at least (a notice hangs so long); 0 where none is set
    within_days   days from the start of the procedure within which the step must be finished, or None
    quorum_numerator, quorum_denominator  least share of those entitled who must attend, 0/1 where none
    evidence      papers that the step leaves
    deadline      last day of the step where one date was set for all, or None
    source        where it stands
    """

    order: int
    name: str
    kind: str
    level: str
    title: Text
    actor: Text
    minimum_days: int
    within_days: int | None
    quorum_numerator: int
    quorum_denominator: int
    evidence: tuple[Text, ...]
    deadline: date | None
    source: Source

    @property
    def provisional(self) -> bool:
        """Tell whether the step must still be verified."""
        return self.source.provisional


@dataclass(frozen=True, slots=True)
class Procedure:
    """The steps of one procedure as they stand from a day on (程序)."""

    name: str
    title: Text
    start: date
    steps: tuple[Step, ...]
    spot: Spot


def _quorum(table: Table) -> tuple[int, int]:
    if "quorum" not in table:
        return (0, 1)
    parts = [cell.number() for cell in table["quorum"].cells()]
    if len(parts) != len(("numerator", "denominator")) or not 0 < parts[0] <= parts[1]:
        raise table["quorum"].wrong("[numerator, denominator] of a share between nothing and all")
    return (parts[0], parts[1])


def _days(table: Table, key: str) -> int | None:
    days = table.number_or_none(key)
    if days is not None and days < 1:
        raise table[key].wrong("a number of days from 1")
    return days


def _read_step(order: int, table: Table, sources: Sources) -> Step:
    table.allow(KEYS)
    numerator, denominator = _quorum(table)
    return Step(
        order=order,
        name=table["name"].text(),
        kind=table["kind"].choice(KINDS),
        level=table["level"].choice(LEVELS),
        title=table["title"].both(),
        actor=table["actor"].both(),
        minimum_days=_days(table, "minimum_days") or 0,
        within_days=_days(table, "within_days"),
        quorum_numerator=numerator,
        quorum_denominator=denominator,
        evidence=tuple(cell.both() for cell in table["evidence"].cells()) if "evidence" in table else (),
        deadline=table.day_or_none("deadline"),
        source=source_of(table, sources),
    )


def _read_version(name: str, table: Table, sources: Sources) -> Procedure:
    table.allow(frozenset({"from", "title", "steps"}))
    tables = table["steps"].tables()
    steps = tuple(_read_step(order, each, sources) for order, each in enumerate(tables, start=1))
    seen: dict[str, int] = {}
    for step, each in zip(steps, tables, strict=True):
        if step.name in seen:
            spot = each.spot
            raise NameTwice(
                file=spot.file, line=spot.line, kind="the step", name=step.name, other=f"step {seen[step.name]}"
            )
        seen[step.name] = step.order
    return Procedure(name, table["title"].both(), table["from"].day(), steps, table.spot)


def read_procedure(name: str, cell: Cell, sources: Sources) -> tuple[Procedure, ...]:
    """Return the versions of one procedure, start days rising."""
    versions = tuple(_read_version(name, table, sources) for table in cell.tables())
    rising(tuple((each.start, each.spot) for each in versions), name)
    return versions
