"""Cells that a spreadsheet or a hasty hand spoiled: numbers, days, codes, errors of formulas."""

from typing import Any

from bangfu.simulate.faults.kinds import Case, kind
from bangfu.simulate.identity import with_check
from bangfu.simulate.sheets import Row


def _set(case: Case, row: Row | None, name: str, value: Any) -> bool:
    """Set a cell of the row and mark it; false when no member was fit."""
    if row is None:
        return False
    row.cells[name] = value
    return case.mark(row, name)


@kind("household_no_missing", "import_error")
def household_no_missing(case: Case) -> bool:
    """Plant: the household's row has no number, so that nobody knows whose it is."""
    return _set(case, case.record.ledger, "household_no", "")


@kind("household_no_scientific", "import_error")
def household_no_scientific(case: Case) -> bool:
    """Plant: a spreadsheet turned the household's number into scientific notation."""
    return _set(case, case.record.ledger, "household_no", f"{int(case.record.household_no):.5E}")


@kind("village_missing", "import_error")
def village_missing(case: Case) -> bool:
    """Plant: the household's row names no village."""
    return case.style.per_head and _set(case, case.record.ledger, "village_name", "")


@kind("count_fractional", "import_error")
def count_fractional(case: Case) -> bool:
    """Plant: the number of members is not whole."""
    return case.style.per_head and _set(case, case.record.ledger, "declared_members", "2.5")


@kind("year_not_number", "import_error")
def year_not_number(case: Case) -> bool:
    """Plant: the year of the house is told in words."""
    return case.style.per_head and _set(case, case.record.ledger, "built_year", "八十年代")


@kind("formula_error", "import_error")
def formula_error(case: Case) -> bool:
    """Plant: a formula that lost its reference left its error in an amount."""
    return _set(case, case.record.ledger, "transfer_fen", "#REF!")


@kind("amount_too_large", "import_error")
def amount_too_large(case: Case) -> bool:
    """Plant: an amount has slipped by many digits."""
    return case.style.per_head and _set(case, case.record.ledger, "business_fen", "88000000000000")


@kind("flag_unknown", "import_warning")
def flag_unknown(case: Case) -> bool:
    """Plant: a question to be answered by yes or no is answered otherwise."""
    return _set(case, case.record.ledger, "sanitary_toilet", "不清楚")


@kind("label_bare_number", "import_warning")
def label_bare_number(case: Case) -> bool:
    """Plant: a code number stands where the form wants words; offices number them differently."""
    return _set(case, case.member(lambda p: p["age"] >= 20), "education_level", "3")


@kind("birth_impossible", "import_error")
def birth_impossible(case: Case) -> bool:
    """Plant: the birth day stated is in no calendar."""
    if not case.style.extended or case.style.dates:
        return False
    row = case.member(lambda p: p["relation"] != "户主")
    return _set(case, row, "born_on", f"{str(case.person(row)['born_on'])[:4]}-02-30" if row else "")


@kind("id_placeholder", "import_warning")
def id_placeholder(case: Case) -> bool:
    """Plant: nines stand for a number that nobody knew."""
    return _set(case, case.member(lambda p: not p["disability_kind"]), "id_no", "9" * 18)


@kind("id_masked", "import_error")
def id_masked(case: Case) -> bool:
    """Plant: the birth day in the number is hidden by asterisks, as in a public notice."""
    row = case.member(lambda p: not p["disability_kind"])
    if row is None:
        return False
    number = case.person(row)["id_no"]
    return _set(case, row, "id_no", f"{number[:6]}********{number[14:]}")


@kind("id_future_birth", "import_error")
def id_future_birth(case: Case) -> bool:
    """Plant: by its number the member is not born yet."""
    row = case.member(lambda p: not p["disability_kind"] and p["age"] < 60)
    if row is None:
        return False
    number = case.person(row)["id_no"]
    return _set(case, row, "id_no", with_check(f"{number[:6]}2071{number[10:17]}"))


@kind("name_with_digits", "import_warning")
def name_with_digits(case: Case) -> bool:
    """Plant: a digit has slipped into a name."""
    row = case.member(lambda p: p["relation"] != "户主")
    return _set(case, row, "name", f"{row.cells['name']}1" if row else "")


@kind("phone_two", "import_notice")
def phone_two(case: Case) -> bool:
    """Plant: two phones stand in one cell; the first one counts."""
    phone = case.record.people[0]["phone"]
    return _set(case, case.record.roster[0], "phone", f"{phone}/{phone[:5]}{int(phone[5:]) ^ 1:06d}")
