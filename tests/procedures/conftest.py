"""People of every level, and households of two villages about which cases can be opened."""

from datetime import date, timedelta
from types import SimpleNamespace

import polars as pl
import pytest

from bangfu.access.acting import ActingPerson
from bangfu.access.actions.add_person import record_person
from bangfu.access.actions.grant_role import record_grant
from bangfu.access.founding import Founder
from bangfu.access.roles import Role

START = date(2017, 1, 9)


@pytest.fixture
def on_day(home):
    """A function that moves the home's day, and gives it back."""

    def moved(day=START, *, plus=0):
        home.move_day(day + timedelta(days=plus))
        return day + timedelta(days=plus)

    moved()
    return moved


@pytest.fixture
def hands(places, on_day):
    """One person of each part in the county of `places`, by name."""
    from django.db import transaction

    posts = {
        "village": (Role.VILLAGE_CLERK, places.village),
        "sibling": (Role.VILLAGE_CLERK, places.sibling),
        "town": (Role.TOWN_CLERK, places.town),
        "town2": (Role.TOWN_CLERK, places.town),
        "other_town": (Role.TOWN_CLERK, places.other_town),
        "county": (Role.COUNTY_CLERK, places.county),
        "approver": (Role.COUNTY_APPROVER, places.county),
        "approver2": (Role.COUNTY_APPROVER, places.county),
        "approver3": (Role.COUNTY_APPROVER, places.county),
        "city": (Role.CITY_MANAGER, places.city),
        "everywhere": (Role.VILLAGE_CLERK, places.county),
    }
    people = {}
    with transaction.atomic():
        for name, (role, place) in posts.items():
            person = record_person(by=Founder(), name=f"测试{name}", os_login=None)
            record_grant(by=Founder(), person=person, role=role, place=place, days=(date(2000, 1, 1), None))
            people[name] = person
    return SimpleNamespace(**{name: ActingPerson.of(person, START) for name, person in people.items()})


@pytest.fixture
def subjects(places):
    """A function that makes subjects of some households (numbers need not be registered) of the first village."""
    from bangfu.procedures.actions.open_cases import Subjects

    def made(*households, place=None, proposal="identified", kind="household"):
        frame = pl.DataFrame(
            {
                "place": [place or places.village] * len(households),
                "subject_id": list(households),
                "proposal": [proposal] * len(households),
                "grounds": ["{}"] * len(households),
            },
            schema={"place": pl.Int64, "subject_id": pl.Int64, "proposal": pl.String, "grounds": pl.String},
        )
        return Subjects(places.county, kind, frame)

    return made


@pytest.fixture
def version(home):
    """Identification by two notices and one announcement."""
    from bangfu.procedures.course import version_on

    return version_on("cn_2014", "identify", START)


@pytest.fixture
def opened(hands, subjects, version):
    """Cases of three households of a village, opened by the county."""
    from bangfu.procedures.actions.open_cases import open_cases

    return open_cases(by=hands.county, version=version, subjects=subjects(1, 2, 3), on=START).to_list()
