"""Whose a step is: what a level makes public it posts itself, and nobody evaluates what they did themselves."""

from datetime import date, timedelta

import pytest

from bangfu.access.acting import ActingPerson, today
from bangfu.access.actions.add_person import record_person
from bangfu.access.actions.grant_role import record_grant
from bangfu.access.founding import Founder
from bangfu.access.roles import Role
from bangfu.kernel.actors import Can
from bangfu.kernel.errors.access import NotPermitted
from bangfu.kernel.errors.procedures import EarlierHand, NoticeTooShort
from bangfu.params import load
from bangfu.procedures.actions.open_cases import open_cases
from bangfu.procedures.actions.take_step import take_step
from bangfu.procedures.course import PUBLIC, Course, Version, course_of, version_on
from tests.procedures.steps_taken import standing

pytestmark = pytest.mark.store


def courses():
    """Every version of every procedure of every programme."""
    days = [date(2015, 9, 1), date(2016, 7, 1), date(2018, 2, 1), date(2021, 6, 1)]
    for programme, law in load().programmes.items():
        found = {(one.name, one.start) for day in days for one in law.procedures(day)}
        yield from (course_of(Version(programme, name, start)) for name, start in sorted(found))


def test_papers_above_the_village_are_posted_by_their_own_level(home):
    wanted = {"town": Can.WORK_TOWN, "county": Can.WORK_COUNTY, "city": Can.WORK_CITY, "province": Can.WORK_PROVINCE}
    found = set()
    for course in courses():
        assert isinstance(course, Course)
        for step in course.steps:
            if step.kind in PUBLIC:
                own = wanted.get(step.level, Can.WORK_PROVINCE if step.level == "country" else Can.POST_NOTICES)
                decided = Can.APPROVE_CASES if step.level == "county" and course.decides(step) else own
                assert course.right(step) == decided, (course.version, step.name)
                found.add(step.level)
    assert {"village", "town", "county", "province"} <= found


def test_every_notice_hangs_some_days(home):
    for course in courses():
        assert all(step.minimum_days for step in course.steps if step.kind == "notice"), course.version


@pytest.fixture
def province(places, on_day):
    """Four persons of the office of the province."""
    from django.db import transaction

    day = on_day(date(2018, 3, 1))
    people = []
    with transaction.atomic():
        for number in range(4):
            person = record_person(by=Founder(), name=f"测试省{number}", os_login=None)
            days = (date(2000, 1, 1), None)
            record_grant(by=Founder(), person=person, role=Role.PROVINCE_OFFICE, place=places.province, days=days)
            people.append(person)
    return [ActingPerson.of(person, day) for person in people]


def test_the_province_posts_its_notice_and_evaluates_nothing_it_did_itself(hands, subjects, places, province, on_day):
    maker, first, second, other = province
    version = version_on("cn_2014", "exit_county", today())
    about = subjects(places.county, place=places.county, proposal="exited", kind="county")
    cases = open_cases(by=hands.county, version=version, subjects=about, on=today()).to_list()
    take_step(by=hands.county, cases=cases, step="county_proposal", on=today())
    take_step(by=hands.city, cases=cases, step="city_review", on=today())
    take_step(by=other, cases=cases, step="evaluation", on=today())
    with pytest.raises(NotPermitted):
        take_step(by=hands.county, cases=cases, step="province_notice", on=today())
    take_step(by=maker, cases=cases, step="province_notice", on=today())
    with pytest.raises(NoticeTooShort):
        take_step(by=maker, cases=cases, step="province_notice", on=on_day(today() + timedelta(days=6)))
    take_step(by=maker, cases=cases, step="province_notice", on=on_day(today() + timedelta(days=1)))
    for approver in (first, second):
        take_step(by=approver, cases=cases, step="province_approval", on=today())
    for hand in province:
        with pytest.raises(EarlierHand):
            take_step(by=hand, cases=cases, step="spot_check", on=today())
    assert standing(cases[0]).done == 5
