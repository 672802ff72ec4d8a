"""Damaged, wrong and doubled identity numbers and phones."""

from copy import copy
from itertools import islice
from typing import Any

from bangfu.kernel.ids import CHECK_CHARACTERS, check_character
from bangfu.simulate.faults.kinds import Case, kind
from bangfu.simulate.identity import disability_certificate, old_form, with_check
from bangfu.simulate.records import Record
from bangfu.simulate.sheets import Row

_WIDE = str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")
_SHARED_BY = 2


def _plain(person: dict[str, Any]) -> bool:
    """Tell whether the person stands in the roster with the plain 18-character number."""
    return not person["disability_kind"]


def _put(case: Case, row: Row | None, number: str) -> bool:
    """Write the number into the row and mark it; false when no member was fit."""
    if row is None:
        return False
    row.cells["id_no"] = number
    return case.mark(row, "id_no")


@kind("id_scientific", "import_error", hamlet=True)
def id_scientific(case: Case) -> bool:
    """Plant: a spreadsheet turned the number into scientific notation (科学计数法)."""
    row = case.member(lambda p: _plain(p) and p["id_no"].isdigit())
    return _put(case, row, f"{int(case.person(row)['id_no']):.5E}" if row else "")


@kind("id_lost_digits", "import_error", hamlet=True)
def id_lost_digits(case: Case) -> bool:
    """Plant: a spreadsheet kept 15 digits and wrote zeros for the rest (末三位变为000)."""

    def fits(person: dict[str, Any]) -> bool:
        number = person["id_no"]
        return _plain(person) and number.isdigit() and check_character(number[:15] + "00") != "0"

    row = case.member(fits)
    return _put(case, row, case.person(row)["id_no"][:15] + "000" if row else "")


@kind("id_full_width", "import_notice", hamlet=True)
def id_full_width(case: Case) -> bool:
    """Plant: the number was typed with full-width digits (全角)."""
    row = case.member(_plain)
    return _put(case, row, case.person(row)["id_no"].translate(_WIDE) if row else "")


@kind("id_lower_x", "import_notice", hamlet=True)
def id_lower_x(case: Case) -> bool:
    """Plant: the check character is a small x."""
    row = case.member(lambda p: _plain(p) and p["id_no"].endswith("X"))
    return _put(case, row, case.person(row)["id_no"].lower() if row else "")


@kind("id_spaces", "import_notice")
def id_spaces(case: Case) -> bool:
    """Plant: spaces stand between and after the digits."""
    row = case.member(_plain)
    if row is None:
        return False
    number = case.person(row)["id_no"]
    return _put(case, row, f" {number[:6]} {number[6:14]} {number[14:]} ")


@kind("id_fifteen", "import_notice", hamlet=True)
def id_fifteen(case: Case) -> bool:
    """Plant: the number has the 15 digits of before 1999."""
    row = case.member(lambda p: _plain(p) and p["age"] >= 30)
    return _put(case, row, old_form(case.person(row)["id_no"]) if row else "")


@kind("id_disability_22", "import_notice")
def id_disability_22(case: Case) -> bool:
    """Plant: a reissued disability certificate of 22 characters stands in the place of the number."""
    row = case.member(lambda p: p["disability_kind"] > 0)
    if row is None:
        return False
    person = case.person(row)
    number = disability_certificate(person["id_no"], person["disability_kind"], person["disability_grade"])
    return _put(case, row, number + "B1")


@kind("disability_without_certificate", "quality")
def disability_without_certificate(case: Case) -> bool:
    """Plant: a member counts as disabled, but the roster holds the plain number instead of a certificate."""
    row = case.member(lambda p: p["disability_kind"] > 0)
    return _put(case, row, case.person(row)["id_no"] if row else "")


@kind("id_wrong_check", "import_error", hamlet=True)
def id_wrong_check(case: Case) -> bool:
    """Plant: the check character does not belong to the digits."""
    row = case.member(_plain)
    if row is None:
        return False
    number = case.person(row)["id_no"]
    wrong = CHECK_CHARACTERS[(CHECK_CHARACTERS.index(number[-1]) + 3) % 11]
    return _put(case, row, number[:-1] + wrong)


@kind("id_impossible_birth", "import_error", hamlet=True)
def id_impossible_birth(case: Case) -> bool:
    """Plant: the birth day in the number is in no calendar; the check character fits."""
    row = case.member(_plain)
    if row is None:
        return False
    number = case.person(row)["id_no"]
    return _put(case, row, with_check(number[:10] + "0230" + number[14:17]))


@kind("id_wrong_length", "import_error")
def id_wrong_length(case: Case) -> bool:
    """Plant: a digit was lost while typing."""
    row = case.member(_plain)
    return _put(case, row, case.person(row)["id_no"][:-2] if row else "")


@kind("id_missing", "import_warning", hamlet=True)
def id_missing(case: Case) -> bool:
    """Plant: a member has no identity number."""
    row = case.member(lambda p: p["relation"] != "户主" and _plain(p))
    return _put(case, row, "")


@kind("sex_contradiction", "import_error", hamlet=True)
def sex_contradiction(case: Case) -> bool:
    """Plant: the stated sex differs from the number's."""
    row = case.member(lambda p: p["relation"] not in {"户主", "配偶"} and _plain(p))
    if row is None or not case.style.extended:
        return False
    row.cells["sex"] = "女" if row.cells["sex"] == "男" else "男"
    return case.mark(row, "sex")


@kind("birth_contradiction", "import_error")
def birth_contradiction(case: Case) -> bool:
    """Plant: the stated birth day differs from the number's by one year."""
    row = case.member(lambda p: _plain(p) and 30 <= p["age"] <= 50)
    if row is None or not case.style.extended:
        return False
    row.cells["born_on"] = case.person(row)["born_on"] + 10_000
    return case.mark(row, "born_on")


@kind("same_person_twice", "import_error", hamlet=True)
def same_person_twice(case: Case) -> bool:
    """Plant: a member's row stands twice in the household; the second one cannot be taken."""
    row = case.member(_plain)
    if row is None:
        return False
    double = Row(copy(row.cells))
    case.record.roster.append(double)
    return case.mark(double, "id_no")


@kind("person_in_two_households", "import_error", hamlet=True)
def person_in_two_households(case: Case) -> bool:
    """Plant: a member of another household stands here too, undeclared; neither row can be taken."""
    other = next((o for o in case.others if _number(o) < _number(case.record) and _plain(o.people[0])), None)
    if other is None:
        return False
    case.used.append(other)
    row = Row(copy(case.record.roster[-1].cells))
    guest = other.roster[0].cells
    row.cells |= {name: guest[name] for name in ("name", "id_no", "sex", "born_on", "ethnicity", "education_level")}
    row.cells |= {name: guest[name] for name in ("enrolment", "health_status", "labour_capacity", "phone")}
    row.cells |= {"relation": "其他", "work_region": "", "work_months": None, "public_post": False}
    row.cells |= {
        "public_post_months": None,
        "person_no": f"{case.record.household_no}{len(case.record.roster) + 1:02d}",
    }
    case.record.roster.append(row)
    case.mark(other.roster[0], "id_no", record=other)
    return case.mark(row, "id_no")


def _number(record: Record) -> int:
    return int(record.truth["household"])


@kind("phone_wrong", "import_warning", hamlet=True)
def phone_wrong(case: Case) -> bool:
    """Plant: the phone number has ten digits."""
    row = case.member(lambda p: p["relation"] != "户主" and p["phone"] != "")
    if row is None:
        return False
    row.cells["phone"] = case.person(row)["phone"][:-1]
    return case.mark(row, "phone")


@kind("phone_shared", "quality", hamlet=True)
def phone_shared(case: Case) -> bool:
    """Plant: the heads of several households have one phone."""
    phone = case.record.roster[0].cells["phone"]
    others = list(islice(case.others, _SHARED_BY))
    if len(others) < _SHARED_BY:
        return False
    case.mark(case.record.roster[0], "phone")
    for other in others:
        other.roster[0].cells["phone"] = other.ledger.cells["household_phone"] = phone
        case.used.append(other)
        case.mark(other.roster[0], "phone", record=other)
    return True
