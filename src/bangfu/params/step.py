"""Steps: the way of a case through village, town and county, with its days and papers (程序步骤)."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from bangfu.kernel.errors.parameters import NameTwice
from bangfu.kernel.texts import Text
from bangfu.params.criterion import Names, unknown
from bangfu.params.source import Source, Sources, source_at, source_of
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
        "name", "kind", "level", "title", "actor", "minimum_days", "within_days", "quorum", "majority", "vote_source",
        "persons", "evidence", "asks", "deadline", "source",
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
    majority_numerator, majority_denominator  share of those present that the votes must exceed, 0/1 where none is asked
    persons       how many different persons must decide the step, each on their own account
    evidence      papers that the step leaves
    asks          code lists of which the step says one entry for its cases, as it finds them
    deadline      last day of the step where one date was set for all, or None
    source        where it stands
    vote_source   where quorum and majority stand, None where that is `source` too
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
    majority_numerator: int
    majority_denominator: int
    persons: int
    evidence: tuple[Text, ...]
    asks: tuple[str, ...]
    deadline: date | None
    source: Source
    vote_source: Source | None

    @property
    def provisional(self) -> bool:
        """Tell whether the step, or the rule of its vote, must still be verified."""
        return self.source.provisional or (self.vote_source is not None and self.vote_source.provisional)


@dataclass(frozen=True, slots=True)
class Procedure:
    """The steps of one procedure as they stand from a day on (程序)."""

    name: str
    title: Text
    start: date
    steps: tuple[Step, ...]
    spot: Spot


def _share(table: Table, key: str, *, all_may_be_asked: bool) -> tuple[int, int]:
    if key not in table:
        return (0, 1)
    parts = [cell.number() for cell in table[key].cells()]
    whole = "all" if all_may_be_asked else "less than all"
    if len(parts) != len(("numerator", "denominator")) or not 0 < parts[0] < parts[1] + all_may_be_asked:
        raise table[key].wrong(f"[numerator, denominator] of a share between nothing and {whole}")
    return (parts[0], parts[1])


def _vote_source(table: Table, sources: Sources) -> Source | None:
    if "vote_source" not in table:
        return None
    if "quorum" not in table and "majority" not in table:
        raise table["vote_source"].wrong("written only where the step asks for a quorum or a majority")
    return source_at(table["vote_source"], sources)


def _from_one(table: Table, key: str, counted: str) -> int | None:
    number = table.number_or_none(key)
    if number is not None and number < 1:
        raise table[key].wrong(f"a number of {counted} from 1")
    return number


def _read_step(order: int, table: Table, names: Names) -> Step:
    table.allow(KEYS)
    quorum = _share(table, "quorum", all_may_be_asked=True)
    majority = _share(table, "majority", all_may_be_asked=False)
    return Step(
        order=order,
        name=table["name"].text(),
        kind=table["kind"].choice(KINDS),
        level=table["level"].choice(LEVELS),
        title=table["title"].both(),
        actor=table["actor"].both(),
        minimum_days=_from_one(table, "minimum_days", "days") or 0,
        within_days=_from_one(table, "within_days", "days"),
        quorum_numerator=quorum[0],
        quorum_denominator=quorum[1],
        majority_numerator=majority[0],
        majority_denominator=majority[1],
        persons=_from_one(table, "persons", "persons") or 1,
        evidence=tuple(cell.both() for cell in table["evidence"].cells()) if "evidence" in table else (),
        asks=tuple(_list_asked(cell, names) for cell in table["asks"].cells()) if "asks" in table else (),
        deadline=table.day_or_none("deadline"),
        source=source_of(table, names.sources),
        vote_source=_vote_source(table, names.sources),
    )


def _list_asked(cell: Cell, names: Names) -> str:
    name = cell.text()
    if name not in names.code_lists:
        raise unknown(cell, "the code list", name, frozenset(names.code_lists))
    return name


def _read_version(name: str, table: Table, names: Names) -> Procedure:
    table.allow(frozenset({"from", "title", "steps"}))
    tables = table["steps"].tables()
    steps = tuple(_read_step(order, each, names) for order, each in enumerate(tables, start=1))
    seen: dict[str, int] = {}
    for step, each in zip(steps, tables, strict=True):
        if step.name in seen:
            spot = each.spot
            raise NameTwice(
                file=spot.file, line=spot.line, kind="the step", name=step.name, other=f"step {seen[step.name]}"
            )
        seen[step.name] = step.order
    return Procedure(name, table["title"].both(), table["from"].day(), steps, table.spot)


def read_procedure(name: str, cell: Cell, names: Names) -> tuple[Procedure, ...]:
    """Return the versions of one procedure, start days rising."""
    versions = tuple(_read_version(name, table, names) for table in cell.tables())
    rising(tuple((each.start, each.spot) for each in versions), name)
    return versions
