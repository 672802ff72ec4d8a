"""What a check may look at beside the rows: the laws and the day; and what a derived column is."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

import narwhals as nw

from bangfu.kernel.errors.parameters import ParameterNotInForce
from bangfu.kernel.texts import Text
from bangfu.params import Parameters, Programme


@dataclass(frozen=True, slots=True)
class Setting:
    """What a check may look at beside the rows: the laws, the day, the place where no table names counties."""

    parameters: Parameters
    on: date
    region: int | None = None

    def bits(self, code_list: str) -> tuple[int, ...]:
        """Return the numbers of a code list: the bits that a column of flags may have."""
        return tuple(entry.number for entry in self.parameters.code_lists[code_list].entries)

    def in_force(self, names: Iterable[str], region: int | None) -> tuple[Programme, str]:
        """Return the first of several values `PROGRAMME.NAME` that is in force on the day, and its programme.

        region  the place whose value is asked for; the check's own where None
        Raises ParameterNotInForce when none is.
        """
        *earlier, last = [name.partition(".")[::2] for name in names]
        for programme, name in earlier:
            found = self.parameters.programme(programme)
            if _has_value(found, name, self.on, region or self.region):
                return found, name
        found = self.parameters.programme(last[0])
        found.value(last[1], self.on, region or self.region)
        return found, last[1]

    def number(self, code_list: str, label: str) -> int:
        """Return the number of a label that must be in the code list."""
        number = self.parameters.code_lists[code_list].number(label)
        assert number is not None, (code_list, label)
        return number


@dataclass(frozen=True, slots=True)
class Derived:
    """A derived column: whose it is, its title and type, what it needs and how it is computed."""

    subject: str
    name: str
    title: Text
    type: str
    needs: tuple[str, ...]
    build: Callable[[Setting], nw.Expr]


def _has_value(programme: Programme, name: str, on: date, region: int | None) -> bool:
    try:
        programme.value(name, on, region)
    except ParameterNotInForce:
        return False
    return True
