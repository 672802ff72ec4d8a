"""Criteria of a village or county: shares compare as products, and an empty place has no rate."""

import narwhals as nw

from bangfu.rules.compare import compare
from bangfu.rules.facts import Facts


def share_compared(part: nw.Expr, whole: nw.Expr, operator: str, limit: int, limit_of: int) -> nw.Expr:
    """Compare a share with a limit, as products (比例与限值).

    part, whole      counts of the same unit
    operator         the sign that the criterion carries
    limit, limit_of  the limit as a fraction: 300 of 10000 is three per cent
    Returns          a boolean column; unknown when a count is, or when the whole is empty
    """
    held = compare(part * limit_of, operator, whole * limit)
    return nw.when(whole > 0).then(held)


def incidence_within(village: Facts, limit: int, limit_of: int, operator: str = "<=") -> nw.Expr:
    """Tell whether the incidence of poverty is low enough for the place to exit (贫困发生率降至限值以下).

    village          columns `poor_persons` (still registered) and `population` (rural population)
    limit, limit_of  the limit as a fraction
    operator         以下 is `<=`, 低于 is `<`
    Returns          a boolean column; unknown where nobody lives or a count is missing
    """
    return share_compared(village.poor_persons, village.population, operator, limit, limit_of)


def poor_share_at_least(village: Facts, limit: int, limit_of: int, operator: str = ">=") -> nw.Expr:
    """Tell whether poor people make up enough of the village for it to be a poor village (贫困人口占比达到限值以上).

    village          columns `poor_persons` and `population`
    limit, limit_of  the limit as a fraction
    operator         以上 is `>=`
    Returns          a boolean column; unknown where nobody lives or a count is missing
    """
    return share_compared(village.poor_persons, village.population, operator, limit, limit_of)


def village_income_below_line(village: Facts, line_fen: int, operator: str = "<") -> nw.Expr:
    """Tell whether the village's income per head is below the line (村农民人均收入低于标准).

    village   column `village_income_pc_fen`, fen per head and year
    line_fen  the line, fen per head and year
    operator  低于 is `<`
    Returns   a boolean or a boolean column
    """
    return compare(village.village_income_pc_fen, operator, line_fen)


def collective_income_absent(village: Facts) -> nw.Expr:
    """Tell whether the village has no collective income (无村级集体经济收入).

    village  column `collective_income_fen`, fen a year
    Returns  a boolean or a boolean column
    """
    return compare(village.collective_income_fen, "<=", 0)
