"""Amounts, areas, years and counts that cannot be or do not add up, and incomes that nobody stated."""

from copy import copy
from typing import Any, Final

from bangfu.simulate.faults.kinds import Case, kind
from bangfu.simulate.records import per_head_fen
from bangfu.simulate.sheets import Row

_ITEMS: Final = ("wage_fen", "business_fen")
_TOTALS: Final = ("total_income_fen", "net_income_fen")


def _set(case: Case, name: str, value: Any) -> bool:
    """Set a cell of the household's ledger row and mark it."""
    case.record.ledger.cells[name] = value
    return case.mark(case.record.ledger, name)


@kind("amount_not_number", "import_error", hamlet=True)
def amount_not_number(case: Case) -> bool:
    """Plant: an amount is written as words (约3000) and the roster states no income per head: nobody can judge."""
    return not case.style.per_head and _set(case, "wage_fen", "约3000")


@kind("amount_not_number_but_stated", "import_error")
def amount_not_number_but_stated(case: Case) -> bool:
    """Plant: an amount is written as words, but the roster states income per head, which then decides."""
    return case.style.per_head and _set(case, "business_fen", "三千多")


@kind("area_negative", "import_error", hamlet=True)
def area_negative(case: Case) -> bool:
    """Plant: an area is negative."""
    return case.style.per_head and _set(case, "cultivated_mu100", -300)


@kind("year_in_future", "quality", hamlet=True)
def year_in_future(case: Case) -> bool:
    """Plant: the house was built in a year that has not come."""
    return _set(case, "built_year", 2018)


@kind("income_missing", "unknown", hamlet=True)
def income_missing(case: Case) -> bool:
    """Plant: wage and business income, the sums and the figure per head are blank: the household cannot be judged."""
    for name in (*_ITEMS, *_TOTALS):
        case.record.ledger.cells[name] = None
    case.set_in_roster("net_income_pc_fen", None)
    return case.mark(case.record.ledger, "wage_fen")


@kind("income_missing_but_stated", "accepted")
def income_missing_but_stated(case: Case) -> bool:
    """Plant: wage and business income are blank, but the roster states income per head, which then decides."""
    if not case.style.per_head:
        return False
    for name in (*_ITEMS, *_TOTALS):
        case.record.ledger.cells[name] = None
    return case.mark(case.record.ledger, "wage_fen", rejected=False)


@kind("net_income_differs", "quality", hamlet=True)
def net_income_differs(case: Case) -> bool:
    """Plant: net income as stated is not the sum of the items; the items are right."""
    return _set(case, "net_income_fen", case.record.truth["net"] + 120_000)


@kind("total_income_differs", "quality")
def total_income_differs(case: Case) -> bool:
    """Plant: total income as stated is not the sum of the items; the items are right."""
    return _set(case, "total_income_fen", case.record.truth["total"] + 90_000)


@kind("transfer_parts_differ", "quality")
def transfer_parts_differ(case: Case) -> bool:
    """Plant: the parts of transfer income exceed their sum; the sum is right."""
    return _set(case, "other_transfer_fen", case.record.truth["other_transfer"] + 80_000)


@kind("per_head_differs", "quality")
def per_head_differs(case: Case) -> bool:
    """Plant: income per head as stated in the roster is not that of the items; the items decide."""
    if not case.style.per_head:
        return False
    case.set_in_roster("net_income_pc_fen", per_head_fen(case.record.truth) + 50_000)
    return case.mark(case.record.roster[0], "net_income_pc_fen")


@kind("land_above_limit", "quality", hamlet=True)
def land_above_limit(case: Case) -> bool:
    """Plant: the household has more cultivated land than a household can have."""
    return _set(case, "cultivated_mu100", 12_800)


@kind("forest_above_limit", "quality")
def forest_above_limit(case: Case) -> bool:
    """Plant: the household has more forest than a household can have."""
    return _set(case, "forest_mu100", 26_000)


@kind("road_above_limit", "quality")
def road_above_limit(case: Case) -> bool:
    """Plant: the way to the village road is longer than any in the county."""
    return _set(case, "road_distance_m", 8_600)


@kind("irrigated_above_cultivated", "quality")
def irrigated_above_cultivated(case: Case) -> bool:
    """Plant: more land is irrigated than there is."""
    return _set(case, "irrigated_mu100", case.record.truth["cultivated"] + 250)


@kind("contradictory_row", "import_error", hamlet=True)
def contradictory_row(case: Case) -> bool:
    """Plant: a second row of the same household tells another income and another house; it is refused."""
    if not case.style.per_head:
        return False
    second = Row(copy(case.record.ledger.cells))
    second.cells["wage_fen"] = case.record.truth["wage"] + 300_000
    second.cells["housing_area_dm2"] = case.record.truth["floor_dm2"] + 3_000
    case.record.again.append(second)
    return case.mark(second, "wage_fen")
