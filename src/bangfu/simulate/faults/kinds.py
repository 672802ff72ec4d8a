"""What a kind of planted problem is, and the case in which one is planted."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from random import Random
from typing import Any, Final, Literal

from bangfu.simulate.ledgers.styles import Style
from bangfu.simulate.records import Record
from bangfu.simulate.sheets import Row

Finding = Literal["import_error", "import_warning", "import_notice", "quality", "criterion", "unknown", "accepted"]
Plant = Callable[["Case"], bool]


@dataclass(frozen=True, slots=True)
class Mark:
    """One planted problem: what was altered where, and what an honest system must say about it.

    person_no  empty when the problem belongs to the household as a whole
    """

    kind: str
    finding: Finding
    record: Record
    row: Row
    field: str
    person_no: str


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of problem.

    finding  import_error: the row cannot be taken; import_warning: taken, a cell is left out or doubted;
             import_notice: taken and repaired; quality: taken, a check of the register finds it;
             criterion: taken, and a criterion of the household's run says yes (from 2020 on such a household
             must be on the monitored list as well); unknown: taken, but the household cannot be judged;
             accepted: unusual, but as good as any other row
    hamlet   planted in the small place too
    natural  a hardship of life that the ledgers report truly, not a fault of theirs
    plant    alters the case's rows and tells whether the household was fit for it
    """

    name: str
    finding: Finding
    hamlet: bool
    natural: bool
    plant: Plant


KINDS: Final[dict[str, Kind]] = {}


def kind(name: str, finding: Finding, *, hamlet: bool = False, natural: bool = False) -> Callable[[Plant], Plant]:
    """Enter the decorated planter in the list of kinds under `name`."""

    def enter(plant: Plant) -> Plant:
        assert name not in KINDS
        KINDS[name] = Kind(name, finding, hamlet, natural, plant)
        return plant

    return enter


@dataclass(slots=True)
class Case:
    """A household in which one kind is to be planted.

    style   how its office keeps the ledgers
    others  further untouched households of the same office, for problems between households
    elsewhere  households of all offices
    """

    kind: Kind
    record: Record
    style: Style
    rng: Random
    others: Iterator[Record]
    elsewhere: list[Record] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    used: list[Record] = field(default_factory=list)

    def member(self, fits: Callable[[dict[str, Any]], bool]) -> Row | None:
        """Return the roster row of the last member whose true facts fit, or nothing; the head comes last of all."""
        people = self.record.people
        for number in range(len(people) - 1, -1, -1):
            if fits(people[number]):
                return self.record.roster[number]
        return None

    def person(self, row: Row) -> dict[str, Any]:
        """Return the true facts behind a roster row."""
        return self.record.people[self.record.roster.index(row)]

    def set_in_roster(self, name: str, value: Any) -> None:
        """Set a household's fact in all its roster rows, as offices repeat it."""
        for row in self.record.roster:
            row.cells[name] = value

    def mark(self, row: Row, name: str, *, rejected: bool | None = None, record: Record | None = None) -> bool:
        """Note that the field of this row is the planted problem; always true, so that a planter can return it.

        rejected  whether the row cannot be taken; by default when the finding is an import error
        """
        owner = record or self.record
        if (self.kind.finding == "import_error") if rejected is None else rejected:
            row.rejected = True
        in_roster = any(row is member for member in owner.roster)
        alone = in_roster and name not in HOUSEHOLD_FIELDS
        person_no = str(row.cells.get("person_no", "")) if alone else ""
        self.marks.append(Mark(self.kind.name, self.kind.finding, owner, row, name, person_no))
        return True


HOUSEHOLD_FIELDS: Final = frozenset(
    {
        "declared_members",
        "exit_status",
        "exit_year",
        "household_type",
        "main_cause",
        "housing_grade",
        "water_safe",
        "water_difficult",
        "net_income_pc_fen",
    }
)
