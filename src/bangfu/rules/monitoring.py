"""Monitoring against return to poverty (防止返贫监测): who is watched, and by what signs."""

import narwhals as nw

from bangfu.rules.compare import compare
from bangfu.rules.facts import Codes, Facts, answered


def was_exited(household: Facts, codes: Codes) -> nw.Expr:
    """Tell whether the household once left poverty (脱贫户), as against a general farming household (一般农户).

    household  column `origin`
    codes      the kinds that left poverty, under `origin`; every other recorded kind did not
    Returns    a boolean column
    """
    return household.origin.is_in(codes["origin"])


def risk_present(household: Facts) -> nw.Expr:
    """Tell whether a risk of falling into poverty is recorded (存在致贫返贫风险).

    household  column `risks`, one bit for each kind of risk; no bit means that somebody looked and found none
    Returns    a boolean column
    """
    return compare(household.risks, ">", 0)


def rigid_spending_exceeds_income(household: Facts, operator: str = ">") -> nw.Expr:
    """Tell whether unavoidable spending outweighs the year's income (刚性支出明显超过收入).

    household  `allowable_oop_fen` and `income_fen` (fen a year), `members`, `income_heads`
    operator   超过 is `>`
    Returns    a boolean or a boolean column
    """
    spent = household.allowable_oop_fen * household.income_heads
    return compare(spent, operator, household.income_fen * household.members)


def without_labour(household: Facts) -> nw.Expr:
    """Tell whether the whole household lives on the safety net for want of labour (整户无劳动能力兜底保障户)."""
    return answered(household.no_labour_backstop)
