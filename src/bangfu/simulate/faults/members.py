"""Contradictions between a member's age, sex, relation, schooling, health, labour, work and insurance."""

from collections.abc import Callable
from typing import Any

from bangfu.simulate.faults.kinds import Case, kind
from bangfu.simulate.identity import with_check
from bangfu.simulate.people import OLD_AGE, POST_AGE, WORKING_AGE
from bangfu.simulate.sheets import Row

_COUNTERPART = {"子": "女", "女": "子", "孙子": "孙女", "孙女": "孙子", "父": "母", "母": "父", "儿媳": "女婿"}


def _set(case: Case, row: Row | None, name: str, value: Any) -> bool:
    """Set a cell of the row and mark it; false when no member was fit."""
    if row is None:
        return False
    row.cells[name] = value
    return case.mark(row, name)


def _labourer(case: Case, fits: Callable[[dict[str, Any]], bool]) -> bool:
    """Write the fit member as ordinary labourer, unless the household's cause is that it lacks labour (缺劳力)."""
    if "缺劳力" in {case.record.truth["main_cause"], case.record.truth["other_cause"]}:
        return False
    return _set(case, case.member(fits), "labour_capacity", "普通劳动力")


@kind("two_heads", "quality", hamlet=True)
def two_heads(case: Case) -> bool:
    """Plant: two members are written as head (户主)."""
    row = case.member(lambda p: p["relation"] in {"子", "父", "母", "女"} and p["age"] >= WORKING_AGE)
    return _set(case, row, "relation", "户主")


@kind("no_head", "quality", hamlet=True)
def no_head(case: Case) -> bool:
    """Plant: nobody is written as head."""
    if len(case.record.roster) < 2 or any(p["relation"] == "配偶" for p in case.record.people):
        return False
    return _set(case, case.record.roster[0], "relation", "其他")


@kind("spouses_same_sex", "quality", hamlet=True)
def spouses_same_sex(case: Case) -> bool:
    """Plant: the spouse's identity number and sex are the head's."""
    row = case.member(lambda p: p["relation"] == "配偶" and not p["disability_kind"])
    if row is None:
        return False
    number = case.person(row)["id_no"]
    row.cells["id_no"] = with_check(f"{number[:14]}{int(number[14:17]) ^ 1:03d}")
    row.cells["sex"] = case.record.people[0]["sex"]
    return case.mark(row, "relation")


@kind("relation_sex_mismatch", "quality", hamlet=True)
def relation_sex_mismatch(case: Case) -> bool:
    """Plant: the relation belongs to the other sex."""
    row = case.member(lambda p: p["relation"] in _COUNTERPART)
    return _set(case, row, "relation", _COUNTERPART[case.person(row)["relation"]] if row else "")


@kind("labour_under_16", "quality", hamlet=True)
def labour_under_16(case: Case) -> bool:
    """Plant: a child under 16 counts as labourer."""
    return _labourer(case, lambda p: 8 <= p["age"] < WORKING_AGE)


@kind("work_under_16", "quality")
def work_under_16(case: Case) -> bool:
    """Plant: a child under 16 has work outside."""
    row = case.member(lambda p: 8 <= p["age"] < WORKING_AGE)
    if row:
        row.cells["work_months"] = 6
    return _set(case, row, "work_region", "省外")


@kind("adult_without_labour", "quality", hamlet=True)
def adult_without_labour(case: Case) -> bool:
    """Plant: a healthy adult who is not at school counts as without labour and does not work."""

    def fits(person: dict[str, Any]) -> bool:
        idle = not person["work_region"] and not person["public_post"]
        return person["labour"] == "普通劳动力" and person["health"] == "健康" and idle

    return _set(case, case.member(fits), "labour_capacity", "无劳动力")


@kind("elder_labourer", "quality", hamlet=True)
def elder_labourer(case: Case) -> bool:
    """Plant: a member of 60 or more counts as ordinary labourer."""
    return _labourer(case, lambda p: p["age"] >= OLD_AGE)


@kind("severe_disability_labourer", "quality")
def severe_disability_labourer(case: Case) -> bool:
    """Plant: a member with a physical disability of grade 1 or 2 counts as ordinary labourer."""

    def fits(person: dict[str, Any]) -> bool:
        severe = person["disability_kind"] == 4 and person["disability_grade"] in {1, 2}
        return severe and WORKING_AGE <= person["age"] < OLD_AGE and person["enrolment"] == "非在校"

    return _labourer(case, fits)


def _post(case: Case, row: Row | None) -> bool:
    if row is None or not case.style.extended:
        return False
    row.cells["public_post_months"] = 8
    return _set(case, row, "public_post", value=True)


@kind("post_at_70", "quality", hamlet=True)
def post_at_70(case: Case) -> bool:
    """Plant: a public-welfare post is held at 70 or more."""
    return _post(case, case.member(lambda p: p["age"] >= POST_AGE))


@kind("post_under_16", "quality")
def post_under_16(case: Case) -> bool:
    """Plant: a public-welfare post is held by a child under 16."""
    return _post(case, case.member(lambda p: 8 <= p["age"] < WORKING_AGE))


@kind("education_beyond_age", "quality", hamlet=True)
def education_beyond_age(case: Case) -> bool:
    """Plant: a child has a level of education that its age does not allow."""
    return _set(case, case.member(lambda p: 6 <= p["age"] < 13), "education_level", "高中")


@kind("enrolment_beyond_age", "quality", hamlet=True)
def enrolment_beyond_age(case: Case) -> bool:
    """Plant: a child is enrolled in a stage far above its age."""
    return _set(case, case.member(lambda p: 6 <= p["age"] < 13), "enrolment", "高中二年级")


@kind("both_insurances", "quality", hamlet=True)
def both_insurances(case: Case) -> bool:
    """Plant: a member is in the resident and in the employee medical insurance."""
    if not case.style.extended:
        return False
    row = case.member(lambda p: p["insured"] and p["age"] >= WORKING_AGE)
    return _set(case, row, "employee_medical", value=True)
