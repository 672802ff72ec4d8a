"""Rules of the programmes: one function for each criterion, from columns to columns (判定规则).

Whole numbers only, products instead of quotients, three outcomes. Lines, limits, ages and code
numbers come in as arguments; no number of law stands here. A criterion of a programme names its
function as it is exported from this package.
"""

from bangfu.rules.guarantees import (
    clothing_unassured,
    education_gap,
    food_unassured,
    housing_unsafe,
    medical_gap,
    water_unsafe,
)
from bangfu.rules.income import income_above_line, income_below_line
from bangfu.rules.monitoring import rigid_spending_exceeds_income, risk_present, was_exited, without_labour
from bangfu.rules.village import (
    collective_income_absent,
    incidence_within,
    poor_share_at_least,
    village_income_below_line,
)

__all__ = [
    "clothing_unassured",
    "collective_income_absent",
    "education_gap",
    "food_unassured",
    "housing_unsafe",
    "incidence_within",
    "income_above_line",
    "income_below_line",
    "medical_gap",
    "poor_share_at_least",
    "rigid_spending_exceeds_income",
    "risk_present",
    "village_income_below_line",
    "was_exited",
    "water_unsafe",
    "without_labour",
]
