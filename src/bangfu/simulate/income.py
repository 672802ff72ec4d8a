"""True income of a household in 2016 by item, and the households that stand exactly at the line.

Net income (纯收入) = wage + business + property + transfer - business cost; all in fen a year.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import Final

from bangfu.simulate.people import OLD_AGE, Person

LINE_FEN: Final = 295_200
"""The national line of 2016, fen per head and year; stated again, for the parameters are under test."""

PENSION_MONTH_YUAN: Final = 85
MOST_PER_HEAD_FEN: Final = 1_800_000
_FEN: Final = 100


@dataclass(slots=True)
class Income:
    """Income items of a household (收入分项), fen a year; the transfer parts add up to `transfer`."""

    wage: int = 0
    business: int = 0
    cost: int = 0
    property_income: int = 0
    family_planning: int = 0
    dibao: int = 0
    tekun: int = 0
    pension: int = 0
    eco: int = 0
    other_transfer: int = 0

    @property
    def transfer(self) -> int:
        """Transfer income (转移性收入): the sum of its six parts."""
        return self.family_planning + self.dibao + self.tekun + self.pension + self.eco + self.other_transfer

    @property
    def total(self) -> int:
        """Total income (家庭总收入), before the cost of production."""
        return self.wage + self.business + self.property_income + self.transfer

    @property
    def net(self) -> int:
        """Net income (纯收入), may be negative."""
        return self.total - self.cost


def draw_income(rng: Random, people: Sequence[Person], cultivated_mu100: int, *, assisted: str) -> Income:
    """Draw the income items that follow from the members' work, the land and the kind of assistance.

    cultivated_mu100  cultivated land, hundredths of a mu
    assisted          贫困户属性: 一般贫困户, 低保贫困户 or 五保户
    """
    income = Income()
    income.wage = sum(p.wage * p.work_months for p in people) * _FEN
    income.business = int(cultivated_mu100 * (320 + 520 * rng.random())) // _FEN * _FEN
    if rng.random() < 0.3:
        income.business += rng.randint(8, 60) * 100 * _FEN
    income.cost = int(income.business * (0.25 + 0.25 * rng.random())) // _FEN * _FEN
    if rng.random() < 0.02:
        income.cost = income.business + rng.randint(2, 30) * 100 * _FEN
    if rng.random() < 0.35:
        income.property_income = rng.randint(1, 24) * 50 * _FEN
    _draw_transfers(rng, income, people, cultivated_mu100, assisted)
    excess = max(0, income.net - MOST_PER_HEAD_FEN * len(people))
    less = min(excess, income.business)
    income.business -= less
    income.wage -= excess - less
    return income


def _draw_transfers(
    rng: Random, income: Income, people: Sequence[Person], cultivated_mu100: int, assisted: str
) -> None:
    """Set the six parts of transfer income."""
    heads = len(people)
    income.pension = sum(PENSION_MONTH_YUAN * 12 for p in people if p.age >= OLD_AGE) * _FEN
    income.other_transfer = cultivated_mu100 * 67 // _FEN * _FEN + rng.randint(0, 6) * 60 * _FEN
    if rng.random() < 0.15:
        income.eco = rng.randint(2, 16) * 125 * _FEN
    if rng.random() < 0.04:
        income.family_planning = 960 * _FEN
    if assisted == "低保贫困户":
        income.dibao = heads * rng.randint(90, 160) * 12 * _FEN
    if assisted == "五保户":
        income.tekun = heads * 4_200 * _FEN


def set_net(income: Income, net: int) -> None:
    """Move business income or cost so that net income becomes exactly `net` fen."""
    difference = net - income.net
    if difference >= 0:
        income.business += difference
    else:
        income.cost -= difference


def poor(income: Income, heads: int) -> bool:
    """Tell whether net income per head is strictly below the line (低于标准), without dividing."""
    return income.net < LINE_FEN * heads


def boundary_net(case: int, heads: int) -> int:
    """Return the net income of boundary household number `case`.

    On the line, one fen of the household below or above it, one fen per head below or above it.
    """
    return LINE_FEN * heads + (0, -1, 1, -heads, heads)[case % BOUNDARY_CASES]


BOUNDARY_CASES: Final = 5
